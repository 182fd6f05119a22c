// Service tasks of organisational life: a meeting goes on record, its resolutions are made public,
// a year is planned, an appraisal is recorded.
#include "base/integer.hpp"
#include "base/text.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/operations/persons_below.sql.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

std::optional<std::string> text_in(const Given& given, std::string_view path) {
  const Value* value = given.find(path);
  return value == nullptr ? std::nullopt : feel::text_of(*value);
}

std::optional<int> count_in(const Given& given, std::string_view path) {
  const Value* value = given.find(path);
  const auto* number = value == nullptr ? nullptr : value->number();
  const auto whole = number == nullptr ? std::nullopt : number->to_int64();
  if (!whole || *whole < 0 || *whole > std::numeric_limits<int>::max()) return std::nullopt;
  return static_cast<int>(*whole);
}

std::string entry_text(const Value& item, const char* name) {
  const Value* found = item.entry(name);
  return found == nullptr ? std::string() : feel::text_of(*found).value_or("");
}

Error missing(std::string_view name) {
  return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", std::string(name)}});
}

/// Who took part by name: members of the organisation, or of what stands below it. Others are
/// written down as a text.
Result<std::vector<Id>> participants(Transaction& tx, const Given& given, Id organisation) {
  std::vector<Id> came;
  const Value* named = given.find("participants");
  if (named == nullptr || named->items() == nullptr) return came;
  for (const Value& one : *named->items()) {
    const std::string text = feel::text_of(one).value_or("");
    const Id person = registry::person_now(tx, parse_id(text));
    if (!tx.one<int>(sql::persons_below::stands_below, person, organisation))
      return fail(ErrorKind::refused, "registry.person_not_found", {{"person", text}});
    came.push_back(person);
  }
  return came;
}

/// The texts that an activity's record points to.
struct MeetingTexts {
  std::string kind, topic, place, others, resolutions;
};

Result<Value> record_activity(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  MeetingTexts texts;
  texts.kind = given.text("kind");
  const Date held_on = given.date("held_on");
  if (given.refused()) return *given.refused();
  texts.topic = tidy(text_in(given, "topic").value_or(""));
  texts.place = tidy(text_in(given, "place").value_or(""));
  texts.others = tidy(text_in(given, "others").value_or(""));
  texts.resolutions = trim(text_in(given, "resolutions").value_or(""));
  const auto came = participants(tx, given, organisation);
  if (!came) return came.error();
  const auto place = registry::organisation(tx, organisation);
  const orglife::EntryView view{texts.kind,
                                held_on,
                                tx.store().clock().today(),
                                place ? place->ended : std::nullopt,
                                count_in(given, "due"),
                                count_in(given, "present"),
                                came->size(),
                                count_code_points(texts.resolutions)};
  if (auto refused = orglife::refuse_entry(view)) return std::move(*refused);
  if (auto refused = tx.refuse_code("activity_kind", "kind", texts.kind))
    return std::move(*refused);
  orglife::ActivityRecord record{organisation, texts.kind,   held_on,          std::nullopt,
                                 texts.topic,  texts.place,  view.due,         view.present,
                                 *came,        texts.others, texts.resolutions};
  const auto recorded = orglife::record_activity(tx, registry::manual_origin(tx), record);
  return Value::context({{"activity", Value(std::to_string(recorded.id))}});
}

Result<Value> call_meeting(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const std::string kind = given.text("kind");
  const Date on = given.date("planned_on");
  if (given.refused()) return *given.refused();
  orglife::call_meeting(tx, call.case_id, organisation, kind, on);
  return Value();
}

Result<Value> call_off_meeting(Transaction& tx, const OperationCall& call) {
  orglife::call_off_meeting(tx, call.case_id);
  return Value();
}

Result<Value> publish(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id activity = given.id("activity");
  if (given.refused()) return *given.refused();
  const auto done = orglife::publish(tx, activity);
  if (!done) return done.error();
  return Value();
}

Result<Value> set_plan(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const std::int64_t year = given.whole("year");
  if (given.refused()) return *given.refused();
  std::vector<orglife::PlannedMeeting> plan;
  const Value* items = given.find("plan");
  if (items == nullptr || items->items() == nullptr) return missing("plan");
  for (const Value& item : *items->items()) {
    const auto on = parse_iso_date(entry_text(item, "on"));
    if (!on) return missing("plan.on");
    plan.push_back({entry_text(item, "kind"), *on, tidy(entry_text(item, "topic"))});
  }
  const int whole_year = year > 0 && year < 10'000 ? static_cast<int>(year) : 0;
  const auto done = orglife::set_plan(tx, organisation, whole_year, plan);
  if (!done) return done.error();
  return Value();
}

Result<Value> record_appraisal(Transaction& tx, const OperationCall& call) {
  Given given(call);
  orglife::Appraisal appraisal;
  appraisal.organisation = given.id("organisation");
  const std::int64_t year = given.whole("year");
  appraisal.decided_on = given.date("decided_on");
  if (given.refused()) return *given.refused();
  appraisal.year = year > 0 && year < 10'000 ? static_cast<int>(year) : 0;
  appraisal.due = count_in(given, "due").value_or(-1);
  appraisal.present = count_in(given, "present").value_or(-1);
  appraisal.collected = count_in(given, "collected").value_or(-1);
  const Value* members = given.find("members");
  if (members == nullptr || members->items() == nullptr) return missing("members");
  appraisal.members = static_cast<int>(members->items()->size());
  const Value* grades = given.find("grades");
  if (grades == nullptr || grades->items() == nullptr) return missing("grades");
  for (const Value& one : *grades->items()) {
    appraisal.grades.push_back(
        {registry::person_now(tx, parse_id(entry_text(one, "person"))), entry_text(one, "grade")});
  }
  const auto done = orglife::record_appraisal(tx, appraisal);
  if (!done) return done.error();
  return Value();
}

}  // namespace

void add_orglife_operations(Operations& operations) {
  operations.add("orglife.record_activity", record_activity);
  operations.add("orglife.call_meeting", call_meeting);
  operations.add("orglife.call_off_meeting", call_off_meeting);
  operations.add("orglife.publish", publish);
  operations.add("orglife.set_plan", set_plan);
  operations.add("orglife.record_appraisal", record_appraisal);
}

}  // namespace jishi::workflow
