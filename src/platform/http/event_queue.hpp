#pragma once
// The events that wait for one listener. Known to this folder's Beast files only.

#include <mutex>

#include <boost/asio/any_io_executor.hpp>

#include "platform/http/message.hpp"

namespace jishi::http {

class EventQueue final : public EventStream, public std::enable_shared_from_this<EventQueue> {
 public:
  bool send(std::shared_ptr<const Event> event) override;
  void close() override;

  /// Events that wait are written by whoever made this; `wake` is called on the connection's thread
  /// when something was queued, until detach().
  void on_wake(std::function<void()> wake, boost::asio::any_io_executor executor);
  /// To be called on the connection's thread.
  void detach();

  /// What waits, as text/event-stream; the queue is empty afterwards.
  std::string take();
  bool closed() const;

 private:
  void end();
  void notify();
  void run_wake();

  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<const Event>> waiting_;
  bool closed_ = false;
  bool notified_ = false;
  std::function<void()> wake_;
  boost::asio::any_io_executor executor_;
};

}  // namespace jishi::http
