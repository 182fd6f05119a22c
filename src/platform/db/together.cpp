#include "platform/db/together.hpp"

#include <algorithm>
#include <vector>

namespace jishi::db {

// True: another thread carried the wish. False: this one is to carry it, with others.
bool Together::waits_for_others(Wish& wish) {
  Turn& turn = Turn::of_this_thread();
  {
    const std::lock_guard lock(mutex_);
    if (carriers_ < kMaxCarriers) {
      ++carriers_;
      return false;
    }
    wish.turn = &turn;
    waiting_.push_back(&wish);
  }
  turn.acquire();
  return wish.answered;
}

void Together::ask(Wish& wish) {
  if (waits_for_others(wish)) return;
  std::vector<Wish*> carried{&wish};
  {
    const std::lock_guard lock(mutex_);
    const auto others = std::min(waiting_.size(), kMaxAtOnce - 1);
    carried.insert(carried.end(), waiting_.begin(), waiting_.begin() + std::ptrdiff_t(others));
    waiting_.erase(waiting_.begin(), waiting_.begin() + std::ptrdiff_t(others));
  }
  carry_(carried);
  Wish* next = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      --carriers_;
    } else {
      next = waiting_.front();
      waiting_.pop_front();
    }
  }
  if (next != nullptr) next->turn->release();
  for (Wish* other : carried) {
    if (other == &wish) continue;
    other->answered = true;
    other->turn->release();
  }
}

}  // namespace jishi::db
