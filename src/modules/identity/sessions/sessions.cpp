#include "modules/identity/sessions/sessions.hpp"

#include "modules/identity/sessions/sessions.sql.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kTokenBytes = 32;

struct SessionRow {
  Id id = kNoId;
  Id account = kNoId;
  std::int64_t made = 0;
  std::int64_t last_used = 0;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, account, made, last_used))

}  // namespace

Hash token_hash(std::string_view token) {
  return sha256(token);
}

OpenedSession Sessions::open(Transaction& tx, Id account, const Origin& origin) {
  OpenedSession opened{tx.new_id(), to_hex(crypto::random_bytes(kTokenBytes))};
  const Hash hash = token_hash(opened.token);
  tx.run(sql::sessions::add, opened.id, db::BlobView{bytes_of(hash)}, account,
         tx.store().clock().now_ms(), origin.range, origin.agent);
  tx.run(sql::sessions::trim, account, kMaxOfAccount);
  return opened;
}

std::string Sessions::renew(Transaction& tx, Id account, Id session) {
  std::string token = to_hex(crypto::random_bytes(kTokenBytes));
  const Hash hash = token_hash(token);
  tx.run(sql::sessions::renew, account, session, db::BlobView{bytes_of(hash)});
  return token;
}

bool Sessions::lasts(const Entry& entry, std::int64_t now) const {
  return now < entry.made + longest_ms_ &&
         now < entry.last_used.load(std::memory_order_relaxed) + idle_ms_;
}

std::shared_ptr<Sessions::Entry> Sessions::load(const Hash& token) {
  const auto generation = entries_.generation();
  const auto row = store_.read_once([&](db::Reader& reader) {
    return reader.one<SessionRow>(sql::sessions::by_token, db::BlobView{bytes_of(token)});
  });
  if (!row) return nullptr;
  auto entry = std::make_shared<Entry>();
  entry->id = row->id;
  entry->account = row->account;
  entry->made = row->made;
  entry->last_used = row->last_used;
  entry->written = row->last_used;
  if (lasts(*entry, store_.clock().now_ms())) entries_.put(token, entry, generation);
  return entry;
}

std::optional<OpenSession> Sessions::find(std::string_view token) {
  const Hash hash = token_hash(token);
  const std::int64_t now = store_.clock().now_ms();
  auto entry = entries_.find(hash).value_or(nullptr);
  if (entry && !lasts(*entry, now)) {
    entries_.erase(hash);
    entry = nullptr;  // another process may have seen it used since
  }
  if (!entry) entry = load(hash);
  if (!entry || !lasts(*entry, now)) return std::nullopt;
  std::int64_t seen = entry->last_used.load(std::memory_order_relaxed);
  while (seen < now && !entry->last_used.compare_exchange_weak(seen, now)) {
  }
  return OpenSession{entry->id, entry->account};
}

std::int64_t Sessions::end(Transaction& tx, Id account, Id session) {
  return tx.run(sql::sessions::delete_one, account, session);
}

std::int64_t Sessions::end_all(Transaction& tx, Id account, Id except) {
  return tx.run(sql::sessions::delete_all, account, except);
}

void Sessions::ended(Id account) {
  entries_.erase_if([&](const std::shared_ptr<Entry>& entry) {
    return account == kNoId || entry->account == account;
  });
}

void Sessions::left(std::string_view token) {
  if (!token.empty()) entries_.erase(token_hash(token));
}

std::vector<SessionShown> Sessions::list(Id account, Id current) {
  const std::int64_t now = store_.clock().now_ms();
  auto sessions = store_.read([&](db::Reader& reader) {
    return reader.all<SessionShown>(sql::sessions::list, account, now - idle_ms_,
                                    now - longest_ms_);
  });
  for (SessionShown& session : sessions) session.current = session.id == current;
  return sessions;
}

std::vector<Id> Sessions::ended_of(const std::vector<Id>& credentials) {
  const std::int64_t now = store_.clock().now_ms();
  const std::string asked = db::number_list(credentials);
  // The last use of a moment ago may not be written yet.
  return store_.read([&](db::Reader& reader) {
    return reader.all<Id>(sql::sessions::ended, asked, now - idle_ms_ - 2 * kWriteEvery,
                          now - longest_ms_, now);
  });
}

void Sessions::keep_up() {
  std::vector<std::pair<std::shared_ptr<Entry>, std::int64_t>> used;
  entries_.each([&](const std::shared_ptr<Entry>& entry) {
    const std::int64_t last = entry->last_used.load(std::memory_order_relaxed);
    if (last - entry->written.load() >= kWriteEvery && used.size() < kMaxWritten) {
      used.emplace_back(entry, last);
    }
  });
  const std::int64_t now = store_.clock().now_ms();
  if (used.empty() && now - swept_.load() < kWriteEvery) return;
  const auto written = store_.write({}, [&](Transaction& tx) -> Result<Done> {
    for (const auto& [entry, last] : used) tx.run(sql::sessions::set_last_used, entry->id, last);
    tx.run(sql::sessions::delete_expired, now - idle_ms_ - 2 * kWriteEvery, now - longest_ms_);
    return Done{};
  });
  if (!written) return;
  swept_ = now;
  for (const auto& [entry, last] : used) entry->written = last;
}

}  // namespace jishi::identity
