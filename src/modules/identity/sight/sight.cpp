#include "modules/identity/sight/sight.hpp"

#include <algorithm>
#include <mutex>

#include <boost/json.hpp>

#include "base/text.hpp"
#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/sight/sight.sql.hpp"

namespace jishi::identity {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr api::Permission kSeeAs = "identity.see_as";

}  // namespace

std::optional<Error> refuse_sight(const BeginSight& asked) {
  const std::size_t length = count_code_points(tidy(asked.purpose));
  if (length < kMinReason || length > kMaxReason) {
    return fail(ErrorKind::invalid, "identity.purpose_length",
                {{"least", std::to_string(kMinReason)}, {"most", std::to_string(kMaxReason)}});
  }
  const int minutes = asked.minutes.value_or(kUsualSightMinutes);
  if (minutes < 1 || minutes > kMaxSightMinutes) {
    return fail(ErrorKind::invalid, "identity.sight_minutes",
                {{"most", std::to_string(kMaxSightMinutes)}});
  }
  return std::nullopt;
}

void Sights::read_anew() {
  const std::int64_t now = store_.clock().now_ms();
  const auto rows = store_.read([&](db::Reader& reader) {
    return reader.all<RunningSight>(sql::sight::running, now, kMaxSights);
  });
  BySession running;
  for (const RunningSight& row : rows) running[row.session] = row;
  const std::unique_lock lock(mutex_);
  any_ = !running.empty();
  running_ = std::move(running);
}

std::optional<RunningSight> Sights::of(Id session) const {
  if (!any_.load(std::memory_order_relaxed)) return std::nullopt;
  const std::shared_lock lock(mutex_);
  const auto found = running_.find(session);
  if (found == running_.end() || found->second.expires <= store_.clock().now_ms())
    return std::nullopt;
  return found->second;
}

std::optional<RunningSight> Sights::by_id(Id id) const {
  const std::int64_t now = store_.clock().now_ms();
  const std::shared_lock lock(mutex_);
  for (const auto& [session, sight] : running_) {
    if (sight.id == id && now < sight.expires) return sight;
  }
  return std::nullopt;
}

// Whoever administers accounts knows them all; others know those whose roles are held below their
// own.
bool Identity::may_see_as(const api::Caller& caller, const AccountStanding& seen) {
  if (seen.state != AccountState::active || seen.account == caller.account) return false;
  if (scope_.may_somewhere(caller, "identity.read_accounts")) return true;
  return !seen.holdings.empty() &&
         std::all_of(seen.holdings.begin(), seen.holdings.end(), [&](const Holding& holding) {
           return holding.organisation != kNoId && scope_.may(caller, kSeeAs, holding.organisation);
         });
}

Result<RunningSight> Identity::begin_sight(const api::Caller& caller, const BeginSight& asked) {
  if (const auto own = own_account(caller); !own) return own.error();
  if (const auto needed = need(caller, kSeeAs); !needed) return needed.error();
  if (auto refusal = refuse_sight(asked)) return std::move(*refusal);
  if (asked.account == caller.account) return fail(ErrorKind::refused, "identity.not_oneself");
  const auto standing = scope_.standing_of(asked.account);
  if (!standing || !may_see_as(caller, *standing))
    return fail(ErrorKind::not_found, "identity.account_unknown");
  const std::int64_t now = store_.clock().now_ms();
  const int minutes = asked.minutes.value_or(kUsualSightMinutes);
  auto begun = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<RunningSight> {
    const RunningSight sight{tx.new_id(), caller.session, caller.account, asked.account,
                             now + minutes * kMinuteMs};
    const std::string purpose = tidy(asked.purpose);
    tx.run(sql::sight::add, sight.id, sight.session, sight.account, sight.seen, purpose, now,
           sight.expires);
    leave_notice(tx, sight.seen, kNoId, "seen_as", caller.account);
    const boost::json::object payload{{"purpose", purpose}};
    tx.fact(fact::kSightBegun, store_.clock().today(), kNoId,
            {standing->person, sight.seen, minutes, boost::json::serialize(payload)});
    return sight;
  });
  if (begun) sights_.read_anew();
  return begun;
}

// The gate has let this in as the session's own account: see caller_by_session().
Result<Done> Identity::end_sight(const api::Caller& caller) {
  const auto sight = sights_.of(caller.session);
  if (!sight) return fail(ErrorKind::not_found, "identity.no_sight");
  const auto seen = scope_.standing_of(sight->seen);
  auto ended = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::sight::end_of, sight->id, store_.clock().now_ms());
    tx.fact(fact::kSightEnded, store_.clock().today(), kNoId,
            {seen ? seen->person : kNoId, sight->seen, 0, {}});
    return Done{};
  });
  if (ended) sights_.read_anew();
  return ended;
}

Result<std::vector<SightShown>> Identity::sights(const api::Caller& caller) {
  if (const auto own = own_account(caller); !own) return own.error();
  return store_.read([&](db::Reader& reader) {
    return reader.all<SightShown>(sql::sight::list, caller.account, kMaxSightsShown);
  });
}

std::vector<SeenAccount> Identity::seen_accounts(const api::Caller& caller, const std::string& q) {
  std::vector<SeenAccount> found;
  std::string after;
  for (int looked_at = 0; looked_at < kMaxSeenLookedAt; looked_at += kMaxListed) {
    const auto known = store_.read([&](db::Reader& reader) {
      return accounts_after(reader, after, kMaxListed, {q, AccountState::active});
    });
    for (const Account& account : known) {
      if (found.size() == static_cast<std::size_t>(kMaxSeenFound)) return found;
      const auto standing = scope_.standing_of(account.id);
      if (standing && may_see_as(caller, *standing))
        found.push_back({account.id, account.login, account.name});
    }
    if (known.size() < static_cast<std::size_t>(kMaxListed)) break;
    after = known.back().login;
  }
  return found;
}

bool Identity::holds_somewhere(const api::Caller& caller, api::Permission permission) {
  api::Caller one = caller;
  if (caller.seen != kNoId) one.account = caller.seen;
  return scope_.may_somewhere(one, permission);
}

bool Identity::sees_whole(const api::Caller& caller) {
  api::Caller seen = caller;
  seen.account = caller.seen;
  const auto standing = scope_.standing_of(caller.seen);
  // Whom somebody was given access to for a time, and themselves, they see alone.
  if (!standing || !standing->accesses.empty()) return false;
  if (standing->person != kNoId &&
      !scope_.may_see_person(caller, "registry.read", standing->person))
    return false;
  return std::all_of(
      api::kPermissions.begin(), api::kPermissions.end(), [&](const api::PermissionEntry& one) {
        const auto places = scope_.places(seen, one.name);
        return std::all_of(places.begin(), places.end(), [&](const api::Place& place) {
          return scope_.covers(caller, one.name, place);
        });
      });
}

std::optional<RunningSight> Identity::sight_of(const api::Caller& caller) const {
  return caller.seen == kNoId ? std::nullopt : sights_.by_id(caller.session);
}

}  // namespace jishi::identity
