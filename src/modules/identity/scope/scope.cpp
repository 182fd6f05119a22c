#include "modules/identity/scope/scope.hpp"

#include "ledger/trail.hpp"
#include "modules/identity/scope/scope.sql.hpp"

namespace jishi::identity {

namespace {

struct Happened {
  std::int32_t kind = 0;
  Id person = kNoId;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(Happened, (), (kind, person, subject))

// The tens of kinds: 1–19 organisations, 20–29 persons, 60–69 imports, from 80 on accounts.
constexpr std::int32_t kFirstOfPersons = 20;
constexpr std::int32_t kFirstOfPosts = 30;
constexpr std::int32_t kFirstOfImports = 60;
constexpr std::int32_t kFirstOfIdentity = 80;

bool merges(std::int32_t kind) {
  return kind == static_cast<std::int32_t>(registry::fact::kPersonsMerged) ||
         kind == static_cast<std::int32_t>(registry::fact::kPersonsUnmerged);
}

// What may be done over one's own record, where a role gives nothing of it over others.
bool is_over_oneself(unsigned permission) {
  const api::PermissionEntry& entry = api::kPermissions[permission];
  return entry.over_oneself || entry.name == "self.read";
}

constexpr std::string_view kParty = "party";

// Dues, organisational life, lights, cases and unmasked data belong to those in whose line of the
// Party an organisation stands. Whoever holds a role beside it (a grid, a region) sees and works
// together.
bool follows_party_line(unsigned permission) {
  static const api::PermissionSet kAll = [] {
    api::PermissionSet set;
    for (const api::Permission name :
         {"dues.write", "export.personal", "insight.handle", "insight.waive", "intake.import",
          "orglife.write", "registry.unmask", "workflow.manage", "workflow.read"})
      set.add(*api::number_of(name));
    return set;
  }();
  return kAll.has(permission);
}

// What is recorded of an organisation and its members is written by the same. Where it stands in
// the other structure is that structure's: places() says so, and registry asks it of moves alone.
bool writes_in_party_line(unsigned permission) {
  static const unsigned kWrite = *api::number_of("registry.write");
  return permission == kWrite || follows_party_line(permission);
}

}  // namespace

Scope::Scope(Store& store, const Roles& roles)
    : store_(store), roles_(roles), followed_(store.last_seq()) {
}

bool Scope::may(const api::Caller& caller, api::Permission permission, Id organisation) {
  if (caller.owner) return true;
  const auto number = api::number_of(permission);
  if (caller.stranger() || !number || !caller.allowed.has(*number)) return false;
  const auto standing = standing_of(caller.account);
  if (!standing) return false;
  const Date today = store_.clock().today();
  return std::any_of(
      standing->holdings.begin(), standing->holdings.end(), [&](const Holding& holding) {
        return holding.role->reach != Reach::self && holding.role->permissions.has(*number) &&
               holding.on(today) && reaches(holding, organisation) &&
               !stands_beside(holding, *number, organisation);
      });
}

bool Scope::stands_beside(const Holding& holding, unsigned permission, Id organisation) {
  return holding.structure != kParty && organisation != holding.organisation &&
         organisation != kNoId && writes_in_party_line(permission) &&
         !line_above(std::string(kParty), organisation)->empty();
}

bool Scope::may_somewhere(const api::Caller& caller, api::Permission permission) {
  if (caller.owner) return true;
  const auto number = api::number_of(permission);
  if (caller.stranger() || !number || !caller.allowed.has(*number)) return false;
  const auto standing = standing_of(caller.account);
  return standing && holds_somewhere(*standing, *number, Reach::self);
}

std::vector<api::Place> Scope::places(const api::Caller& caller, api::Permission permission) {
  const auto number = api::number_of(permission);
  if (!number || !caller.allowed.has(*number)) return {};
  std::vector<api::Place> held;
  if (caller.owner) {
    for (const auto structure : registry::kStructures) {
      held.push_back({kNoId, std::string(structure), true});
    }
  } else if (const auto standing = caller.stranger() ? nullptr : standing_of(caller.account)) {
    held = held_places(*standing, *number);
  }
  std::vector<api::Place> places;
  for (const api::Place& place : held) {
    if (place.organisation != kNoId) {
      places.push_back(place);
      continue;
    }
    const auto tops =
        store_.read([&](db::Reader& reader) { return registry::roots(reader, place.structure); });
    for (const Id top : tops) places.push_back({top, place.structure, place.below});
  }
  // What stands below another place, or is the same, adds nothing to it.
  const auto more = [](const api::Place& other, const api::Place& place) {
    return other.organisation != place.organisation || (other.below && !place.below);
  };
  std::vector<api::Place> least;
  for (const api::Place& place : places) {
    const bool covered =
        std::any_of(
            places.begin(), places.end(),
            [&](const api::Place& other) { return more(other, place) && covers(other, place); }) ||
        std::any_of(least.begin(), least.end(), [&](const api::Place& other) {
          return other.organisation == place.organisation && other.structure == place.structure;
        });
    if (!covered) least.push_back(place);
  }
  return least;
}

bool Scope::covers(const api::Caller& caller, api::Permission permission, const api::Place& place) {
  const auto held = places(caller, permission);
  if (std::any_of(held.begin(), held.end(),
                  [&](const api::Place& other) { return covers(other, place); })) {
    return true;
  }
  // A region or grid stands in no line of the Party: what may() says of it alone holds here too.
  return place.structure != kParty && place.organisation != kNoId && !place.below &&
         line_above(std::string(kParty), place.organisation)->empty() &&
         !line_above(place.structure, place.organisation)->empty() &&
         may(caller, permission, place.organisation);
}

bool Scope::covers(const api::Place& other, const api::Place& place) {
  if (other.structure != place.structure) return false;
  if (other.organisation == place.organisation) return other.below || !place.below;
  const Line line = line_above(place.structure, place.organisation);
  return other.below && std::find(line->begin(), line->end(), other.organisation) != line->end();
}

bool Scope::may_see_person(const api::Caller& caller, api::Permission permission, Id person) {
  if (caller.owner) return true;
  const auto number = api::number_of(permission);
  if (person == kNoId || caller.stranger() || !number || !caller.allowed.has(*number)) return false;
  const auto standing = standing_of(caller.account);
  if (!standing) return false;
  const auto [now, organisation] = whereabouts(person);
  if (standing->person == now && is_over_oneself(*number) &&
      holds_somewhere(*standing, *api::number_of("self.read"), Reach::self)) {
    return true;
  }
  if (organisation != kNoId && may(caller, permission, organisation)) return true;
  // Whoever was given access reads as they read their own people: without such a role, nothing.
  return permission == "registry.read" && has_access(*standing, now) &&
         holds_somewhere(*standing, *number, Reach::own);
}

template <class Reaches>
bool Scope::grants(const api::Caller& caller, std::string_view role, Reaches reaches) {
  const auto number = *api::number_of("identity.grant_roles");
  if (caller.account == kNoId || !caller.allowed.has(number)) return false;
  const auto standing = standing_of(caller.account);
  if (!standing) return false;
  const Date today = store_.clock().today();
  return std::any_of(
      standing->holdings.begin(), standing->holdings.end(), [&](const Holding& holding) {
        const auto& grants = holding.role->may_grant;
        return holding.role->reach != Reach::self && holding.on(today) &&
               holding.role->permissions.has(number) &&
               std::find(grants.begin(), grants.end(), role) != grants.end() && reaches(holding);
      });
}

bool Scope::may_grant(const api::Caller& caller, std::string_view role, Id organisation,
                      std::string_view structure) {
  return grants(caller, role, [&](const Holding& holding) {
    // Who administers the whole does so in every structure.
    return holding.organisation == kNoId ||
           (holding.structure == structure && reaches(holding, organisation));
  });
}

bool Scope::may_grant_somewhere(const api::Caller& caller, std::string_view role) {
  return grants(caller, role, [](const Holding&) { return true; });
}

std::shared_ptr<const AccountStanding> Scope::standing_of(Id account) {
  follow();
  if (auto known = accounts_.find(account)) return std::move(*known);
  const auto generation = accounts_.generation();
  const Date today = store_.clock().today();
  auto standing = store_.read(
      [&](db::Reader& reader) { return read_standing(reader, roles_, account, today); });
  accounts_.put(account, standing, generation);
  return standing;
}

bool Scope::moves_places(FactKind kind) {
  const auto number = static_cast<std::int32_t>(kind);
  return number < kFirstOfPersons || (number >= kFirstOfImports && number < kFirstOfIdentity);
}

void Scope::follow() {
  const std::int64_t durable = store_.last_seq();
  if (followed_.load(std::memory_order_acquire) < durable) follow_to(durable);
}

void Scope::follow_others() {
  follow_to(store_.read_once([](db::Reader& reader) { return ledger::last_seq(reader); }));
}

void Scope::follow_to(std::int64_t seq) {
  const std::lock_guard lock(following_);
  const std::int64_t followed = followed_.load(std::memory_order_relaxed);
  if (followed >= seq) return;
  if (seq - followed > kMaxFollowed) {
    drop_all();
  } else {
    const auto facts = store_.read_once([&](db::Reader& reader) {
      return reader.all<Happened>(sql::scope::facts_since, followed, seq);
    });
    bool tree = false;
    for (const Happened& fact : facts) {
      if (fact.kind < kFirstOfPersons) {
        tree = true;
      } else if (merges(fact.kind)) {
        // Ids lead to others, accounts and accesses have moved.
        persons_.clear();
        accounts_.clear();
      } else if (fact.kind < kFirstOfPosts) {
        persons_.erase(fact.person);
        persons_.erase(fact.subject);
      } else if (fact.kind < kFirstOfIdentity) {
        static_assert(kFirstOfImports > kFirstOfPosts);
        tree = true;
        persons_.clear();
      } else {
        // Signing in, too, may have made the oldest session give way.
        accounts_.erase(fact.subject);
        if (sessions_ended_) sessions_ended_(fact.subject);
      }
    }
    if (tree) lines_.clear();
  }
  followed_.store(seq, std::memory_order_release);
}

void Scope::drop_all() {
  lines_.clear();
  persons_.clear();
  accounts_.clear();
  if (sessions_ended_) sessions_ended_(kNoId);
}

Scope::Line Scope::line_above(const std::string& structure, Id organisation) {
  const LineKey key{structure, organisation};
  if (auto known = lines_.find(key)) return std::move(*known);
  const auto generation = lines_.generation();
  Line line = std::make_shared<const std::vector<Id>>(store_.read(
      [&](db::Reader& reader) { return registry::line_above(reader, structure, organisation); }));
  lines_.put(key, line, generation);
  return line;
}

registry::Whereabouts Scope::whereabouts(Id person) {
  if (const auto known = persons_.find(person)) return *known;
  const auto generation = persons_.generation();
  const auto found = store_.read_once([&](db::Reader& reader) {
    return registry::whereabouts(reader, person).value_or(registry::Whereabouts{person, kNoId});
  });
  persons_.put(person, found, generation);
  return found;
}

Id Scope::person_now(Id person) {
  follow();
  return whereabouts(person).person;
}

// A role held at organisation 0 reaches all that stands in its structure.
bool Scope::reaches(const Holding& holding, Id organisation) {
  if (organisation == kNoId) return holding.organisation == kNoId;
  const bool here = holding.organisation == organisation;
  if (holding.role->reach == Reach::own && !here) return false;
  const Line line = line_above(holding.structure, organisation);
  if (here || holding.organisation == kNoId) return !line->empty();
  return std::find(line->begin(), line->end(), holding.organisation) != line->end();
}

bool Scope::holds_somewhere(const AccountStanding& standing, unsigned permission,
                            Reach at_most) const {
  const Date today = store_.clock().today();
  return std::any_of(standing.holdings.begin(), standing.holdings.end(),
                     [&](const Holding& holding) {
                       return holding.role->reach <= at_most &&
                              holding.role->permissions.has(permission) && holding.on(today);
                     });
}

std::vector<api::Place> Scope::held_places(const AccountStanding& standing, unsigned permission) {
  const Date today = store_.clock().today();
  std::vector<api::Place> held;
  for (const Holding& holding : standing.holdings) {
    if (holding.role->reach == Reach::self || !holding.role->permissions.has(permission) ||
        !holding.on(today)) {
      continue;
    }
    const bool own_alone = holding.structure != kParty && follows_party_line(permission);
    bool below = holding.role->reach == Reach::subtree && !own_alone;
    if (!below && !own_alone && holding.organisation != kNoId) {
      // Where nothing stands below, the organisation alone is all of its subtree.
      below = store_.read([&](db::Reader& reader) {
        return !registry::has_below(reader, holding.structure, holding.organisation);
      });
    }
    // Who left the structure has no place in it, as has whoever holds a role there.
    if (holding.organisation != kNoId &&
        line_above(holding.structure, holding.organisation)->empty()) {
      continue;
    }
    held.push_back({holding.organisation, holding.structure, below});
  }
  return held;
}

bool Scope::has_access(const AccountStanding& standing, Id person) const {
  const std::int64_t now = store_.clock().now_ms();
  return std::any_of(standing.accesses.begin(), standing.accesses.end(),
                     [&](const TemporaryAccess& access) {
                       return access.person == person && now < access.expires;
                     });
}

}  // namespace jishi::identity
