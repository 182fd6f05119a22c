#include "app/commands/city_stream.hpp"

namespace jishi::app {

CityStream::CityStream(const demo::Shares& shares, const demo::CityPlan& plan,
                       std::atomic<bool>& failed)
    : shares_(shares), plan_(plan), failed_(failed), thread_([this] { make(); }) {
}

CityStream::~CityStream() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::vector<intake::Row> CityStream::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || !channel_.empty() || counts_; });
  if (channel_.empty()) return {};
  auto rows = std::move(channel_.front());
  channel_.pop_front();
  changed_.notify_all();
  return rows;
}

bool CityStream::add(intake::Row row) {
  batch_.push_back(std::move(row));
  return batch_.size() < kRowsInBatch || send();
}

bool CityStream::send() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || channel_.size() < kMaxBatches; });
  if (stopped_) return false;
  channel_.push_back(std::move(batch_));
  batch_ = {};
  changed_.notify_all();
  return true;
}

void CityStream::make() {
  Result<demo::CityCounts> counts = demo::make_city(shares_, plan_, *this);
  if (!counts) failed_ = true;
  if (counts && !batch_.empty()) send();
  const std::lock_guard lock(mutex_);
  counts_.emplace(std::move(counts));
  changed_.notify_all();
}

}  // namespace jishi::app
