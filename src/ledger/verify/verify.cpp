#include "ledger/verify/verify.hpp"

#include <future>

#include "base/merkle.hpp"
#include "ledger/store.hpp"
#include "ledger/verify/verify.sql.hpp"

namespace jishi {

namespace {

constexpr unsigned kStoredLevels = 8;
constexpr std::int64_t kProgressEvery = 1 << 16;

struct HeadRow {
  std::int64_t size = 0;
  Blob root;
  Blob peaks;
  Blob signature;
  std::int64_t recorded = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (size, root, peaks, signature, recorded))

std::string day_text(std::int64_t days) {
  constexpr std::int64_t kFar = 1'000'000;
  return days > -kFar && days < kFar ? to_iso(from_days(days)) : std::to_string(days);
}

// In China's time.
std::string time_text(std::int64_t ms) {
  constexpr std::int64_t kDay = 86'400'000;
  constexpr std::int64_t kAhead = 8 * 3'600'000;
  if (ms < 0 || ms > kDay * 1'000'000) return std::to_string(ms);
  const std::int64_t seconds = (ms + kAhead) % kDay / 1'000;
  return fmt::format("{} {:02}:{:02}:{:02}", to_iso(from_days((ms + kAhead) / kDay)),
                     seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string joined(const std::vector<Hash>& peaks) {
  std::string bytes;
  for (const Hash& peak : peaks) bytes += bytes_of(peak);
  return bytes;
}

/// Facts `from` to `to`, both counted.
struct Span {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

/// Walks facts and heads side by side, growing the tree; stops at the first that does not fit.
class Walk {
 public:
  Walk(db::Connection& connection, const crypto::Keys* keys, VerifyObserver& observer,
       Verification& verification)
      : connection_(connection),
        reader_(connection),
        keys_(keys),
        observer_(observer),
        verification_(verification),
        facts_in_all_(reader_.one<std::int64_t>(sql::verify::count_facts).value_or(0)),
        heads_(connection.walk(sql::verify::heads, {})) {}

  void run() {
    next_head();
    if (head_ && head_->size < 1) return misfit("ledger.head_beyond", head_arguments());
    db::Cursor& facts = connection_.walk(sql::verify::facts, {});
    while (facts.next()) {
      if (!take_fact(facts)) return;
      verification_.facts = size();
      if (head_ && head_->size == size() && !take_head()) return;
      if (size() % kProgressEvery != 0) continue;
      observer_.progress(size(), facts_in_all_);
      verification_.stopped = observer_.stopped();
      if (verification_.stopped) return;
    }
    verification_.root = frontier_.root();
    observer_.progress(size(), facts_in_all_);
    check_end();
  }

 private:
  std::int64_t size() const { return static_cast<std::int64_t>(frontier_.size()); }

  void next_head() {
    if (heads_.next()) {
      head_ = db::decode<HeadRow>(heads_);
    } else {
      head_.reset();
    }
  }

  bool take_fact(const db::Cursor& row);
  void take_node(unsigned level, std::uint64_t index, const Hash& hash);
  bool take_head();
  void check_end();
  const char* difference_of_head() const;
  Span altered_span() const;

  Arguments head_arguments() const {
    return {{"size", std::to_string(head_->size)},
            {"facts", std::to_string(size())},
            {"recorded", time_text(head_->recorded)}};
  }

  void misfit(std::string_view code, Arguments arguments, std::optional<FactSeen> fact = {}) {
    verification_.misfits.push_back({fail(ErrorKind::refused, code, std::move(arguments)), fact});
  }

  void misfit_of(std::string_view code, const FactSeen& fact) {
    misfit(code,
           {{"seq", std::to_string(fact.seq)},
            {"kind", std::to_string(fact.kind)},
            {"happened", day_text(fact.happened_days)},
            {"recorded", time_text(fact.recorded_ms)},
            {"expected", std::to_string(size() + 1)},
            {"before", time_text(recorded_ms_)}},
           fact);
  }

  db::Connection& connection_;
  db::Reader reader_;
  const crypto::Keys* keys_;
  VerifyObserver& observer_;
  Verification& verification_;
  std::int64_t facts_in_all_;
  db::Cursor& heads_;
  std::optional<HeadRow> head_;
  std::int64_t head_fits_until_ = 0;
  merkle::Frontier frontier_;
  Fact fact_;
  std::int64_t recorded_ms_ = 0;
  std::int64_t nodes_ = 0;
  std::optional<Span> node_differs_;  // the facts below the first stored node that differs
};

bool Walk::take_fact(const db::Cursor& row) {
  const FactSeen seen{row.integer(0), row.integer(3), row.integer(1), row.integer(2)};
  if (seen.seq != size() + 1) return misfit_of("ledger.fact_missing", seen), false;
  if (seen.recorded_ms < recorded_ms_) return misfit_of("ledger.time_went_back", seen), false;
  fact_.seq = seen.seq;
  fact_.happened = from_days(seen.happened_days);
  fact_.recorded_ms = seen.recorded_ms;
  fact_.kind = static_cast<std::int32_t>(seen.kind);
  fact_.organisation = row.integer(4);
  fact_.person = row.integer(5);
  fact_.subject = row.integer(6);
  fact_.amount = row.integer(7);
  fact_.payload = row.bytes(8);
  fact_.actor = row.integer(9);
  fact_.command = row.integer(10);
  const Hash leaf = leaf_of(fact_);
  // Numbers too large for a fact would be cut to fit, and the leaf would not show it.
  const bool whole =
      to_days(fact_.happened) == seen.happened_days && std::int64_t{fact_.kind} == seen.kind;
  if (!whole || bytes_of(leaf) != row.bytes(11)) {
    return misfit_of("ledger.leaf_differs", seen), false;
  }
  recorded_ms_ = seen.recorded_ms;
  frontier_.append(leaf, [this](unsigned level, std::uint64_t index, const Hash& hash) {
    if (level % kStoredLevels == 0) take_node(level, index, hash);
  });
  return true;
}

void Walk::take_node(unsigned level, std::uint64_t index, const Hash& hash) {
  const auto stored = reader_.one<Blob>(sql::verify::node, level, index);
  if (stored) ++nodes_;
  if (node_differs_ || (stored && stored->bytes == bytes_of(hash))) return;
  const auto from = static_cast<std::int64_t>(index << level);
  node_differs_ = Span{from + 1, from + (std::int64_t{1} << level)};
}

const char* Walk::difference_of_head() const {
  const Hash root = frontier_.root();
  if (bytes_of(root) != head_->root.bytes) return "ledger.root_differs";
  if (joined(frontier_.peaks()) != head_->peaks.bytes || head_->recorded != recorded_ms_) {
    return "ledger.edge_differs";
  }
  if (keys_ != nullptr &&
      bytes_of(keys_->seal_of_head(frontier_.size(), root)) != head_->signature.bytes) {
    return "ledger.signature_differs";
  }
  return nullptr;
}

// Every leaf fits its fact, and yet the root differs: fact and leaf were altered together, after
// the last head that fits. A stored node that was left alone narrows it down.
Span Walk::altered_span() const {
  Span span{head_fits_until_ + 1, size()};
  if (node_differs_ && node_differs_->from <= span.to && node_differs_->to >= span.from) {
    span = {std::max(span.from, node_differs_->from), std::min(span.to, node_differs_->to)};
  }
  return span;
}

bool Walk::take_head() {
  if (const char* code = difference_of_head()) {
    const Span span = altered_span();
    Arguments arguments = head_arguments();
    arguments.emplace_back("from", std::to_string(span.from));
    arguments.emplace_back("to", std::to_string(span.to));
    misfit(code, std::move(arguments));
    return false;
  }
  if (node_differs_) {
    misfit("ledger.node_differs", {{"from", std::to_string(node_differs_->from)},
                                   {"to", std::to_string(node_differs_->to)}});
    return false;
  }
  head_fits_until_ = size();
  ++verification_.heads;
  next_head();
  return true;
}

void Walk::check_end() {
  if (head_) return misfit("ledger.head_beyond", head_arguments());
  if (head_fits_until_ != size()) {
    return misfit("ledger.head_missing",
                  {{"from", std::to_string(head_fits_until_ + 1)}, {"to", std::to_string(size())}});
  }
  const auto stored = reader_.one<std::int64_t>(sql::verify::count_nodes).value_or(0);
  if (stored != nodes_) {
    misfit("ledger.nodes_too_many", {{"count", std::to_string(stored - nodes_)}});
  }
}

Misfit damaged(std::string message) {
  while (message.ends_with('\n')) message.pop_back();
  return {fail(ErrorKind::refused, "ledger.file_damaged", {{"message", std::move(message)}}), {}};
}

// The engine's own check reads the whole of it: it goes on beside the walk.
std::string check_all(const db::Engine& engine) {
  try {
    return engine.check();
  } catch (const db::Failure& failure) {
    if (failure.kind() != db::FailureKind::damaged) throw;
    return failure.what();
  }
}

// The id of the store in a database; nothing when it is not that of a store.
std::optional<std::string> store_id_in(const db::Engine& engine) {
  try {
    const auto connection = engine.open(db::Access::read);
    return db::Reader(*connection).one<std::string>(sql::verify::store_id);
  } catch (const db::Failure& failure) {
    const bool not_one = failure.kind() == db::FailureKind::damaged ||
                         failure.kind() == db::FailureKind::other;  // no such table
    if (!not_one) throw;
    return std::nullopt;
  }
}

}  // namespace

Result<Verification> verify(const db::Engine& engine, const std::filesystem::path& keys_folder,
                            VerifyObserver& observer) {
  if (!engine.exists()) {
    return fail(ErrorKind::not_found, "ledger.no_file", {{"file", engine.place()}});
  }
  auto store_id = store_id_in(engine);
  if (!store_id) return fail(ErrorKind::refused, "ledger.not_a_store", {{"file", engine.place()}});
  Verification verification;
  verification.store_id = *store_id;
  verification.key_file = keys_folder / (*store_id + ".key");
  const auto keys = crypto::Keys::load(verification.key_file);
  if (!keys) verification.no_key = keys.error();
  auto checked = std::async(std::launch::async, [&] { return check_all(engine); });
  std::string broken;
  try {
    const auto connection = engine.open(db::Access::read);
    connection->begin_read();
    Walk(*connection, keys ? &*keys : nullptr, observer, verification).run();
    connection->rollback();
  } catch (const db::Failure& failure) {
    if (failure.kind() != db::FailureKind::damaged) throw;
    broken = failure.what();
  }
  std::string complaints = checked.get();
  if (complaints.empty()) complaints = broken;
  if (!complaints.empty()) {
    verification.misfits.insert(verification.misfits.begin(), damaged(std::move(complaints)));
  }
  return verification;
}

Result<Verification> verify_store(const StoreOptions& options, VerifyObserver& observer) {
  const auto engine = Store::engine_of(options);
  if (!engine->exists()) return no_store(options);
  return verify(*engine, options.keys_folder, observer);
}

}  // namespace jishi
