#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

namespace {

void tell(Transaction& tx, FactKind kind, Id account, Id person, std::int64_t amount = 0) {
  tx.fact(kind, tx.store().clock().today(), kNoId,
          {.person = person, .subject = account, .amount = amount});
}

}  // namespace

std::string Identity::csrf_of(const api::Caller& caller) const {
  const bool none = caller.by_token || caller.session == kNoId;
  return none ? std::string() : csrf_token(caller.session);
}

http::Header Identity::renewed_session(const http::Request& request, const NewToken& renewed) {
  return set_cookie(kSessionCookie, renewed.token, request.secure);
}

http::Header Identity::forget_session(const http::Request& request) {
  return set_cookie(kSessionCookie, "", request.secure, 0);
}

Result<Done> Identity::sign_out(const api::Caller& caller) {
  return end_session(caller, caller.session);
}

Result<std::vector<SessionShown>> Identity::sessions(const api::Caller& caller) {
  if (const auto own = own_account(caller); !own) return own.error();
  return sessions_.list(caller.account, caller.session);
}

Result<Done> Identity::end_session(const api::Caller& caller, Id session) {
  if (const auto own = own_account(caller); !own) return own.error();
  auto ended = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Done> {
    if (Sessions::end(tx, caller.account, session) == 0) {
      return fail(ErrorKind::not_found, "identity.session_unknown");
    }
    tell(tx, fact::kSignedOut, caller.account, caller.person);
    return Done{};
  });
  if (ended) sessions_.ended(caller.account);
  return ended;
}

Result<std::int64_t> Identity::sign_out_everywhere(const api::Caller& caller, bool also_here) {
  if (const auto own = own_account(caller); !own) return own.error();
  auto ended = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<std::int64_t> {
    const auto count = Sessions::end_all(tx, caller.account, also_here ? kNoId : caller.session);
    tell(tx, fact::kSessionsEnded, caller.account, caller.person, count);
    return count;
  });
  if (ended) sessions_.ended(caller.account);
  return ended;
}

Result<std::int64_t> Identity::end_sessions_of(const api::Caller& caller, Id account) {
  if (const auto needed = need(caller, "identity.manage_accounts"); !needed) return needed.error();
  auto ended = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<std::int64_t> {
    const auto of = account_meant(tx, account);
    if (!of) return of.error();
    const auto count = Sessions::end_all(tx, account);
    tell(tx, fact::kSessionsEnded, account, of->person.value_or(kNoId), count);
    return count;
  });
  if (ended) sessions_.ended(account);
  return ended;
}

}  // namespace jishi::identity
