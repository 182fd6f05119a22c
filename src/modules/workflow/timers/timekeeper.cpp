#include "modules/workflow/timers/timekeeper.hpp"

#include "base/texts.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/notices/notices.hpp"
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
  std::string status;  // of its case
};
BOOST_DESCRIBE_STRUCT(DueTask, (),
                      (case_id, organisation, role, element, state, due, person, status))

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

void tell_next(Transaction& tx, Id id, const DueTask& task, const TaskSettings& settings,
               std::string_view after) {
  tx.run(sql::cases::clear_timer, after, id);
  const NextTelling next = next_telling(settings, task.due, after);
  if (!next.what.empty()) tx.run(sql::cases::set_timer, next.what, id, next.at);
}

// Those before whom it lies find a notice, and a mark at the task.
void remind(Transaction& tx, Id id, const DueTask& task) {
  tx.run(sql::timers::set_reminded, id);
  const Reminder reminder{task.case_id, task.organisation, id,
                          tx.one<std::string>(sql::timers::step, id).value_or(""),
                          task.due.value_or(0)};
  send_reminder(tx, reminder, tx.all<Desk>(sql::timers::desks, id));
  note(tx, task, id, "remind");
  tx.fact(fact::kTaskReminded, tx.store().clock().today(), task.organisation,
          {.person = task.person, .subject = id});
}

void set_late(Transaction& tx, Id id, const DueTask& task) {
  tx.run(sql::timers::set_late, id);
  note(tx, task, id, "late");
  tx.fact(fact::kTaskLate, tx.store().clock().today(), task.organisation,
          {.person = task.person, .subject = id});
}

// Whoever holds the same role above may do it, too, from now on.
void escalate(Transaction& tx, Id id, const DueTask& task) {
  const auto above = tx.one<Id>(sql::cases::superior, task.organisation);
  if (above && !task.role.empty())
    tx.run(sql::cases::add_desk_too, task.role, *above, task.due.value_or(kNoDue), id);
  note(tx, task, id, "escalate");
  tx.fact(fact::kTaskLate, tx.store().clock().today(), above.value_or(task.organisation),
          {.person = task.person, .subject = id});
}

// A task of before it was told apart that it is late and that it was told above comes late here.
Result<Done> tell(Transaction& tx, const Office& office, const Due& due, const DueTask& task) {
  const auto settings = settings_of(tx, office, task);
  if (!settings) return settings.error();
  const Id id = due.owner;
  if (due.what == "remind") {
    // A day that is over already, while the server was down, is told of as late alone.
    if (!task.due || tx.store().clock().today() <= day_at(*task.due)) remind(tx, id, task);
  } else if (due.what == "late" || settings->escalate_ms == 0) {
    set_late(tx, id, task);
  } else {
    tx.run(sql::timers::set_late, id);
    escalate(tx, id, task);
  }
  if (due.what == "escalate") {
    tx.run(sql::cases::clear_timer, due.what, id);
  } else {
    tell_next(tx, id, task, *settings, due.what);
  }
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
  // While its case is suspended nobody is late: it waits, as the case's own timers do.
  if (task->status == "suspended") {
    tx.run(sql::cases::set_timer, due.what, due.owner, now + kTryAgain);
    return Done{};
  }
  return tell(tx, office, due, *task);
}

}  // namespace

Timekeeper::Timekeeper(Store& store, const Office& office, TimerFailed failed)
    : store_(store),
      office_(office),
      failed_(std::move(failed)),
      follower_(store, office, failed_) {
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

void Timekeeper::follow_moves() {
  do {
    follower_.follow();
  } while (!follower_.is_done());
}

// Exceptions are those of a store that is away: what is due then is due when it is back.
void Timekeeper::work() {
  while (true) {
    int done = 0;
    try {
      done = run_due();
      follower_.follow();
    } catch (const std::exception& error) {
      told(error.what());
    }
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    const bool all = done < kMostDueAtOnce && follower_.is_done();
    if (all) woken_.wait_for(lock, kTick, [this] { return stopping_; });
    if (stopping_) return;
  }
}

}  // namespace jishi::workflow
