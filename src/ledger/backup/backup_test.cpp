#include "ledger/backup/backup.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "platform/db/sqlite.hpp"

namespace jishi {
namespace {

namespace fs = std::filesystem;

class Silent final : public VerifyObserver {
 public:
  void progress(std::int64_t, std::int64_t) override {}
};

class BackupAndRestore : public ::testing::Test {
 protected:
  void SetUp() override { add_facts(10); }

  void add_facts(int count) {
    const auto added = store_->write(Actor{7}, [&](Transaction& tx) -> Result<Done> {
      for (int i = 0; i < count; ++i) tx.fact(FactKind{3}, *make_date(2026, 1, 2), 42);
      return Done{};
    });
    ASSERT_TRUE(added);
  }

  fs::path beside(const char* name) const { return store_.options().folder / name; }
  Result<Backup> back_up_to(const fs::path& target) {
    return back_up(store_.options(), target, silent_);
  }
  Result<Restored> restore_to(const fs::path& folder, bool replace = false) {
    StoreOptions to = store_.options();
    to.folder = folder;
    to.database.clear();
    return restore({beside("a.jishi-backup"), to, replace}, silent_);
  }
  std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  TestStore store_;
  Silent silent_;
};

TEST_F(BackupAndRestore, AStoreInUseComesBackAsItWas) {
  const auto before = files_in(store_.options().folder);
  const auto backup = back_up_to(beside("a.jishi-backup"));
  ASSERT_TRUE(backup && backup->kept);
  EXPECT_EQ(backup->verification.facts, 10);
  EXPECT_EQ(files_in(store_.options().folder), before + 1) << "one file, and nothing beside it";
  EXPECT_EQ(fs::status(beside("a.jishi-backup")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  add_facts(5);
  const auto restored = restore_to(beside("new"));
  ASSERT_TRUE(restored && restored->done);
  EXPECT_EQ(restored->verification.root, backup->verification.root);
  StoreOptions options = store_.options();
  options.folder = beside("new");
  options.database.clear();
  EXPECT_TRUE(Store::open(options, store_.clock));
}

TEST_F(BackupAndRestore, FilesBesideTheTablesComeBack) {
  const fs::path kept = kept_files_folder(store_.options().folder);
  fs::create_directories(kept / "ab");
  std::ofstream(kept / "ab" / "ab01") << "sealed";
  std::ofstream(kept / "ab" / "ab02.part") << "left by a call that died";
  const auto backup = back_up_to(beside("a.jishi-backup"));
  ASSERT_TRUE(backup && backup->kept);
  EXPECT_EQ(backup->kept_files, 1);
  const auto restored = restore_to(beside("new"));
  ASSERT_TRUE(restored && restored->done);
  EXPECT_EQ(restored->kept_files, 1);
  const fs::path file = kept_files_folder(beside("new")) / "ab" / "ab01";
  std::string content;
  std::ifstream(file) >> content;
  EXPECT_EQ(content, "sealed");
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(file.parent_path() / "ab02.part"));
  for (const auto& table :
       db::open_sqlite(Store::database_file(beside("new")), db::Access::read)->tables()) {
    EXPECT_NE(table.name, kKeptFilesTable);
  }
}

TEST_F(BackupAndRestore, AFileOfABackupStaysInItsFolder) {
  ASSERT_TRUE(back_up_to(beside("a.jishi-backup")));
  for (const char* name : {"../ab", "ab/../../ab", "/ab", "ab", "ab/", "AB/AB"}) {
    db::open_sqlite(beside("a.jishi-backup"), db::Access::write)
        ->script(fmt::format("drop table if exists backup_file;"
                             "create table backup_file (name text, content blob);"
                             "insert into backup_file values ('{}', x'00')",
                             name));
    EXPECT_EQ(restore_to(beside("new")).error().code, "ledger.backup_file_name") << name;
    EXPECT_FALSE(fs::exists(Store::database_file(beside("new"))));
  }
}

TEST_F(BackupAndRestore, ReplacesNothingUnasked) {
  if (store_.on_postgres()) GTEST_SKIP() << "the folder has no store of its own";
  ASSERT_TRUE(back_up_to(beside("a.jishi-backup")));
  EXPECT_EQ(back_up_to(beside("a.jishi-backup")).error().code, "ledger.backup_exists");
  EXPECT_EQ(restore_to(store_.options().folder).error().code, "ledger.store_in_place");
  EXPECT_EQ(restore_to(store_.options().folder, true).error().code, "files.folder_in_use");
}

TEST_F(BackupAndRestore, WhatIsReplacedIsKeptBeside) {
  if (store_.on_postgres()) GTEST_SKIP() << "the folder has no store of its own";
  ASSERT_TRUE(back_up_to(beside("a.jishi-backup")));
  add_facts(5);
  store_.close();
  for (const char* name : {"jishi.sqlite.before-restore", "jishi.sqlite.before-restore-2"}) {
    const auto restored = restore_to(store_.options().folder, true);
    ASSERT_TRUE(restored && restored->done);
    EXPECT_EQ(restored->kept_beside, beside(name));
    EXPECT_TRUE(fs::exists(beside(name)));
  }
  ASSERT_TRUE(store_.open());
  const auto kept = verify(*db::sqlite_engine(beside("jishi.sqlite.before-restore")),
                           store_.options().keys_folder, silent_);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->facts, 15);
}

TEST_F(BackupAndRestore, AnAlteredBackupIsRefusedAndChangesNothing) {
  ASSERT_TRUE(back_up_to(beside("a.jishi-backup")));
  db::open_sqlite(beside("a.jishi-backup"), db::Access::write)
      ->script("update ledger_fact set amount = 1 where seq = 4");
  store_.close();
  const auto restored = restore_to(store_.options().folder, true);
  ASSERT_TRUE(restored);
  EXPECT_FALSE(restored->done);
  EXPECT_EQ(restored->verification.misfits.front().what.code, "ledger.leaf_differs");
  EXPECT_FALSE(fs::exists(beside("jishi.sqlite.before-restore")));
  EXPECT_FALSE(fs::exists(beside("jishi.sqlite.restoring")));
  EXPECT_TRUE(store_.open());
}

TEST_F(BackupAndRestore, ATruncatedBackupIsRefused) {
  ASSERT_TRUE(back_up_to(beside("a.jishi-backup")));
  fs::resize_file(beside("a.jishi-backup"), fs::file_size(beside("a.jishi-backup")) / 2);
  const auto restored = restore_to(beside("new"));
  EXPECT_TRUE(!restored || !restored->done);
  EXPECT_FALSE(fs::exists(Store::database_file(beside("new"))));
}

TEST_F(BackupAndRestore, RefusesWhatIsNoBackup) {
  EXPECT_EQ(restore_to(beside("new")).error().code, "ledger.no_file");
  std::ofstream(beside("a.jishi-backup")) << "not a database";
  EXPECT_EQ(restore_to(beside("new")).error().code, "ledger.not_a_store");
}

TEST_F(BackupAndRestore, ADamagedStoreGivesNoBackup) {
  store_.close();
  store_.alter("update ledger_fact set amount = 1 where seq = 4");
  const auto backup = back_up_to(beside("a.jishi-backup"));
  ASSERT_TRUE(backup);
  EXPECT_FALSE(backup->kept);
  EXPECT_FALSE(fs::exists(beside("a.jishi-backup")));
  EXPECT_FALSE(fs::exists(beside("a.jishi-backup.part")));
}

TEST_F(BackupAndRestore, ADatabaseIsRestoredFromABackupOfEither) {
  ASSERT_TRUE(back_up_to(beside("a.jishi-backup")));
  const TestDatabase database(TestEngine::postgres);
  StoreOptions to = store_.options();
  to.folder = beside("new");
  to.database = database.url();
  const auto restored = restore({beside("a.jishi-backup"), to}, silent_);
  ASSERT_TRUE(restored) << restored.error().code;
  EXPECT_TRUE(restored->done);
  EXPECT_EQ(restore({beside("a.jishi-backup"), to}, silent_).error().code,
            "ledger.database_not_empty");
  {
    const auto opened = Store::open(to, store_.clock);
    ASSERT_TRUE(opened);
    EXPECT_EQ((*opened)->last_seq(), 10);
  }
  const auto again = back_up(to, beside("b.jishi-backup"), silent_);
  ASSERT_TRUE(again && again->kept);
  EXPECT_EQ(again->verification.root, restored->verification.root);
}

}  // namespace
}  // namespace jishi
