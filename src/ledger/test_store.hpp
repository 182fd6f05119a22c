#pragma once
// A store of a test's own, in a temporary folder that goes with it.

#include <atomic>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "ledger/store.hpp"

namespace jishi {

class TestStore {
 public:
  explicit TestStore(Date today = *make_date(2026, 3, 1)) : clock(today) {
    static std::atomic<int> count{0};
    // In memory where there is such a folder: most of a small command's time is the disk's.
    const std::filesystem::path memory("/dev/shm");
    root_ = (std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path()) /
            ("jishi-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::remove_all(root_);
    if (const auto opened = open(); !opened) throw std::runtime_error(opened.error().code);
  }
  ~TestStore() {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;

  StoreOptions options() const { return {root_ / "data", root_ / "keys"}; }
  std::filesystem::path file() const { return Store::database_file(options().folder); }

  void close() { store_.reset(); }
  Result<Done> open() {
    auto opened = Store::open(options(), clock);
    if (!opened) return opened.error();
    store_ = std::move(*opened);
    return Done{};
  }

  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }

  FixedClock clock;

 private:
  std::filesystem::path root_;
  std::unique_ptr<Store> store_;
};

}  // namespace jishi
