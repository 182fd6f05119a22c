#include "modules/workflow/letters/letters.hpp"

#include "api/routes.hpp"
#include "modules/workflow/letters/letters.sql.hpp"
#include "modules/workflow/operations/given.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

struct LetterRow {
  int year = 0;
  int number = 0;
  std::string committee_name;
  std::string receiver_name;
  Date issued;
  Date expires;
  std::optional<std::int64_t> voided;
};
BOOST_DESCRIBE_STRUCT(LetterRow, (),
                      (year, number, committee_name, receiver_name, issued, expires, voided))

bool is_named(const Value* value) {
  return value != nullptr && value->text() != nullptr && !value->text()->empty();
}

Result<Value> issue(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  const Id committee = given.id("committee");
  const bool outside = is_named(given.find("outside_committee"));
  const Id receiver = outside ? kNoId : given.id("receiving_committee");
  const std::string outside_name = outside ? given.text("outside_committee") : std::string();
  const Date issued = given.date("letter.issued_on");
  const Date expires = given.date("letter.expires_on");
  if (given.refused()) return *given.refused();
  const int year = year_of(issued);
  const int number = tx.one<int>(sql::letters::last_number, committee, year).value_or(0) + 1;
  const std::string code = to_hex(crypto::random_bytes(kLetterCodeBytes));
  const Id now = registry::person_now(tx, person);
  // The letter says whether it is for a full or a probationary member.
  const auto stage = registry::member_field(tx, tx.store().keys(), now, "stage");
  tx.run(sql::letters::add, tx.new_id(), call.case_id, committee, year, number, code, now, receiver,
         issued, expires, outside_name);
  return Value::context({{"letter_number", Value(letter_number(year, number))},
                         {"letter_code", Value(code)},
                         {"letter_stage", Value(stage.value_or(""))}});
}

Result<Value> void_letter(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id committee = given.id("committee");
  const std::string text = given.text("letter_number");
  if (given.refused()) return *given.refused();
  const auto dash = std::min(text.find('-'), text.size());
  const auto year = Decimal::parse(text.substr(0, dash));
  const auto number = Decimal::parse(text.substr(std::min(dash + 1, text.size())));
  if (!year || !number)
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "letter_number"}});
  tx.run(sql::letters::void_letter, committee, year->to_int64().value_or(0),
         number->to_int64().value_or(0), tx.store().clock().now_ms());
  return Value();
}

Result<LetterShown> show(const api::Call& call) {
  const std::string code(call.request.segment("code").value_or(""));
  const Date today = call.store.clock().today();
  return call.store.read([&](db::Reader& reader) -> Result<LetterShown> {
    const auto row = reader.one<LetterRow>(sql::letters::by_code, code);
    if (!row) return fail(ErrorKind::not_found, "workflow.letter_unknown");
    return LetterShown{letter_number(row->year, row->number),
                       row->committee_name,
                       row->receiver_name,
                       row->issued,
                       row->expires,
                       !row->voided && today <= row->expires};
  });
}

}  // namespace

std::string letter_number(int year, int number) {
  return fmt::format("{}-{:04}", year, number);
}

void void_letters_of(Transaction& tx, Id case_id) {
  tx.run(sql::letters::void_of_case, case_id, tx.store().clock().now_ms());
}

void add_letter_operations(Operations& operations) {
  operations.add("registry.issue_letter", issue);
  operations.add("registry.void_letter", void_letter);
}

void letter_routes(api::Routes& routes) {
  routes.get_slowly<api::Nothing>("/api/v1/letters/{code}",
                                  {"workflow.show_letter", {}, api::open_to_all()},
                                  [](api::Call& call, const api::Nothing&) { return show(call); });
}

}  // namespace jishi::workflow
