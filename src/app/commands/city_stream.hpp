#pragma once
// The demo city on its way into a store: one thread makes it, another takes it in, and a bounded
// channel is between them.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "modules/demo/demo.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::app {

class CityStream final : public intake::RowStream, private demo::CitySink {
 public:
  static constexpr std::size_t kRowsInBatch = 1'000;
  static constexpr std::size_t kMaxBatches = 16;

  /// Begins to make the city. `failed` is set when that fails, before next() gives the end.
  CityStream(const demo::Shares& shares, const demo::CityPlan& plan, std::atomic<bool>& failed);
  /// Stops making it, wherever it is.
  ~CityStream() override;
  CityStream(const CityStream&) = delete;
  CityStream& operator=(const CityStream&) = delete;

  std::vector<intake::Row> next() override;

  /// What was made, or why not; after the end.
  const Result<demo::CityCounts>& counts() const { return *counts_; }
  bool ended() const { return counts_.has_value(); }

 private:
  bool organisation(const intake::OrganisationRow& row) override { return add(row); }
  bool member(const intake::MemberRow& row) override { return add(row); }
  bool post(const intake::PostRow& row) override { return add(row); }
  bool activity(const intake::ActivityRow& row) override { return add(row); }
  bool payment(const intake::PaymentRow& row) override { return add(row); }

  bool add(intake::Row row);
  bool send();
  void make();

  const demo::Shares& shares_;
  const demo::CityPlan plan_;
  std::atomic<bool>& failed_;
  std::vector<intake::Row> batch_;  // of the thread that makes the city

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<intake::Row>> channel_;
  std::optional<Result<demo::CityCounts>> counts_;
  bool stopped_ = false;

  std::thread thread_;
};

}  // namespace jishi::app
