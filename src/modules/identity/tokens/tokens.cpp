#include "modules/identity/tokens/tokens.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"
#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/tokens/tokens.sql.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMaxText = 128;

struct TokenRow {
  Id id = kNoId;
  Id account = kNoId;
  std::string permissions;
  std::int64_t expires = 0;
};
BOOST_DESCRIBE_STRUCT(TokenRow, (), (id, account, permissions, expires))

// A permission that the program no longer has gives nothing.
api::PermissionSet set_of(std::string_view names) {
  api::PermissionSet set;
  while (!names.empty()) {
    const auto end = std::min(names.find(' '), names.size());
    if (const auto number = api::number_of(names.substr(0, end))) set.add(*number);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return set;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

// In China the day begins eight hours before that of UTC.
std::int64_t end_of(Date day) {
  constexpr std::int64_t kHourMs = std::int64_t{60} * 60 * 1000;
  return (std::int64_t{to_days(day)} + 1) * 24 * kHourMs - 8 * kHourMs;
}

}  // namespace

Result<TokenMade> Tokens::make(Transaction& tx, Id account, std::string_view name,
                               const std::vector<std::string>& permissions, std::int64_t expires) {
  const std::int64_t now = tx.store().clock().now_ms();
  if (tx.one<int>(sql::tokens::count, account, now).value_or(0) >= kMaxTokens) {
    return fail(ErrorKind::refused, "identity.too_many_tokens",
                {{"most", std::to_string(kMaxTokens)}});
  }
  TokenMade made{tx.new_id(),
                 std::string(kTokenPrefix) + to_hex(crypto::random_bytes(kTokenBytes))};
  const Hash hash = token_hash(made.token);
  tx.run(sql::tokens::add, made.id, db::BlobView{bytes_of(hash)}, account, name,
         joined(permissions), now, expires);
  return made;
}

bool Tokens::revoke(Transaction& tx, Id account, Id token) {
  return tx.run(sql::tokens::delete_one, account, token) == 1;
}

std::shared_ptr<Tokens::Entry> Tokens::load(const Hash& hash) {
  const auto generation = entries_.generation();
  const auto row = store_.read([&](db::Reader& reader) {
    return reader.one<TokenRow>(sql::tokens::by_token, db::BlobView{bytes_of(hash)});
  });
  if (!row) return nullptr;
  auto entry = std::make_shared<Entry>();
  entry->token = {row->id, row->account, set_of(row->permissions)};
  entry->expires = row->expires;
  entries_.put(hash, entry, generation);
  return entry;
}

std::optional<GoodToken> Tokens::find(std::string_view text) {
  if (!text.starts_with(kTokenPrefix) || text.size() > kMaxText) return std::nullopt;
  const Hash hash = token_hash(text);
  auto entry = entries_.find(hash).value_or(nullptr);
  if (!entry) entry = load(hash);
  const std::int64_t now = store_.clock().now_ms();
  if (!entry || now >= entry->expires) return std::nullopt;
  entry->last_used.store(now, std::memory_order_relaxed);
  return entry->token;
}

void Tokens::ended(Id account) {
  entries_.erase_if([&](const std::shared_ptr<Entry>& entry) {
    return account == kNoId || entry->token.account == account;
  });
}

std::vector<TokenShown> Tokens::list(Id account) {
  return store_.read(
      [&](db::Reader& reader) { return reader.all<TokenShown>(sql::tokens::list, account); });
}

void Tokens::keep_up() {
  std::vector<std::pair<std::shared_ptr<Entry>, std::int64_t>> used;
  entries_.each([&](const std::shared_ptr<Entry>& entry) {
    const std::int64_t last = entry->last_used.load(std::memory_order_relaxed);
    if (last - entry->written.load() >= Sessions::kWriteEvery && used.size() < kMaxWritten) {
      used.emplace_back(entry, last);
    }
  });
  if (used.empty()) return;
  const auto written = store_.write({}, [&](Transaction& tx) -> Result<Done> {
    for (const auto& [entry, last] : used)
      tx.run(sql::tokens::set_last_used, entry->token.id, last);
    return Done{};
  });
  if (!written) return;
  for (const auto& [entry, last] : used) entry->written = last;
}

Result<TokenMade> Identity::make_token(const api::Caller& caller, const MakeToken& asked) {
  if (const auto own = own_account(caller); !own) return own.error();
  const std::string name = tidy(asked.name);
  if (name.empty() || count_code_points(name) > kMaxTokenName) {
    return fail(ErrorKind::invalid, "identity.token_name",
                {{"most", std::to_string(kMaxTokenName)}});
  }
  const Date today = store_.clock().today();
  if (asked.expires < today || asked.expires > today + std::chrono::days(kMaxTokenDays)) {
    return fail(ErrorKind::invalid, "identity.token_days",
                {{"most", std::to_string(kMaxTokenDays)}});
  }
  if (asked.permissions.empty()) return fail(ErrorKind::invalid, "identity.token_for_nothing");
  for (const std::string& permission : asked.permissions) {
    if (!scope_.may_somewhere(caller, permission)) {
      return fail(ErrorKind::forbidden, "identity.permission_not_held",
                  {{"permission", permission}});
    }
  }
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<TokenMade> {
    auto made = Tokens::make(tx, caller.account, name, asked.permissions, end_of(asked.expires));
    if (!made) return made;
    const boost::json::object payload{{"token", std::to_string(made->id)},
                                      {"permissions", joined(asked.permissions)},
                                      {"expires", to_iso(asked.expires)}};
    tx.fact(fact::kTokenMade, today, kNoId,
            {.person = caller.person,
             .subject = caller.account,
             .payload = boost::json::serialize(payload)});
    return made;
  });
}

Result<std::vector<TokenShown>> Identity::tokens(const api::Caller& caller) {
  if (const auto own = own_account(caller); !own) return own.error();
  return tokens_.list(caller.account);
}

Result<Done> Identity::revoke_token(const api::Caller& caller, Id token) {
  if (const auto own = own_account(caller); !own) return own.error();
  auto revoked = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Done> {
    if (!Tokens::revoke(tx, caller.account, token)) {
      return fail(ErrorKind::not_found, "identity.token_unknown");
    }
    const boost::json::object payload{{"token", std::to_string(token)}};
    tx.fact(fact::kTokenRevoked, store_.clock().today(), kNoId,
            {.person = caller.person,
             .subject = caller.account,
             .payload = boost::json::serialize(payload)});
    return Done{};
  });
  if (revoked) tokens_.ended(caller.account);
  return revoked;
}

}  // namespace jishi::identity
