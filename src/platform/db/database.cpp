#include "platform/db/database.hpp"

namespace jishi::db {

namespace {

// Ends a lone job that does not want its changes kept: a wish, not a failure.
struct NotKept {};

// Ends a group of which something is to be undone: it is run again, each job behind a savepoint.
struct NotAll {};

// Behind a wire a transaction costs its waits, however much is in it: where several write at once,
// those who were just answered and ask again go along.
constexpr std::size_t kSeveral = 8;
constexpr std::chrono::microseconds kGather{500};

// Whether the same may be tried again at once.
bool is_worth_another_try(const Failure& failure) {
  switch (failure.kind()) {
    case FailureKind::lost:
    case FailureKind::full:
    case FailureKind::damaged: return false;
    default: return true;
  }
}

std::exception_ptr failure_in_flight() {
  try {
    throw;
  } catch (const NotKept&) {
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

// Failures of the engine are of all who asked together.
void look(Connection& connection, Wish& wish) {
  try {
    wish.look(connection);
  } catch (const Failure&) {
    throw;
  } catch (const std::exception&) {
    wish.failure = std::current_exception();
  }
  wish.done = true;
}

}  // namespace

Database::Lease::Lease(Database& database, For what)
    : database_(database), connection_(database.take_reader()) {
  try {
    what == For::once ? connection_->begin_once() : connection_->begin_read();
  } catch (...) {
    database_.give_back(std::move(connection_));  // it is opened again when it is next used
    throw;
  }
}

Database::Lease::~Lease() {
  try {
    connection_->rollback();
  } catch (const Failure&) {
    // What was read was read; a lost connection is opened again when it is next used.
  }
  database_.give_back(std::move(connection_));
}

Database::Database(std::shared_ptr<const Engine> engine)
    : engine_(std::move(engine)),
      writer_(engine_->open(Access::write)),
      together_([this](std::span<Wish* const> wishes) { carry(wishes); }),
      thread_([this] { work(); }) {
}

Database::~Database() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_arrived_.notify_all();
  thread_.join();
}

void Database::write(const WriteJob& job, bool alone) {
  Pending pending{&job, alone, Turn::of_this_thread(), nullptr};
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return queue_.size() < kMaxQueuedJobs; });
    queue_.push_back(&pending);
  }
  work_arrived_.notify_one();
  pending.turn.acquire();
  if (pending.failure) std::rethrow_exception(pending.failure);
}

void Database::work() {
  std::size_t at_once = 0;  // jobs of the last group
  std::unique_lock lock(mutex_);
  while (true) {
    work_arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    if (engine_->shared() && at_once >= kSeveral) {
      lock.unlock();
      std::this_thread::sleep_for(kGather);
      lock.lock();
    }
    const auto group = next_group();
    at_once = group.size();
    lock.unlock();
    room_.notify_all();
    run_group(group);
    for (Pending* pending : group) pending->turn.release();
    lock.lock();
  }
}

std::vector<Database::Pending*> Database::next_group() {
  std::vector<Pending*> group;
  while (!queue_.empty() && group.size() < kMaxGroup) {
    Pending* next = queue_.front();
    if (next->alone && !group.empty()) break;
    queue_.pop_front();
    group.push_back(next);
    if (next->alone) break;
  }
  return group;
}

// Nearly always all goes well, and then savepoints, and a wait for each job's last statement, are
// for nothing. Where something does not, the whole group is undone and run again with them.
void Database::run_group(const std::vector<Pending*>& group) {
  if (group.front()->alone || !run_boldly(group)) run_with_care(group);
}

// False: something is to be undone, nothing was kept.
bool Database::run_boldly(const std::vector<Pending*>& group) {
  try {
    try {
      writer_->begin_boldly();
      foresee(group);
      if (hooks_.after_begin) hooks_.after_begin(*writer_);
      for (Pending* pending : group) {
        writer_->next_attempt();
        const auto before = writer_->runs();
        const bool keep = (*pending->job)(*writer_);
        if (!keep && writer_->runs() != before) throw NotAll{};
      }
      if (hooks_.before_commit) hooks_.before_commit(*writer_);
      writer_->settle();
    } catch (const Failure& failure) {
      if (!is_worth_another_try(failure)) throw;
      give_up();
      return false;
    } catch (...) {
      give_up();
      return false;
    }
    writer_->commit();
  } catch (...) {
    fail_group(group);
    return true;
  }
  if (hooks_.after_commit) hooks_.after_commit();
  return true;
}

void Database::foresee(const std::vector<Pending*>& group) {
  std::vector<std::function<void()>> attempts;
  attempts.reserve(group.size() + 1);
  if (hooks_.after_begin) attempts.emplace_back([this] { hooks_.after_begin(*writer_); });
  for (Pending* pending : group) {
    attempts.emplace_back([this, pending] { (void)(*pending->job)(*writer_); });
  }
  writer_->foresee(attempts, Asking::by_and_by);
}

void Database::run_with_care(const std::vector<Pending*>& group) {
  const auto before = writer_->runs();
  try {
    writer_->begin_write();
    if (hooks_.after_begin) hooks_.after_begin(*writer_);
    for (Pending* pending : group) run_job(*pending);
    if (hooks_.before_commit) hooks_.before_commit(*writer_);
    writer_->commit();
  } catch (...) {
    fail_group(group);
    return;
  }
  if (hooks_.after_commit) hooks_.after_commit();
  if (writer_->runs() - before >= kMuch) tell_much_changed();
}

void Database::tell_much_changed() {
  try {
    writer_->much_changed();
  } catch (const Failure&) {
    // What was written is kept; the engine finds out by itself, later.
  }
}

void Database::give_up() {
  try {
    writer_->rollback();
  } catch (const Failure&) {
    // The transaction is gone either way; the failure that led here is the one to tell.
  }
  if (hooks_.after_rollback) hooks_.after_rollback();
}

// While the failure is in flight.
void Database::fail_group(const std::vector<Pending*>& group) {
  const auto failure = failure_in_flight();
  give_up();
  for (Pending* pending : group) pending->failure = failure;
}

void Database::run_job(Pending& pending) {
  writer_->next_attempt();
  if (pending.alone) {
    if (!(*pending.job)(*writer_)) throw NotKept{};
    return;
  }
  for (int tries = 1; !try_job(pending, tries == kMaxTries); ++tries) {
  }
}

// False: it was cut short by a deadlock or the like, and is worth another try.
bool Database::try_job(Pending& pending, bool last_try) {
  writer_->savepoint();
  try {
    if ((*pending.job)(*writer_)) {
      writer_->settle();
      writer_->release_savepoint();
    } else {
      writer_->rollback_to_savepoint();
    }
  } catch (const Failure& failure) {
    try {
      writer_->rollback_to_savepoint();
    } catch (const Failure&) {
      // The engine ended the whole transaction (a full disk): the group ends, for what led here.
      throw failure;
    }
    if (failure.kind() == FailureKind::serialization && !last_try) return false;
    pending.failure = std::current_exception();
  } catch (...) {
    writer_->rollback_to_savepoint();
    pending.failure = std::current_exception();
  }
  return true;
}

// Throws nothing, or the others would wait for ever. What is not done in the end is asked by each
// wisher for itself.
void Database::carry(std::span<Wish* const> wishes) {
  for (int tries = 0; tries < kMaxAsked; ++tries) {
    try {
      Lease lease(*this, Lease::For::once);
      std::vector<std::function<void()>> attempts;
      for (Wish* wish : wishes) {
        if (!wish->done) attempts.emplace_back([&lease, wish] { look(lease.connection(), *wish); });
      }
      lease.connection().ask_together(attempts);
      return;
    } catch (const AskAgain&) {
      // A statement is prepared now that was not before.
    } catch (const std::exception&) {
      return;
    }
  }
}

std::unique_ptr<Connection> Database::take_reader() {
  std::unique_lock lock(readers_mutex_);
  reader_free_.wait(lock, [&] { return !readers_.empty() || readers_open_ < kMaxReaders; });
  if (readers_.empty()) {
    ++readers_open_;
    lock.unlock();
    try {
      return engine_->open(Access::read);
    } catch (...) {
      lock.lock();
      --readers_open_;
      throw;
    }
  }
  auto connection = std::move(readers_.back());
  readers_.pop_back();
  return connection;
}

void Database::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(readers_mutex_);
    readers_.push_back(std::move(connection));
  }
  reader_free_.notify_one();
}

}  // namespace jishi::db
