#pragma once
// Questions of several threads, carried to the engine in one message: where it is behind a wire, a
// wait is dearer than an answer.

#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>

#include "platform/db/connection.hpp"
#include "platform/db/turn.hpp"

namespace jishi::db {

/// What one thread asks. It waits meanwhile, and whichever thread carries may do its looking.
struct Wish {
  std::function<void(Connection&)> look;  // asks all it asks, then looks at the answers
  bool done = false;
  std::exception_ptr failure;  // what `look` threw
  bool answered = false;       // it was carried, whatever came of it
  Turn* turn = nullptr;
};

/// Threads that want something while others wait for the engine are served together by one of them.
class Together {
 public:
  // Half of the threads that read (http::ServerOptions), so that each carrier has its share.
  static constexpr std::size_t kMaxAtOnce = 10;
  static constexpr std::size_t kMaxCarriers = 2;  // one asks while the other looks

  /// `carry` does not throw; what it leaves undone is for the wisher to do otherwise.
  explicit Together(std::function<void(std::span<Wish* const>)> carry) : carry_(std::move(carry)) {}

  /// Returns when the wish was carried.
  void ask(Wish& wish);

 private:
  bool waits_for_others(Wish& wish);

  std::function<void(std::span<Wish* const>)> carry_;
  std::mutex mutex_;
  std::deque<Wish*> waiting_;
  std::size_t carriers_ = 0;
};

}  // namespace jishi::db
