#pragma once
// The HTTP/1.1 server: framing, limits, routing by path, workers, shutdown. A handler is an
// ordinary function of a request.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "platform/http/message.hpp"

namespace jishi::http {

/// Where a handler runs: quick reads on the thread of their connection, or on a reader where they
/// wait for a database behind a wire; whatever waits long (for a commit, a disk, an analysis) on a
/// worker.
enum class Run { here, on_reader, on_worker };

enum class BodyKind { none, json, upload };

using Handler = std::function<Response(Request&)>;

/// The answer to whoever is not let in; nothing for whoever is. On the connection's thread.
using Admission = std::function<std::optional<Response>(Request&)>;

struct Route {
  Method method = Method::get;
  std::string pattern;  // /api/v1/persons/{person}
  Run run = Run::here;
  BodyKind body = BodyKind::none;
  std::uint64_t body_limit = 1U << 20;           // bytes
  std::chrono::milliseconds time_limit{30'000};  // for the body to arrive
  Handler handler;
  /// Asked before a body is read that is more than a few kilobytes, or that its sender waits to be
  /// told to send: strangers cannot fill memory or disk with what nobody takes.
  Admission admission;
};

/// What the server itself refuses, before or instead of a handler. Codes are `http.…`, for
/// instance http.not_found, http.method_not_allowed, http.header_too_large, http.too_many_requests.
struct Refusal {
  int status = 400;
  Error error;
};

/// Writes the answer to a refusal; `request` holds what was read of it (language, id).
using RefusalWriter = std::function<Response(const Request& request, const Refusal& refusal)>;

struct Access {  // of one request, for logs and metrics; no personal data in it
  Method method = Method::get;
  std::string_view pattern;  // of the route; empty when there was none
  int status = 0;
  std::uint64_t bytes = 0;
  std::chrono::microseconds took{0};
  std::string_view request_id;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8080;      // 0: any free one
  unsigned loops = 0;              // 0: one a core
  unsigned readers = 20;           // threads for Run::on_reader; more take turns at the same cores
  unsigned workers = 64;           // threads for Run::on_worker; most of them wait for a commit
  std::size_t max_waiting = 4096;  // requests for a reader or a worker, before 503
  std::size_t max_connections = 20'000;
  std::size_t max_connections_per_address = 20'000;
  std::size_t max_header_bytes = 16 * 1024;
  std::uint64_t max_body_memory = std::uint64_t{256} << 20U;  // of all bodies that are not uploads
  double requests_per_second_per_address = 0;  // 0: no limit; a burst of ten seconds' worth
  std::chrono::seconds header_timeout{10};
  std::chrono::seconds idle_timeout{75};
  std::filesystem::path upload_folder;  // for bodies on their way
  std::string certificate_file;         // PEM; where there is one: TLS
  std::string key_file;                 // PEM without a password; empty: in the certificate's file
  bool trust_front = false;             // X-Forwarded-For and -Proto of a front on this machine
  std::vector<std::string> hosts;       // answered for, in lower case, without port; empty: any
  Handler fallback;                     // of GET where no route has the path; runs here
  RefusalWriter refusal;
  std::function<void(const Access&)> on_access;
};

class Server {
 public:
  /// Binds and begins to serve. Refused with http.address_in_use, http.certificate,
  /// http.certificate_key, http.key_readable_by_all, http.bind, http.upload_folder. Two routes of
  /// one method and pattern are a mistake of the program, which throws.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, std::vector<Route> routes);
  virtual ~Server() = default;

  /// Reads the certificate's files anew for the connections to come; where they cannot be used, the
  /// one before stays.
  virtual Result<Done> reload_certificate() = 0;

  virtual unsigned short port() const = 0;
  virtual std::size_t connections() const = 0;
  virtual std::size_t waiting() const = 0;  // for a worker

  /// Stops listening, tells streams and idle connections good-bye, lets running requests end for at
  /// most `patience`, then closes.
  virtual void stop(std::chrono::milliseconds patience = std::chrono::seconds(10)) = 0;
};

}  // namespace jishi::http
