#include "ledger/verify/verify.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "ledger/test_store.hpp"
#include "ledger/verify/proofs.hpp"
#include "platform/db/sqlite.hpp"

namespace jishi {
namespace {

constexpr Actor kTester{7};

class Silent final : public VerifyObserver {
 public:
  void progress(std::int64_t, std::int64_t) override {}
};

void add_facts(Store& store, int count) {
  const auto added = store.write(kTester, [&](Transaction& tx) -> Result<Done> {
    for (int i = 0; i < count; ++i) {
      tx.fact(FactKind{3}, *make_date(2026, 1, 2), 42, {.person = i, .amount = 5, .payload = "{}"});
    }
    return Done{};
  });
  ASSERT_TRUE(added);
}

/// A store of 700 facts: heads at 300, 600 and 700; nodes stored for 1..256 and 257..512.
class Verify : public ::testing::Test {
 protected:
  void SetUp() override {
    add_facts(*store_, 300);
    add_facts(*store_, 300);
    add_facts(*store_, 100);
    store_.close();
  }

  void alter(const std::string& sql) { store_.alter(sql); }

  Verification verify() {
    Silent silent;
    auto verification = verify_store(store_.options(), silent);
    EXPECT_TRUE(verification);
    return *verification;
  }

  TestStore store_;
};

TEST_F(Verify, AStoreAsItWasWrittenFits) {
  const Verification found = verify();
  EXPECT_TRUE(found.fits());
  EXPECT_EQ(found.facts, 700);
  EXPECT_EQ(found.heads, 3);
  EXPECT_FALSE(found.no_key);
}

TEST_F(Verify, AnEmptyStoreFits) {
  TestStore empty;
  Silent silent;
  const auto found = verify_store(empty.options(), silent);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->fits());
  EXPECT_EQ(found->facts, 0);
}

TEST_F(Verify, NamesTheFirstThatDoesNotFit) {
  struct Case {
    const char* sql;
    const char* code;
    std::int64_t seq;  // 0: not about one fact
  };
  // Each is laid over the one before: what comes earlier in the ledger is found first.
  const Case cases[] = {
      {"insert into ledger_node values (16, 9, x'00')", "ledger.nodes_too_many", 0},
      {"update ledger_head set signature = x'00' where size = 700", "ledger.signature_differs", 0},
      {"delete from ledger_fact where seq = 700", "ledger.head_beyond", 0},
      {"delete from ledger_head where size = 700", "ledger.head_missing", 0},
      {"update ledger_head set peaks = x'' where size = 600", "ledger.edge_differs", 0},
      {"update ledger_head set root = x'00' where size = 600", "ledger.root_differs", 0},
      {"delete from ledger_node where level = 8 and position = 1", "ledger.root_differs", 0},
      {"update ledger_head set root = zeroblob(32) where size = 300", "ledger.root_differs", 0},
      {"update ledger_fact set amount = amount + 1 where seq = 250", "ledger.leaf_differs", 250},
      {"update ledger_fact set happened = happened + 4294967296 where seq = 240",
       "ledger.leaf_differs", 240},
      {"update ledger_fact set payload = '{\"a\":1}' where seq = 230", "ledger.leaf_differs", 230},
      {"update ledger_fact set leaf = zeroblob(32) where seq = 220", "ledger.leaf_differs", 220},
      {"update ledger_fact set recorded = recorded - 1 where seq = 210", "ledger.time_went_back",
       210},
      {"delete from ledger_fact where seq = 200", "ledger.fact_missing", 201},
      {"delete from ledger_fact where seq = 1", "ledger.fact_missing", 2},
      {"update ledger_head set size = 0 where size = 300", "ledger.head_beyond", 0},
  };
  for (const Case& test : cases) {
    alter(test.sql);
    const Verification found = verify();
    ASSERT_EQ(found.misfits.size(), 1U) << test.sql;
    EXPECT_EQ(found.misfits.front().what.code, test.code) << test.sql;
    const auto& fact = found.misfits.front().fact;
    EXPECT_EQ(fact ? fact->seq : 0, test.seq) << test.sql;
  }
}

TEST_F(Verify, AFactAlteredWithItsLeafIsNarrowedDownByHeadsAndNodes) {
  Fact fact{310, *make_date(2026, 1, 2), store_.clock.now_ms(), 3, 42, 9, 0, 5, "{}", 7, 1};
  const std::string leaf = to_hex(leaf_of(fact));
  alter("update ledger_fact set person = 9, subject = 0, command = 1, leaf = x'" + leaf +
        "' where seq = 310");
  const Verification found = verify();
  ASSERT_EQ(found.misfits.size(), 1U);
  const Error& what = found.misfits.front().what;
  EXPECT_EQ(what.code, "ledger.root_differs");
  // After the head of 300 that fits, and below the node of 257..512 that does not.
  EXPECT_EQ(fill("{from}-{to}", what.arguments), "301-512");
}

TEST_F(Verify, ANodeAlteredAloneIsTold) {
  alter("update ledger_node set hash = zeroblob(32) where level = 8 and position = 0");
  const Verification found = verify();
  ASSERT_EQ(found.misfits.size(), 1U);
  EXPECT_EQ(found.misfits.front().what.code, "ledger.node_differs");
}

TEST_F(Verify, WithoutItsKeyFileAllButTheSignaturesIsChecked) {
  std::filesystem::remove_all(store_.options().keys_folder);
  const Verification found = verify();
  EXPECT_TRUE(found.fits());
  ASSERT_TRUE(found.no_key);
  EXPECT_EQ(found.no_key->code, "crypto.key_missing");
}

TEST_F(Verify, RefusesWhatIsNoStore) {
  Silent silent;
  const auto keys = store_.options().keys_folder;
  StoreOptions nowhere = store_.options();
  nowhere.folder /= "x";
  nowhere.database.clear();
  EXPECT_EQ(verify_store(nowhere, silent).error().code, "ledger.no_store");
  const auto other = store_.options().folder / "other";
  db::open_sqlite(other, db::Access::write)->script("create table t (a)");
  EXPECT_EQ(jishi::verify(*db::sqlite_engine(other), keys, silent).error().code,
            "ledger.not_a_store");
}

TEST_F(Verify, ProvesEveryFactAndEveryBeginning) {
  const StoreOptions options = store_.options();
  for (const std::int64_t seq : {1, 2, 255, 256, 257, 300, 512, 513, 699, 700}) {
    const auto proof = prove_inclusion(options, seq);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(proof->holds) << seq;
    EXPECT_EQ(proof->root, verify().root);
  }
  for (const std::int64_t older : {1, 2, 256, 300, 511, 600, 700}) {
    const auto proof = prove_consistency(options, older, 700);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(proof->holds) << older;
  }
  EXPECT_EQ(prove_inclusion(options, 0).error().code, "ledger.no_such_fact");
  EXPECT_EQ(prove_inclusion(options, 701).error().code, "ledger.no_such_fact");
  EXPECT_EQ(prove_consistency(options, 2, 1).error().code, "ledger.no_such_size");
  EXPECT_EQ(prove_consistency(options, 1, 701).error().code, "ledger.no_such_size");
}

TEST_F(Verify, AProofOverAnAlteredFactDoesNotHold) {
  alter("update ledger_fact set leaf = zeroblob(32) where seq = 650");
  const auto proof = prove_inclusion(store_.options(), 650);
  ASSERT_TRUE(proof);
  EXPECT_FALSE(proof->holds);
}

}  // namespace
}  // namespace jishi
