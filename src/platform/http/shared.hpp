#pragma once
// What the connections of a server share.

#include <atomic>
#include <memory>

#include "platform/http/limits.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

namespace jishi::http {

/// Runs work on threads of its own, so much of it waiting at most. Thread-safe.
class Workers {
 public:
  Workers(unsigned threads, std::size_t most_waiting);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False when too much waits already.
  bool submit(std::function<void()> work);
  std::size_t waiting() const { return waiting_.load(); }

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
  const std::size_t most_waiting_;
  std::atomic<std::size_t> waiting_{0};
};

struct Shared {
  explicit Shared(ServerOptions given, std::vector<Route> routes)
      : options(std::move(given)),
        router(std::move(routes)),
        connections(options.max_connections, options.max_connections_per_address),
        rate(options.requests_per_second_per_address),
        workers(options.workers, options.max_waiting) {}

  const ServerOptions options;
  const Router router;
  ConnectionCount connections;
  RequestRate rate;
  Workers workers;
  std::atomic<bool> stopping{false};
};

/// The answer to what no handler is asked about.
Response refuse(const Shared& shared, const Request& request, int status, std::string_view code,
                Arguments arguments = {});

/// 16 random hex digits.
std::string new_request_id();

}  // namespace jishi::http
