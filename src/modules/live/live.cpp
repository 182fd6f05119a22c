#include "modules/live/live.hpp"

#include <map>

#include "modules/live/live.sql.hpp"

namespace jishi::live {

namespace {

constexpr std::int64_t kFactsARound = 1000;
constexpr std::chrono::milliseconds kPatience{250};

struct FactRow {
  std::int64_t seq = 0;
  int kind = 0;
  Date happened;
  std::int64_t recorded = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (seq, kind, happened, recorded, organisation, person, subject))

std::shared_ptr<const http::Event> event_of(const Told& told) {
  return std::make_shared<const http::Event>(
      http::Event{std::to_string(told.seq), "fact", api::json_text(told)});
}

/// Tells a listener to read again what it shows: there was more than is worth telling singly.
std::shared_ptr<const http::Event> many(std::int64_t until) {
  return std::make_shared<const http::Event>(
      http::Event{std::to_string(until), "many", R"({"until":")" + std::to_string(until) + "\"}"});
}

}  // namespace

// Held by the thread; the stream itself belongs to its connection and ends with it.
struct Live::Listener {
  api::Caller caller;
  std::vector<Id> places;
  std::optional<std::int64_t> since;
  std::weak_ptr<http::EventStream> stream;
};

struct Live::Round {
  std::map<Listener*, std::vector<std::shared_ptr<const http::Event>>> due;
  std::int64_t until = 0;
};

Live::Live(Store& store, api::Gate& gate, FactNames names, std::chrono::milliseconds sweep_every)
    : store_(store), gate_(gate), names_(std::move(names)), sweep_every_(sweep_every) {
  position_ = store_.last_seq();
  thread_ = std::thread([this] { work(); });
}

Live::~Live() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Live::wake() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  woken_.notify_one();
}

Result<Done> Live::room_for(const api::Caller& caller) {
  const std::lock_guard lock(mutex_);
  const auto own = by_account_.find(caller.account);
  if (count_ < kMaxListeners && (own == by_account_.end() || own->second < kMaxListenersPerAccount))
    return Done{};
  return fail(ErrorKind::limited, "live.too_many_listeners");
}

Result<Done> Live::listen(const api::Caller& caller, std::optional<std::int64_t> since,
                          std::shared_ptr<http::EventStream> stream) {
  if (const auto room = room_for(caller); !room) return room;
  auto listener = std::make_shared<Listener>();
  listener->caller = caller;
  listener->places = gate_.places(caller, api::kSee);
  listener->since = since;
  listener->stream = stream;
  {
    const std::lock_guard lock(mutex_);
    ++count_;
    ++by_account_[caller.account];
    arrivals_.push_back(std::move(listener));
    awake_ = true;
  }
  woken_.notify_one();
  return Done{};
}

std::size_t Live::listeners() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

void Live::work() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, kPatience, [&] { return awake_ || stopping_; });
      if (stopping_) return;
      awake_ = false;
    }
    try {
      admit_arrivals();
      while (tell_next()) {
      }
      if (std::chrono::steady_clock::now() >= next_sweep_) sweep();
    } catch (const db::Failure&) {
      // The store is away or busy: nothing was told, the next round begins at the same fact.
    }
  }
}

void Live::admit_arrivals() {
  std::vector<std::shared_ptr<Listener>> arrived;
  {
    const std::lock_guard lock(mutex_);
    arrived.swap(arrivals_);
  }
  for (auto& listener : arrived) {
    if (listener->since) catch_up(*listener);
    for (const Id place : listener->places) by_place_[place].push_back(listener);
    if (listener->caller.person != kNoId) by_person_[listener->caller.person].push_back(listener);
    of_account_[listener->caller.account].push_back(listener);
    all_.push_back(std::move(listener));
  }
}

void Live::catch_up(Listener& listener) {
  const auto stream = listener.stream.lock();
  if (!stream) return;
  const std::int64_t until = position_.load();
  std::int64_t at = std::max<std::int64_t>(*listener.since, 0);
  if (until - at > kMaxBacklog) {
    stream->send(many(until));
    return;
  }
  std::vector<std::shared_ptr<const http::Event>> due;
  for (auto facts = facts_after(at, kFactsARound); !facts.empty() && at < until;
       facts = facts_after(at, kFactsARound)) {
    for (const Told& told : facts) {
      at = told.seq;
      if (at > until) break;
      const bool own = told.person != kNoId && told.person == listener.caller.person;
      const bool in_scope =
          told.organisation != kNoId && gate_.may(listener.caller, api::kSee, told.organisation);
      if (own || in_scope) due.push_back(event_of(told));
    }
  }
  if (due.size() > kMaxSingly) {
    stream->send(many(until));
    return;
  }
  for (auto& event : due) stream->send(std::move(event));
}

std::vector<Told> Live::facts_after(std::int64_t seq, std::int64_t limit) {
  std::vector<Told> facts;
  store_.read([&](db::Reader& reader) {
    reader.each<FactRow>(
        sql::live::after,
        [&](const FactRow& row) {
          const auto name = names_.find(row.kind);
          facts.push_back({row.seq, name == names_.end() ? std::to_string(row.kind) : name->second,
                           row.happened, row.recorded, row.organisation, row.person, row.subject});
        },
        seq, limit);
    return 0;
  });
  return facts;
}

std::vector<Id> Live::above(Id organisation) {
  return store_.read(
      [&](db::Reader& reader) { return reader.all<Id>(sql::live::above, organisation); });
}

bool Live::tell_next() {
  if (all_.empty()) {
    position_ = store_.read([](db::Reader& reader) {
      return reader.one<std::int64_t>(sql::live::last_seq).value_or(0);
    });
    return false;
  }
  const auto facts = facts_after(position_.load(), kFactsARound);
  if (facts.empty()) return false;
  // Before anything is told: what happened to an account counts from then on.
  look_at(listeners_among(facts));
  std::unordered_map<Id, std::vector<Id>> known;
  Round round;
  round.until = facts.back().seq;
  for (const Told& told : facts) {
    const auto [place, fresh] = known.try_emplace(told.organisation);
    if (fresh && told.organisation != kNoId) place->second = above(told.organisation);
    tell(told, place->second, round);
  }
  send(round);
  position_ = round.until;
  return facts.size() == static_cast<std::size_t>(kFactsARound);
}

void Live::tell(const Told& told, const std::vector<Id>& above, Round& round) {
  std::shared_ptr<const http::Event> event;
  const auto put = [&](const std::vector<std::shared_ptr<Listener>>& listeners) {
    for (const auto& listener : listeners) {
      auto& due = round.due[listener.get()];
      if (!event) event = event_of(told);
      // Someone may stand under two of the places, or be the person as well.
      if (due.size() <= kMaxSingly && (due.empty() || due.back() != event)) due.push_back(event);
    }
  };
  for (const Id place : above) {
    if (const auto found = by_place_.find(place); found != by_place_.end()) put(found->second);
  }
  if (told.person == kNoId) return;
  if (const auto found = by_person_.find(told.person); found != by_person_.end())
    put(found->second);
}

void Live::send(Round& round) {
  for (auto& [listener, due] : round.due) {
    const auto stream = listener->stream.lock();
    if (!stream) continue;
    if (due.size() > kMaxSingly) {
      stream->send(many(round.until));
      continue;
    }
    for (auto& event : due) stream->send(std::move(event));
  }
}

void Live::sweep() {
  next_sweep_ = std::chrono::steady_clock::now() + sweep_every_;
  std::vector<std::shared_ptr<Listener>> gone;
  for (const auto& listener : all_) {
    if (listener->stream.expired()) gone.push_back(listener);
  }
  for (const auto& listener : gone) drop(listener);
  look_at(all_);
}

// Those whose accounts the facts tell of.
std::vector<std::shared_ptr<Live::Listener>> Live::listeners_among(
    const std::vector<Told>& facts) const {
  std::vector<std::shared_ptr<Listener>> found;
  std::unordered_set<Id> seen;
  for (const Told& told : facts) {
    const auto own = of_account_.find(told.subject);
    if (own == of_account_.end() || !seen.insert(told.subject).second) continue;
    found.insert(found.end(), own->second.begin(), own->second.end());
  }
  return found;
}

// Ends the streams of those who may no longer listen as they do; whoever may still come back with
// the scope they have then.
void Live::look_at(const std::vector<std::shared_ptr<Listener>>& listeners) {
  if (listeners.empty()) return;
  std::vector<Id> credentials;
  for (const auto& listener : listeners) credentials.push_back(listener->caller.session);
  const auto ended = gate_.ended(credentials);
  const std::unordered_set<Id> out(ended.begin(), ended.end());
  for (const auto& listener : listeners) {
    const bool same = !out.contains(listener->caller.session) &&
                      gate_.places(listener->caller, api::kSee) == listener->places;
    if (same) continue;
    if (const auto stream = listener->stream.lock()) stream->close();
  }
}

void Live::drop(const std::shared_ptr<Listener>& listener) {
  std::erase(all_, listener);
  const auto leave = [&](auto& index, Id key) {
    const auto found = index.find(key);
    if (found == index.end()) return;
    std::erase(found->second, listener);
    if (found->second.empty()) index.erase(found);
  };
  for (const Id place : listener->places) leave(by_place_, place);
  leave(by_person_, listener->caller.person);
  leave(of_account_, listener->caller.account);
  const std::lock_guard lock(mutex_);
  --count_;
  if (--by_account_[listener->caller.account] == 0) by_account_.erase(listener->caller.account);
}

}  // namespace jishi::live
