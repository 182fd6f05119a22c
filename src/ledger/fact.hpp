#pragma once
// A fact: what happened, when, where, to whom (by id), who recorded it.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "base/id.hpp"

namespace jishi {

/// The number of a fact's kind; its name, unit and meaning stand in the pack's facts.toml.
enum class FactKind : std::int32_t {};

/// What a feature says of a fact; the ledger adds the rest.
struct FactDetails {
  Id person = kNoId;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::string_view payload = {};  // small JSON object, or nothing
};

struct Fact {
  std::int64_t seq = 0;
  Date happened;
  std::int64_t recorded_ms = 0;
  std::int32_t kind = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::string payload;
  Id actor = kNoId;
  Id command = kNoId;
};

/// The leaf hash of a fact: over its numbers, big-endian in the order above, and then its payload.
Hash leaf_of(const Fact& fact);

}  // namespace jishi
