// Members who come with a letter of an organisation outside of this system: looked up on the roll,
// and put on it. Each takes and gives what docs/procedures.md says.
#include "base/checks.hpp"
#include "modules/workflow/mergers/hand_over.hpp"
#include "modules/workflow/operations/given.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

constexpr std::string_view kMovedOut = "transferred_out";

/// As it is typed: blanks within, a small x.
std::string tidy_citizen_id(std::string_view typed) {
  std::string id;
  for (const char sign : typed) {
    if (sign != ' ') id += sign == 'x' ? 'X' : sign;
  }
  return id;
}

/// Whom the letter is about, where the roll knows them: only one who moved out comes back by a
/// letter. Nothing of a person who is new.
Result<std::optional<Id>> known_person(Transaction& tx, std::string_view citizen_id,
                                       std::string_view name) {
  const crypto::Keys& keys = tx.store().keys();
  if (!is_citizen_id(citizen_id))
    return fail(ErrorKind::invalid, "workflow.citizen_id_wrong", {{"path", "citizen_id"}});
  const auto person = registry::person_by_citizen_key(tx, registry::citizen_key(keys, citizen_id));
  if (!person) return std::optional<Id>();
  const auto held = registry::member_field(tx, keys, *person, "name");
  if (held && *held != name)
    return fail(ErrorKind::refused, "workflow.name_differs", {{"path", "member_name"}});
  const auto status = registry::member_field(tx, keys, *person, "status").value_or("");
  if (status == "normal") return fail(ErrorKind::refused, "workflow.member_here");
  if (status != kMovedOut) return fail(ErrorKind::refused, "workflow.member_not_by_letter");
  return std::optional<Id>(*person);
}

Result<Value> look_up(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const std::string citizen_id = tidy_citizen_id(given.text("citizen_id"));
  const std::string name = given.text("member_name");
  if (given.refused()) return *given.refused();
  const auto known = known_person(tx, citizen_id, name);
  if (!known) return known.error();
  return Value::context({{"on_roll", Value(known->has_value())}});
}

/// One who was here before: the record of then goes on, at the branch of now. The day of joining
/// stays as the roll has it.
Result<Done> take_back(Transaction& tx, Id person, Id branch, Date on, std::string_view stage,
                       std::optional<Date> confirmed) {
  registry::move_member(tx, registry::manual_origin(tx), person, branch, on);
  std::vector<registry::FieldValue> fields{{"status", "normal"}, {"stage", std::string(stage)}};
  if (confirmed) fields.push_back({"confirmed", to_iso(*confirmed)});
  for (const registry::FieldValue& field : fields) {
    if (auto done = registry::decide_field(tx, "person", person, field); !done) return done.error();
  }
  return Done{};
}

Id record_new(Transaction& tx, registry::MemberRecord record) {
  record.status = "normal";
  if (const auto born = birth_of_citizen_id(record.citizen_id))
    record.birth = registry::Birth{*born, "day"};
  record.sex = sex_of_citizen_id(record.citizen_id) == Sex::male ? "male" : "female";
  const auto sealed = registry::seal_identity(tx.store(), record);
  return registry::record_member(tx, registry::manual_origin(tx), std::nullopt, record, sealed).id;
}

Result<Value> transfer_in(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const std::string citizen_id = tidy_citizen_id(given.text("citizen_id"));
  const std::string name = given.text("member_name");
  const std::string stage = given.text("stage");
  const Date joined = given.date("joined_on");
  const Date on = given.date("accepted_on");
  const Id assigned = given.id("receiving_branch");
  std::optional<Date> confirmed;
  if (stage == "full") confirmed = given.date("full_on");
  if (given.refused()) return *given.refused();
  const auto known = known_person(tx, citizen_id, name);
  if (!known) return known.error();
  const Id branch = successor_of(tx, assigned);
  if (auto refused = refuse_ended(tx, branch)) return *refused;
  if (*known) {
    if (auto done = take_back(tx, **known, branch, on, stage, confirmed); !done)
      return done.error();
    return Value::context({{"person", Value(std::to_string(**known))}});
  }
  registry::MemberRecord record;
  record.name = name;
  record.citizen_id = citizen_id;
  record.organisation = branch;
  record.stage = stage;
  record.joined = joined;
  record.confirmed = confirmed;
  return Value::context({{"person", Value(std::to_string(record_new(tx, record)))}});
}

}  // namespace

void add_incoming_operations(Operations& operations) {
  operations.add("registry.look_up_incoming", look_up);
  operations.add("registry.transfer_in", transfer_in);
}

}  // namespace jishi::workflow
