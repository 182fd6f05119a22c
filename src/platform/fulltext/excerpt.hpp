#pragma once
// A text in pieces, so that whoever shows it can mark what was looked for.

#include <optional>

#include <boost/describe.hpp>

#include "platform/fulltext/words.hpp"

namespace jishi::fulltext {

/// A piece of a text; `hit` where it is what was looked for.
struct Segment {
  std::string text;
  bool hit = false;
};
BOOST_DESCRIBE_STRUCT(Segment, (), (text, hit))

/// Signs that are shown of a long text, and of these before the first hit.
inline constexpr std::size_t kMostShown = 120;
inline constexpr std::size_t kShownBefore = 24;

/// The text, or of a long one the part around the first hit between marks (…). `hits` in any order,
/// also overlapping; of none it is one piece.
std::vector<Segment> excerpt(std::string_view text, const PlainText& plain, std::vector<Hit> hits);

}  // namespace jishi::fulltext
