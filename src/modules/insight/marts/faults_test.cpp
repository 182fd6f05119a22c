#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/rules/test_pack.hpp"
#include "modules/registry/registry.hpp"
#include "platform/duck/database.hpp"

namespace jishi::insight {
namespace {

constexpr Actor kTester{7};

/// A store with some branches, its marts, and what can befall them.
class Faults : public ::testing::Test {
 protected:
  Faults() {
    pack_.add_rule();
    for (int i = 0; i < 30; ++i) add_branch(*store_);
  }

  void add_branch(Store& store) {
    const std::string code = fmt::format("B{}", ++number_);
    (void)store.write(kTester, [&](Transaction& tx) {
      registry::OrganisationRecord record;
      record.code = code;
      record.name = code;
      record.kind = "branch";
      return Result<registry::Recorded>(
          registry::record_organisation(tx, registry::manual_origin(tx), std::nullopt, record));
    });
  }

  Result<std::unique_ptr<Insight>> open(Store& store) {
    InsightOptions options;
    options.pack = pack_.folder();
    options.threads = 1;
    options.language = Language::en;
    options.notice = [this](const std::string& said) { notices_.push_back(said); };
    notices_.clear();
    return Insight::open(store, options);
  }

  std::size_t lights() {
    auto insight = open(*store_);
    if (!insight) throw std::runtime_error(insight.error().code);
    const auto found = (*insight)->lights(store_.clock.today());
    if (!found) throw std::runtime_error(found.error().code);
    return found->size();
  }

  std::filesystem::path marts() const { return store_.options().folder / "marts.duckdb"; }

  std::string said() const { return fmt::format("{}", fmt::join(notices_, "\n")); }

  TestPack pack_;
  TestStore store_;
  std::vector<std::string> notices_;
  int number_ = 0;
};

TEST_F(Faults, first_built_then_resumed_without_a_word) {
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said().find("do not exist yet"), std::string::npos) << said();
  add_branch(*store_);
  EXPECT_EQ(lights(), 31U);
  EXPECT_EQ(said(), "");
}

TEST_F(Faults, missing) {
  EXPECT_EQ(lights(), 30U);
  std::filesystem::remove(marts());
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said().find("do not exist yet"), std::string::npos) << said();
}

TEST_F(Faults, truncated) {
  EXPECT_EQ(lights(), 30U);
  std::filesystem::resize_file(marts(), std::filesystem::file_size(marts()) / 2);
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said().find("damaged"), std::string::npos) << said();
}

TEST_F(Faults, empty) {
  EXPECT_EQ(lights(), 30U);
  std::filesystem::resize_file(marts(), 0);
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said(), "");
}

TEST_F(Faults, junk) {
  EXPECT_EQ(lights(), 30U);
  std::ofstream(marts(), std::ios::binary) << std::string(100'000, 'x');
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said().find("damaged"), std::string::npos) << said();
}

TEST_F(Faults, overwritten_anywhere) {
  EXPECT_EQ(lights(), 30U);
  const auto whole = marts().string() + ".whole";
  std::filesystem::copy_file(marts(), whole);
  const auto size = std::filesystem::file_size(whole);
  for (std::uintmax_t place = 0; place < size; place += 100'000) {
    std::filesystem::copy_file(whole, marts(), std::filesystem::copy_options::overwrite_existing);
    std::fstream file(marts(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(place));
    file << std::string(3'000, 'x');
    file.close();
    EXPECT_EQ(lights(), 30U) << "overwritten at " << place << " of " << size;
  }
}

/// As long as it lives, files of this process do not grow.
class FullDisk {
 public:
  FullDisk() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

// The damage is found while the program runs, and there is no room to make them anew.
TEST_F(Faults, damaged_and_no_room) {
  EXPECT_EQ(lights(), 30U);
  const auto whole = marts().string() + ".whole";
  std::filesystem::copy_file(marts(), whole);
  bool refused = false;
  for (std::uintmax_t place = std::filesystem::file_size(whole); place > 12'288 && !refused;) {
    place -= std::min<std::uintmax_t>(place, 100'000);
    std::filesystem::copy_file(whole, marts(), std::filesystem::copy_options::overwrite_existing);
    std::fstream file(marts(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(place));
    file << std::string(3'000, 'x');
    file.close();
    auto insight = open(*store_);
    ASSERT_TRUE(insight);
    {
      const FullDisk full;
      refused = !(*insight)->lights(store_.clock.today());
      if (refused) {
        EXPECT_FALSE((*insight)->lights(store_.clock.today()));
        EXPECT_FALSE((*insight)->catch_up());
      }
    }
    const auto found = (*insight)->lights(store_.clock.today());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size(), 30U) << "overwritten at " << place;
  }
  EXPECT_TRUE(refused) << "no place was found where damage shows later";
}

TEST_F(Faults, of_another_store) {
  EXPECT_EQ(lights(), 30U);
  TestStore other;
  add_branch(*other);
  ASSERT_TRUE(open(*other));
  std::filesystem::copy_file(other.options().folder / "marts.duckdb", marts(),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said().find("do not belong"), std::string::npos) << said();
}

TEST_F(Faults, a_restored_backup_is_behind_the_marts) {
  if (store_.on_postgres()) GTEST_SKIP() << "puts back a file";
  store_.close();
  const auto backup = store_.file().string() + ".backup";
  std::filesystem::copy_file(store_.file(), backup);
  ASSERT_TRUE(store_.open());
  for (int i = 0; i < 5; ++i) add_branch(*store_);
  EXPECT_EQ(lights(), 35U);
  store_.close();
  for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(store_.file().string() + part);
  std::filesystem::copy_file(backup, store_.file(),
                             std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(store_.open());
  EXPECT_EQ(lights(), 30U);
  EXPECT_NE(said().find("do not belong"), std::string::npos) << said();
  // And when it has come as far as the marts once were, they are not taken for its own.
  for (int i = 0; i < 5; ++i) add_branch(*store_);
  EXPECT_EQ(lights(), 35U);
}

TEST_F(Faults, held_by_another) {
  EXPECT_EQ(lights(), 30U);
  const auto held = duck::Database::open(marts());
  ASSERT_TRUE(held);
  const auto opened = open(*store_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "platform.duck_locked");
  EXPECT_TRUE(std::filesystem::exists(marts()));
}

// Rows and position go into the marts in one transaction.
TEST_F(Faults, a_step_that_fails_leaves_position_and_rows) {
  EXPECT_EQ(lights(), 30U);
  add_branch(*store_);
  {
    auto database = duck::Database::open(marts());
    ASSERT_TRUE(database);
    auto connection = database->connect();
    ASSERT_TRUE(connection);
    // The last thing that the follower writes is its position.
    ASSERT_TRUE(connection->execute("alter table mart.follower add column more integer"));
  }
  const auto opened = open(*store_);
  EXPECT_FALSE(opened);
  auto database = duck::Database::open(marts());
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  auto rows = connection->query(
      "select (select count(*) from mart.organisation), (select max(position) from mart.follower)");
  ASSERT_TRUE(rows && rows->next());
  EXPECT_EQ(rows->get_int64(0), 30);
  EXPECT_LT(rows->get_int64(1), store_->read([](db::Reader& reader) {
    static constexpr Statement kLast{"test.last", "select max(seq) from ledger_fact"};
    return *reader.one<std::int64_t>(kLast);
  }));
}

}  // namespace
}  // namespace jishi::insight
