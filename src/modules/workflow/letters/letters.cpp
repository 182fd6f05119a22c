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

std::string number_text(int year, int number) {
  return fmt::format("{}-{:04}", year, number);
}

Result<Value> issue(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  const Id committee = given.id("committee");
  const Id receiver = given.id("receiving_committee");
  const Date issued = given.date("letter.issued_on");
  const Date expires = given.date("letter.expires_on");
  if (given.refused()) return *given.refused();
  const int year = year_of(issued);
  const int number = tx.one<int>(sql::letters::last_number, committee, year).value_or(0) + 1;
  const std::string code = to_hex(crypto::random_bytes(kLetterCodeBytes));
  tx.run(sql::letters::add, tx.new_id(), call.case_id, committee, year, number, code,
         registry::person_now(tx, person), receiver, issued, expires);
  return Value::context(
      {{"letter_number", Value(number_text(year, number))}, {"letter_code", Value(code)}});
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
    return LetterShown{number_text(row->year, row->number),
                       row->committee_name,
                       row->receiver_name,
                       row->issued,
                       row->expires,
                       !row->voided && today <= row->expires};
  });
}

}  // namespace

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
