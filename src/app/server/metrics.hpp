#pragma once
// What monitoring reads: counts and times of requests, and how far the followers are.

#include <functional>
#include <memory>
#include <string>

#include "platform/http/server.hpp"

namespace jishi::app {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Counts a request. Thread-safe.
  void count(const http::Access& access);

  /// A figure that is read when it is asked for. To be added before the first text().
  void gauge(const std::string& name, const std::string& help, std::function<double()> read);

  /// In Prometheus' text format.
  std::string text();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jishi::app
