#pragma once
// What was refused is noted, but nobody can flood the ledger with it: of one kind the first of a
// minute is a fact soon, the others of that minute are one fact together. Nobody waits for it: an
// import may hold the writer for minutes, and whoever is refused is answered all the same.

#include <compare>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "ledger/store.hpp"

namespace jishi::identity {

struct Refusal {
  FactKind kind{};
  Id account = kNoId;  // 0: a stranger
  Id person = kNoId;   // whom the account belongs to
  std::string route;   // its pattern; empty for a sign-in

  friend auto operator<=>(const Refusal&, const Refusal&) = default;
};

/// Thread-safe.
class Refusals {
 public:
  static constexpr std::size_t kMaxAtOnce = 10'000;  // beyond, they are counted as a stranger's
  static constexpr std::int64_t kMinuteMs = 60'000;
  static constexpr std::size_t kMaxRoute = 200;
  static constexpr std::int64_t kAgainAfterMs = 1'000;  // when the store was away

  explicit Refusals(Store& store);
  /// Writes what is left, if the store is there.
  ~Refusals();
  Refusals(const Refusals&) = delete;
  Refusals& operator=(const Refusals&) = delete;

  void note(Refusal refusal);

  /// Has the counts of minutes that are over written.
  void keep_up();

  /// Waits until what was noted is written, but for the counts of this minute: for tests.
  void drain();

 private:
  struct Count {
    std::int64_t minute = 0;
    std::int64_t more = 0;  // after the first
  };

  using Counted = std::map<Refusal, std::int64_t>;

  void take_counts(std::int64_t but_of_minute);
  void add(Refusal refusal, std::int64_t count);
  void work();
  bool write(const Counted& counted);

  Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Refusal, Count> counts_;
  Counted waiting_;  // to be facts; one fact each, however long the writer was busy
  bool writing_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jishi::identity
