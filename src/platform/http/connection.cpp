#include "platform/http/connection.hpp"

#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>

#include "base/text.hpp"
#include "platform/http/conditional.hpp"
#include "platform/http/event_queue.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/on_worker.hpp"
#include "platform/http/request_head.hpp"
#include "platform/http/sender.hpp"

namespace jishi::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr auto kTuple = asio::experimental::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kHandshakeTimeout{10};
constexpr std::chrono::seconds kFarewell{2};
constexpr std::chrono::seconds kKeepAlive{20};  // of a stream of events: fronts cut at 60
constexpr std::size_t kMostDrained = 4 * 1024 * 1024;
constexpr std::uint64_t kReserve =
    1024 * 1024;                               // what a length may claim before its bytes are there
constexpr std::uint64_t kUnasked = 16 * 1024;  // of a body that is read whoever sends it

/// Uploads are gone when the request ends, unless a handler has moved them.
class UploadsOf {
 public:
  explicit UploadsOf(std::vector<UploadedFile> files) : files_(std::move(files)) {}
  ~UploadsOf() { remove_uploads(files_); }
  UploadsOf(const UploadsOf&) = delete;
  UploadsOf& operator=(const UploadsOf&) = delete;

 private:
  const std::vector<UploadedFile> files_;
};

class Connection final : public Member {
 public:
  Connection(Loop& loop, Opened opened)
      : Member(loop),
        shared_(std::move(opened.shared)),
        secure_(opened.certificate != nullptr),
        address_(std::move(opened.address)),
        transport_(secure_ ? Transport::tls(std::move(opened.socket), std::move(opened.certificate),
                                            deadline)
                           : Transport::plain(std::move(opened.socket), deadline)) {}
  ~Connection() override {
    if (events_) events_->detach();
    shared_->connections.leave(address_);
  }

  asio::awaitable<void> run();

  void retire() override {
    if (events_) events_->close();
    if (!busy_) transport_->cancel();
  }
  void cut() override {
    if (events_) events_->close();
    transport_->close();
  }
  void expire() override { transport_->cancel(); }

 private:
  using Wrong = std::optional<Refusal>;

  asio::awaitable<bool> serve_one();
  asio::awaitable<bool> more();
  asio::awaitable<bool> read_head(RequestParser& parser, Wrong& wrong);
  Wrong take(RequestHead& head);
  std::optional<Response> admit(const RequestHead& head) noexcept;
  asio::awaitable<bool> read_body(RequestParser& parser, Wrong& wrong);
  template <class Take>
  asio::awaitable<bool> read_pieces(RequestParser& parser, Wrong& wrong, Take take);
  asio::awaitable<bool> read_text(RequestParser& parser, Wrong& wrong);
  asio::awaitable<bool> read_upload(RequestParser& parser, Wrong& wrong);
  asio::awaitable<Response> handle();
  Response call(const Handler& handler) noexcept;
  asio::awaitable<bool> refuse(const Refusal& refused, bool go_on);
  asio::awaitable<bool> send(Response response);
  void tell(const Sender::Sent& sent) const;
  asio::awaitable<void> pour();
  void watch_peer();
  asio::awaitable<void> drain();

  const std::shared_ptr<Shared> shared_;
  const bool secure_;
  const std::string address_;
  const std::unique_ptr<Transport> transport_;
  Share held_{shared_->bodies};
  std::string input_;  // what came and is not dealt with yet
  bool busy_ = false;  // a request runs, or its answer is on its way
  bool fresh_ = true;  // nothing came yet
  bool linger_ = false;

  Request request_;
  bool head_ = false;
  unsigned version_ = 11;
  bool keep_alive_ = true;
  const Route* route_ = nullptr;
  std::string_view allowed_;
  std::chrono::steady_clock::time_point started_;

  StreamTaker taker_;
  std::shared_ptr<EventQueue> events_;
};

asio::awaitable<void> Connection::run() {
  deadline.after(kHandshakeTimeout);
  bool another = co_await transport_->open();
  if (!another) co_return;
  while (another) another = co_await serve_one();
  // Here, and not deeper: the many that only listen hold no more than this.
  if (taker_) co_await pour();
  busy_ = false;
  deadline.after(kFarewell);
  co_await transport_->finish();
  if (linger_) co_await drain();
}

// True when another request may follow.
asio::awaitable<bool> Connection::serve_one() {
  busy_ = false;
  if (shared_->stopping) co_return false;
  // Whoever idles holds nothing of what came before.
  request_ = Request{};
  held_.give_back();
  if (input_.empty()) {
    input_.shrink_to_fit();
    deadline.after(fresh_ ? shared_->options.header_timeout : shared_->options.idle_timeout);
    const bool came = co_await more();
    if (!came) co_return false;
    fresh_ = false;
  }
  started_ = std::chrono::steady_clock::now();
  request_.id = new_request_id();
  request_.remote_address = address_;
  request_.secure = secure_;
  route_ = nullptr;
  head_ = false;
  keep_alive_ = false;
  version_ = 11;
  Wrong wrong;
  RequestParser parser(shared_->options.max_header_bytes);
  const bool there = co_await read_head(parser, wrong);
  if (!there) co_return false;
  busy_ = true;
  if (wrong) co_return co_await refuse(*wrong, false);
  wrong = take(parser.head());
  if (wrong) co_return co_await refuse(*wrong, !parser.head().has_body());
  if (route_ != nullptr) {
    std::optional<Response> refused = admit(parser.head());
    if (refused) {
      keep_alive_ = false;  // its body is not read
      linger_ = true;
      co_return co_await send(std::move(*refused));
    }
    const bool whole = co_await read_body(parser, wrong);
    if (!whole) co_return false;
    if (wrong) co_return co_await refuse(*wrong, false);
  } else if (parser.head().has_body()) {
    keep_alive_ = false;  // nobody reads it, and it is not the next request
    linger_ = true;
  }
  const UploadsOf uploads(request_.files);
  Response response = co_await handle();
  co_return co_await send(std::move(response));
}

asio::awaitable<bool> Connection::more() {
  // It may have passed between the last bytes and now, where there was no wait to give up.
  if (deadline.passed) co_return false;
  const std::string_view bytes = co_await transport_->read();
  input_.append(bytes);
  co_return !bytes.empty();
}

// False when there is nobody to answer. After `wrong` the connection cannot go on.
asio::awaitable<bool> Connection::read_head(RequestParser& parser, Wrong& wrong) {
  deadline.after(shared_->options.header_timeout);
  while (true) {
    auto step = parser.read_header(input_);
    input_.erase(0, step.used);
    if (step.refusal) {
      wrong = std::move(step.refusal);
      co_return true;
    }
    if (step.done) co_return true;
    const bool came = co_await more();
    if (came) continue;
    if (!deadline.passed) co_return false;
    wrong = refusal(408, "http.header_timeout");
    co_return true;
  }
}

// Sets the route, where there is one that takes the request.
Connection::Wrong Connection::take(RequestHead& head) {
  version_ = head.version;
  keep_alive_ = head.keep_alive;
  std::vector<std::string> segments;
  auto wrong = take_head(head, request_, segments);
  const bool front = shared_->options.trust_front &&
                     (address_ == "127.0.0.1" || address_ == "::1" || address_.empty());
  if (front) take_front(request_);
  if (!shared_->rate.take(request_.remote_address, started_))
    return refusal(429, "http.too_many_requests",
                   {{"seconds", std::to_string(shared_->rate.wait_s())}});
  if (!wrong) wrong = refuse_host(shared_->options.hosts, request_);
  if (wrong) return wrong;
  head_ = request_.method == Method::head;
  if (head_) request_.method = Method::get;
  auto match = shared_->router.find(request_.method, segments);
  // Of the server as a whole, not of what stands at its top.
  allowed_ = request_.path == "*" ? std::string_view() : match.allowed;
  request_.segments = std::move(match.segments);
  if (match.route != nullptr) {
    wrong = refuse_body(*match.route, head, request_);
    if (!wrong) route_ = match.route;
    return wrong;
  }
  if (request_.method == Method::options && (!allowed_.empty() || request_.path == "*"))
    return std::nullopt;
  const bool may_fall_back = shared_->options.fallback && request_.method == Method::get;
  if (!allowed_.empty()) {
    return refusal(405, "http.method_not_allowed", {{"allowed", std::string(allowed_)}});
  }
  if (may_fall_back) return std::nullopt;
  return refusal(404, "http.not_found");
}

std::optional<Response> Connection::admit(const RequestHead& head) noexcept {
  const bool unasked =
      !head.chunked && head.length.value_or(0) <= kUnasked && !expects_continue(head, request_);
  if (!route_->admission || !head.has_body() || unasked) return std::nullopt;
  try {
    return route_->admission(request_);
  } catch (const std::exception&) {
    return answer_of(shared_->options, request_, refusal(500, "http.failed"));
  }
}

// False when there is nobody to answer.
asio::awaitable<bool> Connection::read_body(RequestParser& parser, Wrong& wrong) {
  const RequestHead& head = parser.head();
  if (!head.has_body()) co_return true;
  if (expects_continue(head, request_) && input_.empty()) {
    const bool told = co_await transport_->write("HTTP/1.1 100 Continue\r\n\r\n");
    if (!told) co_return false;
  }
  deadline.after(route_->time_limit);
  parser.limit_body(route_->body_limit);
  if (route_->body == BodyKind::upload) co_return co_await read_upload(parser, wrong);
  co_return co_await read_text(parser, wrong);
}

template <class Take>
asio::awaitable<bool> Connection::read_pieces(RequestParser& parser, Wrong& wrong, Take take) {
  while (true) {
    auto step = parser.read_body(input_);
    wrong = step.refusal ? std::move(step.refusal) : take(step.body);
    input_.erase(0, step.used);
    if (wrong || step.done) co_return true;
    if (step.used > 0 && !input_.empty()) continue;
    const bool came = co_await more();
    if (came) continue;
    if (!deadline.passed) co_return false;
    wrong = refusal(408, "http.body_timeout");
    co_return true;
  }
}

asio::awaitable<bool> Connection::read_text(RequestParser& parser, Wrong& wrong) {
  request_.body.reserve(std::min(parser.head().length.value_or(0), kReserve));
  const auto keep = [this](std::string_view piece) {
    if (!held_.add(piece.size())) return Wrong(refusal(503, "http.busy"));
    request_.body.append(piece);
    return Wrong();
  };
  const bool there = co_await read_pieces(parser, wrong, keep);
  if (!there) co_return false;
  if (!wrong && !is_utf8(request_.body)) wrong = refusal(400, "http.not_utf8");
  co_return true;
}

asio::awaitable<bool> Connection::read_upload(RequestParser& parser, Wrong& wrong) {
  Multipart reader(*Multipart::boundary_of(*request_.header("content-type")),
                   shared_->options.upload_folder);
  const auto refused = [](const Error& error) {
    return Refusal{error.kind == ErrorKind::unavailable ? 503 : 400, error};
  };
  const auto keep = [&](std::string_view piece) {
    const auto taken = reader.take(piece);
    return taken ? Wrong() : Wrong(refused(taken.error()));
  };
  const bool there = co_await read_pieces(parser, wrong, keep);
  if (!there) co_return false;
  if (wrong) co_return true;
  if (const auto whole = reader.finish(); !whole) {
    wrong = refused(whole.error());
  } else {
    reader.give(request_.form, request_.files);
  }
  co_return true;
}

Response Connection::call(const Handler& handler) noexcept {
  try {
    return handler(request_);
  } catch (const std::exception&) {
    return answer_of(shared_->options, request_, refusal(500, "http.failed"));
  }
}

asio::awaitable<Response> Connection::handle() {
  deadline.never();
  if (route_ != nullptr && route_->run == Run::here) co_return call(route_->handler);
  if (route_ != nullptr) {
    Response response;
    // Named: g++ 12 destroys what is made within a co_await's arguments twice.
    std::function<void()> work = [&] { response = call(route_->handler); };
    Workers& workers = route_->run == Run::on_reader ? shared_->readers : shared_->workers;
    const bool done = co_await on_worker(workers, false, std::move(work));
    if (done) co_return response;
    response = answer_of(shared_->options, request_, refusal(503, "http.busy"));
    set_if_missing(response, "Retry-After", "1");
    co_return response;
  }
  if (request_.method == Method::options) {
    Response response;
    response.status = 204;
    response.headers.emplace_back(
        "Allow", allowed_.empty() ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" : allowed_);
    co_return response;
  }
  co_return call(shared_->options.fallback);
}

asio::awaitable<bool> Connection::refuse(const Refusal& refused, bool go_on) {
  Response response = answer_of(shared_->options, request_, refused);
  if (refused.status == 405) response.headers.emplace_back("Allow", allowed_);
  if (refused.status == 429)
    set_if_missing(response, "Retry-After", std::to_string(shared_->rate.wait_s()));
  if (refused.status == 503) set_if_missing(response, "Retry-After", "1");
  if (!go_on) keep_alive_ = false;
  linger_ = !go_on;
  std::string().swap(request_.body);
  held_.give_back();
  co_return co_await send(std::move(response));
}

asio::awaitable<bool> Connection::send(Response response) {
  const bool keep_alive = keep_alive_ && !shared_->stopping;
  Sender sender(*shared_, *transport_);
  const Asked asked{request_, head_, version_, keep_alive};
  Sender::Sent sent;
  if (auto* taker = std::get_if<StreamTaker>(&response.body)) {
    if (!head_) taker_ = std::move(*taker);
    sent = co_await sender.send_stream_header(std::move(response), asked);
    if (!sent.whole) taker_ = nullptr;
    sent.whole = false;
  } else {
    sent = co_await sender.send(std::move(response), asked);
  }
  tell(sent);
  co_return sent.whole;
}

void Connection::tell(const Sender::Sent& sent) const {
  if (!shared_->options.on_access) return;
  const auto took = std::chrono::steady_clock::now() - started_;
  shared_->options.on_access(
      {head_ ? Method::head : request_.method,
       route_ == nullptr ? std::string_view() : route_->pattern, sent.status, sent.bytes,
       std::chrono::duration_cast<std::chrono::microseconds>(took), request_.id});
}

// A peer that goes away becomes readable; one that only listens never does.
void Connection::watch_peer() {
  transport_->socket().async_wait(tcp::socket::wait_read,
                                  [events = events_](error_code) { events->close(); });
}

asio::awaitable<void> Connection::pour() {
  const StreamTaker take = std::move(taker_);
  taker_ = nullptr;
  request_ = Request{};
  held_.give_back();
  std::string().swap(input_);
  deadline.never();
  asio::steady_timer woken(co_await asio::this_coro::executor);
  bool writing = false;
  events_ = std::make_shared<EventQueue>();
  const auto wake = [this, &woken, &writing] {
    woken.cancel();
    // Whoever was cut off reads too slowly for the farewell, too.
    if (writing && events_->closed()) transport_->cancel();
  };
  events_->on_wake(wake, woken.get_executor());
  watch_peer();
  take(events_);
  while (true) {
    std::string text = events_->take();
    if (text.empty()) {
      if (events_->closed()) break;
      woken.expires_after(kKeepAlive);
      const auto [cancelled] = co_await woken.async_wait(kTuple);
      if (cancelled) continue;
      text = ":\n\n";
    }
    writing = true;
    const bool sent = co_await transport_->write(text);
    writing = false;
    deadline.never();
    if (!sent) break;
  }
  events_->detach();
}

// Lets the peer read the last answer before a reset takes it away: reads what it still sends, for a
// moment and up to a limit.
asio::awaitable<void> Connection::drain() {
  for (std::size_t drained = 0; drained < kMostDrained && !deadline.passed;) {
    const std::string_view bytes = co_await transport_->read();
    if (bytes.empty()) co_return;
    drained += bytes.size();
  }
}

}  // namespace

asio::awaitable<void> serve_connection(Loop& loop, Opened opened) {
  Connection connection(loop, std::move(opened));
  co_await connection.run();
}

}  // namespace jishi::http
