#include "platform/http/connection.hpp"

#include <sys/sendfile.h>

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "base/text.hpp"
#include "platform/http/event_queue.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/target.hpp"
#include "platform/http/wire.hpp"

namespace jishi::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr auto kTuple = asio::experimental::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadAtOnce = 64 * 1024;
constexpr std::size_t kFileAtOnce = 256 * 1024;
constexpr std::chrono::seconds kWriteTimeout{60};
constexpr std::chrono::seconds kHandshakeTimeout{10};
constexpr std::chrono::seconds kStreamAlive{20};
using EmptyParser = beast::http::request_parser<beast::http::empty_body>;

std::optional<Method> method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::del;
    case beast::http::verb::options: return Method::options;
    default: return std::nullopt;
  }
}

std::string_view view_of(beast::string_view text) {
  return {text.data(), text.size()};
}

/// What is wrong with a request, and the connection's end.
struct Wrong {
  int status = 400;
  std::string_view code;
  Arguments arguments;
};

template <class Stream>
class Connection {
 public:
  Connection(std::shared_ptr<Shared> shared, Handle& handle, Stream stream, std::string address,
             bool secure)
      : shared_(std::move(shared)),
        handle_(handle),
        stream_(std::move(stream)),
        address_(std::move(address)),
        secure_(secure) {}

  asio::awaitable<void> run() {
    handle_.close = [this] { lowest().close(); };
    if (!co_await open()) co_return;
    while (co_await serve_one()) {
    }
    co_await finish();
  }

 private:
  auto& lowest() { return beast::get_lowest_layer(stream_); }

  asio::awaitable<bool> open() {
    if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
      lowest().expires_after(kHandshakeTimeout);
      const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kTuple);
      if (error) co_return false;
    }
    lowest().socket().set_option(tcp::no_delay(true), ignored_);
    co_return true;
  }

  asio::awaitable<void> finish() {
    if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
      lowest().expires_after(std::chrono::seconds(2));
      (void)co_await stream_.async_shutdown(kTuple);
    } else {
      lowest().socket().shutdown(tcp::socket::shutdown_send, ignored_);
      // Let the peer read the last answer before a reset takes it away.
      if (linger_) co_await drain();
    }
  }

  // Reads what a refused request still sends, for a moment and up to a limit.
  asio::awaitable<void> drain() {
    constexpr std::size_t kMostDrained = 4 * 1024 * 1024;
    lowest().expires_after(std::chrono::seconds(2));
    std::string ignored(kReadAtOnce, '\0');
    for (std::size_t read = 0; read < kMostDrained;) {
      const auto buffer = asio::buffer(ignored);
      const auto [error, bytes] = co_await stream_.async_read_some(buffer, kTuple);
      if (error || bytes == 0) co_return;
      read += bytes;
    }
  }

  // True when another request may follow.
  asio::awaitable<bool> serve_one() {
    if (!co_await first_byte()) co_return false;
    handle_.busy = true;
    started_ = std::chrono::steady_clock::now();
    const bool more = co_await read_and_answer();
    handle_.busy = false;
    if (buffer_.size() == 0) buffer_.shrink_to_fit();
    co_return more && !shared_->stopping;
  }

  asio::awaitable<bool> first_byte() {
    if (buffer_.size() > 0) co_return true;
    lowest().expires_after(fresh_ ? shared_->options.header_timeout
                                  : shared_->options.idle_timeout);
    const auto space = buffer_.prepare(4096);
    const auto [error, bytes] = co_await stream_.async_read_some(space, kTuple);
    if (error) co_return false;
    buffer_.commit(bytes);
    fresh_ = false;
    co_return true;
  }

  asio::awaitable<bool> read_and_answer() {
    request_ = Request{};
    request_.id = new_request_id();
    request_.remote_address = address_;
    request_.secure = secure_;
    route_ = nullptr;
    EmptyParser parser;
    parser.header_limit(static_cast<std::uint32_t>(shared_->options.max_header_bytes));
    parser.body_limit(boost::none);
    lowest().expires_after(shared_->options.header_timeout);
    const auto [error, bytes] =
        co_await beast::http::async_read_header(stream_, buffer_, parser, kTuple);
    (void)bytes;
    if (error) co_return co_await refuse_framing(error);
    if (auto wrong = take_header(parser)) co_return co_await answer_wrong(std::move(*wrong), false);
    keep_alive_ = parser.get().keep_alive() && !shared_->stopping;
    version_ = parser.get().version();
    if (!shared_->rate.take(request_.remote_address, started_)) {
      Wrong fast{429, "http.too_many_requests", {}};
      co_return co_await answer_wrong(std::move(fast), !has_body(parser));
    }
    Response response;
    if (request_.method == Method::options && !allowed_.empty()) {
      response.status = 204;
      response.headers.emplace_back("Allow", allowed_);
    } else {
      if (auto wrong = refuse_route(parser))
        co_return co_await answer_wrong(std::move(*wrong), !has_body(parser));
      auto wrong = co_await read_body(parser);
      if (wrong) co_return co_await answer_wrong(std::move(*wrong), false);
      response = co_await handle();
    }
    const std::vector<UploadedFile> uploads = std::move(request_.files);
    const bool sent = co_await send(std::move(response));
    remove_uploads(uploads);
    co_return sent&& keep_alive_;
  }

  static bool has_body(const EmptyParser& parser) {
    return parser.chunked() || parser.content_length().value_or(0) > 0;
  }

  asio::awaitable<bool> refuse_framing(error_code error) {
    namespace http = beast::http;
    if (error == http::error::end_of_stream || error == asio::error::eof ||
        error == asio::error::operation_aborted || error == asio::error::connection_reset)
      co_return false;
    Wrong wrong{400, "http.malformed", {}};
    if (error == beast::error::timeout) wrong = {408, "http.header_timeout", {}};
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      wrong = {431,
               "http.header_too_large",
               {{"limit", std::to_string(shared_->options.max_header_bytes)}}};
    }
    if (error == http::error::bad_version) wrong = {505, "http.version", {}};
    co_return co_await answer_wrong(std::move(wrong), false);
  }

  std::optional<Wrong> take_header(const EmptyParser& parser) {
    const auto& head = parser.get();
    for (const auto& field : head) {
      std::string name(view_of(field.name_string()));
      for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      std::string value(view_of(field.value()));
      if (!is_utf8(value)) return Wrong{400, "http.not_utf8", {}};
      request_.headers.emplace_back(std::move(name), std::move(value));
    }
    take_front();
    const auto method = method_of(head.method());
    if (!method) return Wrong{501, "http.method_unknown", {}};
    request_.method = *method;
    const auto hosts = std::count_if(request_.headers.begin(), request_.headers.end(),
                                     [](const auto& field) { return field.first == "host"; });
    if (hosts > 1 || (hosts == 0 && head.version() >= 11))
      return Wrong{400, "http.host_missing", {}};
    auto target = parse_target(view_of(head.target()));
    if (!target) {
      const bool long_one = target.error().code == "http.target_too_long";
      failed_ = target.error();
      return Wrong{long_one ? 414 : 400, {}, {}};
    }
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    for (const auto& [name, value] : request_.headers) {
      if (name == "cookie") {
        auto cookies = parse_cookies(value);
        request_.cookies.insert(request_.cookies.end(), cookies.begin(), cookies.end());
      }
    }
    auto match = shared_->router.find(request_.method, target->segments);
    route_ = match.route;
    request_.segments = std::move(match.segments);
    allowed_ = std::move(match.allowed);
    return std::nullopt;
  }

  // What a front on this machine says of the peer; from elsewhere it may say what it likes.
  void take_front() {
    if (!shared_->options.trust_front || (address_ != "127.0.0.1" && address_ != "::1")) return;
    if (const auto chain = request_.header("x-forwarded-for")) {
      auto last = chain->substr(chain->rfind(',') == chain->npos ? 0 : chain->rfind(',') + 1);
      while (last.starts_with(' ')) last.remove_prefix(1);
      if (!last.empty() && last.size() <= 64) request_.remote_address = std::string(last);
    }
    if (request_.header("x-forwarded-proto").value_or("") == "https") request_.secure = true;
  }

  std::optional<Wrong> refuse_route(const EmptyParser& parser) {
    if (route_ == nullptr && allowed_.empty()) return Wrong{404, "http.not_found", {}};
    if (route_ == nullptr) return Wrong{405, "http.method_not_allowed", {{"allowed", allowed_}}};
    const auto expect = request_.header("expect");
    if (expect && *expect != "100-continue") return Wrong{417, "http.expectation", {}};
    if (!has_body(parser)) return std::nullopt;
    const auto type = request_.header("content-type").value_or("");
    if (route_->body == BodyKind::none) return Wrong{413, "http.no_body_here", {}};
    if (route_->body == BodyKind::json && !is_json(type))
      return Wrong{415, "http.json_expected", {}};
    if (route_->body == BodyKind::upload && !Multipart::boundary_of(type))
      return Wrong{415, "http.multipart_expected", {}};
    if (parser.content_length().value_or(0) > route_->body_limit) return too_large();
    return std::nullopt;
  }

  Wrong too_large() const {
    return {413, "http.body_too_large", {{"limit", std::to_string(route_->body_limit)}}};
  }

  static bool is_json(std::string_view type) {
    const auto end = type.find(';');
    return beast::iequals(beast::string_view(type.data(), std::min(end, type.size())),
                          "application/json");
  }

  asio::awaitable<std::optional<Wrong>> read_body(EmptyParser& parser) {
    if (!has_body(parser)) co_return std::nullopt;
    if (request_.header("expect")) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      lowest().expires_after(kWriteTimeout);
      const auto buffer = asio::buffer(kContinue);
      (void)co_await asio::async_write(stream_, buffer, kTuple);
    }
    lowest().expires_after(route_->time_limit);
    if (route_->body == BodyKind::upload) co_return co_await read_upload(parser);
    beast::http::request_parser<beast::http::string_body> body(std::move(parser));
    body.body_limit(route_->body_limit);
    const auto [error, bytes] = co_await beast::http::async_read(stream_, buffer_, body, kTuple);
    (void)bytes;
    if (error) co_return body_error(error);
    request_.body = std::move(body.get().body());
    if (!is_utf8(request_.body)) co_return Wrong{400, "http.not_utf8", {}};
    co_return std::nullopt;
  }

  Wrong body_error(error_code error) const {
    if (error == beast::http::error::body_limit) return too_large();
    if (error == beast::error::timeout) return {408, "http.body_timeout", {}};
    return {400, "http.malformed", {}};
  }

  asio::awaitable<std::optional<Wrong>> read_upload(EmptyParser& parser) {
    Multipart reader(*Multipart::boundary_of(*request_.header("content-type")),
                     shared_->options.upload_folder);
    beast::http::request_parser<beast::http::buffer_body> body(std::move(parser));
    body.body_limit(route_->body_limit);
    std::string piece(kReadAtOnce, '\0');
    while (!body.is_done()) {
      body.get().body().data = piece.data();
      body.get().body().size = piece.size();
      const auto [error, bytes] =
          co_await beast::http::async_read_some(stream_, buffer_, body, kTuple);
      (void)bytes;
      if (error && error != beast::http::error::need_buffer) co_return body_error(error);
      const std::size_t got = piece.size() - body.get().body().size;
      if (const auto taken = reader.take(std::string_view(piece).substr(0, got)); !taken)
        co_return upload_error(taken.error());
    }
    if (const auto whole = reader.finish(); !whole) co_return upload_error(whole.error());
    reader.give(request_.form, request_.files);
    co_return std::nullopt;
  }

  Wrong upload_error(const Error& error) {
    failed_ = error;
    return {error.kind == ErrorKind::unavailable ? 507 : 400, {}, {}};
  }

  asio::awaitable<Response> handle() {
    if (route_->run == Run::here) co_return route_->handler(request_);
    auto done = std::make_shared<Response>();
    // Named: g++ 12 destroys what is made within a co_await's arguments twice.
    std::function<void()> work = [this, done] { *done = route_->handler(request_); };
    const bool taken = co_await on_worker(std::move(work));
    if (taken) co_return std::move(*done);
    Response busy = refuse(*shared_, request_, 503, "http.busy");
    busy.headers.emplace_back("Retry-After", "1");
    co_return busy;
  }

  // Runs work on a worker and comes back to this connection's thread. False: too much waits.
  asio::awaitable<bool> on_worker(std::function<void()> work) {
    const auto executor = co_await asio::this_coro::executor;
    lowest().expires_never();
    auto start = [this, executor, work = std::move(work)](auto handler) mutable {
      auto kept = std::make_shared<decltype(handler)>(std::move(handler));
      auto guard = asio::make_work_guard(executor);
      const bool taken = shared_->workers.submit(
          [executor, kept, work = std::move(work), guard = std::move(guard)]() mutable {
            work();
            asio::post(executor, [kept = std::move(kept)] { (*kept)(true); });
          });
      if (!taken) asio::post(executor, [kept = std::move(kept)] { (*kept)(false); });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
        std::move(start), asio::use_awaitable);
  }

  asio::awaitable<bool> answer_wrong(Wrong wrong, bool go_on) {
    Response response = wrong.code.empty() && failed_
                            ? write_refusal(wrong.status, *failed_)
                            : refuse(*shared_, request_, wrong.status, wrong.code, wrong.arguments);
    failed_.reset();
    if (wrong.status == 405) response.headers.emplace_back("Allow", allowed_);
    if (wrong.status == 429) response.headers.emplace_back("Retry-After", "1");
    if (!go_on) keep_alive_ = false;
    linger_ = !go_on;
    const bool sent = co_await send(std::move(response));
    co_return sent&& go_on&& keep_alive_;
  }

  Response write_refusal(int status, const Error& error) const {
    return shared_->options.refusal(request_, Refusal{status, error});
  }

  void told(const Response& response, std::uint64_t bytes) {
    if (!shared_->options.on_access) return;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started_);
    shared_->options.on_access({request_.method,
                                route_ == nullptr ? std::string_view() : route_->pattern,
                                response.status, bytes, took, request_.id});
  }

  Framing framing(std::optional<std::uint64_t> length) const {
    return {length, !length && version_ >= 11, keep_alive_, request_.secure};
  }

  template <class Buffers>
  asio::awaitable<bool> write(const Buffers& buffers) {
    lowest().expires_after(kWriteTimeout);
    const auto [error, bytes] = co_await asio::async_write(stream_, buffers, kTuple);
    (void)bytes;
    co_return !error;
  }

  asio::awaitable<bool> send(Response response) {
    if (auto* text = std::get_if<std::string>(&response.body))
      co_return co_await send_text(response, *text);
    if (auto* text = std::get_if<std::shared_ptr<const std::string>>(&response.body))
      co_return co_await send_text(response, **text);
    if (auto* file = std::get_if<FileBody>(&response.body))
      co_return co_await send_file(response, *file);
    if (auto* source = std::get_if<BodySource>(&response.body))
      co_return co_await send_parts(response, std::move(*source));
    co_return co_await send_events(response, std::move(std::get<StreamTaker>(response.body)));
  }

  asio::awaitable<bool> send_text(const Response& response, const std::string& text) {
    const bool bare = response.status == 304 || response.status == 204;
    std::optional<std::uint64_t> length = text.size();
    if (bare) length.reset();
    Framing framed = framing(length);
    framed.chunked = false;
    const std::string header = header_text(response, request_.id, framed);
    const bool no_body = bare || request_.method == Method::head;
    const std::array<asio::const_buffer, 2> buffers{
        asio::buffer(header), no_body ? asio::const_buffer() : asio::buffer(text)};
    const bool sent = co_await write(buffers);
    told(response, no_body ? 0 : text.size());
    co_return sent;
  }

  asio::awaitable<bool> send_file(Response& response, const FileBody& body) {
    const int file = ::open(body.path.c_str(), O_RDONLY | O_CLOEXEC);
    const auto size = file < 0 ? off_t(-1) : ::lseek(file, 0, SEEK_END);
    if (body.remove) std::filesystem::remove(body.path, ignored_code_);
    if (size < 0) {
      if (file >= 0) ::close(file);
      Response missing = refuse(*shared_, request_, 404, "http.not_found");
      co_return co_await send(std::move(missing));
    }
    ByteRange range{0, static_cast<std::uint64_t>(size)};
    response.headers.emplace_back("Accept-Ranges", "bytes");
    choose_range(response, range);
    const std::string header = header_text(response, request_.id, framing(range.length));
    const auto head = asio::buffer(header);
    bool sent = co_await write(head);
    if (sent && request_.method != Method::head && response.status != 416)
      sent = co_await send_bytes(file, range);
    ::close(file);
    told(response, range.length);
    co_return sent;
  }

  void choose_range(Response& response, ByteRange& range) const {
    const auto wanted = request_.header("range");
    if (!wanted || response.status != 200 || request_.header("if-range")) return;
    const std::uint64_t size = range.length;
    switch (parse_range(*wanted, size, range)) {
      case RangeAnswer::whole: return;
      case RangeAnswer::part:
        response.status = 206;
        response.headers.emplace_back("Content-Range",
                                      "bytes " + std::to_string(range.first) + "-" +
                                          std::to_string(range.first + range.length - 1) + "/" +
                                          std::to_string(size));
        return;
      case RangeAnswer::unsatisfiable:
        response.status = 416;
        response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
        range.length = 0;
    }
  }

  asio::awaitable<bool> send_bytes(int file, ByteRange range) {
    if constexpr (std::is_same_v<Stream, beast::tcp_stream>) {
      auto& socket = lowest().socket();
      socket.native_non_blocking(true, ignored_);
      auto at = static_cast<off_t>(range.first);
      while (range.length > 0) {
        const auto part = std::min<std::uint64_t>(range.length, kFileAtOnce * 4);
        const auto bytes = ::sendfile(socket.native_handle(), file, &at, part);
        if (bytes > 0) {
          range.length -= static_cast<std::uint64_t>(bytes);
          continue;
        }
        if (bytes == 0 || (errno != EAGAIN && errno != EINTR)) co_return false;
        lowest().expires_after(kWriteTimeout);
        const auto [error] = co_await socket.async_wait(tcp::socket::wait_write, kTuple);
        if (error) co_return false;
      }
      co_return true;
    } else {
      std::string piece(kFileAtOnce, '\0');
      auto at = static_cast<off_t>(range.first);
      while (range.length > 0) {
        const auto part = std::min<std::uint64_t>(range.length, piece.size());
        const auto bytes = ::pread(file, piece.data(), part, at);
        if (bytes <= 0) co_return false;
        const auto buffer = asio::buffer(piece.data(), static_cast<std::size_t>(bytes));
        const bool sent = co_await write(buffer);
        if (!sent) co_return false;
        at += bytes;
        range.length -= static_cast<std::uint64_t>(bytes);
      }
      co_return true;
    }
  }

  asio::awaitable<bool> send_parts(const Response& response, BodySource source) {
    if (version_ < 11) keep_alive_ = false;
    const std::string header = header_text(response, request_.id, framing(std::nullopt));
    const auto head = asio::buffer(header);
    bool sent = co_await write(head);
    std::uint64_t bytes = 0;
    const bool silent = request_.method == Method::head;
    for (bool more = true; sent && more && !silent;) {
      auto part = std::make_shared<std::string>();
      auto goes_on = std::make_shared<bool>(false);
      std::function<void()> work = [part, goes_on, &source] { *goes_on = source(*part); };
      const bool taken = co_await on_worker(std::move(work));
      if (!taken) co_return false;
      more = *goes_on;
      bytes += part->size();
      if (!part->empty()) sent = co_await write_part(*part);
    }
    if (sent && !silent && version_ >= 11) {
      static constexpr std::string_view kEnd = "0\r\n\r\n";
      const auto end = asio::buffer(kEnd);
      sent = co_await write(end);
    }
    told(response, bytes);
    co_return sent;
  }

  asio::awaitable<bool> write_part(const std::string& part) {
    const auto whole = asio::buffer(part);
    if (version_ < 11) co_return co_await write(whole);
    std::array<char, 20> size{};
    const int digits = std::snprintf(size.data(), size.size(), "%zx\r\n", part.size());
    static constexpr std::string_view kLine = "\r\n";
    const std::array<asio::const_buffer, 3> buffers{
        asio::buffer(size.data(), static_cast<std::size_t>(digits)), whole, asio::buffer(kLine)};
    co_return co_await write(buffers);
  }

  asio::awaitable<bool> send_events(const Response& response, StreamTaker take) {
    keep_alive_ = false;
    Framing framed = framing(std::nullopt);
    framed.chunked = false;
    const std::string header = header_text(response, request_.id, framed);
    const auto head = asio::buffer(header);
    const bool sent = co_await write(head);
    told(response, 0);
    if (!sent || request_.method == Method::head) co_return false;
    request_ = Request{};
    buffer_.clear();
    buffer_.shrink_to_fit();
    auto queue = std::make_shared<EventQueue>();
    asio::steady_timer woken(co_await asio::this_coro::executor);
    queue->on_wake([&woken] { woken.cancel(); }, woken.get_executor());
    handle_.close = [this, queue, &woken] {
      queue->close();
      woken.cancel();
    };
    handle_.busy = false;
    watch_peer(queue);
    take(queue);
    co_await pour(*queue, woken);
    queue->detach();
    handle_.close = [this] { lowest().close(); };
    co_return false;
  }

  // A peer that goes away becomes readable; one that only listens never does.
  void watch_peer(const std::shared_ptr<EventQueue>& queue) {
    lowest().expires_never();
    lowest().socket().async_wait(tcp::socket::wait_read, [queue](error_code) { queue->close(); });
  }

  asio::awaitable<void> pour(EventQueue& queue, asio::steady_timer& woken) {
    while (true) {
      std::string text = queue.take();
      if (text.empty()) {
        if (queue.closed()) co_return;
        woken.expires_after(kStreamAlive);
        const auto [cut_short] = co_await woken.async_wait(kTuple);
        if (cut_short) continue;
        text = ":\n\n";
      }
      const auto [error, bytes] = co_await asio::async_write(stream_, asio::buffer(text), kTuple);
      (void)bytes;
      if (error) co_return;
    }
  }

  std::shared_ptr<Shared> shared_;
  Handle& handle_;
  Stream stream_;
  const std::string address_;
  const bool secure_;
  beast::flat_buffer buffer_;
  Request request_;
  const Route* route_ = nullptr;
  std::string allowed_;
  std::optional<Error> failed_;
  std::chrono::steady_clock::time_point started_;
  unsigned version_ = 11;
  bool keep_alive_ = true;
  bool fresh_ = true;
  bool linger_ = false;
  error_code ignored_;
  std::error_code ignored_code_;
};

}  // namespace

asio::awaitable<void> serve_connection(std::shared_ptr<Shared> shared, Handles& handles,
                                       tcp::socket socket, std::shared_ptr<asio::ssl::context> tls,
                                       std::string address) {
  const auto handle = handles.emplace(handles.end());
  if (tls) {
    beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), *tls);
    auto connection = std::make_unique<Connection<beast::ssl_stream<beast::tcp_stream>>>(
        shared, *handle, std::move(stream), address, true);
    co_await connection->run();
  } else {
    auto connection = std::make_unique<Connection<beast::tcp_stream>>(
        shared, *handle, beast::tcp_stream(std::move(socket)), address, false);
    co_await connection->run();
  }
  handles.erase(handle);
  shared->connections.leave(address);
}

}  // namespace jishi::http
