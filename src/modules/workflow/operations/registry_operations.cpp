// Service tasks that change archives. Each takes and gives what docs/procedures.md says.
#include "base/integer.hpp"
#include "modules/workflow/letters/letters.hpp"
#include "modules/workflow/measures/measures.hpp"
#include "modules/workflow/mergers/hand_over.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/operations/persons_below.sql.hpp"
#include "modules/workflow/stays/stays.hpp"

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
  const auto* another = given.find("other_person");
  const bool by_name = !known && record.birth && (another == nullptr || !another->is_true());
  const auto barred = known     ? barred_until(tx, *known)
                      : by_name ? barred_until(tx.store(), tx, {name, born, record.joined})
                                : std::nullopt;
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

/// The probation goes on until the day that the extension ends on.
Result<Value> extend_probation(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  const Date until = given.date("probation.until");
  if (given.refused()) return *given.refused();
  return decide(tx, "person", registry::person_now(tx, person),
                {{"probation_until", to_iso(until)}});
}

Result<Value> cancel_probation(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  if (given.refused()) return *given.refused();
  return decide(tx, "person", registry::person_now(tx, person), {{"status", "left"}});
}

/// The membership moves, of one in good standing: not of a person who stands elsewhere by now, has
/// died, left, or was stopped meanwhile.
Result<Value> transfer_member(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id named = given.id("person");
  const Id from = given.id("branch");
  const Id assigned = given.id("receiving_branch");
  const Date on = given.date("accepted_on");
  if (given.refused()) return *given.refused();
  // One that was merged since is where its members are.
  const Id to = successor_of(tx, assigned);
  const Id person = registry::person_now(tx, named);
  const auto stands = registry::organisation_of(tx, person);
  const auto status = registry::member_field(tx, tx.store().keys(), person, "status");
  if (!stands || *stands != from || status.value_or("") != "normal")
    return member_elsewhere(tx, person, from);
  if (auto refused = refuse_ended(tx, to)) return *refused;
  registry::move_member(tx, registry::manual_origin(tx), person, to, on);
  end_posts_left_behind(tx, person, {from, to, on});
  void_letters_of(tx, call.case_id);
  if (const auto ended = end_stays_of(tx, person, on); !ended) return ended.error();
  const auto followed = follow_person(tx, call.office, person, from, to, call.case_id);
  if (!followed) return followed.error();
  return Value();
}

/// The membership goes to an organisation outside of this system, on the day of its acceptance
/// there.
Result<Value> transfer_out(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = registry::person_now(tx, given.id("person"));
  const Id from = given.id("branch");
  const Date on = given.date("accepted_on");
  if (given.refused()) return *given.refused();
  const auto stands = registry::organisation_of(tx, person);
  const auto status = registry::member_field(tx, tx.store().keys(), person, "status");
  if (!stands || *stands != from || status.value_or("") != "normal")
    return member_elsewhere(tx, person, from);
  const auto done = decide(tx, "person", person, {{"status", "transferred_out"}});
  if (!done) return done.error();
  end_all_posts(tx, person, on);
  void_letters_of(tx, call.case_id);
  if (const auto ended = end_stays_of(tx, person, on); !ended) return ended.error();
  return Value::context({{"moved_out_on", Value(to_iso(on))}});
}

Result<Value> extend_term(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Date ends = given.date("term_ends");
  if (given.refused()) return *given.refused();
  const auto done = decide(tx, "organisation", organisation, {{"extended_to", to_iso(ends)}});
  if (!done) return done.error();
  // All postponements of a term count together.
  const auto months = [&](std::string_view name) {
    const Value* value = given.find(name);
    const auto* number = value == nullptr ? nullptr : value->number();
    return number == nullptr ? std::int64_t{0} : number->to_int64().value_or(0);
  };
  const auto all = months("postponed_months") + months("postpone_months");
  return Value::context({{"postponed_months", Value(static_cast<int>(all))}});
}

/// Years of the next term: those on the organisation's record; else five for villages, communities
/// and base committees, and what the process says for others (A2).
std::int64_t years_of(const std::optional<registry::Organisation>& held, std::int64_t otherwise) {
  constexpr std::int64_t kLongTerm = 5;
  if (!held) return otherwise;
  if (held->term_years && *held->term_years > 0) return *held->term_years;
  const bool is_long =
      held->kind == "committee" || held->unit_kind == "village" || held->unit_kind == "community";
  return is_long ? kLongTerm : otherwise;
}

/// How many members have the right to vote as of now, here and below: full members in good
/// standing; of a committee's meeting, how many hold a post: nothing where no post is on record.
/// Held against what is typed as due (A4).
Result<Value> voters(Transaction& tx, const OperationCall& call) {
  const Value* kind = call.variables.entry("kind");
  if (kind != nullptr && kind->text() != nullptr && *kind->text() == "committee_meeting") {
    const auto held = tx.one<std::int64_t>(sql::persons_below::post_holders, call.organisation,
                                           tx.store().clock().today());
    if (held.value_or(0) == 0) return Value();
    return Value::context({{"known_due", Value(static_cast<int>(*held))}});
  }
  const auto count = tx.one<std::int64_t>(sql::persons_below::voters, call.organisation);
  return Value::context({{"known_due", Value(static_cast<int>(count.value_or(0)))}});
}

Result<Value> renew_term(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Date elected = given.date("elected_on");
  const std::int64_t usual = given.whole("rule.term_years");
  if (given.refused()) return *given.refused();
  const std::int64_t years = years_of(registry::organisation(tx, organisation), usual);
  return decide(
      tx, "organisation", organisation,
      {{"elected", to_iso(elected)}, {"term_years", std::to_string(years)}, {"extended_to", ""}});
}

std::string text_at(const Value& value, const char* name) {
  const Value* found = value.entry(name);
  return found == nullptr ? std::string() : feel::text_of(*found).value_or("");
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
      titles[parse_id(feel::text_of(one).value_or(""))] = "committee_member";
  }
  if (const Value* officers = given.find("officers"); officers && officers->items()) {
    for (const Value& one : *officers->items())
      titles[parse_id(text_at(one, "person"))] = text_at(one, "title");
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

std::optional<Error> refuse_ended(Transaction& tx, Id to) {
  const auto receiver = registry::organisation(tx, to);
  if (!receiver) {
    return fail(ErrorKind::not_found, "registry.not_found", {{"organisation", std::to_string(to)}});
  }
  if (!receiver->ended || *receiver->ended > tx.store().clock().today()) return std::nullopt;
  return fail(ErrorKind::refused, "workflow.receiver_ended",
              {{"organisation", receiver->name}, {"date", to_iso(*receiver->ended)}});
}

void add_registry_operations(Operations& operations) {
  operations.add("registry.admit_member", admit_member);
  operations.add("registry.set_stage", set_stage);
  operations.add("registry.extend_probation", extend_probation);
  operations.add("registry.cancel_probation", cancel_probation);
  operations.add("registry.transfer_member", transfer_member);
  operations.add("registry.transfer_out", transfer_out);
  operations.add("registry.extend_term", extend_term);
  operations.add("registry.renew_term", renew_term);
  operations.add("posts.appoint", appoint);
  operations.add_known("registry.voters", voters);
}

}  // namespace jishi::workflow
