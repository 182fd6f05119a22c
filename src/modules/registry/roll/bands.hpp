#pragma once
// Members by the groups of the yearly bulletin, as rollups/structure.sql of the pack counts them:
// a figure there leads to a list here that has as many rows.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jishi::registry {

/// What a list of members may be cut by; an empty one asks for nothing.
struct Bands {
  std::string education_band;
  std::string occupation_band;
  std::string ethnic_group;

  bool any() const {
    return !education_band.empty() || !occupation_band.empty() || !ethnic_group.empty();
  }
};

/// `postgraduate` … of a code of education; `unknown` of none.
std::string_view education_band(std::string_view code);
std::string_view occupation_band(std::string_view code);
/// `han`, `minority`, `unknown`.
std::string_view ethnic_group(std::string_view code);

/// registry.band_unknown of a word that is no band.
std::optional<Error> refuse_bands(const Bands& bands);

}  // namespace jishi::registry
