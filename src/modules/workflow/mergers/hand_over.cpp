#include "modules/workflow/mergers/hand_over.hpp"

#include "base/feel/json.hpp"
#include "base/integer.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/kept_state/kept_state.hpp"
#include "modules/workflow/mergers/hand_over.sql.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kDevelopment = "development";
constexpr int kLongestChain = 32;  // of mergers one after the other

/// A value with the name of one organisation in the place of another's, wherever it stands.
feel::Value renamed(const feel::Value& value, const std::string& from, const std::string& to) {
  if (const auto* text = value.text(); text != nullptr && *text == from) return feel::Value(to);
  if (const auto* items = value.items()) {
    std::vector<feel::Value> made;
    for (const feel::Value& one : *items) made.push_back(renamed(one, from, to));
    return feel::Value::list(std::move(made));
  }
  if (const auto* entries = value.entries()) {
    feel::Value::Entries made;
    for (const auto& [name, one] : *entries) made.emplace_back(name, renamed(one, from, to));
    return feel::Value::context(std::move(made));
  }
  return value;
}

/// Puts the places of a case as they are seen from where it stands now.
void set_places(Transaction& tx, feel::Value& variables, Id from, Id to) {
  const auto* held = variables.entries();
  if (held == nullptr) return;
  const auto committees = tx.all<Id>(sql::hand_over::committees_above, to);
  const Id committee = committees.empty() ? to : committees.front();
  const std::pair<std::string_view, Id> places[] = {
      {"organisation", to},
      {"superior", superior_of(tx, to).value_or(to)},
      {"committee", committee},
      {"department", committees.size() > 1 ? committees[1] : committee}};
  feel::Value::Entries made = *held;
  for (auto& [name, value] : made) {
    const auto* text = value.text();
    if (name == "branch" && text != nullptr && *text == std::to_string(from))
      value = feel::Value(std::to_string(to));
    for (const auto& [place, id] : places) {
      if (name == place) value = feel::Value(std::to_string(id));
    }
  }
  variables = feel::Value::context(std::move(made));
}

void rename_all(State& state, const std::string& from, const std::string& to) {
  for (ScopeInstance& scope : state.scopes) {
    scope.variables = renamed(scope.variables, from, to);
    scope.locals = renamed(scope.locals, from, to);
  }
  for (Multi& multi : state.multis) {
    for (feel::Value& item : multi.items) item = renamed(item, from, to);
  }
  for (Task& task : state.tasks) task.locals = renamed(task.locals, from, to);
}

std::string name_of(db::Reader& reader, Id organisation) {
  const auto held = registry::organisation(reader, organisation);
  return held ? held->name : std::to_string(organisation);
}

/// Keeps a case of which something lies elsewhere now, with an event that says from where to where.
void keep(Transaction& tx, HeldCase& held, const std::vector<Moved>& moved, const std::string& from,
          const std::string& to) {
  ++held.row.revision;
  held.row.state = tx.store().keys().cipher().seal(
      kept_state(*held.playable->definition, held.state), seal_context(held.row.id));
  tx.run(sql::hand_over::set_place, held.row.id, held.row.organisation, held.row.revision,
         held.row.state);
  for (const Moved& one : moved)
    tx.run(sql::hand_over::set_task_place, one.task, one.organisation, one.assignee);
  tx.run(sql::cases::add_event, tx.new_id(), held.row.id, kNoId, tx.store().clock().now_ms(),
         "hand_over", tx.actor().id, kNoId, "", from + " → " + to);
}

bool is_over(const HeldCase& held) {
  return held.row.status != "running" && held.row.status != "suspended";
}

/// Moves cases from one organisation to another.
class HandOver {
 public:
  HandOver(Transaction& tx, const Office& office, Id from, Id to)
      : tx_(tx), office_(office), from_(from), to_(to) {}

  /// `everywhere`: also where something else of the case is at the organisation that is gone.
  Result<Done> move(Id case_id, bool everywhere) {
    auto held = held_case(tx_.store(), tx_, office_, case_id);
    if (!held) return held.error();
    const bool stood_there = held->row.organisation == from_;
    if (everywhere) rename_all(held->state, std::to_string(from_), std::to_string(to_));
    if (stood_there) {
      held->row.organisation = to_;
      if (!held->state.scopes.empty())
        set_places(tx_, held->state.scopes.front().variables, from_, to_);
    }
    const Moment now = tx_.store().clock().now_ms();
    tx_.about(case_id);
    const Party nobody{};
    Bookkeeping books(tx_, *held, nobody, now);
    const std::vector<Moved> moved = books.lay_anew(stood_there ? kNoId : from_, held->state);
    keep(tx_, *held, moved, name_of(tx_, from_), name_of(tx_, to_));
    return Done{};
  }

 private:
  Transaction& tx_;
  const Office& office_;
  const Id from_, to_;
};

Result<std::int64_t> move_all(Transaction& tx, const Office& office, const std::vector<Id>& cases,
                              Id from, Id to, bool everywhere) {
  if (cases.size() > static_cast<std::size_t>(kMostHandedOver)) {
    return fail(ErrorKind::refused, "workflow.too_many_to_hand_over",
                {{"limit", std::to_string(kMostHandedOver)}});
  }
  HandOver over(tx, office, from, to);
  for (const Id one : cases) {
    if (auto done = over.move(one, everywhere); !done) return done.error();
  }
  return static_cast<std::int64_t>(cases.size());
}

}  // namespace

Result<bool> follow_structure(Transaction& tx, const Office& office, Id case_id) {
  auto held = held_case(tx.store(), tx, office, case_id);
  if (!held) return held.error();
  if (is_over(*held) || held->state.scopes.empty()) return false;
  feel::Value& variables = held->state.scopes.front().variables;
  const std::string before = feel::json_of(variables);
  const auto above = [&]() -> std::string {
    const feel::Value* named = variables.entry("superior");
    const auto text = named == nullptr ? std::nullopt : feel::text_of(*named);
    const auto place = text ? registry::organisation(tx, parse_id(*text)) : std::nullopt;
    return place ? place->name : std::string();
  };
  const std::string from = above();
  set_places(tx, variables, held->row.organisation, held->row.organisation);
  if (feel::json_of(variables) == before) return false;
  const Moment now = tx.store().clock().now_ms();
  tx.about(case_id);
  const Party nobody{};
  Bookkeeping books(tx, *held, nobody, now);
  const std::vector<Moved> moved = books.lay_anew(kNoId, held->state);
  keep(tx, *held, moved, from, above());
  return true;
}

Result<bool> follow_roles(Transaction& tx, const Office& office, Id case_id) {
  auto held = held_case(tx.store(), tx, office, case_id);
  if (!held) return held.error();
  if (is_over(*held)) return false;
  tx.about(case_id);
  const Party nobody{};
  Bookkeeping books(tx, *held, nobody, tx.store().clock().now_ms());
  const std::vector<Moved> moved = books.lay_anew(kNoId, held->state, TakenOn::stays);
  if (moved.empty()) return false;
  keep(tx, *held, moved, name_of(tx, moved.front().from), name_of(tx, moved.front().organisation));
  return true;
}

Result<std::int64_t> hand_over_cases(Transaction& tx, const Office& office, Id from, Id to) {
  return move_all(tx, office, tx.all<Id>(sql::hand_over::running_of, from, kMostHandedOver + 1),
                  from, to, true);
}

Result<std::int64_t> follow_person(Transaction& tx, const Office& office, Id person, Id from, Id to,
                                   Id but_for) {
  auto cases =
      tx.all<Id>(sql::hand_over::running_about, person, from, kDevelopment, kMostHandedOver + 1);
  std::erase(cases, but_for);
  return move_all(tx, office, cases, from, to, false);
}

std::optional<Error> refuse_running_cases(db::Reader& reader, Id organisation) {
  const auto running = reader.one<std::int64_t>(sql::hand_over::count_running, organisation);
  if (running.value_or(0) == 0) return std::nullopt;
  return fail(ErrorKind::refused, "workflow.cases_running", {{"count", std::to_string(*running)}});
}

std::optional<Id> superior_of(db::Reader& reader, Id organisation) {
  if (const auto parent = registry::parent_of(reader, organisation)) return parent;
  return reader.one<Id>(sql::hand_over::parent_elsewhere, organisation);
}

Id successor_of(db::Reader& reader, Id organisation) {
  for (int i = 0; i < kLongestChain; ++i) {
    const auto next = reader.one<Id>(sql::hand_over::successor, organisation);
    if (!next) break;
    organisation = *next;
  }
  return organisation;
}

}  // namespace jishi::workflow
