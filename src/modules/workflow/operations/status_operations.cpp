// Service tasks that carry out what was decided of a membership: stop, restore, a period to correct
// oneself, its end. Each takes and gives what docs/procedures.md says.
#include "base/feel/temporal.hpp"
#include "modules/workflow/measures/measures.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/operations/posts_held.sql.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

struct HeldPost {
  Id id = kNoId;
  Date from;
};
BOOST_DESCRIBE_STRUCT(HeldPost, (), (id, from))

void end_each(Transaction& tx, const std::vector<HeldPost>& posts, Date on) {
  for (const HeldPost& post : posts)
    registry::put_post_fields(tx, post.id, {{"to", to_iso(std::max(on, post.from))}});
}

/// What every measure is told: of whom, where, approved when and by which number.
Measure measure_given(Transaction& tx, const OperationCall& call, Given& given, MeasureKind kind) {
  Measure measure;
  measure.case_id = call.case_id;
  measure.person = registry::person_now(tx, given.id("person"));
  measure.organisation = given.find("branch") == nullptr ? call.organisation : given.id("branch");
  measure.kind = kind;
  measure.approved = given.date("approved_on");
  if (given.find("approval_number") != nullptr) measure.number = given.text("approval_number");
  return measure;
}

Result<Value> take(Transaction& tx, const Given& given, const Measure& measure) {
  if (given.refused()) return *given.refused();
  if (const auto taken = take_measure(tx, measure); !taken) return taken.error();
  return Value();
}

Result<Value> suspend_membership(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Measure measure = measure_given(tx, call, given, MeasureKind::stop);
  return take(tx, given, measure);
}

Result<Value> restore_membership(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Measure measure = measure_given(tx, call, given, MeasureKind::restore);
  return take(tx, given, measure);
}

Result<Value> begin_correction(Transaction& tx, const OperationCall& call) {
  Given given(call);
  Measure measure = measure_given(tx, call, given, MeasureKind::correct);
  measure.until = given.date("correct_until");
  return take(tx, given, measure);
}

Result<Value> lift_correction(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = registry::person_now(tx, given.id("person"));
  // Where the form leaves the day blank it is the day of the step.
  const Date on =
      given.find("review_on") == nullptr ? tx.store().clock().today() : given.date("review_on");
  if (given.refused()) return *given.refused();
  if (const auto done = end_correction(tx, person, on); !done) return done.error();
  return Value();
}

/// A length of months after a day; on the last day of the month where there is none of that number.
Date months_after(Date day, std::int64_t months) {
  std::chrono::year_month_day then =
      std::chrono::year_month_day(day) + std::chrono::months(static_cast<int>(months));
  if (!then.ok()) then = then.year() / then.month() / std::chrono::last;
  return Date(then);
}

Result<Value> end_membership(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const std::string kind = given.text("kind");
  Measure measure = measure_given(
      tx, call, given, kind == "remove" ? MeasureKind::remove : MeasureKind::advise_leave);
  const auto barred = feel::parse_years_and_months(given.text("rule.rejoin_after"));
  if (given.refused()) return *given.refused();
  if (!barred || barred->months < 0) {
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "rule.rejoin_after"}});
  }
  measure.until = months_after(measure.approved, barred->months);
  auto taken = take(tx, given, measure);
  if (taken) end_all_posts(tx, measure.person, measure.approved);
  return taken;
}

}  // namespace

void end_all_posts(Transaction& tx, Id person, Date on) {
  end_each(tx, tx.all<HeldPost>(sql::posts_held::all_of, person, on), on);
}

void end_posts_left_behind(Transaction& tx, Id person, const BranchChange& change) {
  const auto posts =
      tx.all<HeldPost>(sql::posts_held::left_behind, person, change.on, change.from, change.to);
  end_each(tx, posts, change.on);
}

void add_status_operations(Operations& operations) {
  operations.add("registry.suspend_membership", suspend_membership);
  operations.add("registry.restore_membership", restore_membership);
  operations.add("registry.begin_correction", begin_correction);
  operations.add("registry.end_correction", lift_correction);
  operations.add("registry.end_membership", end_membership);
}

}  // namespace jishi::workflow
