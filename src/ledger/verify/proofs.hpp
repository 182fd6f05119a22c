#pragma once
// Proofs that others can check with nothing but SHA-256 (RFC 9162 §2.1.3, §2.1.4): that a fact
// stands in the ledger, and that an older ledger is the beginning of a newer one.

#include <cstdint>
#include <vector>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "ledger/store.hpp"

namespace jishi {

struct InclusionProof {
  std::int64_t seq = 0;
  std::int64_t size = 0;  // facts of the tree
  Hash leaf{};
  Hash root{};
  std::vector<Hash> path;
  bool holds = false;  // base/merkle finds that it proves it
};

struct ConsistencyProof {
  std::int64_t older = 0;
  std::int64_t newer = 0;
  Hash older_root{};
  Hash newer_root{};
  std::vector<Hash> path;
  bool holds = false;
};

/// Proves that fact `seq` stands in the ledger of the last signed head. Reads stored nodes and at
/// most some hundred leaves. Fails with ledger.no_store, ledger.no_such_fact.
Result<InclusionProof> prove_inclusion(const StoreOptions& options, std::int64_t seq);

/// Proves that the first `older` facts are the beginning of the first `newer`. Fails with
/// ledger.no_store, ledger.no_such_size.
Result<ConsistencyProof> prove_consistency(const StoreOptions& options, std::int64_t older,
                                           std::int64_t newer);

}  // namespace jishi
