#include "platform/http/event_queue.hpp"

#include <boost/asio/post.hpp>

namespace jishi::http {

namespace {

// Line breaks within would make fields of their own.
std::string one_line(std::string_view text) {
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

void append_event(std::string& text, const Event& event) {
  if (!event.id.empty()) text += "id: " + one_line(event.id) + "\n";
  if (!event.name.empty()) text += "event: " + one_line(event.name) + "\n";
  std::string_view data = event.data;
  while (true) {
    const auto end = data.find_first_of("\r\n");
    text.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == data.npos) break;
    data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
  text += '\n';
}

}  // namespace

bool EventQueue::send(std::shared_ptr<const Event> event) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  // Whoever reads too slowly resumes by Last-Event-ID.
  if (waiting_.size() >= kMaxQueued) {
    waiting_.clear();
    end();
    return false;
  }
  waiting_.push_back(std::move(event));
  notify();
  return true;
}

void EventQueue::close() {
  const std::lock_guard lock(mutex_);
  if (!closed_) end();
}

// A connection in the middle of a write was woken for what waits, and hears of this as well.
void EventQueue::end() {
  closed_ = true;
  notified_ = false;
  notify();
}

void EventQueue::on_wake(std::function<void()> wake, boost::asio::any_io_executor executor) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
  executor_ = std::move(executor);
}

void EventQueue::detach() {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
  executor_ = {};  // the server may end before whoever still holds this listener
  closed_ = true;
  waiting_.clear();
}

void EventQueue::notify() {
  if (notified_ || !executor_) return;
  notified_ = true;
  boost::asio::post(executor_, [self = shared_from_this()] { self->run_wake(); });
}

void EventQueue::run_wake() {
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    wake = wake_;
  }
  if (wake) wake();  // it asks this queue, and only its own thread takes it away
}

std::string EventQueue::take() {
  std::vector<std::shared_ptr<const Event>> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(waiting_);  // the next ones take new memory: an idle listener holds none
    notified_ = false;
  }
  std::string text;
  for (const auto& event : taken) append_event(text, *event);
  return text;
}

bool EventQueue::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace jishi::http
