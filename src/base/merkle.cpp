#include "base/merkle.hpp"

#include <bit>

namespace jishi::merkle {

Hash leaf_hash(std::string_view entry) {
  return sha256(std::string_view("\0", 1), entry);
}

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256("\1", bytes_of(left), bytes_of(right));
}

Hash Frontier::root() const {
  if (peaks_.empty()) return sha256({});
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
    root = node_hash(*peak, root);
  return root;
}

namespace {

// The largest power of two smaller than `count` (count > 1): where RFC 6962 splits a list.
std::uint64_t split(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

void subproof(const Nodes& nodes, std::uint64_t older, std::uint64_t begin, std::uint64_t end,
              bool whole, std::vector<Hash>& proof) {
  const std::uint64_t count = end - begin;
  if (older == count) {
    if (!whole) proof.push_back(root_of(nodes, begin, end));
    return;
  }
  const std::uint64_t middle = split(count);
  if (older <= middle) {
    subproof(nodes, older, begin, begin + middle, whole, proof);
    proof.push_back(root_of(nodes, begin + middle, end));
  } else {
    subproof(nodes, older - middle, begin + middle, end, false, proof);
    proof.push_back(root_of(nodes, begin, begin + middle));
  }
}

void path(const Nodes& nodes, std::uint64_t index, std::uint64_t begin, std::uint64_t end,
          std::vector<Hash>& proof) {
  const std::uint64_t count = end - begin;
  if (count <= 1) return;
  const std::uint64_t middle = split(count);
  if (index < middle) {
    path(nodes, index, begin, begin + middle, proof);
    proof.push_back(root_of(nodes, begin + middle, end));
  } else {
    path(nodes, index - middle, begin + middle, end, proof);
    proof.push_back(root_of(nodes, begin, begin + middle));
  }
}

}  // namespace

Hash root_of(const Nodes& nodes, std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t count = end - begin;
  if (count == 0) return sha256({});
  if (std::has_single_bit(count) && begin % count == 0) {
    const auto level = static_cast<unsigned>(std::countr_zero(count));
    if (const auto known = nodes(level, begin / count)) return *known;
  }
  if (count == 1) return Hash{};
  const std::uint64_t middle = begin + split(count);
  return node_hash(root_of(nodes, begin, middle), root_of(nodes, middle, end));
}

std::vector<Hash> inclusion_proof(const Nodes& nodes, std::uint64_t index, std::uint64_t size) {
  std::vector<Hash> proof;
  if (index < size) path(nodes, index, 0, size, proof);
  return proof;
}

std::vector<Hash> consistency_proof(const Nodes& nodes, std::uint64_t older, std::uint64_t newer) {
  std::vector<Hash> proof;
  if (older > 0 && older < newer) subproof(nodes, older, 0, newer, true, proof);
  return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t older, std::uint64_t newer, const Hash& older_root,
                        const Hash& newer_root, const std::vector<Hash>& proof) {
  if (older > newer) return false;
  if (older == newer) return proof.empty() && older_root == newer_root;
  if (older == 0) return proof.empty();
  std::vector<Hash> path = proof;
  if (std::has_single_bit(older)) path.insert(path.begin(), older_root);
  if (path.empty()) return false;
  std::uint64_t node = older - 1;
  std::uint64_t last = newer - 1;
  while ((node & 1U) != 0) {
    node >>= 1U;
    last >>= 1U;
  }
  Hash old_hash = path.front();
  Hash new_hash = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      old_hash = node_hash(path[i], old_hash);
      new_hash = node_hash(path[i], new_hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      new_hash = node_hash(new_hash, path[i]);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && old_hash == older_root && new_hash == newer_root;
}

}  // namespace jishi::merkle
