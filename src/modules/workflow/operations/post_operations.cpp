// Service tasks that look persons up in the roll, and those that give and end single posts.
#include "base/integer.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/operations/posts_held.sql.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

/// The persons of a variable: one id, or a list of them.
void add_persons(const Value* named, std::vector<std::string>& persons) {
  if (named == nullptr) return;
  const auto add = [&](const Value& one) {
    auto text = feel::text_of(one);
    if (text && std::find(persons.begin(), persons.end(), *text) == persons.end())
      persons.push_back(std::move(*text));
  };
  if (const auto* items = named->items()) {
    for (const Value& one : *items) add(one);
  } else {
    add(*named);
  }
}

/// What the roll has of somebody; nothing of whoever is not on it. Punishments are not on record
/// there: rights count as limited where the membership is not in good standing.
/// `home`: whose member they are said to be; kNoId: nobody asks. `here`: the organisation of the
/// case, of which it is told whether they are its own, and which posts they hold there.
std::optional<Value> standing_of(Transaction& tx, const std::string& named, Id home, Id here) {
  const auto id = parse_integer(named);
  if (!id) return std::nullopt;
  const Id person = registry::person_now(tx, *id);
  const auto field = [&](std::string_view name) {
    return registry::member_field(tx, tx.store().keys(), person, name);
  };
  const auto stage = field("stage");
  if (!stage) return std::nullopt;
  const std::string status = field("status").value_or("");
  const auto day = [&](std::string_view name) {
    std::string text = field(name).value_or("");
    return text.empty() ? Value() : Value(std::move(text));
  };
  const Id organisation = registry::organisation_of(tx, person).value_or(kNoId);
  const bool under_home =
      home != kNoId && tx.one<int>(sql::posts_held::stands_under, home, organisation).has_value();
  const bool under_here =
      tx.one<int>(sql::posts_held::stands_under, here, organisation).has_value();
  std::vector<Value> posts;
  for (std::string& title :
       tx.all<std::string>(sql::posts_held::titles, here, person, tx.store().clock().today()))
    posts.emplace_back(std::move(title));
  return Value::context({{"person", Value(named)},
                         {"stage", Value(*stage)},
                         {"status", Value(status)},
                         {"restricted", Value(status != "normal")},
                         {"joined", day("joined")},
                         {"probation_until", day("probation_until")},
                         {"full_since", day("confirmed")},
                         {"under_home", Value(under_home)},
                         {"under_here", Value(under_here)},
                         {"posts", Value::list(std::move(posts))}});
}

std::vector<Id> holders_of(Transaction& tx, Id organisation, const std::string& title, Date on) {
  return tx.all<Id>(sql::posts_held::holders, organisation, title, on);
}

Result<Value> standings(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id home = given.find("home") == nullptr ? kNoId : given.id("home");
  if (given.refused()) return *given.refused();
  std::vector<std::string> persons;
  for (const char* name : {"person", "contacts", "introducers", "candidate", "outgoing"})
    add_persons(given.find(name), persons);
  std::vector<Value> standing;
  for (const std::string& person : persons) {
    if (auto one = standing_of(tx, person, home, call.organisation))
      standing.push_back(std::move(*one));
  }
  feel::Value::Entries found{{"standing", Value::list(std::move(standing))}};
  if (given.find("title") != nullptr && given.find("from") != nullptr) {
    std::vector<Value> holders;
    for (const Id one : holders_of(tx, call.organisation, given.text("title"), given.date("from")))
      holders.emplace_back(std::to_string(one));
    if (!given.refused()) found.emplace_back("holders", Value::list(std::move(holders)));
  }
  return Value::context(std::move(found));
}

/// Ends whatever posts of a title a person holds; `on` is the first day without it, as terms end.
/// Error: workflow.post_ends_before_begun.
std::optional<Error> end_post(Transaction& tx, Id organisation, Id named, const std::string& title,
                              Date on) {
  const Id person = registry::person_now(tx, named);
  const auto begun =
      tx.one<std::optional<Date>>(sql::posts_held::begun, organisation, person, title, on);
  if (begun && *begun && **begun > on) {
    return fail(ErrorKind::refused, "workflow.post_ends_before_begun",
                {{"date", to_iso(on)}, {"begun", to_iso(**begun)}});
  }
  for (const Id post : tx.all<Id>(sql::posts_held::held, organisation, person, title, on))
    registry::put_post_fields(tx, post, {{"to", to_iso(on)}});
  return std::nullopt;
}

bool is_listed(const Value* list, const std::string& word) {
  if (list == nullptr || list->items() == nullptr) return false;
  return std::any_of(list->items()->begin(), list->items()->end(),
                     [&](const Value& one) { return feel::text_of(one).value_or("") == word; });
}

/// What was checked when it was proposed may have changed until it is approved: who is appointed
/// is still a full member in good standing, does not hold the post, and finds it vacant.
std::optional<Error> refuse_appointment(Transaction& tx, const Given& given,
                                        const registry::PostRecord& post, Id outgoing) {
  const auto field = [&](std::string_view name) {
    return registry::member_field(tx, tx.store().keys(), post.person, name).value_or("");
  };
  // A part-time seat is for a member of somebody else's: `home` has named them.
  const Id at = registry::organisation_of(tx, post.person).value_or(kNoId);
  const bool here = given.find("home") != nullptr ||
                    tx.one<int>(sql::posts_held::stands_under, post.organisation, at).has_value();
  if (!here || field("stage") != "full" || field("status") != "normal")
    return fail(ErrorKind::refused, "workflow.candidate_unfit", {{"person", field("name")}});
  for (const Id one : holders_of(tx, post.organisation, std::string(post.title), post.from)) {
    const bool single = is_listed(given.find("rule.single_posts"), std::string(post.title));
    if (one != post.person && (!single || one == outgoing)) continue;
    const auto name = registry::member_field(tx, tx.store().keys(), one, "name");
    return fail(ErrorKind::refused, "workflow.post_taken", {{"person", name.value_or("")}});
  }
  return std::nullopt;
}

Result<Value> appoint_one(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Id candidate = given.id("candidate");
  const std::string title = given.text("title");
  const Date from = given.date("from");
  const Id outgoing = given.find("outgoing") == nullptr ? kNoId : given.id("outgoing");
  if (given.refused()) return *given.refused();
  const registry::PostRecord post{
      registry::person_now(tx, candidate), organisation, title, from, {}};
  const Id before = outgoing == kNoId ? kNoId : registry::person_now(tx, outgoing);
  if (auto refused = refuse_appointment(tx, given, post, before)) return std::move(*refused);
  if (before != kNoId) {
    if (auto refused = end_post(tx, organisation, before, title, from)) return std::move(*refused);
  }
  registry::record_post(tx, registry::manual_origin(tx), post);
  return Value();
}

Result<Value> release(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Id outgoing = given.id("outgoing");
  const std::string title = given.text("title");
  const Date from = given.date("from");
  if (given.refused()) return *given.refused();
  if (auto refused = end_post(tx, organisation, outgoing, title, from)) return std::move(*refused);
  return Value();
}

}  // namespace

void add_post_operations(Operations& operations) {
  operations.add("registry.standing_of", standings);
  operations.add("posts.appoint_one", appoint_one);
  operations.add("posts.release", release);
}

}  // namespace jishi::workflow
