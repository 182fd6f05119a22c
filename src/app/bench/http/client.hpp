#pragma once
// The bench as a client: single requests, a stream of events, and many requests at once.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jishi::app::bench {

/// A socket that is closed with this object.
class Socket {
 public:
  /// A connection to a port of this machine; not open() where nobody listens.
  static Socket to(unsigned short port);
  Socket() = default;
  Socket(Socket&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  Socket& operator=(Socket&& other) noexcept;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  bool open() const { return handle_ >= 0; }
  int handle() const { return handle_; }
  /// Sends all of it; false when that did not go at once.
  bool send(std::string_view text) const;

 private:
  explicit Socket(int handle) : handle_(handle) {}
  int handle_ = -1;
};

/// A port of this machine that is free just now.
unsigned short free_port();

struct Answer {
  int status = 0;  // 0: there was none
  std::string header;
  std::string body;

  /// The value of the first header of this name that begins with `start`, up to a `;`.
  std::string cookie(std::string_view name) const;
};

/// Asks once and waits for the whole answer. `request`: the whole of it, as it goes over the wire.
Answer ask(unsigned short port, std::string_view request);

/// How requests are written: the line, the headers that every one has, and what the rest needs.
struct Sender {
  std::string headers;  // each with its CRLF

  void get(std::string& out, std::string_view path) const;
  void post(std::string& out, std::string_view path, std::string_view key,
            std::string_view body) const;
};

struct LoadPlan {
  unsigned short port = 0;
  std::size_t connections = 64;
  double seconds = 1;
  double per_second = 0;  // 0: each connection asks again as soon as it has its answer
  int status = 200;       // of a good answer
  /// Writes the next request; nothing: there is none left.
  std::function<void(std::string& out)> next;
};

struct LoadDone {
  std::vector<double> latencies_ms;  // of good answers; with a rate: since each request was due
  std::int64_t refused = 0;
  double seconds = 0;
  std::string first_refusal;

  double a_second() const {
    return seconds > 0 ? static_cast<double>(latencies_ms.size()) / seconds : 0;
  }
};

/// Asks over kept connections, one request at a time on each, all by this thread.
LoadDone make_load(const LoadPlan& plan, const std::atomic<bool>& cancelled);

}  // namespace jishi::app::bench
