#pragma once
// Where two sources differ: the value that does not stand, kept until a person decides.

#include "modules/registry/archive/archive.hpp"

namespace jishi::registry {

/// A value beside the one that stands, opened.
struct Conflict {
  Id id = kNoId;
  std::string subject_kind;  // organisation | person | post | activity
  Id subject = kNoId;
  std::string field;
  std::string other;
  std::string source;  // of the other value
  int rank = 0;
  std::string state;  // open | kept | taken
};

/// The open conflicts after one, in their order; at most `limit`.
std::vector<Conflict> open_conflicts(db::Reader& reader, const crypto::Keys& keys, Id after,
                                     int limit);

/// What a conflict is about, without its values.
struct ConflictSubject {
  std::string subject_kind;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(ConflictSubject, (), (subject_kind, subject))

std::optional<ConflictSubject> subject_of_conflict(db::Reader& reader, Id id);

std::optional<Conflict> conflict(db::Reader& reader, const crypto::Keys& keys, Id id);

/// The person decided that the value which stood is kept.
void keep_held(Transaction& tx, const Conflict& decided);

/// The person decided for the other value, which stands by now; the one before, of the source
/// `held_source`, is remembered as decided against: it does not come back as a conflict.
void take_other(Transaction& tx, const Conflict& decided, std::string_view before, Id held_source);

}  // namespace jishi::registry
