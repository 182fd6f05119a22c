// Service tasks that look persons up in the roll, and those that give and end single posts.
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
/// `home`: whose member they are said to be; kNoId: nobody asks.
std::optional<Value> standing_of(Transaction& tx, const std::string& named, Id home) {
  const auto id = jishi::detail::json_integer(boost::json::string(named));
  if (!id) return std::nullopt;
  const Id person = registry::person_now(tx, *id);
  const auto field = [&](std::string_view name) {
    return registry::member_field(tx, tx.store().keys(), person, name);
  };
  const auto stage = field("stage");
  if (!stage) return std::nullopt;
  const std::string status = field("status").value_or("");
  const std::string full_since = field("confirmed").value_or("");
  const Id organisation = registry::organisation_of(tx, person).value_or(kNoId);
  const bool under_home =
      home != kNoId && tx.one<int>(sql::posts_held::stands_under, home, organisation).has_value();
  return Value::context({{"person", Value(named)},
                         {"stage", Value(*stage)},
                         {"status", Value(status)},
                         {"restricted", Value(status != "normal")},
                         {"full_since", full_since.empty() ? Value() : Value(full_since)},
                         {"under_home", Value(under_home)}});
}

Result<Value> standings(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id home = given.find("home") == nullptr ? kNoId : given.id("home");
  if (given.refused()) return *given.refused();
  std::vector<std::string> persons;
  for (const char* name : {"person", "contacts", "introducers", "candidate"})
    add_persons(given.find(name), persons);
  std::vector<Value> standing;
  for (const std::string& person : persons) {
    if (auto one = standing_of(tx, person, home)) standing.push_back(std::move(*one));
  }
  return Value::context({{"standing", Value::list(std::move(standing))}});
}

/// Ends whatever posts of a title a person holds, on a day.
void end_post(Transaction& tx, Id organisation, Id person, const std::string& title, Date on) {
  for (const Id post :
       tx.all<Id>(sql::posts_held::held, organisation, registry::person_now(tx, person), title, on))
    registry::put_post_fields(tx, post, {{"to", to_iso(on)}});
}

Result<Value> appoint_one(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Id candidate = given.id("candidate");
  const std::string title = given.text("title");
  const Date from = given.date("from");
  const Id outgoing = given.find("outgoing") == nullptr ? kNoId : given.id("outgoing");
  if (given.refused()) return *given.refused();
  if (outgoing != kNoId) end_post(tx, organisation, outgoing, title, from - std::chrono::days(1));
  registry::record_post(tx, registry::manual_origin(tx),
                        {registry::person_now(tx, candidate), organisation, title, from, {}});
  return Value();
}

Result<Value> release(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id organisation = given.id("organisation");
  const Id outgoing = given.id("outgoing");
  const std::string title = given.text("title");
  const Date from = given.date("from");
  if (given.refused()) return *given.refused();
  end_post(tx, organisation, outgoing, title, from);
  return Value();
}

}  // namespace

void add_post_operations(Operations& operations) {
  operations.add("registry.standing_of", standings);
  operations.add("posts.appoint_one", appoint_one);
  operations.add("posts.release", release);
}

}  // namespace jishi::workflow
