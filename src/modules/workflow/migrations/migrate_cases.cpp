#include "modules/workflow/migrations/migrate_cases.hpp"

#include "api/routes.hpp"
#include "base/text.hpp"
#include "base/texts.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/kept_state/kept_state.hpp"
#include "modules/workflow/migrations/migrate_cases.sql.hpp"

namespace jishi::workflow {

namespace {

struct CasePlace {
  Id id = kNoId;
  Id organisation = kNoId;
};
BOOST_DESCRIBE_STRUCT(CasePlace, (), (id, organisation))

Error unknown() {
  return fail(ErrorKind::not_found, "workflow.case_unknown");
}

/// Migrates one case after the other.
class Migration {
 public:
  Migration(Transaction& tx, const Office& office, const api::Call& call,
            std::shared_ptr<const Playable> to, std::string reason)
      : tx_(tx), office_(office), call_(call), to_(std::move(to)), reason_(std::move(reason)) {}

  void migrate(Id case_id) {
    MigratedCase told{case_id, "migrated", {}, {}, {}};
    changes_.clear();
    const auto moved = move(case_id);
    told.changes = std::move(changes_);
    if (!moved) {
      told.outcome = "refused";
      told.code = moved.error().code;
      told.detail = say(call_.language(), moved.error());
      ++done_.refused;
    } else if (!*moved) {
      told.outcome = "unchanged";
      ++done_.unchanged;
    } else {
      ++done_.migrated;
    }
    done_.cases.push_back(std::move(told));
  }

  MigrationDone take() { return std::move(done_); }

 private:
  // Whether it moved; it stays where it goes on by that version already.
  Result<bool> move(Id case_id) {
    const auto held = held_case(tx_.store(), tx_, office_, case_id);
    if (!held) return held.error();
    const CaseRow& row = held->row;
    if (!call_.gate.may(call_.caller, "workflow.manage", row.organisation)) return unknown();
    if (row.version == to_->id) return false;
    if (row.process != to_->process)
      return fail(ErrorKind::refused, "workflow.other_process", {{"name", to_->process}});
    if (row.status != "running" && row.status != "suspended")
      return fail(ErrorKind::refused, "process.over");
    auto state = state_in(*held->playable->definition, *to_->definition, held->state);
    if (!state) return state.error();
    const auto rows = tx_.all<OpenRow>(sql::migrate_cases::open_tasks, case_id);
    changes_ = take_over(*held->playable->definition, *to_->definition, *state, rows,
                         tx_.store().clock().now_ms());
    const Blob sealed = tx_.store().keys().cipher().seal(kept_state(*to_->definition, *state),
                                                         seal_context(case_id));
    tx_.about(case_id);
    follow({row, to_, std::move(*state)}, rows);
    tx_.run(sql::migrate_cases::set_version, case_id, to_->id, row.revision + 1, sealed);
    tx_.run(sql::cases::add_event, tx_.new_id(), case_id, kNoId, tx_.store().clock().now_ms(),
            "migrate", call_.caller.account, kNoId, std::to_string(to_->version), reason_);
    tx_.fact(fact::kCaseMigrated, tx_.store().clock().today(), row.organisation,
             {.person = row.person, .subject = case_id, .amount = to_->version});
    return true;
  }

  /// Whether something of an element changes; `what` of it, where that is asked.
  bool changed(const std::string& element, std::string_view what = {}) const {
    return std::any_of(changes_.begin(), changes_.end(), [&](const MigrationChange& one) {
      return one.element == element && (what.empty() || one.what == what);
    });
  }

  // The rows of open tasks, the desks they lie on and the timers as the new version has them.
  void follow(const HeldCase& held, const std::vector<OpenRow>& rows) {
    const Moment now = tx_.store().clock().now_ms();
    const Party nobody{};
    Bookkeeping books(tx_, held, nobody, now);
    for (const Task& task : held.state.tasks) {
      const Node& node = to_->definition->nodes[task.node];
      const auto row = std::find_if(rows.begin(), rows.end(),
                                    [&](const OpenRow& one) { return one.number == task.id; });
      if (row == rows.end() || !changed(node.id)) continue;
      tx_.fact(fact::kTaskChanged, tx_.store().clock().today(), row->organisation,
               {.person = held.row.person, .subject = row->id});
      const Moved moved = books.lay_again(row->id, task);
      tx_.run(sql::migrate_cases::set_task, row->id, node.name, node.task.role, moved.organisation,
              moved.assignee, task.due, changed(node.id, "due") ? 0 : 1);
      for (const std::string_view what : kTellings) tx_.run(sql::cases::clear_timer, what, row->id);
      const NextTelling next = next_telling(node.task, task.due, "");
      if (!next.what.empty()) tx_.run(sql::cases::set_timer, next.what, row->id, next.at);
    }
    std::optional<Moment> first;
    for (const Timer& timer : held.state.timers) {
      if (!first || timer.due < *first) first = timer.due;
    }
    if (first && held.state.status == CaseStatus::running)
      tx_.run(sql::cases::set_timer, "case", held.row.id, *first);
  }

  Transaction& tx_;
  const Office& office_;
  const api::Call& call_;
  const std::shared_ptr<const Playable> to_;
  const std::string reason_;
  std::vector<MigrationChange> changes_;  // of the case that is looked at
  MigrationDone done_;
};

// The cases of a version that lie in the caller's scope; of others nothing is told.
std::vector<Id> cases_of(Transaction& tx, const api::Call& call, Id version) {
  std::vector<Id> cases;
  tx.each<CasePlace>(
      sql::migrate_cases::of_version,
      [&](const CasePlace& one) {
        if (cases.size() <= kMostMigrated &&
            call.gate.may(call.caller, "workflow.manage", one.organisation))
          cases.push_back(one.id);
      },
      version);
  return cases;
}

}  // namespace

namespace {

/// A refusal names the step as people know it, not its id.
Error with_name(const Definition& from, Error error) {
  std::string english;
  for (auto& [argument, value] : error.arguments) {
    const Index index = argument == "element" ? from.node(value) : kNone;
    if (index == kNone || from.nodes[index].name.empty()) continue;
    english = from.nodes[index].english;
    value = from.nodes[index].name;
  }
  if (!english.empty()) error.arguments.emplace_back("element_en", english);
  return error;
}

}  // namespace

Result<State> state_in(const Definition& from, const Definition& to, const State& state) {
  auto moved = state_of_kept(to, kept_state(from, state));
  if (!moved) return with_name(from, moved.error());
  for (std::size_t i = 0; i < state.tokens.size(); ++i) {
    const Node& before = from.nodes[state.tokens[i].node];
    const Node& after = to.nodes[moved->tokens[i].node];
    const bool several = before.multi.has_value() == after.multi.has_value();
    if (before.kind != after.kind || !several)
      return with_name(
          from, fail(ErrorKind::refused, "workflow.element_changed", {{"element", before.id}}));
  }
  return moved;
}

namespace {

// A dry run says what would change; why is asked for when it is done.
std::optional<Error> refuse_reason(const api::Call& call, const std::string& reason) {
  const auto& query = call.request.query;
  const bool tried = std::any_of(query.begin(), query.end(), [](const auto& one) {
    return one.first == "preview" && one.second == "true";
  });
  const std::size_t length = count_code_points(reason);
  if (length <= kMostReason && (tried || length >= kLeastReason)) return std::nullopt;
  return fail(ErrorKind::invalid, "workflow.reason",
              {{"path", "reason"},
               {"least", std::to_string(kLeastReason)},
               {"most", std::to_string(kMostReason)}});
}

}  // namespace

Result<MigrationDone> migrate_cases(Transaction& tx, const Office& office, const api::Call& call,
                                    const MigrateCases& asked) {
  const std::string reason = tidy(asked.reason.value_or(""));
  if (auto refused = refuse_reason(call, reason)) return std::move(*refused);
  auto to = office.deployments.playable(tx, asked.to);
  if (!to) return to.error();
  std::vector<Id> cases = asked.cases;
  if (cases.empty() && asked.from) cases = cases_of(tx, call, *asked.from);
  if (cases.empty() || cases.size() > kMostMigrated) {
    return fail(ErrorKind::invalid, "workflow.migration_size",
                {{"path", "cases"}, {"limit", std::to_string(kMostMigrated)}});
  }
  Migration migration(tx, office, call, std::move(*to), reason);
  for (const Id one : cases) migration.migrate(one);
  return migration.take();
}

void migration_routes(api::Routes& routes, const Office& office) {
  routes.command_as<MigrateCases>(
      http::Method::post, "/api/v1/cases/migrations",
      {"workflow.migrate_cases", "workflow.manage", api::anywhere()},
      [&](Transaction& tx, const api::Call& call, const MigrateCases& asked) {
        return migrate_cases(tx, office, call, asked);
      });
}

}  // namespace jishi::workflow
