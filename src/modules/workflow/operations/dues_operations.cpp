// Service tasks of the yearly base of fees. Each takes and gives what docs/procedures.md says.
#include "base/feel/json.hpp"
#include "modules/dues/dues.hpp"
#include "modules/workflow/operations/given.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

std::int64_t whole_or_none(Given& given, std::string_view path) {
  return given.find(path) == nullptr ? 0 : given.whole(path);
}

/// The base that a case has come to.
dues::YearlyBase base_of(Transaction& tx, const OperationCall& call, Given& given) {
  dues::YearlyBase base;
  base.person = registry::person_now(tx, given.id("person"));
  base.year = static_cast<int>(given.whole("year"));
  base.group = given.text("group");
  base.base_cents = whole_or_none(given, "fee.base");
  base.monthly_cents = given.whole("fee.cents");
  base.voluntary_cents = whole_or_none(given, "voluntary");
  base.fixed_on = given.date("fixed_on");
  base.case_id = call.case_id;
  if (const Value* items = given.find("items"); items != nullptr) {
    auto json = parse_json(feel::json_of(*items));
    if (json && json->is_array()) base.items = std::move(json->as_array());
  }
  return base;
}

/// Who left since the case began pays no more.
std::optional<Error> refuse_no_member(Transaction& tx, Id person) {
  const auto field = [&](std::string_view name) {
    return registry::member_field(tx, tx.store().keys(), person, name).value_or("");
  };
  const std::string status = field("status");
  if (status.empty() || status == "normal" || status == "suspended") return std::nullopt;
  return fail(ErrorKind::refused, "workflow.no_base_of_who_left", {{"person", field("name")}});
}

Result<Value> set_base(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const auto base = base_of(tx, call, given);
  if (given.refused()) return *given.refused();
  if (auto refused = refuse_no_member(tx, base.person)) return std::move(*refused);
  if (const auto done = dues::set_base(tx, base); !done) return done.error();
  return Value();
}

/// From the month that was named, else from the next one.
Result<Value> change_base(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const auto base = base_of(tx, call, given);
  const std::string reason = given.text("change_reason");
  int from = month_index(tx.store().clock().today()) + 1;
  if (given.find("change_from") != nullptr) {
    const std::string named = given.text("change_from");
    const auto month = parse_period(named);
    if (!month || month->kind != PeriodKind::month)
      return fail(ErrorKind::refused, "dues.month_expected", {{"month", named}});
    from = month_index(month->first_day());
  }
  if (given.refused()) return *given.refused();
  if (auto refused = refuse_no_member(tx, base.person)) return std::move(*refused);
  if (const auto done = dues::change_base(tx, base, from, reason); !done) return done.error();
  return Value();
}

/// The income that the last base rests on.
Result<Value> last_base(Transaction& tx, const OperationCall& call) {
  if (call.person == kNoId) return Value();
  const auto last = dues::last_base(tx, tx.store().keys(), registry::person_now(tx, call.person));
  if (!last) return Value();
  return feel::value_from_json(
      boost::json::serialize(boost::json::object{{"group", last->group}, {"items", last->items}}));
}

/// The last month that is paid for, as the letter of a transfer says it.
Result<Value> last_paid(Transaction& tx, const OperationCall& call) {
  if (call.person == kNoId) return Value();
  const auto months = dues::months_paid(tx, registry::person_now(tx, call.person), 1);
  if (months.empty()) return Value();
  return Value::context({{"paid_until", Value(month_at(months.front().month).text())}});
}

}  // namespace

void add_dues_operations(Operations& operations) {
  operations.add("dues.set_base", set_base);
  operations.add("dues.change_base", change_base);
  operations.add_known("dues.last_base", last_base);
  operations.add_known("dues.last_paid", last_paid);
}

}  // namespace jishi::workflow
