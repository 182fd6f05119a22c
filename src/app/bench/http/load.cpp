// Many requests at once: one thread, one epoll, every latency kept.

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "app/bench/http/answer_reader.hpp"
#include "app/bench/http/client.hpp"

namespace jishi::app::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kLastAnswers{5};
constexpr std::size_t kEvents = 256;
constexpr std::size_t kShownOfRefusal = 400;

class Load {
 public:
  Load(const LoadPlan& plan, const std::atomic<bool>& cancelled)
      : plan_(plan), cancelled_(cancelled), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    lines_.resize(plan.connections);
  }
  ~Load() { ::close(poll_); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  LoadDone run();

 private:
  struct Line {  // one connection
    Socket socket;
    AnswerReader reader;
    Clock::time_point since;
    bool waits = false;  // for an answer
  };

  bool connect(Line& line);
  void ask(Line& line, Clock::time_point since);
  void ask_what_is_due();
  void take(Line& line);
  void answered(Line& line);
  void refuse(Line& line, std::string_view why);
  timespec until_next() const;
  bool paced() const { return plan_.per_second > 0; }
  bool over() const { return cancelled_ || Clock::now() >= end_; }

  const LoadPlan& plan_;
  const std::atomic<bool>& cancelled_;
  const int poll_;
  std::vector<Line> lines_;
  std::vector<Line*> idle_;
  std::size_t waiting_ = 0;
  std::int64_t asked_ = 0;
  Clock::time_point started_;
  Clock::time_point end_;
  std::string request_;
  std::vector<char> buffer_ = std::vector<char>(1U << 17U);
  LoadDone done_;
};

bool Load::connect(Line& line) {
  line.socket = Socket::to(plan_.port);
  line.reader.begin_anew();
  if (!line.socket.open()) return false;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &line;
  return ::epoll_ctl(poll_, EPOLL_CTL_ADD, line.socket.handle(), &event) == 0;
}

void Load::ask(Line& line, Clock::time_point since) {
  request_.clear();
  plan_.next(request_);
  if (request_.empty()) return;  // this connection is done
  line.since = since;
  line.waits = true;
  ++waiting_;
  ++asked_;
  if (!line.socket.send(request_)) refuse(line, "not sent");
}

void Load::ask_what_is_due() {
  if (!paced()) {
    for (Line* line : std::exchange(idle_, {})) ask(*line, Clock::now());
    return;
  }
  while (!idle_.empty()) {
    const auto due =
        started_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
                       static_cast<double>(asked_) / plan_.per_second));
    if (due > Clock::now()) return;
    Line* line = idle_.back();
    idle_.pop_back();
    ask(*line, due);
  }
}

timespec Load::until_next() const {
  constexpr std::int64_t kNsInSecond = 1'000'000'000;
  std::int64_t wait_ns = kNsInSecond / 20;
  if (paced() && !idle_.empty()) {
    const double due_s = static_cast<double>(asked_) / plan_.per_second;
    const double now_s = std::chrono::duration<double>(Clock::now() - started_).count();
    const auto due_ns = static_cast<std::int64_t>((due_s - now_s) * 1e9);
    wait_ns = std::clamp<std::int64_t>(due_ns, 0, wait_ns);
  }
  return {wait_ns / kNsInSecond, wait_ns % kNsInSecond};
}

void Load::refuse(Line& line, std::string_view why) {
  ++done_.refused;
  if (done_.first_refusal.empty()) done_.first_refusal = why.substr(0, kShownOfRefusal);
  line.waits = false;
  --waiting_;
  if (connect(line)) idle_.push_back(&line);
}

void Load::answered(Line& line) {
  if (line.reader.status() != plan_.status) {
    refuse(line, std::string(line.reader.header()) + std::string(line.reader.body()));
    return;
  }
  const std::chrono::duration<double, std::milli> took = Clock::now() - line.since;
  done_.latencies_ms.push_back(took.count());
  line.reader.begin_anew();
  line.waits = false;
  --waiting_;
  idle_.push_back(&line);
}

void Load::take(Line& line) {
  const auto size = ::recv(line.socket.handle(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (size > 0) {
    if (line.reader.take({buffer_.data(), static_cast<std::size_t>(size)})) answered(line);
  } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
    if (line.waits) {
      refuse(line, "closed");
      return;
    }
    std::erase(idle_, &line);
    if (connect(line)) idle_.push_back(&line);
  }
}

LoadDone Load::run() {
  for (Line& line : lines_) {
    if (connect(line)) idle_.push_back(&line);
  }
  started_ = Clock::now();
  end_ = started_ +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(plan_.seconds));
  std::array<epoll_event, kEvents> events;
  while (!over() || (waiting_ > 0 && Clock::now() < end_ + kLastAnswers)) {
    if (!over()) ask_what_is_due();
    if (waiting_ == 0 && idle_.empty()) break;  // nobody is there any more
    const timespec wait = until_next();
    const int count =
        ::epoll_pwait2(poll_, events.data(), static_cast<int>(kEvents), &wait, nullptr);
    for (int i = 0; i < count; ++i)
      take(*static_cast<Line*>(events[static_cast<std::size_t>(i)].data.ptr));
    if (over() && done_.seconds == 0) {
      done_.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    }
  }
  if (done_.seconds == 0)
    done_.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  done_.refused += static_cast<std::int64_t>(waiting_);
  return std::move(done_);
}

}  // namespace

LoadDone make_load(const LoadPlan& plan, const std::atomic<bool>& cancelled) {
  return Load(plan, cancelled).run();
}

}  // namespace jishi::app::bench
