#pragma once
// What a thread sleeps on until another has done what it waits for.

#include <semaphore.h>

#include <cerrno>

namespace jishi::db {

/// POSIX's, not std::binary_semaphore: libstdc++ 12 yields the core some times before it sleeps,
/// and where every core is busy each of them is a switch for nothing.
class Turn {
 public:
  /// Of the thread, not of what it waits for: who releases it may still be at it when that is gone.
  static Turn& of_this_thread() {
    thread_local Turn turn;
    return turn;
  }

  ~Turn() { ::sem_destroy(&semaphore_); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  void release() { ::sem_post(&semaphore_); }
  void acquire() {
    while (::sem_wait(&semaphore_) != 0 && errno == EINTR) {
    }
  }

 private:
  Turn() { ::sem_init(&semaphore_, 0, 0); }

  sem_t semaphore_;
};

}  // namespace jishi::db
