#include "platform/files/lock.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace jishi::files {
namespace {

class Lock : public testing::Test {
 protected:
  Lock() { std::filesystem::remove_all(folder_); }
  ~Lock() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("jishi-lock-" + std::to_string(::getpid()));
};

TEST_F(Lock, OneAtATimeAndTheHolderIsNamed) {
  auto held = FolderLock::take(folder_);
  ASSERT_TRUE(held);
  const auto second = FolderLock::take(folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(),
            fail(ErrorKind::conflict, "files.folder_in_use",
                 {{"folder", folder_.string()}, {"pid", std::to_string(::getpid())}}));
  held->reset();
  EXPECT_TRUE(FolderLock::take(folder_));
}

TEST_F(Lock, IsLetGoWhenTheProcessDies) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = FolderLock::take(folder_);
    ::_exit(held ? 0 : 1);  // without letting go
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(FolderLock::take(folder_));
}

TEST_F(Lock, AFolderThatCannotBeMadeIsTold) {
  const auto held = FolderLock::take("/proc/nothing/here");
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, "files.folder_unusable");
}

}  // namespace
}  // namespace jishi::files
