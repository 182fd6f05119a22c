// Facts into the ledger, and the ledger verified.

#include "app/bench/run.hpp"
#include "ledger/verify/verify.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::int64_t kFacts = 500'000;
constexpr std::int64_t kLeastFacts = 2'000;
constexpr std::int64_t kFactsInCommit = 1'000;
constexpr std::size_t kLeafBytes = 80;  // of a fact's numbers, as the leaf hash takes them
constexpr FactKind kKind{59};
constexpr double kExpectedAppends = 20'000;  // a second

Fact fact_number(std::int64_t number) {
  Fact fact;
  fact.seq = number + 1;
  fact.happened = bench_day();
  fact.recorded_ms = number;
  fact.kind = static_cast<std::int32_t>(kKind);
  fact.organisation = number % 60'000;
  fact.person = number * 7;
  fact.amount = number % 1'000;
  return fact;
}

// Leaf, frontier and inner nodes, in memory only.
double appends_in_memory(std::int64_t facts) {
  merkle::Frontier frontier;
  const double seconds = seconds_of([&] {
    for (std::int64_t i = 0; i < facts; ++i) frontier.append(leaf_of(fact_number(i)));
  });
  return static_cast<double>(facts) / seconds;
}

// What SHA-256 alone takes for the same bytes: a leaf, and a node of two hashes for each leaf.
double bare_hashes(std::int64_t facts) {
  std::string leaf(kLeafBytes, 'x');
  std::string node(2 * sizeof(Hash) + 1, 'y');
  std::uint8_t sum = 0;
  const double seconds = seconds_of([&] {
    for (std::int64_t i = 0; i < facts; ++i) {
      leaf[0] = static_cast<char>(i);
      const Hash hash = sha256(leaf);
      node[1] = static_cast<char>(hash[0]);
      sum = static_cast<std::uint8_t>(sum + sha256(node)[0]);
    }
  });
  return static_cast<double>(facts) / (seconds + (sum == 1 ? 1e-9 : 0));
}

Result<double> appends_to_ledger(Run& run, Store& store, std::int64_t facts) {
  const Stopwatch watch;
  for (std::int64_t done = 0; done < facts; done += kFactsInCommit) {
    if (const auto on = run.go_on(); !on) return on.error();
    const auto kept = store.write_alone(kOwner, [&](Transaction& tx) -> Result<Done> {
      const std::int64_t until = std::min(facts, done + kFactsInCommit);
      for (std::int64_t i = done; i < until; ++i) {
        tx.fact(kKind, bench_day(), i % 60'000, {.person = i * 7, .amount = i % 1'000});
      }
      return Done{};
    });
    if (!kept) return kept.error();
  }
  return static_cast<double>(facts) / watch.seconds();
}

class NoVerifyObserver final : public VerifyObserver {
 public:
  void progress(std::int64_t, std::int64_t) override {}
};

}  // namespace

Result<Done> bench_merkle(Run& run) {
  const std::int64_t facts = run.scaled(kFacts, kLeastFacts);
  const std::string size = fmt::format("{} facts", facts);
  const double bare = bare_hashes(facts);
  const double in_memory = appends_in_memory(facts);
  auto store = run.make_store("ledger");
  if (!store) return store.error();
  const auto appends = appends_to_ledger(run, **store, facts);
  if (!appends) return appends.error();
  store->reset();
  run.figures.push_back({.name = "merkle_append",
                         .unit = "facts/s",
                         .measured = *appends,
                         .expected = Expected{Sense::at_least, kExpectedAppends},
                         .baselines = {{"by_sha256", bare}, {"by_memory", in_memory}},
                         .note = size + fmt::format(", {} to a durable commit", kFactsInCommit)});
  NoVerifyObserver observer;
  const Stopwatch watch;
  const auto verified = verify_store({run.folder / "ledger", run.folder / "keys"}, observer);
  const double seconds = watch.seconds();
  if (!verified) return verified.error();
  if (!verified->fits()) return verified->misfits.front().what;
  run.figures.push_back({.name = "merkle_verify",
                         .unit = "facts/s",
                         .measured = static_cast<double>(facts) / seconds,
                         .baselines = {{"by_sha256", bare}},
                         .note = size});
  return Done{};
}

}  // namespace jishi::app::bench
