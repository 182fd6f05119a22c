#pragma once
// What waits for a person's decision after imports: who may be one, and whose values differ.
// Nothing is merged here; two who were decided to be one wait for their merger.

#include <boost/describe.hpp>

#include "ledger/store.hpp"

namespace jishi::api {
class Routes;
}  // namespace jishi::api

namespace jishi::intake {

inline constexpr int kMaxQueued = 200;  // listed at once

/// A person, or a refused row that tells of one, as shown beside another; numbers are masked.
struct Side {
  Id person = kNoId;  // 0: a refused row
  std::string number;
  std::string name;
  std::string sex;
  std::string birth;
  std::string organisation;  // its name; of a refused row, what was written
  std::string citizen_id;
  std::string phone;
  std::string file;  // of a refused row
  std::string sheet;
  std::int64_t row = 0;
};
BOOST_DESCRIBE_STRUCT(Side, (),
                      (person, number, name, sex, birth, organisation, citizen_id, phone, file,
                       sheet, row))

/// Two who may be one. `first` and `second` name the pair in decide_duplicate(); where the second
/// is a refused row, `second` is the id of the likeness.
struct PossibleDuplicate {
  Id first = kNoId;
  Id second = kNoId;
  std::string reason;  // name_phone | name_birth | similar_id | likely
  std::string state;   // open; same: decided to be one, and not yet merged
  Side one;
  Side other;
};
BOOST_DESCRIBE_STRUCT(PossibleDuplicate, (), (first, second, reason, state, one, other))

/// The pairs that nobody has decided on, or that wait for their merger, in order, after the one
/// named; at most kMaxQueued.
std::vector<PossibleDuplicate> possible_duplicates(Store& store, Id after_first = kNoId,
                                                   Id after_second = kNoId, int limit = kMaxQueued);

/// Rows refused for citizen ids like those of persons on record, likewise; `after` is the likeness.
std::vector<PossibleDuplicate> similar_rows(Store& store, Id after = kNoId, int limit = kMaxQueued);

/// The merger that a decision offers: which of the two is better kept.
struct OfferedMerger {
  Id keep = kNoId;
  Id drop = kNoId;
};
BOOST_DESCRIBE_STRUCT(OfferedMerger, (), (keep, drop))

struct PairDecided {
  bool done = true;
  std::optional<OfferedMerger> merger;  // of two persons decided to be one
};
BOOST_DESCRIBE_STRUCT(PairDecided, (), (done, merger))

/// Records that two are the same person, or are not; until their merger the former can be taken
/// back by the latter. Fails with intake.pair_missing, or intake.pair_decided.
Result<PairDecided> decide_duplicate(Store& store, Actor actor, Id first, Id second, bool same);

/// A field of which two sources say different things.
struct OpenConflict {
  Id id = kNoId;
  std::string subject_kind;  // organisation | person | post | activity
  Id subject = kNoId;
  std::string name;  // of the subject, for people
  std::string field;
  std::string value;  // that stands; numbers and addresses masked, as the other
  std::string source;
  int rank = 0;
  std::string other;
  std::string other_source;
  int other_rank = 0;
};
BOOST_DESCRIBE_STRUCT(OpenConflict, (),
                      (id, subject_kind, subject, name, field, value, source, rank, other,
                       other_source, other_rank))

/// The conflicts nobody has decided on, in order, after the one named; at most kMaxQueued.
std::vector<OpenConflict> conflicts(Store& store, Id after = kNoId, int limit = kMaxQueued);

/// Where the subject of a conflict belongs; nothing for a conflict that is not there.
std::optional<Id> organisation_of_conflict(db::Reader& reader, Id conflict);

/// Keeps the value that stands, or takes the other: it stands from then on as what a person
/// decided. Fails with intake.conflict_missing, intake.conflict_decided, and where the value cannot
/// be taken as its field's own command does.
Result<Done> decide_conflict(Store& store, Actor actor, Id conflict, bool take);

/// Both queues over HTTP, each row to whoever has both of its subjects in scope.
void queue_routes(api::Routes& routes, Store& store);

}  // namespace jishi::intake
