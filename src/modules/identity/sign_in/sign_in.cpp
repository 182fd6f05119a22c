#include <boost/json.hpp>

#include "base/text.hpp"
#include "modules/identity/facts.hpp"
#include "modules/identity/second_factor/totp.hpp"
#include "modules/identity/sign_in/secrets.hpp"
#include "modules/identity/sign_in/sign_in.sql.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kDeviceBytes = 32;
constexpr std::int64_t kDeviceAgeSeconds = std::int64_t{365} * 24 * 60 * 60;
/// Devices, and address ranges, that are remembered of one account.
constexpr int kMaxKnown = 50;
constexpr std::size_t kMaxTyped = 1'024;

Blob range_key(const crypto::Keys& keys, std::string_view range) {
  return keys.blind_index("identity range", range);
}

struct SessionBefore {
  Id account = kNoId;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(SessionBefore, (), (account, person))

// Ends the session that the browser had before, whoever's it was.
void leave(Transaction& tx, std::string_view token) {
  if (token.empty()) return;
  const Hash hash = token_hash(token);
  const db::BlobView key{bytes_of(hash)};
  const auto before = tx.one<SessionBefore>(sql::sign_in::session_before, key);
  if (!before) return;
  tx.run(sql::sign_in::delete_session, key);
  tx.fact(fact::kSignedOut, tx.store().clock().today(), kNoId,
          {.person = before->person, .subject = before->account});
}

void know(Transaction& tx, Id account, std::string_view kind, db::BlobView key) {
  tx.run(sql::sign_in::know, account, kind, key, tx.store().clock().now_ms());
  tx.run(sql::sign_in::trim_known, account, kind, kMaxKnown);
}

}  // namespace

std::string totp_context(Id account) {
  return "identity totp " + std::to_string(account);
}

Hash recovery_hash(std::string_view code) {
  std::string folded = fold_code(code);
  std::erase(folded, '-');
  return sha256("jishi recovery ", folded);
}

AttemptKeys Identity::keys_of(const Origin& origin, std::string_view login, Id account) {
  AttemptKeys keys;
  const Hash device = token_hash(origin.device);
  keys.device = sha256("device ", bytes_of(device), std::to_string(account));
  keys.name = sha256("name ", login_key(login), origin.range);
  keys.address = sha256("address ", origin.address);
  if (account == kNoId) return keys;
  const Blob range = range_key(store_.keys(), origin.range);
  const auto known = store_.read([&](db::Reader& reader) {
    return reader.all<std::string>(sql::sign_in::known, account, db::BlobView{bytes_of(device)},
                                   range);
  });
  for (const std::string& kind : known) {
    (kind == "device" ? keys.known_device : keys.known_range) = true;
  }
  return keys;
}

Result<Done> Identity::wait_or_count(const AttemptKeys& keys) {
  const std::int64_t wait = lockout_.begin(keys, store_.clock().now_ms());
  if (wait == 0) return Done{};
  return fail(ErrorKind::limited, "identity.wait",
              {{"seconds", std::to_string((wait + 999) / 1000)}});
}

Error Identity::refused(const Secrets* account) {
  Refusal refusal{fact::kSignInRefused, kNoId, kNoId, {}};
  if (account != nullptr) {
    refusal.account = account->id;
    refusal.person = account->person;
  }
  refusals_.note(std::move(refusal));
  return fail(ErrorKind::unauthenticated, "identity.sign_in_refused");
}

Result<SignedIn> Identity::sign_in(const http::Request& request, const SignIn& asked) {
  if (asked.login.size() > kMaxTyped || asked.password.size() > kMaxTyped) return refused(nullptr);
  const Origin origin = origin_of(request);
  const auto found = store_.read([&](db::Reader& reader) {
    return reader.one<Secrets>(sql::sign_in::by_login, login_key(asked.login));
  });
  const AttemptKeys keys = keys_of(origin, asked.login, found ? found->id : kNoId);
  if (const auto counted = wait_or_count(keys); !counted) return counted.error();
  // A name that nobody has takes as long as a wrong password.
  const bool active = found && found->state == "active" && found->password;
  const auto verdict = active ? hasher_.check(*found->password, asked.password)
                              : hasher_.check_nobody(asked.password);
  if (!verdict) {
    lockout_.withdraw(keys);
    return verdict.error();
  }
  if (*verdict == crypto::PasswordVerdict::wrong) return refused(found ? &*found : nullptr);
  const bool anew = *verdict == crypto::PasswordVerdict::right_at_another_cost;
  return found->totp_state == "on" ? enter_with_code(origin, *found, asked, keys, anew)
                                   : enter_with_password(origin, *found, asked, keys, anew);
}

Result<SignedIn> Identity::enter_with_code(const Origin& origin, const Secrets& account,
                                           const SignIn& asked, const AttemptKeys& keys,
                                           bool anew) {
  if (!asked.code) {
    lockout_.withdraw(keys);
    return fail(ErrorKind::unauthenticated, "identity.code_needed");
  }
  // Whoever knows the password may still not try all codes, from wherever.
  AttemptKeys codes = keys;
  codes.known_range = true;
  codes.name = sha256("codes ", std::to_string(account.id));
  codes.device = sha256("codes ", bytes_of(keys.device));
  if (const auto counted = wait_or_count(codes); !counted) return counted.error();
  auto entered = enter_with_password(origin, account, asked, keys, anew);
  if (entered) lockout_.succeeded(codes);
  return entered;
}

Result<SignedIn> Identity::enter_with_password(const Origin& origin, const Secrets& account,
                                               const SignIn& asked, const AttemptKeys& keys,
                                               bool anew) {
  std::optional<std::string> hash;
  if (anew) {
    auto made = hasher_.hash(asked.password);
    if (!made) return made.error();
    hash = std::move(*made);
  }
  const auto prove = [&](Transaction& tx) -> Result<Done> {
    // Since it was checked another may have changed it.
    const auto now = tx.one<Secrets>(sql::sign_in::by_id, account.id);
    if (!now || now->state != "active" || now->password != account.password) {
      return fail(ErrorKind::unauthenticated, "identity.sign_in_refused");
    }
    if (now->totp_state == "on") {
      if (auto taken = take_code(tx, *now, asked.code.value_or("")); !taken) return taken;
    }
    if (hash) tx.run(sql::sign_in::set_password, account.id, *hash);
    return Done{};
  };
  auto entered = enter(origin, account.id, asked.code ? "password and code" : "password", prove);
  if (entered) {
    lockout_.succeeded(keys);
  } else if (entered.error().kind == ErrorKind::unauthenticated) {
    static_cast<void>(refused(&account));
  }
  return entered;
}

Result<Done> Identity::take_code(Transaction& tx, const Secrets& account, std::string_view code) {
  const Error wrong = fail(ErrorKind::unauthenticated, "identity.code_wrong");
  if (!account.totp || code.size() > kMaxTyped) return wrong;
  const auto secret = store_.keys().cipher().open(*account.totp, totp_context(account.id));
  if (!secret) return secret.error();
  const std::string typed = without_blanks(to_half_width(code));
  const auto step = step_of_code(*secret, typed, store_.clock().now_ms(), account.totp_step);
  if (step) {
    if (tx.run(sql::sign_in::take_step, account.id, *step) == 1) return Done{};
    return wrong;
  }
  const Hash recovery = recovery_hash(typed);
  if (tx.run(sql::sign_in::take_recovery, account.id, db::BlobView{bytes_of(recovery)}) == 1) {
    return Done{};
  }
  return wrong;
}

Result<SignedIn> Identity::enter(const Origin& origin, Id id, std::string_view how,
                                 const std::function<Result<Done>(Transaction&)>& prove) {
  OpenedSession opened;
  std::string device = origin.device;
  const auto entered = store_.write(Actor{id}, [&](Transaction& tx) -> Result<Account> {
    if (const auto proved = prove(tx); !proved) return proved.error();
    leave(tx, origin.session);
    remember_origin(tx, id, origin, device);
    opened = Sessions::open(tx, id, origin);
    tx.run(sql::sign_in::set_signed_in, id, store_.clock().now_ms());
    auto signed_in = account_meant(tx, id);
    if (!signed_in) return signed_in;
    tx.fact(fact::kSignedIn, store_.clock().today(), kNoId,
            {.person = signed_in->person.value_or(kNoId),
             .subject = id,
             .payload = boost::json::serialize(boost::json::object{{"with", how}})});
    return signed_in;
  });
  if (!entered) return entered.error();
  sessions_.left(origin.session);
  sessions_.ended(id);  // the oldest may have given way
  SignedIn signed_in;
  signed_in.account = *entered;
  signed_in.csrf = csrf_token(opened.id);
  const auto standing = scope_.standing_of(id);
  signed_in.must_enrol = standing && caller_of(*standing).must_enrol;
  signed_in.cookies = {set_cookie(kSessionCookie, opened.token, origin.secure),
                       set_cookie(kDeviceCookie, device, origin.secure, kDeviceAgeSeconds)};
  return signed_in;
}

// A device that is not known of this account is given a token of its own: what another account
// signed in with, or someone made up, is not taken over.
void Identity::remember_origin(Transaction& tx, Id account, const Origin& origin,
                               std::string& device) {
  const Blob range = range_key(store_.keys(), origin.range);
  Hash key = token_hash(device);
  const auto known =
      tx.all<std::string>(sql::sign_in::known, account, db::BlobView{bytes_of(key)}, range);
  if (std::find(known.begin(), known.end(), "device") == known.end()) {
    device = to_hex(crypto::random_bytes(kDeviceBytes));
    key = token_hash(device);
  }
  know(tx, account, "device", db::BlobView{bytes_of(key)});
  if (!origin.range.empty()) know(tx, account, "address", db::BlobView{range.bytes});
}

}  // namespace jishi::identity
