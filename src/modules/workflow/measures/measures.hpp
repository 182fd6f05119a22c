#pragma once
// What a branch and its committee decided of a membership: it is stopped or restored, its holder is
// to correct themselves within a period, is advised to leave, or is removed. Only decisions of
// people are kept here; why they were made stands in the case. The membership's status is the
// registry's.

#include "api/call.hpp"
#include "ledger/store.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr int kMostMeasuresShown = 200;  // of a page

enum class MeasureKind { stop, restore, correct, advise_leave, remove };
BOOST_DESCRIBE_ENUM(MeasureKind, stop, restore, correct, advise_leave, remove)

struct Measure {
  Id case_id = kNoId;
  Id person = kNoId;
  Id organisation = kNoId;  // where they have to be a member
  MeasureKind kind = MeasureKind::stop;
  Date approved;
  std::string number;  // of the approval
  /// Of `correct` the end of the period; of `advise_leave` and `remove` the day before which nobody
  /// is received again.
  std::optional<Date> until;
};

/// What the decision to take a measure looks at.
struct MeasureView {
  MeasureKind kind = MeasureKind::stop;
  std::string status;  // of the membership
  Date approved;
  Date today;
  std::optional<Date> correcting_until;  // a period that has not ended
};
/// Errors: workflow.measure_in_future, measure_unfit, correction_open.
std::optional<Error> refuse_measure(const MeasureView& view);

/// Records a measure and gives the membership its status. Errors: those of refuse_measure();
/// registry.member_elsewhere where the person is not, or no more, a member there.
Result<Done> take_measure(Transaction& tx, const Measure& measure);

/// Lifts the period that a member has to correct themselves. Errors: workflow.correction_missing.
Result<Done> end_correction(Transaction& tx, Id person, Date on);

/// The day before which somebody who was advised to leave or removed is not received again.
std::optional<Date> barred_until(db::Reader& reader, Id person);

/// An applicant who is entered by name: their record, if there is one, is not known by its id.
struct Applicant {
  std::string name;
  Date born;
  Date on;  // of the application, or of the admission
};
/// As above, of whoever on record is called so and was born on that day (where the roll has the
/// month alone, in that month); nothing where no bar is left on the day `on`.
std::optional<Date> barred_until(Store& store, db::Reader& reader, const Applicant& applicant);

/// registry.member_elsewhere, of a person who is not a member of an organisation.
Error member_elsewhere(db::Reader& reader, Id person, Id organisation);

/// Those of one person, the latest first.
void measure_routes(api::Routes& routes);

}  // namespace jishi::workflow
