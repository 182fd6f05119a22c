#include "modules/insight/keeper/keeper.hpp"

namespace jishi::insight {

namespace {

using Clock = std::chrono::steady_clock;

// Facts come in groups: a moment's patience looks at a group once.
constexpr std::chrono::milliseconds kGather{30};
// After a look four times as long as it took, so that lights take a fifth of a core at most from
// those who ask and write, but no longer than this: who waits for a light waits for one rest and
// one look.
constexpr int kRestsOfALook = 4;
constexpr std::chrono::milliseconds kLongestRest{250};
// Another process may write, and the day changes.
constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::chrono::milliseconds kAfterFailure{2'000};
}  // namespace

Keeper::Keeper(Store& store, std::unique_ptr<Insight> insight,
               std::function<void(const Error&)> failed)
    : store_(store), insight_(std::move(insight)), failed_(std::move(failed)) {
  thread_ = std::thread([this] { work(); });
}

Keeper::Turn::Turn(Keeper& keeper, For what) : keeper_(keeper), for_(what) {
  std::unique_lock lock(keeper_.turn_mutex_);
  if (for_ == For::rebuilding) {
    ++keeper_.rebuilds_;
    keeper_.turn_over_.notify_all();
  }
  const auto gives_up = [&] { return for_ == For::asking && keeper_.rebuilds_ > 0; };
  keeper_.turn_over_.wait(lock, [&] { return !keeper_.taken_ || gives_up(); });
  came_ = !gives_up();
  if (came_) keeper_.taken_ = true;
}

Keeper::Turn::~Turn() {
  {
    const std::lock_guard lock(keeper_.turn_mutex_);
    if (came_) keeper_.taken_ = false;
    if (for_ == For::rebuilding) --keeper_.rebuilds_;
  }
  keeper_.turn_over_.notify_all();
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

Error Keeper::rebuilding() {
  return fail(ErrorKind::unavailable, "insight.rebuilding");
}

Result<Done> Keeper::rebuild(const LongWork& work) {
  const Turn turn(*this, Turn::For::rebuilding);
  return insight_->rebuild(work);
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
    const auto begun = Clock::now();
    const bool looked = look();
    const auto rest =
        std::min<Clock::duration>(kRestsOfALook * (Clock::now() - begun), kLongestRest);
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, looked ? rest : kAfterFailure, [&] { return stopping_; });
  }
}

bool Keeper::look() {
  const Date today = store_.clock().today();
  const std::int64_t until = store_.last_seq();
  if (until == looked_at_ && today == looked_on_) return true;
  try {
    const Turn turn(*this, Turn::For::looking);
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
