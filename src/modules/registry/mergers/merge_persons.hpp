#pragma once
// Two records of one person become one, with every reference moved; and are taken apart again.

#include "ledger/commands.hpp"
#include "modules/registry/mergers/references.hpp"
#include "modules/registry/structure/reference.hpp"

namespace jishi::api {
class Routes;
}  // namespace jishi::api

namespace jishi::registry {

inline constexpr std::size_t kMaxMergeReason = 500;
/// Mergers of a person that are listed, the latest first.
inline constexpr int kMaxMergersListed = 200;

/// Merges the record of a person into another of the same person.
struct MergePersons {
  Reference keep;
  Reference drop;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(MergePersons, (), (keep, drop, reason))

struct UnmergePersons {
  Reference keep;
  Reference drop;  // as before the merger
};
BOOST_DESCRIBE_STRUCT(UnmergePersons, (), (keep, drop))

enum class Kept { kept, dropped };
BOOST_DESCRIBE_ENUM(Kept, kept, dropped)

/// A field of which the two records did not say the same; sensitive values are masked.
struct MergedField {
  std::string field;
  std::string kept;
  std::string dropped;
  Kept stands = Kept::kept;
  bool waits = false;  // the other value, in the conflict queue
};
BOOST_DESCRIBE_STRUCT(MergedField, (), (field, kept, dropped, stands, waits))

/// Where the person was a member.
struct MergedStay {
  Id organisation = kNoId;
  std::string organisation_name;
  Date from;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(MergedStay, (), (organisation, organisation_name, from, to))

/// What a merger did, or would do.
struct PersonsMerged {
  Id command = kNoId;
  Id kept = kNoId;
  Id dropped = kNoId;
  std::vector<MergedField> fields;
  std::vector<MergedStay> memberships;  // of the one kept, as they are then
  std::vector<MergedStay> left_out;  // what one of the two said of days on which the other stands
  std::vector<MovedReferences> references;
  std::string undo;  // the command that takes it back
};
BOOST_DESCRIBE_STRUCT(PersonsMerged, (),
                      (command, kept, dropped, fields, memberships, left_out, references, undo))

struct PersonsUnmerged {
  Id command = kNoId;
  Id kept = kNoId;
  Id dropped = kNoId;
  Id organisation = kNoId;  // where the dropped one is a member again
};
BOOST_DESCRIBE_STRUCT(PersonsUnmerged, (), (command, kept, dropped, organisation))

/// Moves every reference to `drop` to `keep`, and lets its id, number and citizen id lead there.
/// Fails with registry.merge_same, merge_reason_too_long, merger_too_large, and whatever a module
/// refuses: identity.both_have_accounts.
Result<PersonsMerged> merge_persons(Transaction& tx, const AllPersonReferences& references,
                                    const MergePersons& command);

/// Takes a merger back: both stand as they were; what came later stays with the one kept. Fails
/// with registry.merger_missing, unmerge_kept_merged, unmerge_later_first, unmerge_place_ended,
/// unmerge_memberships_changed, unmerge_number_taken.
Result<PersonsUnmerged> unmerge_persons(Transaction& tx, const AllPersonReferences& references,
                                        const UnmergePersons& command);

/// A merger that stands.
struct ShownMerger {
  Id merger = kNoId;  // the command
  Id dropped = kNoId;
  std::string number;
  std::string name;
  std::int64_t recorded_ms = 0;
  Id account = kNoId;  // who merged; 0: the owner, at the command line
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ShownMerger, (),
                      (merger, dropped, number, name, recorded_ms, account, reason))

/// Who was merged into a person, latest first.
std::vector<ShownMerger> mergers_of(db::Reader& reader, const crypto::Keys& keys, Id person);

/// The commands of mergers, by name; `references` outlives them.
std::vector<CommandEntry> merger_commands(const AllPersonReferences& references);

/// /api/v1/persons/{keep}/mergers; `references` outlives them.
void merger_routes(api::Routes& routes, const AllPersonReferences& references);

}  // namespace jishi::registry
