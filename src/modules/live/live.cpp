#include "modules/live/live.hpp"

#include <unordered_set>

#include "modules/live/live.sql.hpp"

namespace jishi::live {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kFactsARound = 1000;
constexpr std::chrono::milliseconds kPatience{250};
// Commits follow each other within milliseconds: a moment's patience tells of several at once.
constexpr std::chrono::milliseconds kGather{10};
constexpr std::size_t kMaxKnown = 100'000;  // organisations
constexpr std::chrono::seconds kSweepEvery{10};

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

struct Above {
  std::string structure;
  Id ancestor = kNoId;
};
BOOST_DESCRIBE_STRUCT(Above, (), (structure, ancestor))

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
  std::vector<api::Place> places;
  std::int64_t opened = 0;  // the last fact when it was let in: what its standing rests on
  std::int64_t told = 0;    // the last fact that it needs not be told
  std::weak_ptr<http::EventStream> stream;
};

// What a listener is to be told of a round.
struct Live::Due {
  using Events = std::vector<std::shared_ptr<const http::Event>>;
  Events all;
  Events awaited;  // of these

  void add(const std::shared_ptr<const http::Event>& event, bool is_awaited) {
    put(all, event);
    if (is_awaited) put(awaited, event);
  }
  // One more than is told singly says that there are many.
  static void put(Events& events, const std::shared_ptr<const http::Event>& event) {
    // Someone may stand under two of the places, or be the person as well.
    if (events.size() <= kMaxSingly && (events.empty() || events.back() != event))
      events.push_back(event);
  }
};

struct Live::Round {
  std::map<Listener*, Due> due;
  std::int64_t until = 0;
};

Live::Live(Store& store, api::Gate& gate, const FactTitles& titles)
    : store_(store), gate_(gate), titles_(titles) {
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
    if (count_ == 0) return;  // where nobody listens, the sequence is looked at four times a second
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

Result<Done> Live::listen(const api::Caller& caller, const From& from,
                          std::shared_ptr<http::EventStream> stream) {
  if (const auto room = room_for(caller); !room) return room;
  auto listener = std::make_shared<Listener>();
  listener->caller = caller;
  listener->places = gate_.scope(caller, api::kSee);
  listener->opened = from.opened;
  listener->told = std::min(from.since.value_or(from.opened), from.opened);
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
  auto next_sweep = Clock::now() + kSweepEvery;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, kPatience, [&] { return awake_ || stopping_; });
      if (awake_) woken_.wait_for(lock, kGather, [&] { return stopping_; });
      if (stopping_) return;
      awake_ = false;
    }
    try {
      admit_arrivals();
      while (tell_next()) {
      }
      if (Clock::now() < next_sweep) continue;
      sweep();
      next_sweep = Clock::now() + kSweepEvery;
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
  for (auto place = arrived.begin(); place != arrived.end(); ++place) {
    const auto& listener = *place;
    try {
      catch_up(*listener);
    } catch (...) {
      // Whoever was not told yet waits for the next round.
      const std::lock_guard lock(mutex_);
      arrivals_.insert(arrivals_.begin(), place, arrived.end());
      throw;
    }
    for (const auto& held : listener->places) by_place_[held].push_back(listener);
    if (listener->caller.person != kNoId) by_person_[listener->caller.person].push_back(listener);
    all_.push_back(listener);
  }
}

void Live::catch_up(Listener& listener) {
  const auto stream = listener.stream.lock();
  const std::int64_t until = position_.load();
  std::int64_t at = std::max<std::int64_t>(listener.told, 0);
  if (!stream || at >= until) return;
  listener.told = until;
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
  store_.read_once([&](db::Reader& reader) {
    reader.each<FactRow>(
        sql::live::after,
        [&](const FactRow& row) {
          const auto title = titles_.find(row.kind);
          const bool named = title != titles_.end();
          facts.push_back({row.seq, named ? title->second.name : std::to_string(row.kind),
                           row.happened, row.recorded, row.organisation, row.person, row.subject,
                           static_cast<FactKind>(row.kind), named && title->second.awaited});
        },
        seq, limit);
    return 0;
  });
  return facts;
}

// The places from which an organisation is seen. Most facts are of organisations that were told of
// before, and where they stand changes rarely.
const std::vector<api::Place>& Live::above(Id organisation) {
  const auto [known, fresh] = above_.try_emplace(organisation);
  std::vector<api::Place>& places = known->second;
  if (!fresh || organisation == kNoId) return places;
  try {
    read_above(organisation, places);
  } catch (...) {
    above_.erase(known);
    throw;
  }
  return places;
}

void Live::read_above(Id organisation, std::vector<api::Place>& places) {
  store_.read_once([&](db::Reader& reader) {
    for (Above& row : reader.all<Above>(sql::live::above, organisation)) {
      if (row.ancestor == organisation) places.push_back({organisation, row.structure, false});
      places.push_back({row.ancestor, std::move(row.structure), true});
    }
    return 0;
  });
}

bool Live::tell_next() {
  if (all_.empty()) {
    above_.clear();  // what moves meanwhile is not looked at
    position_ = store_.read_once([](db::Reader& reader) {
      return reader.one<std::int64_t>(sql::live::last_seq).value_or(0);
    });
    return false;
  }
  const auto facts = facts_after(position_.load(), kFactsARound);
  if (facts.empty()) return false;
  std::unordered_map<Id, std::int64_t> restood;  // accounts, and the fact by which
  Round round;
  round.until = facts.back().seq;
  const bool moved = std::any_of(facts.begin(), facts.end(),
                                 [&](const Told& told) { return gate_.moves_places(told.number); });
  if (moved || above_.size() > kMaxKnown) above_.clear();
  for (const Told& told : facts) {
    tell(told, above(told.organisation), round);
    if (gate_.changes_standing(told.number)) restood[told.subject] = told.seq;
  }
  send(round);
  close_those_of(restood);
  position_ = round.until;
  return facts.size() == static_cast<std::size_t>(kFactsARound);
}

void Live::tell(const Told& told, const std::vector<api::Place>& above, Round& round) {
  std::shared_ptr<const http::Event> event;
  const auto put = [&](const Listeners& listeners) {
    for (const auto& listener : listeners) {
      if (told.seq <= listener->told) continue;
      if (!event) event = event_of(told);
      round.due[listener.get()].add(event, told.awaited);
    }
  };
  for (const auto& place : above) {
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
    const bool all = due.all.size() <= kMaxSingly;
    auto& events = all ? due.all : due.awaited;
    if (events.size() <= kMaxSingly) {
      for (auto& event : events) stream->send(std::move(event));
    }
    if (!all) stream->send(many(round.until));
  }
}

void Live::sweep() {
  close_those_ended();
  Listeners gone;
  for (const auto& listener : all_) {
    if (listener->stream.expired()) gone.push_back(listener);
  }
  for (const auto& listener : gone) drop(listener);
}

// Sessions run out, and roles begin and end with a day, without a fact.
void Live::close_those_ended() {
  std::vector<Id> credentials;
  for (const auto& listener : all_) credentials.push_back(listener->caller.session);
  if (credentials.empty()) return;
  const auto ended = gate_.ended_of(credentials);
  const std::unordered_set<Id> these(ended.begin(), ended.end());
  std::unordered_map<Id, std::vector<api::Place>> places;  // of a session or token, as it is now
  const auto scope_of = [&](const api::Caller& caller) -> const std::vector<api::Place>& {
    const auto [known, fresh] = places.try_emplace(caller.session);
    if (fresh) known->second = gate_.scope(caller, api::kSee);
    return known->second;
  };
  for (const auto& listener : all_) {
    if (!these.contains(listener->caller.session) && scope_of(listener->caller) == listener->places)
      continue;
    if (const auto stream = listener->stream.lock()) stream->close();
  }
}

void Live::close_those_of(const std::unordered_map<Id, std::int64_t>& accounts) {
  if (accounts.empty()) return;
  for (const auto& listener : all_) {
    const auto found = accounts.find(listener->caller.account);
    if (found == accounts.end() || found->second <= listener->opened) continue;
    if (const auto stream = listener->stream.lock()) stream->close();
  }
}

void Live::drop(const std::shared_ptr<Listener>& listener) {
  std::erase(all_, listener);
  const auto leave = [&](auto& index, const auto& key) {
    const auto found = index.find(key);
    if (found == index.end()) return;
    std::erase(found->second, listener);
    if (found->second.empty()) index.erase(found);
  };
  for (const auto& place : listener->places) leave(by_place_, place);
  leave(by_person_, listener->caller.person);
  const std::lock_guard lock(mutex_);
  --count_;
  if (--by_account_[listener->caller.account] == 0) by_account_.erase(listener->caller.account);
}

}  // namespace jishi::live
