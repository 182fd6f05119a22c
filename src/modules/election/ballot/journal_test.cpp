#include "modules/election/ballot/journal.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"

namespace jishi::election {
namespace {

TEST(Journal, NothingOfWhatWasWrittenIsLeftInIt) {
  TestStore store;
  if (store.on_postgres()) GTEST_SKIP() << "its log is the server's";
  const auto journal = std::filesystem::path(store.file().string() + "-wal");
  const auto written = store->write(Actor{}, [](Transaction& tx) -> Result<Done> {
    tx.fact(FactKind{150}, tx.store().clock().today(), kNoId, {});
    return Done{};
  });
  ASSERT_TRUE(written);
  EXPECT_GT(std::filesystem::file_size(journal), 0U);
  EXPECT_TRUE(empty_journal(*store));
  EXPECT_EQ(std::filesystem::file_size(journal), 0U);
  EXPECT_TRUE(store->engine().check().empty());
}

}  // namespace
}  // namespace jishi::election
