#pragma once
// A server of a test's own on 127.0.0.1, and clients that send it whatever bytes they like. Every
// wait ends: a client gives up after kPatience, which fails the test.

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>

#include "platform/http/server.hpp"

namespace jishi::http {

/// One connection to a server of this machine.
class TestClient {
 public:
  static constexpr std::chrono::seconds kPatience{5};

  /// `receive_buffer`: of the kernel; 0: as it pleases. A small one makes a slow reader.
  explicit TestClient(unsigned short port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0)
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~TestClient() { close(); }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  int socket() const { return socket_; }

  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  /// Sends all of it, or what is taken before the server closes.
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!wait(POLLOUT)) throw std::runtime_error("cannot send");
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Nothing more will be sent.
  void end() { ::shutdown(socket_, SHUT_WR); }

  /// Reads until `mark` has come; what came with it, and nothing after it.
  std::string read_to(std::string_view mark) {
    while (true) {
      const auto at = came_.find(mark);
      if (at != came_.npos) return cut(at + mark.size());
      if (!read_some()) return cut(came_.size());
    }
  }

  std::string read_bytes(std::size_t count) {
    while (came_.size() < count && read_some()) {
    }
    return cut(std::min(count, came_.size()));
  }

  /// Reads until the server closes.
  std::string read_all() {
    while (read_some()) {
    }
    return cut(came_.size());
  }

  /// An answer: its header, and its body by Content-Length or chunks.
  struct Answer {
    std::string head;
    std::string body;

    int status() const { return head.size() < 12 ? 0 : std::stoi(head.substr(9, 3)); }
    /// The value of a header, or "(none)".
    std::string header(std::string_view name) const {
      const auto at = head.find("\r\n" + std::string(name) + ": ");
      if (at == head.npos) return "(none)";
      const auto from = at + name.size() + 4;
      return head.substr(from, head.find("\r\n", from) - from);
    }
  };
  Answer answer(bool has_body = true) {
    Answer got;
    got.head = read_to("\r\n\r\n");
    if (!has_body || got.status() == 0) return got;
    if (got.header("Transfer-Encoding") == "chunked") {
      while (true) {
        const std::string line = read_to("\r\n");
        const auto size = line.empty() ? 0 : std::stoul(line, nullptr, 16);
        const std::string chunk = read_bytes(size + 2);
        if (chunk.size() < size + 2) got.body += "(cut)";
        if (size == 0 || chunk.size() < size + 2) return got;
        got.body += chunk.substr(0, size);
      }
    }
    if (const auto length = got.header("Content-Length"); length != "(none)")
      got.body = read_bytes(std::stoul(length));
    return got;
  }

  Answer ask(std::string_view request) {
    send(request);
    return answer(!request.starts_with("HEAD"));
  }

 private:
  bool wait(short what) const {
    pollfd waiting{socket_, what, 0};
    const auto most = std::chrono::milliseconds(kPatience).count();
    return ::poll(&waiting, 1, static_cast<int>(most)) > 0;
  }

  bool read_some() {
    if (!wait(POLLIN)) throw std::runtime_error("the server does not answer; came: " + came_);
    std::array<char, 16 * 1024> space;
    const auto bytes = ::recv(socket_, space.data(), space.size(), 0);
    if (bytes <= 0) return false;
    came_.append(space.data(), static_cast<std::size_t>(bytes));
    return true;
  }

  std::string cut(std::size_t count) {
    std::string front = came_.substr(0, count);
    came_.erase(0, count);
    return front;
  }

  int socket_;
  std::string came_;
};

/// A server with routes of the test's own; its uploads lie in a folder that goes with it.
class TestServer {
 public:
  explicit TestServer(std::vector<Route> routes, ServerOptions options = {}) {
    static std::atomic<int> count{0};
    uploads = std::filesystem::temp_directory_path() /
              fmt::format("jishi-http-{}-{}", ::getpid(), count++);
    options.port = 0;
    options.loops = 2;
    options.workers = 4;
    options.upload_folder = uploads;
    auto started = Server::start(std::move(options), std::move(routes));
    if (!started) throw std::runtime_error(started.error().code);
    server = std::move(*started);
  }
  ~TestServer() {
    server.reset();
    std::error_code ignored;
    std::filesystem::remove_all(uploads, ignored);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  unsigned short port() const { return server->port(); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(uploads), {}));
  }
  /// The answer to one request on a connection of its own.
  TestClient::Answer ask(std::string_view request) const { return TestClient(port()).ask(request); }

  std::unique_ptr<Server> server;
  std::filesystem::path uploads;
};

/// Waits until `holds`, for what no answer tells of; false after TestClient::kPatience.
template <class Holds>
bool becomes(Holds holds) {
  const auto until = std::chrono::steady_clock::now() + TestClient::kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

inline Response text_response(std::string text) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(text);
  return response;
}

inline Route test_route(Method method, std::string pattern, Handler handler,
                        BodyKind body = BodyKind::none, Run run = Run::here) {
  Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.run = run;
  route.body = body;
  route.handler = std::move(handler);
  return route;
}

}  // namespace jishi::http
