// Who took part, and grades: what a merger of two persons moves.

#include "modules/orglife/appraisal/appraisal.sql.hpp"
#include "modules/orglife/appraisal/sealed_grade.hpp"
#include "modules/orglife/mergers/attendance_mergers.sql.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

namespace {

using registry::MergerMemory;
using registry::MovedReferences;
using registry::PersonMerger;

constexpr std::string_view kMoved = "orglife/attendance";
constexpr std::string_view kShared = "orglife/shared_attendance";
constexpr std::size_t kAtOnce = 500;  // activities in one row of the memory

struct Attended {
  Id activity = kNoId;
  Id organisation = kNoId;
  bool by_kept = false;
};
BOOST_DESCRIBE_STRUCT(Attended, (), (activity, organisation, by_kept))

struct Activities {
  std::vector<Id> activities;
};
BOOST_DESCRIBE_STRUCT(Activities, (), (activities))

std::string json_of(const Activities& some) {
  return db::number_list(some.activities);
}

/// Remembers activities and does with them what `work` says, piece by piece.
template <class Work>
void in_pieces(Transaction& tx, const PersonMerger& merger, std::string_view place,
               const std::vector<Id>& activities, Work work) {
  MergerMemory memory(tx, merger.id, place);
  for (std::size_t at = 0; at < activities.size(); at += kAtOnce) {
    const auto begin = activities.begin() + static_cast<std::ptrdiff_t>(at);
    const auto size = std::min(kAtOnce, activities.size() - at);
    const Activities piece{{begin, begin + static_cast<std::ptrdiff_t>(size)}};
    memory.keep(piece);
    work(json_of(piece));
  }
}

/// One fact an organisation, with the number of its activities.
void tell(Transaction& tx, const std::map<Id, std::int64_t>& counts, Id from, Id to) {
  for (const auto& [organisation, count] : counts) {
    tx.fact(fact::kAttendanceMoved, tx.store().clock().today(), organisation,
            {.person = to, .subject = from, .amount = count});
  }
}

// --- grades --------------------------------------------------------------------------------------

constexpr std::string_view kGrades = "orglife/grade";
constexpr std::string_view kSharedGrades = "orglife/shared_grade";

struct Graded {
  Id organisation = kNoId;
  int year = 0;
  Blob grade;
  bool by_kept = false;
};
BOOST_DESCRIBE_STRUCT(Graded, (), (organisation, year, grade, by_kept))

/// A grade in the memory of a merger, which is sealed as a whole.
struct KeptGrade {
  Id organisation = kNoId;
  int year = 0;
  std::string grade;
};
BOOST_DESCRIBE_STRUCT(KeptGrade, (), (organisation, year, grade))

void put_grade(Transaction& tx, const KeptGrade& one, Id person) {
  tx.run(sql::appraisal::add_grade, one.organisation, one.year, person,
         sealed_grade(tx.store().keys(), {one.organisation, one.year, person}, one.grade));
}

/// Of a year in which both have a grade, the one kept keeps theirs.
Result<MovedReferences> move_grades(Transaction& tx, const PersonMerger& merger) {
  const auto graded = tx.all<Graded>(sql::appraisal::graded, merger.dropped, merger.kept,
                                     registry::kMaxMovedRows + 1);
  if (graded.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("grades");
  MovedReferences told{"grades", 0, 0};
  MergerMemory moved(tx, merger.id, kGrades);
  MergerMemory shared(tx, merger.id, kSharedGrades);
  for (const Graded& one : graded) {
    const KeptGrade kept{
        one.organisation, one.year,
        opened_grade(tx.store().keys(), {one.organisation, one.year, merger.dropped}, one.grade)};
    (one.by_kept ? shared : moved).keep(kept);
    ++(one.by_kept ? told.shared : told.moved);
    tx.run(sql::appraisal::remove_grade, one.organisation, one.year, merger.dropped);
    if (!one.by_kept) put_grade(tx, kept, merger.kept);
  }
  return told;
}

void put_back_grades(Transaction& tx, const PersonMerger& merger) {
  for (const KeptGrade& one : MergerMemory(tx, merger.id, kGrades).rows<KeptGrade>()) {
    tx.run(sql::appraisal::remove_grade, one.organisation, one.year, merger.kept);
    put_grade(tx, one, merger.dropped);
  }
  for (const KeptGrade& one : MergerMemory(tx, merger.id, kSharedGrades).rows<KeptGrade>())
    put_grade(tx, one, merger.dropped);
}

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  const auto attended = tx.all<Attended>(sql::attendance_mergers::attended, merger.dropped,
                                         merger.kept, registry::kMaxMovedRows + 1);
  if (attended.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("attendance");
  std::vector<Id> moved;
  std::vector<Id> shared;
  std::map<Id, std::int64_t> counts;
  for (const Attended& one : attended) {
    (one.by_kept ? shared : moved).push_back(one.activity);
    ++counts[one.organisation];
  }
  in_pieces(tx, merger, kMoved, moved, [&](const std::string& some) {
    tx.run(sql::attendance_mergers::move, some, merger.dropped, merger.kept);
  });
  in_pieces(tx, merger, kShared, shared, [&](const std::string& some) {
    tx.run(sql::attendance_mergers::leave, some, merger.dropped);
  });
  tell(tx, counts, merger.dropped, merger.kept);
  const auto grades = move_grades(tx, merger);
  if (!grades) return grades.error();
  return std::vector{MovedReferences{"attendance", static_cast<std::int64_t>(moved.size()),
                                     static_cast<std::int64_t>(shared.size())},
                     *grades};
}

// An activity whose roster was written anew without the one kept is left alone.
Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  for (const Activities& piece : MergerMemory(tx, merger.id, kMoved).rows<Activities>())
    tx.run(sql::attendance_mergers::move, json_of(piece), merger.kept, merger.dropped);
  for (const Activities& piece : MergerMemory(tx, merger.id, kShared).rows<Activities>())
    tx.run(sql::attendance_mergers::put_back, json_of(piece), merger.dropped, merger.kept);
  std::map<Id, std::int64_t> counts;
  for (const Attended& one : tx.all<Attended>(sql::attendance_mergers::attended, merger.dropped,
                                              merger.kept, registry::kMaxMovedRows)) {
    ++counts[one.organisation];
  }
  tell(tx, counts, merger.kept, merger.dropped);
  put_back_grades(tx, merger);
  return Done{};
}

}  // namespace

registry::PersonReferences person_references() {
  return {
      "orglife", {{"orglife_attendance.person", {}}, {"orglife_grade.person", {}}}, merge, unmerge};
}

}  // namespace jishi::orglife
