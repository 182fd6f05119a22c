#include "app/server/metrics.hpp"

#include <map>
#include <mutex>
#include <shared_mutex>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace jishi::app {

namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;

// Seconds: most answers take less than a millisecond, analyses up to some seconds.
const Buckets& buckets() {
  static const Buckets kBuckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                0.025,  0.05,    0.1,    0.25,  0.5,    1,     5};
  return kBuckets;
}

}  // namespace

struct Metrics::State {
  struct OfRoute {
    prometheus::Counter* requests = nullptr;
    prometheus::Histogram* seconds = nullptr;
  };
  struct Key {
    std::string pattern;
    http::Method method;
    int status;
    auto operator<=>(const Key&) const = default;
  };
  struct View {  // of a key, without a copy
    std::string_view pattern;
    http::Method method;
    int status;
  };
  struct Less {
    using is_transparent = void;
    static auto tied(const Key& key) {
      return std::tuple(std::string_view(key.pattern), key.method, key.status);
    }
    static auto tied(const View& view) {
      return std::tuple(view.pattern, view.method, view.status);
    }
    template <class Left, class Right>
    bool operator()(const Left& left, const Right& right) const {
      return tied(left) < tied(right);
    }
  };

  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>* requests = nullptr;
  prometheus::Family<prometheus::Histogram>* seconds = nullptr;
  std::shared_mutex mutex;
  std::map<Key, OfRoute, Less> routes;
  std::vector<std::pair<prometheus::Gauge*, std::function<double()>>> gauges;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
  state_->requests = &prometheus::BuildCounter()
                          .Name("jishi_http_requests_total")
                          .Help("Requests by route, method and status")
                          .Register(state_->registry);
  state_->seconds = &prometheus::BuildHistogram()
                         .Name("jishi_http_request_seconds")
                         .Help("Time from the request's header to its answer, by route")
                         .Register(state_->registry);
}

Metrics::~Metrics() = default;

void Metrics::count(const http::Access& access) {
  State::OfRoute found;
  {
    const std::shared_lock lock(state_->mutex);
    const auto at = state_->routes.find(State::View{access.pattern, access.method, access.status});
    if (at != state_->routes.end()) found = at->second;
  }
  if (found.requests == nullptr) {
    const std::unique_lock lock(state_->mutex);
    const std::string pattern(access.pattern.empty() ? "none" : access.pattern);
    const std::string method(http::name_of(access.method));
    found.requests = &state_->requests->Add(
        {{"route", pattern}, {"method", method}, {"status", std::to_string(access.status)}});
    found.seconds = &state_->seconds->Add({{"route", pattern}, {"method", method}}, buckets());
    state_->routes.emplace(State::Key{std::string(access.pattern), access.method, access.status},
                           found);
  }
  found.requests->Increment();
  found.seconds->Observe(static_cast<double>(access.took.count()) / 1e6);
}

void Metrics::gauge(const std::string& name, const std::string& help,
                    std::function<double()> read) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry);
  state_->gauges.emplace_back(&family.Add({}), std::move(read));
}

std::string Metrics::text() {
  for (auto& [gauge, read] : state_->gauges) gauge->Set(read());
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace jishi::app
