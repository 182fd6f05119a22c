#pragma once
// Who may sign in, who is signed in, and what they may see and do. The only header of this module
// that other modules include.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/caller.hpp"
#include "api/export/export.hpp"
#include "modules/identity/access/access.hpp"
#include "modules/identity/accounts/accounts.hpp"
#include "modules/identity/facts.hpp"
#include "modules/identity/grants/grants.hpp"
#include "modules/identity/refusals/refusals.hpp"
#include "modules/identity/roles/roles.hpp"
#include "modules/identity/scope/scope.hpp"
#include "modules/identity/sessions/sessions.hpp"
#include "modules/identity/sight/sight.hpp"
#include "modules/identity/sign_in/lockout.hpp"
#include "modules/identity/tokens/tokens.hpp"
#include "platform/crypto/password.hpp"

namespace jishi::identity {

/// Where persons are named as owners of accounts and as whom somebody may look at for a time.
registry::PersonReferences person_references();

/// A look at unmasked fields of a person: citizen_id, phone, address …
struct Look {
  registry::Reference person;
  std::vector<std::string> fields;
  std::string purpose;
};
BOOST_DESCRIBE_STRUCT(Look, (), (person, fields, purpose))

struct SeenField {
  std::string field;
  std::string value;  // empty: nothing is on record
};
BOOST_DESCRIBE_STRUCT(SeenField, (), (field, value))

struct IdentityOptions {
  std::filesystem::path pack;
  SessionLimits sessions;
  crypto::PasswordCost password_cost;
};

struct SignIn {
  std::string login;
  std::string password;
  std::optional<std::string> code;  // of the authenticator, or a recovery code
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password, code))

/// What a one-time link is for: the first sign-in, or a password that was forgotten.
enum class LinkPurpose { first, reset };
BOOST_DESCRIBE_ENUM(LinkPurpose, first, reset)

struct Link {
  std::string path;  // /signin/once/…
  LinkPurpose purpose = LinkPurpose::first;
  std::int64_t expires = 0;
};
BOOST_DESCRIBE_STRUCT(Link, (), (path, purpose, expires))

/// What whoever opens a link is shown before they choose a password.
struct LinkShown {
  std::string login;
  std::string name;
  LinkPurpose purpose = LinkPurpose::first;
  bool code_needed = false;  // of the authenticator
};
BOOST_DESCRIBE_STRUCT(LinkShown, (), (login, name, purpose, code_needed))

struct UseLink {
  std::string token;
  std::string password;             // the new one
  std::optional<std::string> code;  // of the authenticator, where there is one
};
BOOST_DESCRIBE_STRUCT(UseLink, (), (token, password, code))

struct ChangePassword {
  std::string password;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (password, new_password))

/// What an authenticator is set up with; counts once a code of it was given.
struct ProposedFactor {
  std::string secret;  // base32, to be typed
  std::string uri;     // otpauth://…, for a QR code
};
BOOST_DESCRIBE_STRUCT(ProposedFactor, (), (secret, uri))

/// Each signs in once in the place of a code. Shown once; only hashes are kept.
struct RecoveryCodes {
  std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

struct ProveOneself {
  std::string password;
  std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(ProveOneself, (), (password, code))

/// What a session goes on with once its password or second factor has changed; the token before is
/// void, so that whoever held it is out.
struct NewToken {
  std::string token;
};

struct ConfirmedFactor : RecoveryCodes, NewToken {};

/// A session that was opened: its cookies are to be sent, its CSRF token is to be told.
struct SignedIn {
  Account account;
  std::string csrf;
  bool must_enrol = false;  // a role asks for a second factor first
  std::vector<http::Header> cookies;
};

/// Thread-safe. Functions that take a Caller refuse what the caller may not do; the others say who
/// may call them. Those that hash a password take tens of milliseconds: not on a thread that serves
/// others.
class Identity final : public api::Gate {
 public:
  /// Reads the roles of the pack; identity.roles_invalid and the like refuse the start.
  static Result<std::unique_ptr<Identity>> open(Store& store, const IdentityOptions& options);
  ~Identity() override;

  // The gate.
  Result<api::Caller> caller(const http::Request& request) override;
  std::optional<api::Caller> caller_again(Id account, api::PermissionSet allowed) override;
  bool may(const api::Caller& caller, api::Permission permission, Id organisation) override;
  bool may_somewhere(const api::Caller& caller, api::Permission permission) override;
  std::vector<Id> places(const api::Caller& caller, api::Permission permission) override;
  std::vector<api::Place> scope(const api::Caller& caller, api::Permission permission) override;
  bool covers(const api::Caller& caller, api::Permission permission,
              const api::Place& place) override;
  bool may_see_person(const api::Caller& caller, api::Permission permission, Id person) override;
  std::vector<Id> ended_of(const std::vector<Id>& credentials) override;
  bool changes_standing(FactKind kind) const override;
  bool moves_places(FactKind kind) const override { return Scope::moves_places(kind); }
  Id person_now(Id person) override;

  /// Notes that something was not permitted, or stood outside the scope, as a fact. `route`: its
  /// pattern.
  void note_refusal(const api::Caller& caller, std::string_view route);

  /// Waits until the refusals noted so far are facts: for tests.
  void settle_refusals() { refusals_.drain(); }

  /// Notes that a list was taken along, as a fact.
  void note_export(const api::Exported& exported);

  const Roles& roles() const { return roles_; }

  /// How long sessions last from now on.
  void limit_sessions(SessionLimits limits) { sessions_.limit(limits); }

  /// To be called every five seconds or so: writes last uses and counts, forgets what other
  /// processes ended.
  void keep_up();

  // Signing in and out.

  /// Fails with identity.sign_in_refused (unknown name, wrong password and disabled account alike),
  /// code_needed, code_wrong, wait, crypto.passwords_busy.
  Result<SignedIn> sign_in(const http::Request& request, const SignIn& asked);
  /// The token that the page sends back as X-CSRF-Token, as long as its session lasts; empty
  /// without one.
  std::string csrf_of(const api::Caller& caller) const;
  Result<Done> sign_out(const api::Caller& caller);
  /// The header that deletes the session's cookie.
  static http::Header forget_session(const http::Request& request);
  /// The header by which the session goes on with another token.
  static http::Header renewed_session(const http::Request& request, const NewToken& renewed);
  Result<std::vector<SessionShown>> sessions(const api::Caller& caller);
  /// Fails with identity.session_unknown.
  Result<Done> end_session(const api::Caller& caller, Id session);
  /// Ends all sessions of the caller but the one it speaks through, or that too. Returns how many.
  Result<std::int64_t> sign_out_everywhere(const api::Caller& caller, bool also_here);

  // Passwords and one-time links.

  /// Fails with identity.password_wrong, wait, password_short and the like. Other sessions end.
  Result<NewToken> change_password(const api::Caller& caller, const ChangePassword& change);
  /// A link by which whoever holds it sets the account's password, once: identity.manage_accounts.
  /// Links made before are void; the account is told.
  Result<Link> make_link(const api::Caller& caller, Id account);
  /// Without using it up. Fails with identity.link_void.
  Result<LinkShown> show_link(std::string_view token);
  /// Sets the password, ends all sessions, signs in. Fails with identity.link_void, code_needed,
  /// code_wrong, password_short and the like.
  Result<SignedIn> use_link(const http::Request& request, const UseLink& asked);

  // The second factor (TOTP), of the caller's own account. Also by whoever must set it up first.

  /// Fails with identity.second_factor_is_on, password_wrong.
  Result<ProposedFactor> propose_second_factor(const api::Caller& caller,
                                               const std::string& password);
  /// Fails with identity.code_wrong, second_factor_not_proposed. Other sessions end.
  Result<ConfirmedFactor> confirm_second_factor(const api::Caller& caller, const std::string& code);
  /// Makes ten new ones; those before are void.
  Result<RecoveryCodes> renew_recovery_codes(const api::Caller& caller, const ProveOneself& proof);
  Result<NewToken> drop_second_factor(const api::Caller& caller, const ProveOneself& proof);
  /// For someone who lost their authenticator: identity.reset_factors. Their sessions end; they are
  /// told.
  Result<Done> reset_second_factor(const api::Caller& caller, Id account);

  // API tokens, of the caller's own account; not by a token.

  /// Fails with identity.permission_not_held, permission_unknown, token_days, too_many_tokens,
  /// name_too_long.
  Result<TokenMade> make_token(const api::Caller& caller, const MakeToken& asked);
  Result<std::vector<TokenShown>> tokens(const api::Caller& caller);
  /// Fails with identity.token_unknown.
  Result<Done> revoke_token(const api::Caller& caller, Id token);

  // Temporary access to a person of another organisation.

  /// By whoever may read the person's organisation. Both sides are told. Fails with
  /// registry.person_not_found (also out of scope), account_unknown, access_without_role,
  /// access_days, reason_length, too_many_accesses.
  Result<Access> give_access(const api::Caller& caller, const GiveAccess& asked);
  /// By whoever may read the person's organisation, or was given it.
  Result<Access> end_access(const api::Caller& caller, Id access);
  /// Who has access to a person, to whoever may read the person's organisation.
  Result<std::vector<Access>> accesses_to(const api::Caller& caller, Id person);
  /// What the caller was given.
  Result<std::vector<Access>> accesses(const api::Caller& caller);
  /// What the caller was told, latest first.
  Result<std::vector<Notice>> notices(const api::Caller& caller);
  /// What the people of an organisation were told: registry.read there.
  Result<std::vector<Notice>> notices_of(const api::Caller& caller, Id organisation);

  /// Unmasked values of a person (registry.unmask): returned once the fact that they were looked
  /// at, by whom and what for, is durable. Fails with registry.person_not_found (also out of
  /// scope), identity.purpose_length, field_unknown.
  Result<std::vector<SeenField>> look(const api::Caller& caller, const Look& asked);

  // To see the pages as another account would: identity.see_as.

  /// Logged with its purpose; the account is told. Fails with identity.account_unknown (also of one
  /// whose roles the caller does not administer), not_oneself, purpose_length, sight_minutes.
  Result<RunningSight> begin_sight(const api::Caller& caller, const BeginSight& asked);
  /// Of the session it runs in. Fails with identity.no_sight.
  Result<Done> end_sight(const api::Caller& caller);
  /// Those by the caller, and those as the caller, latest first.
  Result<std::vector<SightShown>> sights(const api::Caller& caller);
  /// Active accounts whose login or name holds `q`, that the caller may see as.
  std::vector<SeenAccount> seen_accounts(const api::Caller& caller, const std::string& q);
  /// What the pages are told: the permissions of the account that is seen as, else the caller's.
  bool holds_somewhere(const api::Caller& caller, api::Permission permission);
  /// Whether all that the account sees is shown to whoever looks as it.
  bool sees_whole(const api::Caller& caller);
  /// The sight that the caller looks by.
  std::optional<RunningSight> sight_of(const api::Caller& caller) const;

  // Accounts: identity.manage_accounts, to see them identity.read_accounts.

  Result<Account> add_account(const api::Caller& caller, const NewAccount& made);
  Result<Account> set_enabled(const api::Caller& caller, Id account, bool enabled);
  Result<Account> account_of(const api::Caller& caller, Id account);
  Result<std::vector<Account>> accounts(const api::Caller& caller, std::string_view after_login,
                                        int limit, const AccountFilter& filter = {});
  Result<std::int64_t> end_sessions_of(const api::Caller& caller, Id account);

  // Roles: identity.grant_roles, at or below where the caller holds it.

  Result<Grant> grant_role(const api::Caller& caller, const GrantRole& asked);
  Result<Grant> end_grant(const api::Caller& caller, Id grant);
  /// Whether the caller may grant a role anywhere.
  bool may_grant_somewhere(const api::Caller& caller, std::string_view role) {
    return scope_.may_grant_somewhere(caller, role);
  }
  /// The caller's own grants; of another account with identity.read_accounts.
  Result<std::vector<Grant>> grants(const api::Caller& caller, Id account);

 private:
  struct Secrets;

  Identity(Store& store, const IdentityOptions& options, Roles roles);

  std::string csrf_token(Id session) const;
  Result<api::Caller> caller_by_session(const http::Request& request, std::string_view token);
  Result<api::Caller> caller_by_token(std::string_view token);
  api::Caller caller_of(const AccountStanding& standing);
  Result<Secrets> prove(const api::Caller& caller, const ProveOneself& proof);
  Result<Done> own_account(const api::Caller& caller);
  bool may_read_home(const api::Caller& caller, Id person);
  Result<Done> need(const api::Caller& caller, api::Permission permission);
  bool may_grant(const api::Caller& caller, const Grant& grant);
  bool may_see_as(const api::Caller& caller, const AccountStanding& seen);
  void look_as(api::Caller& caller, const RunningSight& sight);

  AttemptKeys keys_of(const Origin& origin, std::string_view login, Id account);
  Result<Done> wait_or_count(const AttemptKeys& keys);
  Error refused(const Secrets* account);
  Result<Secrets> prove_password(const api::Caller& caller, const std::string& password);
  Result<SignedIn> enter_with_code(const Origin& origin, const Secrets& account,
                                   const SignIn& asked, const AttemptKeys& keys, bool anew);
  Result<SignedIn> enter_with_password(const Origin& origin, const Secrets& account,
                                       const SignIn& asked, const AttemptKeys& keys, bool anew);
  Result<Done> take_code(Transaction& tx, const Secrets& account, std::string_view code);
  Result<SignedIn> enter(const Origin& origin, Id account, std::string_view how,
                         const std::function<Result<Done>(Transaction&)>& prove);
  void remember_origin(Transaction& tx, Id account, const Origin& origin, std::string& device);

  Store& store_;
  const Roles roles_;
  Scope scope_;
  Sessions sessions_;
  Sights sights_;
  Tokens tokens_;
  crypto::PasswordHasher hasher_;
  Lockout lockout_;
  Refusals refusals_;
};

}  // namespace jishi::identity
