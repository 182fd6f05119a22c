#include "app/interrupt.hpp"

#include <csignal>

namespace jishi::app {

namespace {

std::atomic<bool> asked_to_end{false};
struct sigaction before {};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_interrupt(int) {
  asked_to_end = true;
}

}  // namespace

Interruptible::Interruptible() {
  asked_to_end = false;
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  // SA_RESETHAND: the second one finds the handler gone.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, nullptr, &before);
  // A job in the background is not to hear of a Ctrl-C meant for another.
  if (before.sa_handler != SIG_IGN) sigaction(SIGINT, &action, nullptr);
}

Interruptible::~Interruptible() {
  sigaction(SIGINT, &before, nullptr);
}

const std::atomic<bool>& Interruptible::asked() const {
  return asked_to_end;
}

}  // namespace jishi::app
