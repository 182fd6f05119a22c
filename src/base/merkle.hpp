#pragma once
// The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162): its structure, its root and its proofs.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/hash.hpp"

namespace jishi::merkle {

/// The hash of one entry: SHA-256(0x00 || entry).
Hash leaf_hash(std::string_view entry);
/// The hash of an inner node: SHA-256(0x01 || left || right).
Hash node_hash(const Hash& left, const Hash& right);

/// The right edge of a tree that only grows: all that is needed to append and to tell the root. At
/// most 64 hashes.
class Frontier {
 public:
  Frontier() = default;
  /// Takes up where another left off; `peaks` as peaks() gave them.
  Frontier(std::uint64_t size, std::vector<Hash> peaks) : size_(size), peaks_(std::move(peaks)) {}

  /// Appends a leaf's hash. `completed(level, index, hash)` is called for each full subtree of
  /// 2^level leaves, the `index`-th of its level, that the leaf completes (level 0, the leaf
  /// itself, not among them).
  template <class Completed>
  void append(const Hash& leaf, Completed&& completed) {
    Hash hash = leaf;
    unsigned level = 0;
    for (std::uint64_t rest = size_; rest & 1U; rest >>= 1U) {
      hash = node_hash(peaks_.back(), hash);
      peaks_.pop_back();
      ++level;
      completed(level, size_ >> level, hash);
    }
    peaks_.push_back(hash);
    ++size_;
  }
  void append(const Hash& leaf) {
    append(leaf, [](unsigned, std::uint64_t, const Hash&) {});
  }

  std::uint64_t size() const { return size_; }
  /// The roots of the full subtrees that make up the tree, largest first.
  const std::vector<Hash>& peaks() const { return peaks_; }
  /// The root; of an empty tree, SHA-256 of nothing.
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

/// The hash of the full subtree of 2^level leaves, the `index`-th of its level. Level 0 must be
/// answered; a higher one may be (a stored node), which saves going down to its leaves.
using Nodes = std::function<std::optional<Hash>(unsigned level, std::uint64_t index)>;

/// The root of the leaves [begin, end) as RFC 6962 splits them.
Hash root_of(const Nodes& nodes, std::uint64_t begin, std::uint64_t end);

/// The audit path of leaf `index` in the tree of the first `size` leaves (RFC 6962 §2.1.1).
std::vector<Hash> inclusion_proof(const Nodes& nodes, std::uint64_t index, std::uint64_t size);

/// The consistency proof between the trees of the first `older` and `newer` leaves (RFC 6962
/// §2.1.2).
std::vector<Hash> consistency_proof(const Nodes& nodes, std::uint64_t older, std::uint64_t newer);

/// Does `proof` show that `leaf` is entry `index` of the tree of `size` leaves with this root (RFC
/// 9162 §2.1.3.2)?
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root);

/// Does `proof` show that the older tree is a beginning of the newer one (RFC 9162 §2.1.4.2)?
bool verify_consistency(std::uint64_t older, std::uint64_t newer, const Hash& older_root,
                        const Hash& newer_root, const std::vector<Hash>& proof);

}  // namespace jishi::merkle
