#include "modules/identity/identity.hpp"

#include <algorithm>

#include "modules/identity/facts.hpp"
#include "modules/identity/sessions/sessions.sql.hpp"
#include "platform/crypto/secret.hpp"
#include "platform/http/target.hpp"

namespace jishi::identity {

namespace {

constexpr std::string_view kBearer = "Bearer ";  // in any case (RFC 9110, 11.1)

Error session_over() {
  return fail(ErrorKind::unauthenticated, "identity.session_ended");
}

Error unknown() {
  return fail(ErrorKind::unauthenticated, "identity.credential_unknown");
}

/// What somebody who looks as another does all the same: stop, or sign out.
bool ends_sight(const http::Request& request) {
  return request.method == http::Method::del &&
         (request.path == "/api/v1/session/sight" || request.path == "/api/v1/session");
}

/// What reads data unmasked or takes it along: nobody does as another.
constexpr api::Permission kNeverAsAnother[] = {"registry.unmask", "export.make", "export.personal",
                                               "intake.import"};

/// As whom a caller looks, without the caller.
api::Caller seen_alone(const api::Caller& caller) {
  api::Caller seen = caller;
  seen.account = caller.seen;
  seen.seen = kNoId;
  return seen;
}

/// Whether the caller may and, where they look as another, that one as well.
template <class Asks>
bool both_may(const api::Caller& caller, const Asks& asks) {
  return asks(caller) && (caller.seen == kNoId || asks(seen_alone(caller)));
}

Language language_of(const http::Request& request) {
  const auto wanted = request.header("accept-language");
  return wanted && wanted->starts_with("en") ? Language::en : Language::zh;
}

}  // namespace

Result<std::unique_ptr<Identity>> Identity::open(Store& store, const IdentityOptions& options) {
  auto roles = load_roles(options.pack);
  if (!roles) return roles.error();
  return std::unique_ptr<Identity>(new Identity(store, options, std::move(*roles)));
}

Identity::Identity(Store& store, const IdentityOptions& options, Roles roles)
    : store_(store),
      roles_(std::move(roles)),
      scope_(store_, roles_),
      sessions_(store_, options.sessions),
      sights_(store_),
      tokens_(store_),
      hasher_(options.password_cost),
      refusals_(store_) {
  scope_.on_sessions_ended([this](Id account) {
    sessions_.ended(account);
    tokens_.ended(account);
  });
  sights_.read_anew();
}

Identity::~Identity() = default;

Result<api::Caller> Identity::caller(const http::Request& request) {
  if (const auto credential = request.header("authorization")) {
    if (!http::same_word(credential->substr(0, kBearer.size()), kBearer)) return unknown();
    return caller_by_token(credential->substr(kBearer.size()));
  }
  if (const auto token = session_token(request)) return caller_by_session(request, *token);
  api::Caller stranger;
  stranger.language = language_of(request);
  return stranger;
}

Result<api::Caller> Identity::caller_by_session(const http::Request& request,
                                                std::string_view token) {
  scope_.follow();
  const auto session = sessions_.find(token);
  if (!session) return session_over();
  const auto standing = scope_.standing_of(session->account);
  if (!standing || standing->state != AccountState::active) return session_over();
  // A sight has a token of its own: a page of it cannot write as oneself once it has ended.
  const auto sight = sights_.of(session->id);
  const Id credential = sight ? sight->id : session->id;
  const bool changes = http::changes(request.method);
  if (changes &&
      !crypto::equal_secrets(request.header(kCsrfHeader).value_or(""), csrf_token(credential))) {
    return fail(ErrorKind::forbidden, "identity.csrf_missing");
  }
  if (sight && changes && !ends_sight(request))
    return fail(ErrorKind::forbidden, "identity.sight_reads_only");
  api::Caller caller = caller_of(*standing);
  caller.session = session->id;
  if (sight && !changes) look_as(caller, *sight);
  return caller;
}

void Identity::look_as(api::Caller& caller, const RunningSight& sight) {
  caller.session = sight.id;  // what goes on, such as a stream, ends with the sight
  caller.seen = sight.seen;
  caller.person = kNoId;
  for (const api::Permission permission : kNeverAsAnother)
    caller.allowed.drop(*api::number_of(permission));
}

// It outlives a change of the session's own token: a page that is open goes on.
std::string Identity::csrf_token(Id session) const {
  return to_hex(store_.keys().blind_index("identity csrf", std::to_string(session)).bytes);
}

Result<api::Caller> Identity::caller_by_token(std::string_view text) {
  scope_.follow();
  const auto token = tokens_.find(text);
  if (!token) return unknown();
  const auto standing = scope_.standing_of(token->account);
  if (!standing || standing->state != AccountState::active) return unknown();
  api::Caller caller = caller_of(*standing);
  caller.session = token->id;
  caller.by_token = true;
  if (!caller.must_enrol) caller.allowed = token->permissions;
  return caller;
}

api::Caller Identity::caller_of(const AccountStanding& standing) {
  api::Caller caller;
  caller.account = standing.account;
  caller.person = standing.person;
  caller.language = standing.language;
  caller.must_enrol =
      !standing.second_factor && standing.needs_second_factor(store_.clock().today());
  if (caller.must_enrol) caller.allowed = {};
  return caller;
}

std::optional<api::Caller> Identity::caller_again(Id account, api::PermissionSet allowed) {
  const auto standing = scope_.standing_of(account);
  if (!standing || standing->state != AccountState::active) return std::nullopt;
  api::Caller caller = caller_of(*standing);
  if (caller.must_enrol) return std::nullopt;
  caller.allowed = allowed;
  return caller;
}

bool Identity::may(const api::Caller& caller, api::Permission permission, Id organisation) {
  return both_may(
      caller, [&](const api::Caller& one) { return scope_.may(one, permission, organisation); });
}

bool Identity::may_somewhere(const api::Caller& caller, api::Permission permission) {
  return both_may(caller,
                  [&](const api::Caller& one) { return scope_.may_somewhere(one, permission); });
}

std::vector<Id> Identity::places(const api::Caller& caller, api::Permission permission) {
  std::vector<Id> organisations;
  for (const api::Place& place : scope(caller, permission)) {
    if (place.below && place.structure == registry::kPartyStructure) {
      organisations.push_back(place.organisation);
    }
  }
  return organisations;
}

std::vector<api::Place> Identity::scope(const api::Caller& caller, api::Permission permission) {
  auto own = scope_.places(caller, permission);
  if (caller.seen == kNoId) return own;
  // What lies in both: each place of one that the other covers.
  const api::Caller seen = seen_alone(caller);
  std::vector<api::Place> both;
  for (const api::Place& place : scope_.places(seen, permission)) {
    if (scope_.covers(caller, permission, place)) both.push_back(place);
  }
  for (const api::Place& place : own) {
    const bool there = std::find(both.begin(), both.end(), place) != both.end();
    if (!there && scope_.covers(seen, permission, place)) both.push_back(place);
  }
  return both;
}

bool Identity::covers(const api::Caller& caller, api::Permission permission,
                      const api::Place& place) {
  return both_may(caller,
                  [&](const api::Caller& one) { return scope_.covers(one, permission, place); });
}

bool Identity::may_see_person(const api::Caller& caller, api::Permission permission, Id person) {
  return both_may(caller, [&](const api::Caller& one) {
    return scope_.may_see_person(one, permission, person);
  });
}

std::vector<Id> Identity::ended_of(const std::vector<Id>& credentials) {
  auto ended = sessions_.ended_of(credentials);
  std::erase_if(ended, [&](Id credential) { return sights_.by_id(credential).has_value(); });
  return ended;
}

bool Identity::changes_standing(FactKind kind) const {
  constexpr FactKind kThese[] = {
      fact::kSignedOut,       fact::kSessionsEnded,  fact::kAccountDisabled,
      fact::kPasswordChanged, fact::kSecondFactorOn, fact::kSecondFactorOff,
      fact::kRoleGranted,     fact::kRoleEnded,      fact::kTokenRevoked};
  return std::find(std::begin(kThese), std::end(kThese), kind) != std::end(kThese);
}

Id Identity::person_now(Id person) {
  return scope_.person_now(person);
}

void Identity::note_refusal(const api::Caller& caller, std::string_view route) {
  refusals_.note({fact::kPermissionRefused, caller.account, caller.person, std::string(route)});
}

void Identity::keep_up() {
  scope_.follow_others();
  sessions_.keep_up();
  sights_.read_anew();
  tokens_.keep_up();
  refusals_.keep_up();
}

// What one does with one's own account takes a session: a token that was stolen gives no more than
// its permissions.
Result<Done> Identity::own_account(const api::Caller& caller) {
  if (caller.account == kNoId) return fail(ErrorKind::unauthenticated, "identity.sign_in_first");
  if (caller.by_token) return fail(ErrorKind::forbidden, "identity.not_by_token");
  if (caller.seen != kNoId) return fail(ErrorKind::forbidden, "identity.not_as_another");
  return Done{};
}

Result<Done> Identity::need(const api::Caller& caller, api::Permission permission) {
  if (caller.stranger()) return fail(ErrorKind::unauthenticated, "identity.sign_in_first");
  if (caller.must_enrol) return fail(ErrorKind::forbidden, "identity.second_factor_first");
  if (!scope_.may_somewhere(caller, permission)) {
    return fail(ErrorKind::forbidden, "identity.not_permitted");
  }
  return Done{};
}

}  // namespace jishi::identity
