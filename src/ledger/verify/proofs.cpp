#include "ledger/verify/proofs.hpp"

#include "base/merkle.hpp"
#include "ledger/store.hpp"
#include "ledger/verify/verify.sql.hpp"

namespace jishi {

namespace {

/// The tree of a store as one state of it holds it.
class StoredTree {
 public:
  explicit StoredTree(const db::Engine& engine)
      : connection_(engine.open(db::Access::read)), reader_(*connection_) {
    connection_->begin_read();
    size_ = reader_.one<std::int64_t>(sql::verify::last_size).value_or(0);
  }
  ~StoredTree() { connection_->rollback(); }
  StoredTree(const StoredTree&) = delete;
  StoredTree& operator=(const StoredTree&) = delete;

  std::int64_t size() const { return size_; }

  Hash leaf(std::int64_t seq) {
    return hash_of(reader_.one<Blob>(sql::verify::leaf, seq).value_or(Blob{}).bytes);
  }

  merkle::Nodes nodes() {
    return [this](unsigned level, std::uint64_t index) -> std::optional<Hash> {
      if (level == 0) return leaf(static_cast<std::int64_t>(index) + 1);
      const auto stored = reader_.one<Blob>(sql::verify::node, level, index);
      if (!stored) return std::nullopt;
      return hash_of(stored->bytes);
    };
  }

  Hash root_at(std::int64_t size) {
    const auto head = reader_.one<Blob>(sql::verify::head_at, size);
    return head ? hash_of(head->bytes)
                : merkle::root_of(nodes(), 0, static_cast<std::uint64_t>(size));
  }

 private:
  std::unique_ptr<db::Connection> connection_;
  db::Reader reader_;
  std::int64_t size_ = 0;
};

}  // namespace

Result<InclusionProof> prove_inclusion(const StoreOptions& options, std::int64_t seq) {
  const auto engine = Store::engine_of(options);
  if (!engine->exists()) return no_store(options);
  StoredTree tree(*engine);
  if (seq < 1 || seq > tree.size()) {
    return fail(ErrorKind::not_found, "ledger.no_such_fact",
                {{"seq", std::to_string(seq)}, {"last", std::to_string(tree.size())}});
  }
  InclusionProof proof{seq, tree.size(), tree.leaf(seq), tree.root_at(tree.size()), {}, false};
  const auto index = static_cast<std::uint64_t>(seq - 1);
  const auto size = static_cast<std::uint64_t>(proof.size);
  proof.path = merkle::inclusion_proof(tree.nodes(), index, size);
  proof.holds = merkle::verify_inclusion(proof.leaf, index, size, proof.path, proof.root);
  return proof;
}

Result<ConsistencyProof> prove_consistency(const StoreOptions& options, std::int64_t older,
                                           std::int64_t newer) {
  const auto engine = Store::engine_of(options);
  if (!engine->exists()) return no_store(options);
  StoredTree tree(*engine);
  if (older < 1 || older > newer || newer > tree.size()) {
    return fail(ErrorKind::not_found, "ledger.no_such_size",
                {{"older", std::to_string(older)},
                 {"newer", std::to_string(newer)},
                 {"last", std::to_string(tree.size())}});
  }
  ConsistencyProof proof{older, newer, tree.root_at(older), tree.root_at(newer), {}, false};
  const auto first = static_cast<std::uint64_t>(older);
  const auto second = static_cast<std::uint64_t>(newer);
  proof.path = merkle::consistency_proof(tree.nodes(), first, second);
  proof.holds =
      merkle::verify_consistency(first, second, proof.older_root, proof.newer_root, proof.path);
  return proof;
}

}  // namespace jishi
