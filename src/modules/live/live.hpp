#pragma once
// Live updates: every fact reaches the open streams whose scope covers it. The only header of this
// module that others include.

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
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
  FactKind number{};     // of its kind; not told
  bool awaited = false;  // told singly, however much there is
};
BOOST_DESCRIBE_STRUCT(Told, (), (seq, kind, happened, recorded_ms, organisation, person, subject))

/// What a listener knows already.
struct From {
  std::int64_t opened = 0;            // the last fact when its request came
  std::optional<std::int64_t> since;  // the last fact it was told when it was here before
};

/// Follows the ledger and tells listeners. Thread-safe.
class Live {
 public:
  static constexpr std::size_t kMaxListeners = 20'000;
  static constexpr std::size_t kMaxListenersPerAccount = 64;
  /// Facts of one round that a listener is told singly; of more it is told that there are many,
  /// and singly only what is awaited (facts.toml), up to so many.
  static constexpr std::size_t kMaxSingly = 64;
  /// How far back a listener can resume; from further back it is told that there is a gap.
  static constexpr std::int64_t kMaxBacklog = 10'000;

  Live(Store& store, api::Gate& gate, const FactTitles& titles);
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// Facts may have been added: look at once. Otherwise they are looked for four times a second,
  /// since another process may write to the same database.
  void wake();

  /// Lets a stream listen with the caller's scope as it is now, from where it knows the facts. When
  /// its session ends or its scope changes it is closed, and the listener comes again as who they
  /// are then. Fails with live.too_many_listeners.
  Result<Done> listen(const api::Caller& caller, const From& from,
                      std::shared_ptr<http::EventStream> stream);
  /// Whether another listener of this account would be taken.
  Result<Done> room_for(const api::Caller& caller);

  std::size_t listeners() const;
  /// The last fact that was told.
  std::int64_t position() const { return position_.load(); }

 private:
  struct Listener;
  struct Due;
  struct Round;
  struct ByPlace {
    bool operator()(const api::Place& left, const api::Place& right) const {
      return std::tie(left.organisation, left.structure, left.below) <
             std::tie(right.organisation, right.structure, right.below);
    }
  };
  using Listeners = std::vector<std::shared_ptr<Listener>>;

  void work();
  void admit_arrivals();
  void catch_up(Listener& listener);
  bool tell_next();
  void tell(const Told& told, const std::vector<api::Place>& above, Round& round);
  void send(Round& round);
  void sweep();
  void close_those_ended();
  void close_those_of(const std::unordered_map<Id, std::int64_t>& accounts);
  void drop(const std::shared_ptr<Listener>& listener);
  std::vector<Told> facts_after(std::int64_t seq, std::int64_t limit);
  const std::vector<api::Place>& above(Id organisation);
  void read_above(Id organisation, std::vector<api::Place>& places);

  Store& store_;
  api::Gate& gate_;
  const FactTitles& titles_;
  std::atomic<std::int64_t> position_{0};

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  bool awake_ = false;
  Listeners arrivals_;
  std::unordered_map<Id, std::size_t> by_account_;
  std::size_t count_ = 0;

  // Of the thread alone.
  Listeners all_;
  std::map<api::Place, Listeners, ByPlace> by_place_;
  std::unordered_map<Id, Listeners> by_person_;
  std::unordered_map<Id, std::vector<api::Place>> above_;  // where organisations are seen from
  std::thread thread_;
};

/// The stream of events: GET /api/v1/events.
void routes(api::Routes& routes, Live& live);

}  // namespace jishi::live
