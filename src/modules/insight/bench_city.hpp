#pragma once
// A made-up city written straight into the marts, and the rules over it without a store: what the
// speed of the lights is measured on.

#include <filesystem>
#include <memory>
#include <vector>

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "modules/insight/marts/touched.hpp"

namespace jishi::insight {

/// Payments are 24 for a member, activities 78 and attendances 429 for a branch.
struct BenchCity {
  std::int64_t members = 1'000'000;
  std::int64_t organisations = 60'000;
  Date as_of = *make_date(2026, 6, 30);
};

struct BenchCounts {
  std::int64_t organisations = 0;
  std::int64_t members = 0;
  std::int64_t posts = 0;
  std::int64_t activities = 0;
  std::int64_t attendances = 0;
  std::int64_t payments = 0;

  std::int64_t facts() const { return activities + attendances + payments; }
};

class BenchMarts {
 public:
  /// New marts in a file that must not exist (empty: in memory), and the rules of a pack.
  static Result<std::unique_ptr<BenchMarts>> open(const std::filesystem::path& file,
                                                  const std::filesystem::path& pack,
                                                  unsigned threads = 0);
  virtual ~BenchMarts() = default;

  /// Writes the city; the marts must be empty. 50 M facts take less than a minute.
  virtual Result<BenchCounts> fill(const BenchCity& city) = 0;

  /// Every rule over the whole city: how many lights there are.
  virtual Result<std::int64_t> lights(Date as_of) = 0;

  /// `count` branches spread over the city.
  virtual Result<std::vector<Id>> branches(std::size_t count) = 0;

  /// One more payment of a member of each branch and one more theme day, into the deltas as the
  /// follower writes them (with no store to read from).
  virtual Result<Done> add_facts(const std::vector<Id>& branches, Date on) = 0;

  /// What the follower does when nobody waits: merges and sorts what the facts left.
  virtual Result<Done> tidy() = 0;

  /// The rules that look at one of these marts over these organisations: how many lights they have.
  virtual Result<std::int64_t> lights_of(const std::vector<Id>& organisations, Date as_of,
                                         MartSet marts) = 0;
  static constexpr MartSet kFactMarts = mart_bit(kActivity) | mart_bit(kPayment);
  static constexpr MartSet kEveryMart = kAllMarts;
};

}  // namespace jishi::insight
