#include "base/merkle.hpp"

#include <gtest/gtest.h>

namespace jishi::merkle {
namespace {

// The entries and roots that certificate-transparency implementations share.
const std::vector<std::string> kEntries{"",
                                        "00",
                                        "10",
                                        "2021",
                                        "3031",
                                        "40414243",
                                        "5051525354555657",
                                        "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots{
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash> leaves(std::size_t count) {
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i < count; ++i) {
    hashes.push_back(leaf_hash(i < kEntries.size() ? from_hex(kEntries[i]) : std::to_string(i)));
  }
  return hashes;
}

Nodes nodes_of(const std::vector<Hash>& hashes) {
  return [&hashes](unsigned level, std::uint64_t index) -> std::optional<Hash> {
    if (level != 0) return std::nullopt;
    return hashes.at(index);
  };
}

TEST(Merkle, EmptyTree) {
  EXPECT_EQ(to_hex(Frontier().root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Merkle, KnownRoots) {
  Frontier frontier;
  const auto hashes = leaves(8);
  for (std::size_t i = 0; i < 8; ++i) {
    frontier.append(hashes[i]);
    EXPECT_EQ(to_hex(frontier.root()), kRoots[i]);
    EXPECT_EQ(root_of(nodes_of(hashes), 0, i + 1), frontier.root());
  }
}

TEST(Merkle, KnownInclusionProof) {
  const auto hashes = leaves(8);
  const auto proof = inclusion_proof(nodes_of(hashes), 0, 8);
  ASSERT_EQ(proof.size(), 3U);
  EXPECT_EQ(to_hex(proof[0]), "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
  EXPECT_EQ(to_hex(proof[1]), "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
  EXPECT_EQ(to_hex(proof[2]), "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
}

TEST(Merkle, EveryInclusionProofHoldsAndNoOther) {
  const auto hashes = leaves(70);
  for (std::uint64_t size = 1; size <= 70; ++size) {
    const Hash root = root_of(nodes_of(hashes), 0, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(nodes_of(hashes), index, size);
      EXPECT_TRUE(verify_inclusion(hashes[index], index, size, proof, root));
      EXPECT_FALSE(verify_inclusion(hashes[(index + 1) % 70], index, size, proof, root));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion(hashes[index], (index + 1) % size, size, proof, root));
      }
    }
  }
}

TEST(Merkle, EveryConsistencyProofHoldsAndNoOther) {
  const auto hashes = leaves(40);
  const auto nodes = nodes_of(hashes);
  for (std::uint64_t newer = 1; newer <= 40; ++newer) {
    for (std::uint64_t older = 1; older <= newer; ++older) {
      auto proof = consistency_proof(nodes, older, newer);
      const Hash old_root = root_of(nodes, 0, older);
      const Hash new_root = root_of(nodes, 0, newer);
      EXPECT_TRUE(verify_consistency(older, newer, old_root, new_root, proof));
      if (older < newer) {
        EXPECT_FALSE(verify_consistency(older, newer, new_root, old_root, proof));
      }
      if (!proof.empty()) {
        proof[0][0] ^= 1U;
        EXPECT_FALSE(verify_consistency(older, newer, old_root, new_root, proof));
      }
    }
  }
}

TEST(Merkle, StoredNodesGiveTheSameProofs) {
  const auto hashes = leaves(1000);
  std::map<std::pair<unsigned, std::uint64_t>, Hash> stored;
  Frontier frontier;
  for (const Hash& hash : hashes) {
    frontier.append(hash, [&](unsigned level, std::uint64_t index, const Hash& node) {
      if (level % 4 == 0) stored[{level, index}] = node;
    });
  }
  const Nodes nodes = [&](unsigned level, std::uint64_t index) -> std::optional<Hash> {
    if (level == 0) return hashes.at(index);
    const auto found = stored.find({level, index});
    if (found == stored.end()) return std::nullopt;
    return found->second;
  };
  EXPECT_EQ(inclusion_proof(nodes, 613, 1000), inclusion_proof(nodes_of(hashes), 613, 1000));
  EXPECT_EQ(consistency_proof(nodes, 333, 1000), consistency_proof(nodes_of(hashes), 333, 1000));
  EXPECT_EQ(root_of(nodes, 0, 1000), frontier.root());
}

TEST(Merkle, FrontierTakesUpWhereItLeftOff) {
  const auto hashes = leaves(100);
  Frontier whole;
  Frontier first;
  for (std::size_t i = 0; i < 37; ++i) first.append(hashes[i]);
  Frontier second(first.size(), first.peaks());
  for (std::size_t i = 37; i < 100; ++i) second.append(hashes[i]);
  for (const Hash& hash : hashes) whole.append(hash);
  EXPECT_EQ(second.root(), whole.root());
}

}  // namespace
}  // namespace jishi::merkle
