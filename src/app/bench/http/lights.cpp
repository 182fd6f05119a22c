// From a fact to the light that it puts out or lights, as a subscriber sees it, while a thousand
// facts a second come in.

#include <sys/socket.h>

#include <condition_variable>
#include <mutex>
#include <unordered_map>

#include "app/bench/http/streams.hpp"
#include "app/bench/http/visitor.hpp"

namespace jishi::app::bench {

namespace {

constexpr double kFactsASecond = 1'000;
constexpr double kSeconds = 20;
constexpr double kLeastSeconds = 1;
constexpr double kExpectedMs = 1'000;
constexpr std::chrono::milliseconds kProbeEvery{100};
constexpr std::chrono::seconds kPatience{5};  // for one light
constexpr std::size_t kProbed = 60;           // persons
constexpr std::int64_t kCents = 7'777;

/// A subscriber that notes when each person's light changed last.
class Subscriber {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Subscriber(const Served& served) : socket_(Socket::to(served.port())) {
    std::string request;
    served.sender().get(request, "/api/v1/events");
    (void)socket_.send(request);
    thread_ = std::thread([this] { listen(); });
  }
  ~Subscriber() {
    ::shutdown(socket_.handle(), SHUT_RDWR);
    thread_.join();
  }
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  /// When the light of a person changed in this way after `since`, if it has.
  std::optional<Clock::time_point> changed(Id person, bool lit, Clock::time_point since) {
    const std::lock_guard lock(mutex_);
    const auto found = changes_.find(person);
    if (found == changes_.end() || found->second.lit != lit || found->second.at < since)
      return std::nullopt;
    return found->second.at;
  }
  std::int64_t told() const { return told_.load(); }
  std::int64_t told_many() const { return told_many_.load(); }

 private:
  struct Change {
    bool lit = false;
    Clock::time_point at;
  };

  void listen() {
    std::string text;
    std::array<char, 65'536> buffer;
    while (true) {
      const auto size = ::recv(socket_.handle(), buffer.data(), buffer.size(), 0);
      if (size <= 0) return;
      text.append(buffer.data(), static_cast<std::size_t>(size));
      std::size_t begin = 0;
      for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', begin)) {
        take(std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
      }
      text.erase(0, begin);
    }
  }

  void take(std::string_view line) {
    constexpr std::string_view kData = "data: ";
    if (line == "event: many") ++told_many_;
    if (!line.starts_with(kData)) return;
    ++told_;
    const bool lit = line.find(R"(.light_lit")") != line.npos;
    if (!lit && line.find(R"(.light_out")") == line.npos) return;
    boost::system::error_code error;
    const auto told = boost::json::parse(line.substr(kData.size()), error);
    if (error) return;
    const Id person = std::atoll(told.at("person").as_string().c_str());
    const std::lock_guard lock(mutex_);
    changes_[person] = {lit, Clock::now()};
  }

  Socket socket_;
  std::mutex mutex_;
  std::unordered_map<Id, Change> changes_;
  std::atomic<std::int64_t> told_{0};
  std::atomic<std::int64_t> told_many_{0};
  std::thread thread_;
};

/// Persons of the district whose dues are unpaid: paying a month puts the light out, taking it back
/// lights it again.
std::vector<Id> unpaid(const Office& office, const Served& served) {
  std::string request;
  served.sender().get(request, fmt::format("/api/v1/organisations/{}/lights?rule=dues/unpaid&"
                                           "limit={}",
                                           office.district, kProbed));
  std::vector<Id> persons;
  boost::system::error_code error;
  const auto page = boost::json::parse(ask(served.port(), request).body, error);
  if (error || !page.as_object().contains("items")) return persons;
  for (const auto& light : page.at("items").as_array())
    persons.push_back(std::atoll(light.at("subject").as_string().c_str()));
  return persons;
}

/// Changes one light after the other and notes how long each took to be known.
class Prober {
 public:
  Prober(const Served& served, Subscriber& subscriber, std::vector<Id> persons)
      : served_(served), subscriber_(subscriber), month_(month_before(SystemClock().today(), 1)) {
    for (const Id person : persons) probes_.push_back({person, true, false, {}});
  }

  void run(double seconds, const std::atomic<bool>& cancelled) {
    const Stopwatch watch;
    for (std::size_t turn = 0; watch.seconds() < seconds && !cancelled; ++turn) {
      Probe& probe = probes_[turn % probes_.size()];
      if (!probe.waits) begin(probe);
      const auto until = Subscriber::Clock::now() + kProbeEvery;
      while (Subscriber::Clock::now() < until) {
        collect();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    }
    const auto until = Subscriber::Clock::now() + kPatience;
    while (waiting() && Subscriber::Clock::now() < until) {
      collect();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (const Probe& probe : probes_) missed_ += probe.waits ? 1 : 0;
    latencies_ms_.resize(latencies_ms_.size() + missed_,
                         std::chrono::duration<double, std::milli>(kPatience).count());
  }

  const std::vector<double>& latencies_ms() const { return latencies_ms_; }
  std::size_t missed() const { return missed_; }

 private:
  struct Probe {
    Id person = kNoId;
    bool lit = true;     // before
    bool waits = false;  // for its change
    Subscriber::Clock::time_point since;
  };

  void begin(Probe& probe) {
    std::string request;
    const std::string path =
        Visitor::page_of(probe.person) + "/payments" + (probe.lit ? "" : "/withdrawals");
    served_.sender().post(request, path, {}, payment_body(month_, kCents));
    probe.since = Subscriber::Clock::now();
    const int status = ask(served_.port(), request).status;
    if (status != 200 && status != 201) return;
    probe.lit = !probe.lit;
    probe.waits = true;
  }

  void collect() {
    for (Probe& probe : probes_) {
      if (!probe.waits) continue;
      const auto at = subscriber_.changed(probe.person, probe.lit, probe.since);
      if (!at) continue;
      latencies_ms_.push_back(std::chrono::duration<double, std::milli>(*at - probe.since).count());
      probe.waits = false;
    }
  }

  bool waiting() const {
    return std::any_of(probes_.begin(), probes_.end(),
                       [](const Probe& probe) { return probe.waits; });
  }

  const Served& served_;
  Subscriber& subscriber_;
  const std::string month_;
  std::vector<Probe> probes_;
  std::vector<double> latencies_ms_;
  std::size_t missed_ = 0;
};

}  // namespace

void measure_lights(Run& run, const Office& office, const Served& served, std::string_view engine) {
  auto persons = unpaid(office, served);
  if (persons.empty()) return;
  const double seconds = std::max(kLeastSeconds, kSeconds * run.options.scale);
  Subscriber subscriber(served);
  Visitor visitor(served, office, Visitor::Purpose::lights);
  const LoadPlan plan{.port = served.port(),
                      .seconds = seconds,
                      .per_second = kFactsASecond,
                      .status = 201,
                      .next = [&](std::string& out) { visitor.payment(out); }};
  LoadDone facts;
  const double before_s = served.process().worked_s();
  std::thread load([&] { facts = make_load(plan, run.cancelled); });
  Prober prober(served, subscriber, std::move(persons));
  prober.run(seconds, run.cancelled);
  load.join();
  const double worked_s = served.process().worked_s() - before_s;
  const std::string note = fmt::format(
      "{} changes of lights, {} of which were not told within {} s; {:.0f} other facts a second, "
      "each a command of its own (99 of 100 within {:.1f} ms); the subscriber was told {} facts, "
      "{} times only that there are many; CPU of the server {:.0f} %",
      prober.latencies_ms().size(), prober.missed(), kPatience.count(), facts.a_second(),
      quantile(facts.latencies_ms, 0.99), subscriber.told(), subscriber.told_many(),
      worked_s / seconds * 100);
  run.figures.push_back({.name = "http_light_p50",
                         .unit = "ms",
                         .measured = quantile(prober.latencies_ms(), 0.5),
                         .what = std::string(engine),
                         .note = note});
  run.figures.push_back({.name = "http_light_p99",
                         .unit = "ms",
                         .measured = quantile(prober.latencies_ms(), 0.99),
                         .expected = Expected{Sense::at_most, kExpectedMs},
                         .what = std::string(engine)});
}

}  // namespace jishi::app::bench
