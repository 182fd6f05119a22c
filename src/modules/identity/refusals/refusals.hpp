#pragma once
// What was refused is noted, but nobody can flood the ledger with it: of one kind the first of a
// minute is a fact at once, the others of that minute are one fact together.

#include <compare>
#include <map>
#include <mutex>
#include <string>
#include <vector>

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

  explicit Refusals(Store& store) : store_(store) {}

  void note(Refusal refusal);

  /// Writes the counts of minutes that are over; all of them when `everything`.
  void keep_up(bool everything = false);

 private:
  struct Count {
    std::int64_t minute = 0;
    std::int64_t more = 0;  // after the first
  };

  void write(const std::vector<std::pair<Refusal, std::int64_t>>& counted);

  Store& store_;
  std::mutex mutex_;
  std::map<Refusal, Count> counts_;
};

}  // namespace jishi::identity
