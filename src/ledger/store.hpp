#pragma once
// The one door: a command changes the tables of its module and writes its facts in one transaction,
// durable together.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>

#include "base/clock.hpp"
#include "base/codes.hpp"
#include "base/id.hpp"
#include "base/merkle.hpp"
#include "base/result.hpp"
#include "ledger/fact.hpp"
#include "ledger/watch.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/files/lock.hpp"

namespace jishi {

/// Who acts, and what they may name. The command line acts as the owner of the data folder, who may
/// name everything; through the server an account acts.
struct Actor {
  Id id = kNoId;
  const db::Reach* reach = nullptr;
};

class Store;

namespace ledger {
struct HeadRow;
}

/// One command's work: typed SQL and facts. Lives only inside Store::write.
class Transaction : public db::Writer {
 public:
  Transaction(db::Connection& connection, Store& store, Actor actor);

  /// Appends a fact; returns its sequence number.
  std::int64_t fact(FactKind kind, Date happened, Id organisation, const FactDetails& details = {});

  Id new_id();
  /// The id all facts of this command share.
  Id command() const { return command_; }
  Actor actor() const { return actor_; }
  /// Refuses a code that the pack's set does not have (base.code_unknown). A store that was opened
  /// without code sets takes any.
  std::optional<Error> refuse_code(std::string_view set, std::string_view path,
                                   std::string_view code) const;
  Store& store() { return store_; }

 private:
  Store& store_;
  Actor actor_;
  Id command_;
};

struct StoreOptions {
  std::filesystem::path folder;  // holds the marts, and the database too unless it is a server's
  std::filesystem::path keys_folder;  // where the key file of a store is looked for and made
  crypto::Suite suite = crypto::Suite::aes_256_gcm;  // for a new store
  unsigned node = 1;                                 // for a new store
  bool create = true;                                // make a store where there is none
  std::string database = {};                         // postgres://…; empty: a file in the folder
  std::shared_ptr<const Codes> codes = {};           // what commands may hold; none: anything
};

/// Says that there is no store where the options look for one: ledger.no_store.
Error no_store(const StoreOptions& options);

/// A data folder that is open: tables, ledger, keys. A folder is of one process at a time; several
/// processes with folders of their own may share a database of PostgreSQL.
class Store {
 public:
  /// Opens or makes the store, upgrades its schema (after a snapshot of a file), checks the
  /// ledger's head against its signature. Refusals name what to do. Throws db::Failure (lost) when
  /// there is no server to talk to.
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const Clock& clock);
  ~Store();

  /// Where the database of a store is.
  static std::shared_ptr<const db::Engine> engine_of(const StoreOptions& options);

  /// Runs `work(Transaction&)`, which returns a Result, as one durable command. Nothing is kept
  /// when it fails or throws. It may be run again when a deadlock cut it short.
  template <class Work>
  auto write(Actor actor, Work&& work) {
    return write_as(actor, false, work);
  }

  /// As write(), in a transaction of its own: for long work such as an import.
  template <class Work>
  auto write_alone(Actor actor, Work&& work) {
    return write_as(actor, true, work);
  }

  /// Runs `work(Transaction&)` and throws its changes away: a preview or a dry run. Returns what it
  /// returned.
  template <class Work>
  auto rehearse(Actor actor, Work&& work) {
    std::optional<std::invoke_result_t<Work&, Transaction&>> result;
    database_->write(
        [&](db::Connection& connection) {
          const Edge before = edge_;
          Transaction transaction(connection, *this, actor);
          result.emplace(work(transaction));
          connection.settle();
          edge_ = before;
          return false;
        },
        true);
    return std::move(*result);
  }

  template <class Use>
  auto read(Use&& use) {
    return database_->read(std::forward<Use>(use));
  }

  /// As read(), where all is asked before any answer is looked at: db::Database::read_once().
  template <class Use>
  auto read_once(Use&& use) {
    return database_->read_once(std::forward<Use>(use));
  }

  /// The last fact that is durable; 0 before the first.
  std::int64_t last_seq() const { return last_seq_.load(); }

  /// Calls `told` after each commit, also of another process on the same database (a moment later):
  /// it must return at once. Replaces the one before, which is not called any more.
  void on_commit(std::function<void()> told);

  const Clock& clock() const { return clock_; }
  const Codes* codes() const { return codes_.get(); }
  const db::Engine& engine() const { return *engine_; }
  /// Whether opening it changed the schema of a database that could not be copied first.
  bool upgraded_without_copy() const { return upgraded_without_copy_; }
  const crypto::Keys& keys() const { return *keys_; }
  const std::filesystem::path& folder() const { return folder_; }
  const std::string& store_id() const { return store_id_; }
  std::filesystem::path key_file() const { return key_file_; }
  Id new_id() { return ids_->next(); }

  static std::filesystem::path database_file(const std::filesystem::path& folder) {
    return folder / "jishi.sqlite";
  }

 private:
  friend class Transaction;

  // The growing edge of the ledger: restored when work that moved it is not kept.
  struct Edge {
    merkle::Frontier frontier;
    std::int64_t recorded_ms = 0;
  };

  Store(const StoreOptions& options, const Clock& clock);

  template <class Work>
  auto write_as(Actor actor, bool alone, Work& work) -> std::invoke_result_t<Work&, Transaction&> {
    std::optional<std::invoke_result_t<Work&, Transaction&>> result;
    database_->write(
        [&](db::Connection& connection) {
          const Edge before = edge_;
          try {
            Transaction transaction(connection, *this, actor);
            result.emplace(work(transaction));
          } catch (...) {
            edge_ = before;
            throw;
          }
          if (!result->has_value()) edge_ = before;
          return result->has_value();
        },
        alone);
    return std::move(*result);
  }

  Result<Done> start(const StoreOptions& options);
  Result<Done> upgrade();
  Result<Done> open_keys(const StoreOptions& options);
  Result<Done> resume_ledger();
  void take_node(unsigned first);
  Result<Edge> edge_of(const ledger::HeadRow& head) const;
  void follow_ledger(db::Connection& connection);
  void write_head(db::Connection& connection);
  void committed();
  void look_for_others();
  void hold_node();
  void tell(std::int64_t seq);

  std::filesystem::path folder_;
  const Clock& clock_;
  std::shared_ptr<const Codes> codes_;
  std::shared_ptr<const db::Engine> engine_;
  std::unique_ptr<files::FolderLock> lock_;
  std::unique_ptr<db::Connection> presence_;  // holds the node's number
  unsigned node_ = 0;
  int looks_ = 0;  // for other processes
  bool upgraded_without_copy_ = false;
  std::string store_id_;
  std::filesystem::path key_file_;
  std::optional<crypto::Keys> keys_;
  std::unique_ptr<IdSource> ids_;
  Edge edge_;       // as the running group sees it
  Edge committed_;  // as it is durable
  std::atomic<std::int64_t> last_seq_{0};
  std::mutex told_mutex_;
  std::function<void()> told_;
  std::unique_ptr<db::Database> database_;  // its thread ends before the rest goes
  std::unique_ptr<Watch> watch_;            // last: it reads the database
};

}  // namespace jishi
