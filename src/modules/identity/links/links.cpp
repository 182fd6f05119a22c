// One-time links, and passwords that are set anew.

#include <boost/json.hpp>

#include "modules/identity/facts.hpp"
#include "modules/identity/links/links.hpp"
#include "modules/identity/links/links.sql.hpp"
#include "modules/identity/passwords/password_rules.hpp"
#include "modules/identity/sign_in/secrets.hpp"
#include "modules/identity/sign_in/sign_in.sql.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kLinkBytes = 32;
constexpr std::size_t kMaxToken = 128;
constexpr std::int64_t kHourMs = std::int64_t{60} * 60 * 1000;
constexpr std::int64_t kFirstLastsMs = 7 * 24 * kHourMs;
constexpr std::int64_t kResetLastsMs = 24 * kHourMs;
constexpr std::string_view kPath = "/signin/once/";

struct LinkRow {
  Id account = kNoId;
  std::string purpose;
  std::int64_t expires = 0;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (account, purpose, expires))

Error link_void() {
  return fail(ErrorKind::not_found, "identity.link_void");
}

// A link that may still be used.
std::optional<LinkRow> link_of(db::Reader& reader, std::string_view token, std::int64_t now) {
  if (token.size() > kMaxToken) return std::nullopt;
  const Hash hash = token_hash(token);
  auto row = reader.one<LinkRow>(sql::links::by_token, db::BlobView{bytes_of(hash)});
  return row && now < row->expires ? row : std::nullopt;
}

LinkPurpose purpose_of(const LinkRow& row) {
  return row.purpose == "first" ? LinkPurpose::first : LinkPurpose::reset;
}

void tell_password(Transaction& tx, Id account, Id person) {
  tx.fact(fact::kPasswordChanged, tx.store().clock().today(), kNoId,
          {.person = person, .subject = account});
}

}  // namespace

Link make_link_to(Transaction& tx, const Account& of) {
  const std::string token = to_hex(crypto::random_bytes(kLinkBytes));
  const Clock& clock = tx.store().clock();
  const std::int64_t now = clock.now_ms();
  const bool first = of.state == AccountState::invited;
  const Link link{std::string(kPath) + token, first ? LinkPurpose::first : LinkPurpose::reset,
                  now + (first ? kFirstLastsMs : kResetLastsMs)};
  const std::string purpose = boost::describe::enum_to_string(link.purpose, "");
  const Hash hash = token_hash(token);
  tx.run(sql::links::delete_of_account, of.id, now);
  tx.run(sql::links::add, db::BlobView{bytes_of(hash)}, of.id, purpose, now, link.expires);
  tx.fact(fact::kLinkMade, clock.today(), kNoId,
          {.person = of.person.value_or(kNoId),
           .subject = of.id,
           .payload = boost::json::serialize(boost::json::object{{"purpose", purpose}})});
  leave_notice(tx, of.id, kNoId, "link_made", tx.actor().id);
  return link;
}

Result<Link> Identity::make_link(const api::Caller& caller, Id id) {
  if (const auto needed = need(caller, "identity.manage_accounts"); !needed) return needed.error();
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Link> {
    const auto of = account_meant(tx, id);
    if (!of) return of.error();
    if (of->state == AccountState::disabled) {
      return fail(ErrorKind::refused, "identity.account_is_disabled");
    }
    return make_link_to(tx, *of);
  });
}

Result<LinkShown> Identity::show_link(std::string_view token) {
  const std::int64_t now = store_.clock().now_ms();
  return store_.read([&](db::Reader& reader) -> Result<LinkShown> {
    const auto link = link_of(reader, token, now);
    if (!link) return link_void();
    const auto of = account(reader, link->account);
    if (!of || of->state == AccountState::disabled) return link_void();
    return LinkShown{of->login, of->name, purpose_of(*link), of->second_factor};
  });
}

Result<SignedIn> Identity::use_link(const http::Request& request, const UseLink& asked) {
  const Origin origin = origin_of(request);
  const auto shown = show_link(asked.token);
  if (!shown) return shown.error();
  if (auto refusal = refuse_password(asked.password, shown->login)) return std::move(*refusal);
  if (shown->code_needed && !asked.code) {
    return fail(ErrorKind::unauthenticated, "identity.code_needed");
  }
  // Codes are few enough to be tried out: whoever holds a link is slowed as any other.
  AttemptKeys keys;
  keys.known_range = true;
  keys.name = sha256("link ", asked.token);
  if (const auto counted = wait_or_count(keys); !counted) return counted.error();
  const auto hash = hasher_.hash(asked.password);
  if (!hash) return hash.error();
  Id account = kNoId;
  const auto prove = [&](Transaction& tx) -> Result<Done> {
    const auto link = link_of(tx, asked.token, store_.clock().now_ms());
    if (!link || link->account != account) return link_void();
    const auto now = tx.one<Secrets>(sql::sign_in::by_id, account);
    if (!now || now->state == "disabled") return link_void();
    if (now->totp_state == "on") {
      if (auto taken = take_code(tx, *now, asked.code.value_or("")); !taken) return taken;
    }
    const Hash token = token_hash(asked.token);
    tx.run(sql::links::delete_one, db::BlobView{bytes_of(token)});
    tx.run(sql::links::set_password, account, *hash);
    Sessions::end_all(tx, account);
    tell_password(tx, account, now->person);
    return Done{};
  };
  const auto found = store_.read(
      [&](db::Reader& reader) { return link_of(reader, asked.token, store_.clock().now_ms()); });
  if (!found) return link_void();
  account = found->account;
  auto entered = enter(origin, account, "link", prove);
  if (entered) lockout_.succeeded(keys);
  return entered;
}

Result<NewToken> Identity::change_password(const api::Caller& caller,
                                           const ChangePassword& change) {
  if (const auto own = own_account(caller); !own) return own.error();
  const auto held = prove_password(caller, change.password);
  if (!held) return held.error();
  if (auto refusal = refuse_password(change.new_password, held->login)) return std::move(*refusal);
  const auto hash = hasher_.hash(change.new_password);
  if (!hash) return hash.error();
  auto changed = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<NewToken> {
    const auto now = tx.one<Secrets>(sql::sign_in::by_id, caller.account);
    if (!now || now->password != held->password) {
      return fail(ErrorKind::conflict, "identity.password_wrong");
    }
    tx.run(sql::links::set_password, caller.account, *hash);
    Sessions::end_all(tx, caller.account, caller.session);
    tell_password(tx, caller.account, caller.person);
    return NewToken{Sessions::renew(tx, caller.account, caller.session)};
  });
  if (changed) sessions_.ended(caller.account);
  return changed;
}

// Guesses by whoever sits at an open session are slowed by the session, not by the account.
Result<Identity::Secrets> Identity::prove_password(const api::Caller& caller,
                                                   const std::string& password) {
  auto held = store_.read(
      [&](db::Reader& reader) { return reader.one<Secrets>(sql::sign_in::by_id, caller.account); });
  const Error wrong = fail(ErrorKind::forbidden, "identity.password_wrong");
  if (!held || !held->password || password.size() > kMaxPasswordBytes) return wrong;
  AttemptKeys keys;
  keys.known_range = true;
  keys.name = sha256("session ", std::to_string(caller.session));
  if (const auto counted = wait_or_count(keys); !counted) return counted.error();
  const auto verdict = hasher_.check(*held->password, password);
  if (!verdict) {
    lockout_.withdraw(keys);
    return verdict.error();
  }
  if (*verdict == crypto::PasswordVerdict::wrong) return wrong;
  lockout_.succeeded(keys);
  return std::move(*held);
}

}  // namespace jishi::identity
