#pragma once
// What the connections of a server share.

#include <atomic>

#include "platform/http/limits.hpp"
#include "platform/http/refusal.hpp"
#include "platform/http/router.hpp"
#include "platform/http/workers.hpp"

namespace jishi::http {

struct Shared {
  Shared(ServerOptions given, std::vector<Route> routes)
      : options(std::move(given)),
        router(std::move(routes)),
        connections(options.max_connections, options.max_connections_per_address),
        bodies(options.max_body_memory),
        rate(options.requests_per_second_per_address),
        readers(options.readers, options.max_waiting),
        workers(options.workers, options.max_waiting) {}

  const ServerOptions options;
  const Router router;
  ConnectionCount connections;
  Budget bodies;
  RequestRate rate;
  Workers readers;
  Workers workers;
  std::atomic<bool> stopping{false};
};

/// 16 random hex digits.
std::string new_request_id();

}  // namespace jishi::http
