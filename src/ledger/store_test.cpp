#include "ledger/store.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "base/texts.hpp"
#include "ledger/ledger.sql.hpp"
#include "ledger/test_store.hpp"
#include "ledger/trail.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/sqlite.hpp"

namespace jishi {
namespace {

constexpr FactKind kKind{900};
constexpr Actor kActor{7};
const Date kToday = *make_date(2026, 3, 1);

struct FactRow {
  std::int64_t seq = 0;
  Date happened;
  std::int64_t recorded_ms = 0;
  std::int32_t kind = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::string payload;
  Id actor = kNoId;
  Id command = kNoId;
  Blob leaf;
};
BOOST_DESCRIBE_STRUCT(FactRow, (),
                      (seq, happened, recorded_ms, kind, organisation, person, subject, amount,
                       payload, actor, command, leaf))

struct Head {
  std::int64_t size = 0;
  Blob root;
  Blob peaks;
  Blob signature;
  std::int64_t recorded = 0;
};
BOOST_DESCRIBE_STRUCT(Head, (), (size, root, peaks, signature, recorded))

Result<Id> say_fact(Store& store, Id organisation, bool succeed = true, int facts = 1) {
  return store.write(kActor, [&](Transaction& tx) -> Result<Id> {
    for (int i = 0; i < facts; ++i) tx.fact(kKind, kToday, organisation, {.amount = i});
    if (!succeed) return fail(ErrorKind::refused, "test.refused");
    return tx.command();
  });
}

std::vector<FactRow> facts(Store& store) {
  return store.read(
      [](db::Reader& reader) { return reader.all<FactRow>(sql::ledger::facts_with_leaves); });
}

/// Expects facts numbered without gaps, times that never go back, leaves of what they hold, and the
/// last head to be the root of them all.
void expect_whole(Store& store) {
  merkle::Frontier frontier;
  std::int64_t recorded_ms = 0;
  for (const FactRow& row : facts(store)) {
    ASSERT_EQ(row.seq, static_cast<std::int64_t>(frontier.size()) + 1);
    ASSERT_GE(row.recorded_ms, recorded_ms);
    recorded_ms = row.recorded_ms;
    const Hash leaf =
        leaf_of({row.seq, row.happened, row.recorded_ms, row.kind, row.organisation, row.person,
                 row.subject, row.amount, row.payload, row.actor, row.command});
    ASSERT_EQ(bytes_of(leaf), row.leaf.bytes);
    frontier.append(leaf);
  }
  const auto head =
      store.read([](db::Reader& reader) { return reader.one<Head>(sql::ledger::last_head); });
  ASSERT_TRUE(head);
  EXPECT_EQ(head->size, static_cast<std::int64_t>(frontier.size()));
  EXPECT_EQ(head->root.bytes, bytes_of(frontier.root()));
  EXPECT_EQ(head->signature.bytes,
            bytes_of(store.keys().seal_of_head(frontier.size(), frontier.root())));
}

class LedgerOn : public testing::TestWithParam<TestEngine> {};
class StoreOn : public testing::TestWithParam<TestEngine> {};

std::string name_of(const testing::TestParamInfo<TestEngine>& info) {
  return info.param == TestEngine::postgres ? "postgres" : "sqlite";
}
const auto kEngines = testing::Values(TestEngine::sqlite, TestEngine::postgres);
INSTANTIATE_TEST_SUITE_P(Engines, LedgerOn, kEngines, name_of);
INSTANTIATE_TEST_SUITE_P(Engines, StoreOn, kEngines, name_of);

TEST_P(LedgerOn, FactsStandInOrderUnderConcurrentAndFailingCommands) {
  TestStore store(kToday, GetParam());
  std::atomic<int> kept{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 30; ++i) {
        if (i % 5 == 3) {
          EXPECT_THROW(store->write(kActor,
                                    [&](Transaction& tx) -> Result<Done> {
                                      tx.fact(kKind, kToday, thread);
                                      throw std::runtime_error("on the way");
                                    }),
                       std::runtime_error);
        } else if (say_fact(*store, thread, i % 5 != 1, 1 + i % 3)) {
          kept += 1 + i % 3;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(facts(*store).size(), static_cast<std::size_t>(kept));
  expect_whole(*store);
  store.close();
  ASSERT_TRUE(store.open());
  ASSERT_TRUE(say_fact(*store, 1));
  expect_whole(*store);
}

TEST_P(LedgerOn, ThousandsOfFactsStoreTheirNodes) {
  TestStore store(kToday, GetParam());
  ASSERT_TRUE(say_fact(*store, 1, true, 1000));
  ASSERT_FALSE(say_fact(*store, 1, false, 300));
  ASSERT_TRUE(say_fact(*store, 1, true, 100));
  expect_whole(*store);
  static constexpr Statement kNodes{"test.nodes", "select count(*) from ledger_node"};
  EXPECT_EQ(store->read([](db::Reader& reader) { return reader.one<int>(kNodes); }), 1100 / 256);
}

TEST_P(LedgerOn, ARehearsalLeavesNothing) {
  TestStore store(kToday, GetParam());
  ASSERT_TRUE(say_fact(*store, 1));
  const auto rehearsed = store->rehearse(kActor, [](Transaction& tx) {
    for (int i = 0; i < 300; ++i) tx.fact(kKind, kToday, i);
    return tx.one<std::int64_t>(sql::ledger::last_seq).value_or(0);
  });
  EXPECT_EQ(rehearsed, 301);
  EXPECT_EQ(facts(*store).size(), 1U);
  EXPECT_THROW(store->rehearse(kActor,
                               [](Transaction& tx) -> int {
                                 tx.fact(kKind, kToday, 1);
                                 throw std::runtime_error("on the way");
                               }),
               std::runtime_error);
  ASSERT_TRUE(say_fact(*store, 2));
  expect_whole(*store);
}

TEST_P(LedgerOn, TimeRecordedNeverGoesBack) {
  TestStore store(kToday, GetParam());
  ASSERT_TRUE(say_fact(*store, 1));
  const std::int64_t now = store.clock.now_ms();
  store.clock.set_ms(now - 3'600'000);
  ASSERT_TRUE(say_fact(*store, 2));
  store.close();
  store.clock.set_ms(now - 7'200'000);
  ASSERT_TRUE(store.open());
  ASSERT_TRUE(say_fact(*store, 3));
  store.clock.set_ms(now + 1);
  ASSERT_TRUE(say_fact(*store, 4));
  const auto rows = facts(*store);
  EXPECT_EQ(rows[1].recorded_ms, now);
  EXPECT_EQ(rows[2].recorded_ms, now);
  EXPECT_EQ(rows[3].recorded_ms, now + 1);
  expect_whole(*store);
}

TEST_P(LedgerOn, IdsGoOnAfterTheLastOneAlsoWhenNoFactHoldsIt) {
  TestStore store(kToday, GetParam());
  static constexpr Statement kNote{"test.note",
                                   "insert into registry_source (id, name, rank)"
                                   " values ($1, $2, 1)"};
  Id last = kNoId;
  const auto written = store->write(kActor, [&](Transaction& tx) {
    for (int i = 0; i < 100; ++i) tx.run(kNote, last = tx.new_id(), std::to_string(i));
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(written);
  store.close();
  store.clock.set_ms(store.clock.now_ms() - 86'400'000);
  ASSERT_TRUE(store.open());
  EXPECT_GT(store->new_id(), last);
}

TEST_P(LedgerOn, ATamperedHeadIsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"root", "update ledger_head set root = zeroblob(32) where size = 2"},
      {"root", "update ledger_head set peaks = zeroblob(32) where size = 2"},
      {"signature", "update ledger_head set signature = zeroblob(32) where size = 2"},
      {"size", "delete from ledger_fact where seq = 2"},
      {"size",
       "insert into ledger_fact select 3, happened, recorded, kind, organisation, person,"
       " subject, amount, payload, actor, command, leaf from ledger_fact where seq = 2"},
      {"size", "delete from ledger_head where size = 2"},
      {"head missing", "delete from ledger_head"},
  };
  for (const auto& [reason, sql] : cases) {
    TestStore store(kToday, GetParam());
    ASSERT_TRUE(say_fact(*store, 1));
    ASSERT_TRUE(say_fact(*store, 2));
    store.close();
    store.alter(sql);
    const auto opened = store.open();
    ASSERT_FALSE(opened) << sql;
    EXPECT_EQ(opened.error(), fail(ErrorKind::refused, "ledger.head_altered", {{"reason", reason}}))
        << sql;
    EXPECT_NE(say(Language::zh, opened.error()), "ledger.head_altered");
  }
}

TEST_P(LedgerOn, AHeadSignedWithAnotherKeyIsRefused) {
  TestStore store(kToday, GetParam());
  ASSERT_TRUE(say_fact(*store, 1));
  const auto key = store->key_file();
  store.close();
  std::filesystem::remove(key);
  ASSERT_TRUE(crypto::Keys::create(key, crypto::Suite::aes_256_gcm));
  EXPECT_EQ(store.open().error().code, "ledger.head_altered");
}

TEST_P(StoreOn, WithoutItsKeyItSaysWhichFileIsMissing) {
  TestStore store(kToday, GetParam());
  const auto key = store->key_file();
  store.close();
  const auto away = key.string() + ".away";
  std::filesystem::rename(key, away);
  const auto opened = store.open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "crypto.key_missing");
  EXPECT_NE(say(Language::zh, opened.error()).find(key.string()), std::string::npos);
  std::filesystem::rename(away, key);
  EXPECT_TRUE(store.open());
}

TEST_P(StoreOn, OneProcessAtATime) {
  TestStore store(kToday, GetParam());
  EXPECT_EQ(Store::open(store.options(), store.clock).error().code, "files.folder_in_use");
  store.close();
  EXPECT_TRUE(store.open());
}

TEST(Store, IsNotMadeUnlessAsked) {
  FixedClock clock(kToday);
  StoreOptions options;
  options.folder = std::filesystem::temp_directory_path() / "jishi-no-such-store";
  options.keys_folder = options.folder;
  options.create = false;
  EXPECT_EQ(Store::open(options, clock).error().code, "ledger.no_store");
  EXPECT_FALSE(std::filesystem::exists(options.folder));
}

TEST_P(StoreOn, KeepsItsNodeAndSuite) {
  TestStore store(kToday, GetParam());
  StoreOptions options = store.options();
  const std::string id = store->store_id();
  store.close();
  options.node = 99;
  options.suite = crypto::Suite::sm4_ctr_hmac_sm3;
  const auto opened = Store::open(options, store.clock);
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->store_id(), id);
  EXPECT_EQ((*opened)->keys().suite(), crypto::Suite::aes_256_gcm);
  EXPECT_EQ((*opened)->new_id() >> 14 & 0xFF, 1);
}

// An older program's store: the last step is taken out of it.
TEST_P(StoreOn, IsCopiedBeforeAnUpgrade) {
  TestStore store(kToday, GetParam());
  ASSERT_TRUE(say_fact(*store, 1));
  store.close();
  store.alter(
      "alter table ledger_store drop column last_id;"
      "delete from schema_migration where name = '20261123T1901_ledger_last_id';");
  ASSERT_TRUE(store.open());
  EXPECT_EQ(store->upgraded_without_copy(), store.on_postgres());
  expect_whole(*store);
  if (store.on_postgres()) return;
  const auto snapshot = store.file().string() + ".before-20261123T1901_ledger_last_id";
  ASSERT_TRUE(std::filesystem::exists(snapshot));
  const auto before = db::open_sqlite(snapshot, db::Access::read);
  static constexpr Statement kFacts{"test.facts", "select count(*) from ledger_fact"};
  EXPECT_EQ(db::Reader(*before).one<int>(kFacts), 1);
}

TEST_P(StoreOn, ANewerOrForeignSchemaIsRefused) {
  TestStore store(kToday, GetParam());
  store.close();
  store.alter("insert into schema_migration values ('later', '20990101T0000_later', 'x')");
  EXPECT_EQ(store.open().error().code, "platform.migration_unknown");
  store.alter(
      "delete from schema_migration where module = 'later';"
      "update schema_migration set checksum = 'x' where module = 'registry'");
  EXPECT_EQ(store.open().error().code, "platform.migration_changed");
}

TEST_P(LedgerOn, FindsTheFactsOfACommand) {
  TestStore store(kToday, GetParam());
  std::vector<Id> commands;
  for (int i = 0; i < 40; ++i) {
    commands.push_back(*say_fact(*store, i, true, i % 4));  // some without a fact
  }
  store->read([&](db::Reader& reader) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const auto found = ledger::facts_of(reader, commands[i], 100);
      EXPECT_EQ(found.size(), i % 4);
      for (const Fact& fact : found) EXPECT_EQ(fact.organisation, static_cast<Id>(i));
    }
    EXPECT_TRUE(ledger::facts_of(reader, kNoId, 100).empty());
    EXPECT_TRUE(ledger::facts_of(reader, commands.back() + 1'000'000, 100).empty());
    EXPECT_EQ(ledger::facts_of(reader, commands[3], 2).size(), 2U);
    EXPECT_FALSE(ledger::touched_after(reader, 0, 39, FactKind{1}, FactKind{19}));
    EXPECT_EQ(ledger::touched_after(reader, 0, 1, kKind, kKind), 1);
    return 0;
  });
}

TEST(Fact, EveryPartIsInTheLeaf) {
  const Fact fact{1, kToday, 2, 3, 4, 5, 6, 7, "{}", 8, 9};
  std::vector<Fact> others(11, fact);
  others[0].seq = 0;
  others[1].happened += std::chrono::days(1);
  others[2].recorded_ms = 0;
  others[3].kind = 0;
  others[4].organisation = 0;
  others[5].person = 0;
  others[6].subject = 0;
  others[7].amount = -7;
  others[8].payload = "";
  others[9].actor = 0;
  others[10].command = 0;
  for (const Fact& other : others) EXPECT_NE(leaf_of(other), leaf_of(fact));
  EXPECT_EQ(leaf_of(Fact(fact)), leaf_of(fact));
}

}  // namespace
}  // namespace jishi
