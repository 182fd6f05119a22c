#pragma once
// Live updates: every fact reaches the open streams whose scope covers it. The only header of this
// module that others include.

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "api/routes.hpp"
#include "platform/pack/fact_names.hpp"

namespace jishi::live {

/// A fact as a listener is told of it; what it means stands in the pack's facts.toml.
struct Told {
  std::int64_t seq = 0;
  std::string kind;
  Date happened;
  std::int64_t recorded_ms = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(Told, (), (seq, kind, happened, recorded_ms, organisation, person, subject))

/// Follows the ledger and tells listeners. Thread-safe.
class Live {
 public:
  static constexpr std::size_t kMaxListeners = 20'000;
  static constexpr std::size_t kMaxListenersPerAccount = 64;
  /// Facts of one round that a listener is told singly; of more it is told that there are many.
  static constexpr std::size_t kMaxSingly = 64;
  /// How far back a listener can resume; from further back it is told that there is a gap.
  static constexpr std::int64_t kMaxBacklog = 10'000;
  static constexpr std::chrono::seconds kSweepEvery{10};

  Live(Store& store, api::Gate& gate, FactNames names,
       std::chrono::milliseconds sweep_every = kSweepEvery);
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// Facts may have been added: look at once. Otherwise they are looked for four times a second,
  /// since another process may write to the same database.
  void wake();

  /// Lets a stream listen with the caller's scope as it is now: from the facts after `since`, or
  /// from now on. It is closed when the session ends or the scope changes, at once where a fact
  /// says so, within kSweepEvery otherwise. Fails with live.too_many_listeners.
  Result<Done> listen(const api::Caller& caller, std::optional<std::int64_t> since,
                      std::shared_ptr<http::EventStream> stream);
  /// Whether another listener of this account would be taken.
  Result<Done> room_for(const api::Caller& caller);

  std::size_t listeners() const;
  /// The last fact that was told.
  std::int64_t position() const { return position_.load(); }

 private:
  struct Listener;
  struct Round;

  void work();
  void admit_arrivals();
  void catch_up(Listener& listener);
  bool tell_next();
  void tell(const Told& told, const std::vector<Id>& above, Round& round);
  void send(Round& round);
  void sweep();
  void look_at(const std::vector<std::shared_ptr<Listener>>& listeners);
  std::vector<std::shared_ptr<Listener>> listeners_among(const std::vector<Told>& facts) const;
  void drop(const std::shared_ptr<Listener>& listener);
  std::vector<Told> facts_after(std::int64_t seq, std::int64_t limit);
  std::vector<Id> above(Id organisation);

  Store& store_;
  api::Gate& gate_;
  FactNames names_;
  const std::chrono::milliseconds sweep_every_;
  std::atomic<std::int64_t> position_{0};

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  bool awake_ = false;
  std::vector<std::shared_ptr<Listener>> arrivals_;
  std::unordered_map<Id, std::size_t> by_account_;
  std::size_t count_ = 0;

  // Of the thread alone.
  std::vector<std::shared_ptr<Listener>> all_;
  std::unordered_map<Id, std::vector<std::shared_ptr<Listener>>> by_place_;
  std::unordered_map<Id, std::vector<std::shared_ptr<Listener>>> by_person_;
  std::unordered_map<Id, std::vector<std::shared_ptr<Listener>>> of_account_;
  std::chrono::steady_clock::time_point next_sweep_;
  std::thread thread_;
};

/// The stream of events: GET /api/v1/events.
void routes(api::Routes& routes, Live& live);

}  // namespace jishi::live
