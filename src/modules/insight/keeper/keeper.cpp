#include "modules/insight/keeper/keeper.hpp"

namespace jishi::insight {

namespace {
// Facts come in groups: a moment's patience looks at a group once.
constexpr std::chrono::milliseconds kGather{30};
// Another process may write, and the day changes.
constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::chrono::milliseconds kAfterFailure{2'000};
}  // namespace

Keeper::Keeper(Store& store, std::unique_ptr<Insight> insight,
               std::function<void(const Error&)> failed)
    : store_(store), insight_(std::move(insight)), failed_(std::move(failed)) {
  thread_ = std::thread([this] { work(); });
}

Keeper::~Keeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Keeper::wake() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  woken_.notify_one();
}

void Keeper::work() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, kPatience, [&] { return awake_ || stopping_; });
      if (!stopping_ && awake_) woken_.wait_for(lock, kGather, [&] { return stopping_; });
      if (stopping_) return;
      awake_ = false;
    }
    if (look()) continue;
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, kAfterFailure, [&] { return stopping_; });
  }
}

bool Keeper::look() {
  const Date today = store_.clock().today();
  const std::int64_t until = store_.last_seq();
  if (until == looked_at_ && today == looked_on_) return true;
  try {
    const std::lock_guard lock(insight_mutex_);
    const auto changes = insight_->refresh(Actor{});
    if (!changes) {
      failed_(changes.error());
      return false;
    }
    // Its own facts need no look of their own.
    const bool alone = store_.last_seq() - until == changes->lit + changes->changed + changes->out;
    looked_at_ = alone ? store_.last_seq() : until;
    looked_on_ = today;
    return true;
  } catch (const std::exception& error) {
    failed_(fail(ErrorKind::unavailable, "insight.look_failed", {{"message", error.what()}}));
    return false;
  }
}

}  // namespace jishi::insight
