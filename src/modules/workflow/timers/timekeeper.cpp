#include "modules/workflow/timers/timekeeper.hpp"

#include "base/texts.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/timers/timers.sql.hpp"

namespace jishi::workflow {

namespace {

struct Due {
  std::string what;
  Id owner = kNoId;
  Moment due = 0;
};
BOOST_DESCRIBE_STRUCT(Due, (), (what, owner, due))

struct DueTask {
  Id case_id = kNoId;
  Id organisation = kNoId;
  std::string role;
  std::string element;
  std::string state;
  std::optional<Moment> due;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(DueTask, (), (case_id, organisation, role, element, state, due, person))

Result<Done> fire_case(Transaction& tx, const Office& office, Id case_id) {
  auto held = held_case(tx.store(), tx, office, case_id);
  if (!held) return held.error();
  Act act;
  act.verb = "timer";
  act.event.verb = Verb::tick;
  const auto advanced = advance(tx, office, *held, act);
  if (!advanced) return advanced.error();
  tx.fact(fact::kTimerFired, tx.store().clock().today(), held->row.organisation,
          {.person = held->row.person, .subject = case_id, .amount = 1});
  return Done{};
}

void note(Transaction& tx, const DueTask& task, Id id, std::string_view verb) {
  tx.run(sql::cases::add_event, tx.new_id(), task.case_id, id, tx.store().clock().now_ms(), verb,
         kNoId, kNoId, "", "");
}

// The element's settings, by the version that its case goes by now.
Result<TaskSettings> settings_of(Transaction& tx, const Office& office, const DueTask& task) {
  const auto row = tx.one<CaseRow>(sql::cases::held, task.case_id);
  if (!row) return fail(ErrorKind::not_found, "workflow.case_unknown");
  const auto playable = office.deployments.playable(tx, row->version);
  if (!playable) return playable.error();
  const Index index = (*playable)->definition->node(task.element);
  if (index == kNone) return TaskSettings{};
  return (*playable)->definition->nodes[index].task;
}

Result<Done> remind(Transaction& tx, const Office& office, Id id, const DueTask& task) {
  const auto settings = settings_of(tx, office, task);
  if (!settings) return settings.error();
  const NextTelling next = next_telling(*settings, task.due, true);
  tx.run(sql::cases::clear_timer, "remind", id);
  tx.run(sql::cases::set_timer, next.what, id, next.at);
  note(tx, task, id, "remind");
  tx.fact(fact::kTaskReminded, tx.store().clock().today(), task.organisation,
          {.person = task.person, .subject = id});
  return Done{};
}

// Whoever holds the same role above may do it, too, from now on.
Result<Done> escalate(Transaction& tx, Id id, const DueTask& task) {
  tx.run(sql::cases::clear_timer, "escalate", id);
  tx.run(sql::timers::set_late, id);
  const auto above = tx.one<Id>(sql::cases::superior, task.organisation);
  if (above && !task.role.empty())
    tx.run(sql::cases::add_desk_too, task.role, *above, task.due.value_or(kNoDue), id);
  note(tx, task, id, "late");
  tx.fact(fact::kTaskLate, tx.store().clock().today(), above.value_or(task.organisation),
          {.person = task.person, .subject = id});
  return Done{};
}

Result<Done> follow(Transaction& tx, const Office& office, const Due& due) {
  const Moment now = tx.store().clock().now_ms();
  // Somebody else may have been quicker: another process, or the step that ended the task.
  if (!tx.one<Moment>(sql::timers::still_due, due.what, due.owner, now)) return Done{};
  tx.about(due.owner);
  if (due.what == "case") return fire_case(tx, office, due.owner);
  const auto task = tx.one<DueTask>(sql::timers::task, due.owner);
  if (!task || task->state != "open") {
    tx.run(sql::cases::clear_timer, due.what, due.owner);
    return Done{};
  }
  tx.about(task->case_id);
  return due.what == "remind" ? remind(tx, office, due.owner, *task)
                              : escalate(tx, due.owner, *task);
}

}  // namespace

Timekeeper::Timekeeper(Store& store, const Office& office, TimerFailed failed)
    : store_(store), office_(office), failed_(std::move(failed)) {
}

Timekeeper::~Timekeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Timekeeper::start() {
  thread_ = std::thread([this] { work(); });
}

void Timekeeper::told(std::string_view what) const {
  if (failed_) failed_(what);
}

int Timekeeper::run_due() {
  const auto due = store_.read([&](db::Reader& reader) {
    return reader.all<Due>(sql::timers::due, store_.clock().now_ms(), kMostDueAtOnce);
  });
  int done = 0;
  for (const Due& one : due) {
    const auto followed =
        store_.write(Actor{}, [&](Transaction& tx) { return follow(tx, office_, one); });
    if (followed) {
      ++done;
      continue;
    }
    // A step that its process refuses keeps no other back; it is tried again later.
    told(one.what + " " + std::to_string(one.owner) + ": " + say(Language::en, followed.error()));
    (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
      tx.about(one.owner);
      tx.run(sql::cases::set_timer, one.what, one.owner, store_.clock().now_ms() + kTryAgain);
      return Done{};
    });
  }
  return done;
}

// Exceptions are those of a store that is away: what is due then is due when it is back.
void Timekeeper::work() {
  while (true) {
    int done = 0;
    try {
      done = run_due();
    } catch (const std::exception& error) {
      told(error.what());
    }
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (done < kMostDueAtOnce) woken_.wait_for(lock, kTick, [this] { return stopping_; });
    if (stopping_) return;
  }
}

}  // namespace jishi::workflow
