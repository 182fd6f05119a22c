#include "app/bench/measure.hpp"

#include <malloc.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>

namespace jishi::app::bench {

namespace {

constexpr std::chrono::milliseconds kLookEvery{5};

// What /proc says in kB under a name such as RssAnon.
std::int64_t status_kb(std::string_view name) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(name)) return std::atoll(line.c_str() + name.size() + 1);
  }
  return 0;
}

std::int64_t own_kb() {
  return status_kb("RssAnon");
}

std::int64_t own_kb_after_tidying() {
  ::malloc_trim(0);
  return own_kb();
}

double worked_s() {
  timespec worked{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &worked);
  return static_cast<double>(worked.tv_sec) + static_cast<double>(worked.tv_nsec) / 1e9;
}

}  // namespace

CpuWatch::CpuWatch() : started_(worked_s()) {
}

double CpuWatch::seconds() const {
  return worked_s() - started_;
}

MemoryPeak::MemoryPeak()
    : before_kb_(own_kb_after_tidying()), peak_kb_(before_kb_), thread_([this] { follow(); }) {
}

MemoryPeak::~MemoryPeak() {
  ended_ = true;
  thread_.join();
}

double MemoryPeak::grown_mb() const {
  return static_cast<double>(peak_kb_ - before_kb_) / 1024;
}

void MemoryPeak::follow() {
  while (!ended_) {
    peak_kb_ = std::max(peak_kb_.load(), own_kb());
    std::this_thread::sleep_for(kLookEvery);
  }
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "jishi-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::filesystem::filesystem_error("mkdtemp", pattern,
                                            std::error_code(errno, std::generic_category()));
  }
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto place =
      static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace jishi::app::bench
