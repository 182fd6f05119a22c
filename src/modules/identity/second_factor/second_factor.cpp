#include "modules/identity/facts.hpp"
#include "modules/identity/second_factor/second_factor.sql.hpp"
#include "modules/identity/second_factor/totp.hpp"
#include "modules/identity/sign_in/secrets.hpp"
#include "modules/identity/sign_in/sign_in.sql.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kSecretBytes = 20;  // as long as the digest, as RFC 4226 advises
constexpr int kRecoveryCodes = 10;
constexpr std::size_t kRecoveryBytes = 10;
constexpr std::string_view kIssuer = "Jishi";

// Ten codes of sixteen signs in fours; what was there before is void.
RecoveryCodes renew_codes(Transaction& tx, Id account) {
  tx.run(sql::second_factor::delete_codes, account);
  RecoveryCodes made;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    std::string code = base32(crypto::random_bytes(kRecoveryBytes));
    for (const std::size_t at : {std::size_t{12}, std::size_t{8}, std::size_t{4}}) {
      code.insert(at, 1, '-');
    }
    const Hash hash = recovery_hash(code);
    tx.run(sql::second_factor::add_code, account, db::BlobView{bytes_of(hash)});
    made.codes.push_back(std::move(code));
  }
  return made;
}

AttemptKeys own_codes(const api::Caller& caller) {
  AttemptKeys keys;
  keys.known_range = true;
  keys.name = sha256("own codes ", std::to_string(caller.account));
  return keys;
}

void tell(Transaction& tx, FactKind kind, Id account, Id person) {
  tx.fact(kind, tx.store().clock().today(), kNoId, {.person = person, .subject = account});
}

void drop(Transaction& tx, Id account, Id person) {
  tx.run(sql::second_factor::drop, account);
  tx.run(sql::second_factor::delete_codes, account);
  tell(tx, fact::kSecondFactorOff, account, person);
}

}  // namespace

Result<ProposedFactor> Identity::propose_second_factor(const api::Caller& caller,
                                                       const std::string& password) {
  if (const auto own = own_account(caller); !own) return own.error();
  const auto held = prove_password(caller, password);
  if (!held) return held.error();
  const std::string secret = crypto::random_bytes(kSecretBytes);
  const Blob sealed = store_.keys().cipher().seal(secret, totp_context(caller.account));
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<ProposedFactor> {
    const auto now = tx.one<Secrets>(sql::sign_in::by_id, caller.account);
    if (!now || now->totp_state == "on") {
      return fail(ErrorKind::conflict, "identity.second_factor_is_on");
    }
    tx.run(sql::second_factor::propose, caller.account, sealed);
    return ProposedFactor{base32(secret), otpauth_uri(secret, now->login, kIssuer)};
  });
}

Result<ConfirmedFactor> Identity::confirm_second_factor(const api::Caller& caller,
                                                        const std::string& code) {
  if (const auto own = own_account(caller); !own) return own.error();
  auto confirmed =
      store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<ConfirmedFactor> {
        const auto now = tx.one<Secrets>(sql::sign_in::by_id, caller.account);
        if (!now || now->totp_state != "proposed" || !now->totp) {
          return fail(ErrorKind::conflict, "identity.second_factor_not_proposed");
        }
        const auto secret = store_.keys().cipher().open(*now->totp, totp_context(caller.account));
        if (!secret) return secret.error();
        const auto step = step_of_code(*secret, code, store_.clock().now_ms(), now->totp_step);
        if (!step) return fail(ErrorKind::invalid, "identity.code_wrong");
        tx.run(sql::second_factor::confirm, caller.account, *step);
        Sessions::end_all(tx, caller.account, caller.session);
        tell(tx, fact::kSecondFactorOn, caller.account, caller.person);
        return ConfirmedFactor{renew_codes(tx, caller.account),
                               {Sessions::renew(tx, caller.account, caller.session)}};
      });
  if (confirmed) sessions_.ended(caller.account);
  return confirmed;
}

Result<RecoveryCodes> Identity::renew_recovery_codes(const api::Caller& caller,
                                                     const ProveOneself& proof) {
  const auto held = prove(caller, proof);
  if (!held) return held.error();
  auto renewed = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<RecoveryCodes> {
    const auto now = tx.one<Secrets>(sql::sign_in::by_id, caller.account);
    if (auto taken = take_code(tx, *now, proof.code.value_or("")); !taken) return taken.error();
    return renew_codes(tx, caller.account);
  });
  if (renewed) lockout_.succeeded(own_codes(caller));
  return renewed;
}

Result<NewToken> Identity::drop_second_factor(const api::Caller& caller,
                                              const ProveOneself& proof) {
  const auto held = prove(caller, proof);
  if (!held) return held.error();
  auto dropped = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<NewToken> {
    const auto now = tx.one<Secrets>(sql::sign_in::by_id, caller.account);
    if (auto taken = take_code(tx, *now, proof.code.value_or("")); !taken) return taken.error();
    drop(tx, caller.account, caller.person);
    return NewToken{Sessions::renew(tx, caller.account, caller.session)};
  });
  if (!dropped) return dropped;
  lockout_.succeeded(own_codes(caller));
  sessions_.ended(caller.account);
  return dropped;
}

Result<Done> Identity::reset_second_factor(const api::Caller& caller, Id account) {
  if (const auto needed = need(caller, "identity.reset_factors"); !needed) return needed.error();
  if (account == caller.account) return fail(ErrorKind::refused, "identity.not_oneself");
  auto reset = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Done> {
    const auto of = tx.one<Secrets>(sql::sign_in::by_id, account);
    if (!of) return fail(ErrorKind::not_found, "identity.account_unknown");
    if (of->totp_state == "off") return Done{};
    Sessions::end_all(tx, account);
    drop(tx, account, of->person);
    leave_notice(tx, account, kNoId, "second_factor_reset", caller.account);
    return Done{};
  });
  if (reset) sessions_.ended(account);
  return reset;
}

// The password is proved here; the code, which counts once, in the transaction it is for. Wrong
// codes are slowed with wrong passwords.
Result<Identity::Secrets> Identity::prove(const api::Caller& caller, const ProveOneself& proof) {
  if (const auto own = own_account(caller); !own) return own.error();
  if (const auto counted = wait_or_count(own_codes(caller)); !counted) return counted.error();
  auto held = prove_password(caller, proof.password);
  if (!held) return held;
  if (held->totp_state != "on") return fail(ErrorKind::conflict, "identity.second_factor_is_off");
  return held;
}

}  // namespace jishi::identity
