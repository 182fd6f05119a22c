// Stores that share a database, and a server that goes away and comes back.

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "ledger/backup/move_store.hpp"
#include "ledger/test_store.hpp"

namespace jishi {
namespace {

constexpr FactKind kKind{900};
const Date kToday = *make_date(2026, 3, 1);

struct Silent final : VerifyObserver {
  void progress(std::int64_t, std::int64_t) override {}
};

Result<Id> say_fact(Store& store, std::int64_t amount) {
  return store.write(Actor{7}, [&](Transaction& tx) -> Result<Id> {
    tx.fact(kKind, kToday, 42, {.amount = amount});
    return tx.command();
  });
}

struct Seen {
  std::int64_t count = 0;
  std::int64_t last = 0;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (count, last))

struct FactRow {
  std::int64_t seq = 0;
  std::int64_t amount = 0;
  Id command = kNoId;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (seq, amount, command))

constexpr Statement kSeen{"test.seen", "select count(*), coalesce(max(seq), 0) from ledger_fact"};
constexpr Statement kFacts{"test.facts",
                           "select seq, amount, command from ledger_fact order by seq"};

std::vector<FactRow> facts_of(Store& store) {
  return store.read([](db::Reader& reader) { return reader.all<FactRow>(kFacts); });
}

void expect_fits(const StoreOptions& options) {
  Silent silent;
  const auto verification = verify_store(options, silent);
  ASSERT_TRUE(verification);
  EXPECT_TRUE(verification->fits());
}

/// A second process's options: a folder of its own, the same database and keys.
StoreOptions beside(const TestStore& store) {
  StoreOptions options = store.options();
  options.folder += "-beside";
  return options;
}

TEST(SharedStore, TwoWritersGiveOneOrderWithoutGaps) {
  TestStore first(kToday, TestEngine::postgres);
  auto second = Store::open(beside(first), first.clock);
  ASSERT_TRUE(second);
  EXPECT_EQ((*second)->store_id(), first->store_id());
  constexpr int kThreads = 8;
  constexpr int kEach = 60;
  std::atomic<bool> done{false};
  // A follower never sees a fact before the one that precedes it.
  std::thread follower([&] {
    std::int64_t before = 0;
    while (!done) {
      const auto seen = first->read([](db::Reader& reader) { return *reader.one<Seen>(kSeen); });
      ASSERT_EQ(seen.count, seen.last);
      ASSERT_GE(seen.last, before);
      before = seen.last;
    }
  });
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      Store& store = thread % 2 == 0 ? *first : **second;
      for (int i = 0; i < kEach; ++i) EXPECT_TRUE(say_fact(store, thread * kEach + i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  done = true;
  follower.join();
  const auto facts = facts_of(*first);
  ASSERT_EQ(facts.size(), kThreads * kEach);
  std::set<std::int64_t> amounts;
  Id command = kNoId;
  for (const FactRow& fact : facts) {
    amounts.insert(fact.amount);
    EXPECT_GT(fact.command, command) << "commands stand in the order of their facts";
    command = fact.command;
  }
  EXPECT_EQ(amounts.size(), facts.size());
  EXPECT_NE(first->new_id() >> 14 & 0xFF, (*second)->new_id() >> 14 & 0xFF);
  second->reset();
  first.close();
  expect_fits(first.options());
  ASSERT_TRUE(first.open());
  ASSERT_TRUE(say_fact(*first, -1));
}

// The number goes with a connection that the server may end.
TEST(SharedStore, NoTwoProcessesKeepOneNumberAfterConnectionsWereKilled) {
  TestStore first(kToday, TestEngine::postgres);
  first->on_commit([] {});  // as a server, which looks for others
  static constexpr Statement kEnd{
      "test.end",
      "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where"
      " datname = current_database() and pid <> pg_backend_pid()"};
  (void)db::Reader(*Store::engine_of(first.options())->open(db::Access::write)).one<int>(kEnd);
  auto second = Store::open(beside(first), first.clock);
  ASSERT_TRUE(second);
  const auto node_of = [](Store& store) { return store.new_id() >> 14 & 0xFF; };
  const Id before = first->new_id();
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (node_of(*first) == node_of(**second) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_NE(node_of(*first), node_of(**second));
  EXPECT_GT(first->new_id(), before);
  first->on_commit({});
  EXPECT_TRUE(say_fact(*first, 1));
  EXPECT_TRUE(say_fact(**second, 2));
  second->reset();
  first.close();
  expect_fits(first.options());
}

TEST(SharedStore, AFollowerIsToldOfAnotherProcessesFacts) {
  TestStore first(kToday, TestEngine::postgres);
  auto second = Store::open(beside(first), first.clock);
  ASSERT_TRUE(second);
  std::atomic<std::int64_t> told{0};
  first->on_commit([&] { told = first->last_seq(); });
  ASSERT_TRUE(say_fact(**second, 1));
  ASSERT_TRUE(say_fact(**second, 2));
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (told < 2 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(told, 2);
  ASSERT_TRUE(say_fact(*first, 3));
  EXPECT_EQ(told, 3);
  first->on_commit({});
  ASSERT_TRUE(say_fact(*first, 4));
  EXPECT_EQ(told, 3);
}

TEST(SharedStore, AnAlteredHeadStopsTheOtherWriter) {
  TestStore store(kToday, TestEngine::postgres);
  ASSERT_TRUE(say_fact(*store, 1));
  store.alter(
      "insert into ledger_head select 2, root, peaks, signature, recorded from ledger_head");
  EXPECT_THROW((void)say_fact(*store, 2), db::Failure);
  EXPECT_EQ(facts_of(*store).size(), 1U);
}

/// Writes facts until it is told to stop; knows which of them it was told are kept.
class Load {
 public:
  Load(Store& store, int threads) {
    for (int thread = 0; thread < threads; ++thread) {
      threads_.emplace_back([this, &store, thread] {
        for (std::int64_t i = 0; !done_; ++i) say(store, thread * 1'000'000 + i);
      });
    }
  }
  ~Load() { finish(); }

  void finish() {
    done_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  const std::set<std::int64_t>& kept() const { return kept_; }
  int lost() const { return lost_; }
  std::size_t kept_so_far() {
    const std::lock_guard lock(mutex_);
    return kept_.size();
  }

 private:
  void say(Store& store, std::int64_t amount) {
    try {
      const auto said = say_fact(store, amount);
      const std::lock_guard lock(mutex_);
      ASSERT_TRUE(said);
      kept_.insert(amount);
    } catch (const db::Failure& failure) {
      ++lost_;
      EXPECT_EQ(failure.kind(), db::FailureKind::lost) << failure.what();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  std::mutex mutex_;
  std::set<std::int64_t> kept_;
  std::atomic<int> lost_{0};
  std::atomic<bool> done_{false};
  std::vector<std::thread> threads_;
};

void expect_what_was_kept(Store& store, const Load& load) {
  std::set<std::int64_t> found;
  std::int64_t seq = 0;
  for (const FactRow& fact : facts_of(store)) {
    EXPECT_EQ(fact.seq, ++seq);
    EXPECT_TRUE(found.insert(fact.amount).second) << "doubled: " << fact.amount;
  }
  for (const std::int64_t amount : load.kept()) {
    EXPECT_TRUE(found.contains(amount)) << "lost: " << amount;
  }
}

TEST(SharedStore, GoesOnWhenItsServerIsStoppedAndStarted) {
  db::TestServer server;
  TestStore store(kToday, TestEngine::sqlite);  // lends its folders
  StoreOptions options = beside(store);
  options.database = server.make_database();
  auto opened = Store::open(options, store.clock);
  ASSERT_TRUE(opened);
  Store& shared = **opened;
  Load load(shared, 6);
  for (const int signal : {SIGINT, SIGQUIT}) {  // in good order; as in a crash
    const auto before = load.kept_so_far();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server.stop(signal);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_THROW((void)say_fact(shared, -1), db::Failure);
    EXPECT_THROW(facts_of(shared), db::Failure);
    server.start();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const auto after = load.kept_so_far();
    while (load.kept_so_far() < after + 50 && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_GE(load.kept_so_far(), after + 50) << "it goes on by itself";
    EXPECT_GT(load.kept_so_far(), before);
  }
  load.finish();
  EXPECT_GT(load.lost(), 0);
  expect_what_was_kept(shared, load);
  opened->reset();
  expect_fits(options);
}

TEST(SharedStore, NothingIsLostOrDoubledWhileBackendsAreKilled) {
  TestStore store(kToday, TestEngine::postgres);
  static constexpr Statement kEnd{
      "test.end",
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname ="
      " current_database() and pid <> pg_backend_pid()"};
  Load load(*store, 6);
  for (int i = 0; i < 40; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    (void)db::Reader(*store->engine().open(db::Access::write)).one<int>(kEnd);
  }
  load.finish();
  EXPECT_GT(load.lost(), 0);
  EXPECT_GT(load.kept().size(), 100U);
  expect_what_was_kept(*store, load);
  store.close();
  expect_fits(store.options());
}

class Moving : public testing::Test {
 protected:
  StoreOptions in_folder(const char* name) const {
    StoreOptions options = store_.options();
    options.folder = options.folder.parent_path() / name;
    options.database.clear();
    return options;
  }
  StoreOptions in_database() const {
    StoreOptions options = in_folder("postgres");
    options.database = database_.url();
    return options;
  }
  void fill(int facts) {
    for (int i = 0; i < facts; ++i) ASSERT_TRUE(say_fact(*store_, i));
    static constexpr Statement kSource{"test.source",
                                       "insert into registry_source (id, name, rank)"
                                       " values ($1, $2, 1)"};
    const auto written = store_->write(Actor{7}, [&](Transaction& tx) {
      for (int i = 0; i < 100; ++i) tx.run(kSource, tx.new_id(), "来源 " + std::to_string(i));
      return Result<Done>(Done{});
    });
    ASSERT_TRUE(written);
    store_.close();
  }

  Silent silent_;
  TestStore store_{kToday, TestEngine::sqlite};
  TestDatabase database_{TestEngine::postgres};
};

TEST_F(Moving, ThereAndBackItIsTheSame) {
  fill(300);
  const auto there = move_store(store_.options(), in_database(), silent_);
  ASSERT_TRUE(there) << there.error().code;
  EXPECT_TRUE(there->done);
  EXPECT_EQ(there->after.facts, 300);
  EXPECT_GT(there->copied.rows, 700);
  {
    const auto opened = Store::open(in_database(), store_.clock);
    ASSERT_TRUE(opened);
    ASSERT_TRUE(say_fact(**opened, 300));
  }
  const auto back = move_store(in_database(), in_folder("back"), silent_);
  ASSERT_TRUE(back) << back.error().code;
  EXPECT_TRUE(back->done);
  EXPECT_EQ(back->after.facts, 301);
  const auto opened = Store::open(in_folder("back"), store_.clock);
  ASSERT_TRUE(opened);
  EXPECT_EQ(facts_of(**opened).size(), 301U);
}

TEST_F(Moving, RefusesAPlaceThatIsTaken) {
  fill(3);
  ASSERT_TRUE(move_store(store_.options(), in_database(), silent_));
  EXPECT_EQ(move_store(store_.options(), in_database(), silent_).error().code,
            "ledger.database_not_empty");
  EXPECT_EQ(move_store(in_database(), store_.options(), silent_).error().code,
            "ledger.store_in_place");
  EXPECT_EQ(move_store(in_folder("none"), in_folder("other"), silent_).error().code,
            "ledger.no_store");
}

TEST_F(Moving, AStoreThatDoesNotVerifyIsNotMoved) {
  fill(10);
  store_.alter("update ledger_fact set amount = 7 where seq = 4");
  const auto moved = move_store(store_.options(), in_database(), silent_);
  ASSERT_TRUE(moved);
  EXPECT_FALSE(moved->done);
  EXPECT_FALSE(db::postgres_engine(database_.url())->exists());
}

TEST_F(Moving, AStoreInUseIsNotMoved) {
  EXPECT_EQ(move_store(store_.options(), in_database(), silent_).error().code,
            "files.folder_in_use");
}

}  // namespace
}  // namespace jishi
