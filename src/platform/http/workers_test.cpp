#include "platform/http/workers.hpp"

#include <future>

namespace jishi::http {
namespace {

TEST(Workers, RunWhatTheyAreGivenAndNoMoreWaitsThanMay) {
  Workers workers(1, 2);
  std::promise<void> begun;
  std::promise<void> go;
  ASSERT_TRUE(workers.submit([&, wait = go.get_future().share()] {
    begun.set_value();
    wait.wait();
  }));
  begun.get_future().wait();
  int done = 0;
  ASSERT_TRUE(workers.submit([&] { ++done; }));
  ASSERT_TRUE(workers.submit([&] { ++done; }));
  EXPECT_FALSE(workers.submit([&] { ++done; }));
  EXPECT_EQ(workers.waiting(), 2U);
  std::promise<void> last;
  ASSERT_TRUE(workers.submit_more([&] { last.set_value(); }));
  go.set_value();
  last.get_future().wait();
  EXPECT_EQ(done, 2);
}

TEST(Workers, LetWhatRunsEndAndLeaveWhatWaitsUndone) {
  Workers workers(1, 8);
  std::promise<void> begun;
  std::promise<void> go;
  const auto kept = std::make_shared<bool>(false);
  bool ended = false;
  ASSERT_TRUE(workers.submit([&, wait = go.get_future().share()] {
    begun.set_value();
    wait.wait();
    ended = true;
  }));
  begun.get_future().wait();
  ASSERT_TRUE(workers.submit([kept] { *kept = true; }));
  std::thread stopping([&] { workers.stop(); });
  while (workers.submit_more([] {})) std::this_thread::yield();
  go.set_value();
  stopping.join();
  EXPECT_TRUE(ended);
  EXPECT_FALSE(workers.submit([] {}));
  EXPECT_GT(workers.waiting(), 0U);
  workers.drop();
  EXPECT_EQ(workers.waiting(), 0U);
  EXPECT_FALSE(*kept);
  EXPECT_EQ(kept.use_count(), 1);
}

}  // namespace
}  // namespace jishi::http
