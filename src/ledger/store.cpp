#include "ledger/store.hpp"

#include <openssl/rand.h>

#include "ledger/ledger.sql.hpp"
#include "platform/db/migrations.hpp"

namespace jishi {

namespace ledger {

struct HeadRow {
  std::uint64_t size = 0;
  Blob root;
  Blob peaks;
  Blob signature;
  std::int64_t recorded = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (size, root, peaks, signature, recorded))

}  // namespace ledger

using ledger::HeadRow;

namespace {

constexpr unsigned kStoredLevels = 8;  // a node is stored every eighth level
constexpr std::size_t kStoreIdBytes = 8;
constexpr unsigned kNodes = 0xFF;  // numbers of nodes: 0 to 255

struct StoreRow {
  std::string store_id;
  unsigned node = 0;
  std::int64_t created = 0;
  Id last_id = kNoId;
};
BOOST_DESCRIBE_STRUCT(StoreRow, (), (store_id, node, created, last_id))

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

Error no_store(const StoreOptions& options) {
  return fail(ErrorKind::not_found, "ledger.no_store",
              {{"folder", options.database.empty() ? options.folder.string()
                                                   : Store::engine_of(options)->place()}});
}

Transaction::Transaction(db::Connection& connection, Store& store, Actor actor)
    : Writer(connection, actor.reach), store_(store), actor_(actor), command_(store.new_id()) {
}

Id Transaction::new_id() {
  return store_.new_id();
}

std::optional<Error> Transaction::refuse_code(std::string_view set, std::string_view path,
                                              std::string_view code) const {
  if (store_.codes() == nullptr) return std::nullopt;
  return jishi::refuse_code(*store_.codes(), set, path, code);
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

Store::Store(const StoreOptions& options, const Clock& clock)
    : folder_(options.folder), clock_(clock), codes_(options.codes), engine_(engine_of(options)) {
}

Store::~Store() = default;

std::shared_ptr<const db::Engine> Store::engine_of(const StoreOptions& options) {
  return options.database.empty() ? db::sqlite_engine(database_file(options.folder))
                                  : db::postgres_engine(options.database);
}

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, const Clock& clock) {
  std::unique_ptr<Store> store(new Store(options, clock));
  if (!options.create && !store->engine_->exists()) return no_store(options);
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
  database_ = std::make_unique<db::Database>(engine_);
  database_->set_hooks({[this](db::Connection& connection) { write_head(connection); },
                        [this] { committed(); }, [this] { edge_ = committed_; },
                        [this](db::Connection& connection) { follow_ledger(connection); }});
  return Done{};
}

Result<Done> Store::upgrade() {
  const auto connection = engine_->open(db::Access::write);
  const auto plan =
      db::migrate(*connection, all_migrations(), *engine_, [this](const db::MigrationPlan& steps) {
        auto copy = database_file(folder_);
        copy += ".before-" + std::string(steps.pending.front()->name);
        std::error_code ignored;
        std::filesystem::remove(copy, ignored);
        upgraded_without_copy_ = !engine_->copy_to(copy);
      });
  if (!plan) return plan.error();
  return Done{};
}

Result<Done> Store::open_keys(const StoreOptions& options) {
  const auto connection = engine_->open(db::Access::write);
  connection->begin_write();
  db::Writer writer(*connection);
  auto row = writer.one<StoreRow>(sql::ledger::store);
  const bool fresh = !row;
  if (fresh) row = StoreRow{random_store_id(), options.node, clock_.now_ms(), kNoId};
  store_id_ = row->store_id;
  key_file_ = options.keys_folder / (store_id_ + ".key");
  auto keys =
      fresh ? crypto::Keys::create(key_file_, options.suite) : crypto::Keys::load(key_file_);
  if (!keys) {
    connection->rollback();
    return keys.error();
  }
  keys_.emplace(std::move(*keys));
  if (fresh) writer.run(sql::ledger::add_store, row->store_id, row->node, row->created);
  connection->commit();
  take_node(row->node);
  ids_->start_after(row->last_id);
  return Done{};
}

// Ids of two processes differ by their nodes' numbers.
void Store::take_node(unsigned first) {
  node_ = first;
  if (engine_->shared()) {
    if (!presence_) presence_ = engine_->open(db::Access::read);
    while (!engine_->claim(*presence_, node_ & kNodes)) {
      if (++node_ == first + kNodes) {
        throw db::Failure(db::FailureKind::busy, "too many processes share the database");
      }
    }
  }
  if (!ids_) {
    ids_ = std::make_unique<IdSource>(clock_, node_ & kNodes);
  } else if (node_ != first) {
    ids_->take_node(node_ & kNodes);
  }
}

// The number goes with its connection: where that was lost it is claimed again, or another one,
// when somebody came meanwhile. What is held already is held once more, which costs nothing.
void Store::hold_node() {
  constexpr int kEvery = 25;  // looks: five seconds
  if (++looks_ % kEvery != 0) return;
  try {
    take_node(node_);
  } catch (const db::Failure&) {
    presence_.reset();
    take_node(node_);
  }
}

// The edge that a head describes; what does not fit is named.
Result<Store::Edge> Store::edge_of(const HeadRow& head) const {
  const merkle::Frontier frontier(head.size, split(head.peaks));
  const Hash root = frontier.root();
  if (bytes_of(root) != head.root.bytes) return altered("root");
  if (bytes_of(keys_->seal_of_head(head.size, root)) != head.signature.bytes)
    return altered("signature");
  return Edge{frontier, head.recorded};
}

Result<Done> Store::resume_ledger() {
  const auto connection = engine_->open(db::Access::read);
  connection->begin_read();
  db::Reader reader(*connection);
  const auto last_seq = reader.one<std::uint64_t>(sql::ledger::last_seq).value_or(0);
  const auto head = reader.one<HeadRow>(sql::ledger::last_head);
  connection->rollback();
  if (!head) return last_seq == 0 ? Result<Done>(Done{}) : altered("head missing");
  const auto edge = edge_of(*head);
  if (!edge) return edge.error();
  if (last_seq != head->size) return altered("size");
  edge_ = *edge;
  committed_ = edge_;
  last_seq_ = static_cast<std::int64_t>(edge_.frontier.size());
  return Done{};
}

// Another process may have written since, or a commit of this one was not known to have happened:
// the ledger goes on from where it is. Ids too, so that commands and facts have one order.
void Store::follow_ledger(db::Connection& connection) {
  if (!engine_->shared()) return;
  db::Reader reader(connection);
  auto stores = reader.ask<StoreRow>(sql::ledger::store);
  auto heads = reader.ask<HeadRow>(sql::ledger::last_head);
  if (const auto store = stores.one()) ids_->start_after(store->last_id);
  const auto head = heads.one();
  if (!head || (head->size == committed_.frontier.size() &&
                head->root.bytes == bytes_of(committed_.frontier.root()))) {
    return;
  }
  const auto edge = edge_of(*head);
  if (!edge) throw db::Failure(db::FailureKind::damaged, "the ledger's head was altered");
  edge_ = *edge;
  committed_ = edge_;
}

void Store::committed() {
  committed_ = edge_;
  tell(static_cast<std::int64_t>(edge_.frontier.size()));
}

void Store::on_commit(std::function<void()> told) {
  const std::lock_guard lock(told_mutex_);
  told_ = std::move(told);
  if (told_ && engine_->shared() && !watch_) {
    watch_ = std::make_unique<Watch>([this] { look_for_others(); });
  }
}

void Store::look_for_others() {
  try {
    const auto seq = read_once([](db::Reader& reader) {
      return reader.one<std::int64_t>(sql::ledger::last_seq).value_or(0);
    });
    if (seq > last_seq_) tell(seq);
    hold_node();
  } catch (const db::Failure&) {
    // Nobody is there to ask: it is asked again in a moment.
  }
}

// By the writer's thread, and by the one that looks for other processes' facts.
void Store::tell(std::int64_t seq) {
  const std::lock_guard lock(told_mutex_);
  last_seq_ = std::max(last_seq_.load(), seq);
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
