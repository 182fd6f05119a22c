#pragma once
// `jishi serve` as a process of its own, with someone signed in.

#include "app/bench/http/child.hpp"
#include "app/bench/http/client.hpp"
#include "app/bench/http/office.hpp"

namespace jishi::app::bench {

class Served {
 public:
  /// Starts the server of an office on any free port; nothing when it does not begin to serve.
  static std::optional<Served> start(const Office& office, const std::filesystem::path& log);

  /// Signs in by the office's link. Error: bench.no_sign_in.
  Result<Done> sign_in(const Office& office);
  /// Headers of the session that was opened.
  const Sender& sender() const { return sender_; }

  unsigned short port() const { return port_; }
  /// From the start of the process to its first answer.
  double start_s() const { return start_s_; }
  const Child& process() const { return process_; }
  int end() { return process_.end(); }

 private:
  explicit Served(Child process) : process_(std::move(process)) {}

  Child process_;
  Sender sender_;
  unsigned short port_ = 0;
  double start_s_ = 0;
};

}  // namespace jishi::app::bench
