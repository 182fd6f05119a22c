#include "platform/http/workers.hpp"

#include <limits>

namespace jishi::http {

Workers::Workers(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  stop();
}

bool Workers::submit(std::function<void()> work) {
  return add(std::move(work), most_waiting_);
}

bool Workers::submit_more(std::function<void()> work) {
  return add(std::move(work), std::numeric_limits<std::size_t>::max());
}

bool Workers::add(std::function<void()> work, std::size_t most) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= most) return false;
    queue_.push_back(std::move(work));
  }
  woken_.notify_one();
  return true;
}

std::size_t Workers::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Workers::run() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Workers::drop() {
  std::deque<std::function<void()>> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(queue_);
}

}  // namespace jishi::http
