#pragma once
// One store: a writer thread that groups the commands waiting for it into one durable commit, and
// readers beside it.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "platform/db/engine.hpp"
#include "platform/db/together.hpp"
#include "platform/db/typed.hpp"

namespace jishi::db {

/// A piece of work for the writer thread. Returns whether its changes are to be kept. Unless it
/// runs alone it may be called several times: to find out what it will ask (Connection::foresee),
/// or after what it did was rolled back because of a deadlock, or of what another job of its group
/// did. Only what the last call did holds.
using WriteJob = std::function<bool(Connection&)>;

/// What the ledger does around every group commit.
struct GroupHooks {
  std::function<void(Connection&)> before_commit;
  std::function<void()> after_commit;
  std::function<void()> after_rollback;
  std::function<void(Connection&)> after_begin;
};

class Database {
 public:
  static constexpr std::size_t kMaxQueuedJobs = 4096;
  static constexpr std::size_t kMaxGroup = 512;
  static constexpr std::size_t kMaxReaders = 16;
  static constexpr std::uint64_t kMuch = 20'000;  // statements of one transaction
  static constexpr int kMaxTries = 3;  // of a job that another connection's locks cut short

  explicit Database(std::shared_ptr<const Engine> engine);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// To be set before the first write.
  void set_hooks(GroupHooks hooks) { hooks_ = std::move(hooks); }

  /// Runs `job` on the writer thread and returns once its group is durable (or rolled back).
  /// Rethrows what the job or the commit threw. Waits while kMaxQueuedJobs are waiting. `alone`: in
  /// a transaction of its own, for long work.
  void write(const WriteJob& job, bool alone = false);

  /// Calls `use(Reader&)` on one consistent state; once more on another connection, where that was
  /// lost before it had answered anything.
  template <class Use>
  auto read(Use&& use) {
    for (bool again = false;; again = true) {
      Lease lease(*this);
      Reader reader(lease.connection());
      try {
        return use(reader);
      } catch (const Failure& failure) {
        const bool lost = failure.kind() == FailureKind::lost && !lease.connection().answered();
        if (again || !lost) throw;
      }
    }
  }

  /// As read(), where `use` asks all it asks (Reader::ask) before it looks at an answer: one wait,
  /// and nothing besides, where the engine is behind a wire; what several threads ask goes there
  /// together. `use` may be left by an exception that is not a std::exception and called again,
  /// also by another thread while this one waits. Asking later throws std::logic_error.
  template <class Use>
  auto read_once(Use&& use) {
    if (!engine_->shared()) return read(std::forward<Use>(use));
    std::optional<std::invoke_result_t<Use&, Reader&>> value;
    Wish wish;
    wish.look = [&](Connection& connection) {
      Reader reader(connection);
      value.emplace(use(reader));
    };
    together_.ask(wish);
    if (wish.failure) std::rethrow_exception(wish.failure);
    if (!wish.done) return read(std::forward<Use>(use));
    return std::move(*value);
  }

  const Engine& engine() const { return *engine_; }

 private:
  static constexpr int kMaxAsked = 32;  // times that a statement had to be prepared first

  struct Pending {
    const WriteJob* job = nullptr;
    bool alone = false;
    Turn& turn;  // of who waits for it
    std::exception_ptr failure;
  };

  class Lease {
   public:
    enum class For { any, once };
    explicit Lease(Database& database, For what = For::any);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& connection() { return *connection_; }

   private:
    Database& database_;
    std::unique_ptr<Connection> connection_;
  };

  void work();
  std::vector<Pending*> next_group();
  void run_group(const std::vector<Pending*>& group);
  bool run_boldly(const std::vector<Pending*>& group);
  void foresee(const std::vector<Pending*>& group);
  void run_with_care(const std::vector<Pending*>& group);
  void tell_much_changed();
  void give_up();
  void fail_group(const std::vector<Pending*>& group);
  void run_job(Pending& pending);
  bool try_job(Pending& pending, bool last_try);
  void carry(std::span<Wish* const> wishes);
  std::unique_ptr<Connection> take_reader();
  void give_back(std::unique_ptr<Connection> connection);

  std::shared_ptr<const Engine> engine_;
  GroupHooks hooks_;
  std::unique_ptr<Connection> writer_;

  std::mutex mutex_;
  std::condition_variable work_arrived_;
  std::condition_variable room_;
  std::deque<Pending*> queue_;
  bool stopping_ = false;

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<Connection>> readers_;
  std::size_t readers_open_ = 0;
  Together together_;

  std::thread thread_;
};

}  // namespace jishi::db
