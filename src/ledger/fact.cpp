#include "ledger/fact.hpp"

#include <array>

#include "base/merkle.hpp"

namespace jishi {

Hash leaf_of(const Fact& fact) {
  const std::array<std::int64_t, 10> numbers{
      fact.seq,    to_days(fact.happened), fact.recorded_ms, fact.kind,  fact.organisation,
      fact.person, fact.subject,           fact.amount,      fact.actor, fact.command};
  std::string entry;
  entry.reserve(numbers.size() * 8 + fact.payload.size());
  for (const std::int64_t number : numbers) {
    for (int shift = 56; shift >= 0; shift -= 8)
      entry +=
          static_cast<char>(static_cast<std::uint64_t>(number) >> static_cast<unsigned>(shift));
  }
  entry += fact.payload;
  return merkle::leaf_hash(entry);
}

}  // namespace jishi
