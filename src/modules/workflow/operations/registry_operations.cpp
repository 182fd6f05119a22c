// Service tasks that change archives. Each takes and gives what docs/procedures.md says.
#include "modules/workflow/measures/measures.hpp"
#include "modules/workflow/operations/given.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

/// Gives fields of a record what was decided, one by one.
Result<Value> decide(Transaction& tx, std::string_view kind, Id subject,
                     const std::vector<registry::FieldValue>& fields) {
  for (const registry::FieldValue& field : fields) {
    if (auto done = registry::decide_field(tx, kind, subject, field); !done) return done.error();
  }
  return Value();
}

/// An applicant comes on record as a probationary member.
Result<Value> admit_member(Transaction& tx, const OperationCall& call) {
  Given given(call);
  registry::MemberRecord record;
  record.organisation = given.id("branch");
  record.joined = given.date("probation.joined_on");
  record.stage = "probationary";
  record.status = "normal";
  const std::string name = given.text("applicant_name");
  record.name = name;
  const Date born = given.find("born_on") == nullptr ? Date{} : given.date("born_on");
  if (given.find("born_on") != nullptr) record.birth = registry::Birth{born, "day"};
  if (given.refused()) return *given.refused();
  std::optional<Id> known;
  if (given.find("person") != nullptr) known = registry::person_now(tx, given.id("person"));
  if (given.refused()) return *given.refused();
  const auto barred = known ? barred_until(tx, *known) : std::nullopt;
  if (barred && *barred > record.joined)
    return fail(ErrorKind::refused, "workflow.rejoin_not_yet", {{"date", to_iso(*barred)}});
  const auto sealed = registry::seal_identity(tx.store(), record);
  const auto recorded =
      registry::record_member(tx, registry::manual_origin(tx), known, record, sealed);
  return Value::context({{"person", Value(std::to_string(recorded.id))}});
}

Result<Value> set_stage(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  const Date on = given.date("confirmed_on");
  if (given.refused()) return *given.refused();
  return decide(tx, "person", registry::person_now(tx, person),
                {{"stage", "full"}, {"confirmed", to_iso(on)}});
}

Result<Value> cancel_probation(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  if (given.refused()) return *given.refused();
  return decide(tx, "person", registry::person_now(tx, person), {{"status", "left"}});
}

/// The membership moves. A person who stands elsewhere by now was moved, merged or has died.
Result<Value> transfer_member(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id named = given.id("person");
  const Id from = given.id("branch");
  const Id to = given.id("receiving_branch");
  const Date on = given.date("accepted_on");
  if (given.refused()) return *given.refused();
  const Id person = registry::person_now(tx, named);
  const auto stands = registry::organisation_of(tx, person);
  if (!stands || *stands != from) return member_elsewhere(tx, person, from);
  if (!registry::organisation(tx, to)) {
    return fail(ErrorKind::not_found, "registry.not_found", {{"organisation", std::to_string(to)}});
  }
  registry::move_member(tx, registry::manual_origin(tx), person, to, on);
  return Value();
}

Result<Value> record_mobile(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  const Date from = given.date("away_from");
  if (given.refused()) return *given.refused();
  return decide(tx, "person", registry::person_now(tx, person), {{"floating_since", to_iso(from)}});
}

Result<Value> extend_term(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Date ends = given.date("term_ends");
  if (given.refused()) return *given.refused();
  return decide(tx, "organisation", organisation, {{"extended_to", to_iso(ends)}});
}

Result<Value> renew_term(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Date elected = given.date("elected_on");
  const std::int64_t years = given.whole("rule.term_years");
  if (given.refused()) return *given.refused();
  return decide(
      tx, "organisation", organisation,
      {{"elected", to_iso(elected)}, {"term_years", std::to_string(years)}, {"extended_to", ""}});
}

std::string text_at(const Value& value, const char* name) {
  const Value* found = value.entry(name);
  return found == nullptr ? std::string() : feel::text_of(*found).value_or("");
}

Id id_of(const std::string& text) {
  return jishi::detail::json_integer(boost::json::string(text)).value_or(kNoId);
}

/// Who was elected holds a post from that day: officers theirs, the rest as committee members. The
/// posts before end.
Result<Value> appoint(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Date on = given.date("elected_on");
  if (given.refused()) return *given.refused();
  const auto origin = registry::manual_origin(tx);
  std::map<Id, std::string> titles;
  if (const Value* elected = given.find("so_far.elected"); elected && elected->items()) {
    for (const Value& one : *elected->items())
      titles[id_of(feel::text_of(one).value_or(""))] = "committee_member";
  }
  if (const Value* officers = given.find("officers"); officers && officers->items()) {
    for (const Value& one : *officers->items())
      titles[id_of(text_at(one, "person"))] = text_at(one, "title");
  }
  if (titles.contains(kNoId) || titles.empty())
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "officers"}});
  registry::end_posts(tx, origin, organisation, on);
  for (const auto& [person, title] : titles) {
    registry::record_post(tx, origin,
                          {registry::person_now(tx, person), organisation, title, on, {}});
  }
  return Value();
}

}  // namespace

void add_registry_operations(Operations& operations) {
  operations.add("registry.admit_member", admit_member);
  operations.add("registry.set_stage", set_stage);
  operations.add("registry.cancel_probation", cancel_probation);
  operations.add("registry.transfer_member", transfer_member);
  operations.add("registry.record_mobile", record_mobile);
  operations.add("registry.extend_term", extend_term);
  operations.add("registry.renew_term", renew_term);
  operations.add("posts.appoint", appoint);
}

}  // namespace jishi::workflow
