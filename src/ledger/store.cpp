#include "ledger/store.hpp"

#include <openssl/rand.h>

#include "ledger/ledger.sql.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/sqlite.hpp"

namespace jishi {

namespace {

constexpr unsigned kStoredLevels = 8;  // a node is stored every eighth level
constexpr std::size_t kStoreIdBytes = 8;

struct StoreRow {
  std::string store_id;
  unsigned node = 0;
  std::int64_t created = 0;
  Id last_id = kNoId;
};
BOOST_DESCRIBE_STRUCT(StoreRow, (), (store_id, node, created, last_id))

struct HeadRow {
  std::uint64_t size = 0;
  Blob root;
  Blob peaks;
  Blob signature;
  std::int64_t recorded = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (size, root, peaks, signature, recorded))

std::string random_store_id() {
  std::string bytes(kStoreIdBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), kStoreIdBytes) != 1) {
    throw std::runtime_error("RAND_bytes failed");
  }
  return to_hex(bytes);
}

Blob join(const std::vector<Hash>& peaks) {
  Blob joined;
  for (const Hash& peak : peaks) joined.bytes += bytes_of(peak);
  return joined;
}

std::vector<Hash> split(const Blob& joined) {
  std::vector<Hash> peaks;
  for (std::size_t i = 0; i + 32 <= joined.bytes.size(); i += 32) {
    peaks.push_back(hash_of(std::string_view(joined.bytes).substr(i, 32)));
  }
  return peaks;
}

Error altered(std::string reason) {
  return fail(ErrorKind::refused, "ledger.head_altered", {{"reason", std::move(reason)}});
}

}  // namespace

Transaction::Transaction(db::Connection& connection, Store& store, Actor actor)
    : Writer(connection, actor.reach), store_(store), actor_(actor), command_(store.new_id()) {
}

Id Transaction::new_id() {
  return store_.new_id();
}

std::int64_t Transaction::fact(FactKind kind, Date happened, Id organisation,
                               const FactDetails& details) {
  Store::Edge& edge = store_.edge_;
  // Time recorded never runs backwards, whatever the machine's clock does.
  edge.recorded_ms = std::max(edge.recorded_ms, store_.clock_.now_ms());
  const Fact fact{static_cast<std::int64_t>(edge.frontier.size()) + 1,
                  happened,
                  edge.recorded_ms,
                  static_cast<std::int32_t>(kind),
                  organisation,
                  details.person,
                  details.subject,
                  details.amount,
                  std::string(details.payload),
                  actor_.id,
                  command_};
  const Hash leaf = leaf_of(fact);
  run(sql::ledger::append, fact.seq, fact.happened, fact.recorded_ms, fact.kind, fact.organisation,
      fact.person, fact.subject, fact.amount, fact.payload, fact.actor, fact.command,
      db::BlobView{bytes_of(leaf)});
  edge.frontier.append(leaf, [&](unsigned level, std::uint64_t index, const Hash& hash) {
    if (level % kStoredLevels != 0) return;
    run(sql::ledger::add_node, level, index, db::BlobView{bytes_of(hash)});
  });
  return fact.seq;
}

Store::Store(std::filesystem::path folder, const Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {
}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, const Clock& clock) {
  std::unique_ptr<Store> store(new Store(options.folder, clock));
  if (!options.create && !std::filesystem::exists(database_file(options.folder))) {
    return fail(ErrorKind::not_found, "ledger.no_store", {{"folder", options.folder.string()}});
  }
  if (const auto started = store->start(options); !started) return started.error();
  return store;
}

Result<Done> Store::start(const StoreOptions& options) {
  auto lock = files::FolderLock::take(folder_);
  if (!lock) return lock.error();
  lock_ = std::move(*lock);
  if (const auto upgraded = upgrade(); !upgraded) return upgraded;
  if (const auto opened = open_keys(options); !opened) return opened;
  if (const auto resumed = resume_ledger(); !resumed) return resumed;
  database_ = std::make_unique<db::Database>(database_file(folder_));
  database_->set_hooks({[this](db::Connection& connection) { write_head(connection); },
                        [this] { committed(); }, [this] { edge_ = committed_; }});
  return Done{};
}

Result<Done> Store::upgrade() {
  const auto file = database_file(folder_);
  const auto connection = db::open_sqlite(file, db::Access::write);
  const auto plan = db::plan_migrations(*connection, all_migrations(), "sqlite");
  if (!plan) return plan.error();
  if (plan->pending.empty()) return Done{};
  if (!plan->fresh) {
    auto snapshot = file;
    snapshot += ".before-" + std::string(plan->pending.front()->name);
    std::error_code ignored;
    std::filesystem::remove(snapshot, ignored);
    db::copy_sqlite(file, snapshot);
  }
  db::apply_migrations(*connection, *plan);
  return Done{};
}

Result<Done> Store::open_keys(const StoreOptions& options) {
  const auto connection = db::open_sqlite(database_file(folder_), db::Access::write);
  db::Writer writer(*connection);
  auto row = writer.one<StoreRow>(sql::ledger::store);
  const bool fresh = !row;
  if (fresh) row = StoreRow{random_store_id(), options.node, clock_.now_ms(), kNoId};
  store_id_ = row->store_id;
  key_file_ = options.keys_folder / (store_id_ + ".key");
  auto keys =
      fresh ? crypto::Keys::create(key_file_, options.suite) : crypto::Keys::load(key_file_);
  if (!keys) return keys.error();
  keys_.emplace(std::move(*keys));
  if (fresh) {
    connection->begin_write();
    writer.run(sql::ledger::add_store, row->store_id, row->node, row->created);
    connection->commit();
  }
  ids_ = std::make_unique<IdSource>(clock_, row->node);
  ids_->start_after(row->last_id);
  return Done{};
}

Result<Done> Store::resume_ledger() {
  const auto connection = db::open_sqlite(database_file(folder_), db::Access::read);
  db::Reader reader(*connection);
  const auto last_seq = reader.one<std::uint64_t>(sql::ledger::last_seq).value_or(0);
  const auto head = reader.one<HeadRow>(sql::ledger::last_head);
  if (!head) return last_seq == 0 ? Result<Done>(Done{}) : altered("head missing");
  const merkle::Frontier frontier(head->size, split(head->peaks));
  const Hash root = frontier.root();
  if (bytes_of(root) != head->root.bytes) return altered("root");
  if (bytes_of(keys_->seal_of_head(head->size, root)) != head->signature.bytes)
    return altered("signature");
  if (last_seq != head->size) return altered("size");
  edge_ = Edge{frontier, head->recorded};
  committed_ = edge_;
  last_seq_ = static_cast<std::int64_t>(edge_.frontier.size());
  return Done{};
}

void Store::committed() {
  committed_ = edge_;
  last_seq_ = static_cast<std::int64_t>(edge_.frontier.size());
  if (told_) told_();
}

void Store::write_head(db::Connection& connection) {
  db::Writer(connection).run(sql::ledger::set_last_id, ids_->last());
  if (edge_.frontier.size() == committed_.frontier.size()) return;
  const Hash root = edge_.frontier.root();
  const Hash signature = keys_->seal_of_head(edge_.frontier.size(), root);
  db::Writer(connection)
      .run(sql::ledger::add_head, edge_.frontier.size(), db::BlobView{bytes_of(root)},
           join(edge_.frontier.peaks()), db::BlobView{bytes_of(signature)}, edge_.recorded_ms);
}

}  // namespace jishi
