#include "modules/governance/kinds/kinds.hpp"

namespace jishi::governance {

Result<std::unordered_set<std::int32_t>> kinds_of(const std::optional<std::string>& word,
                                                  const FactTitles& titles) {
  std::unordered_set<std::int32_t> kinds;
  for (const auto& [kind, title] : titles) {
    if (!word || title.name == *word || title.name.starts_with(*word + ".")) kinds.insert(kind);
  }
  if (kinds.empty()) {
    return fail(ErrorKind::invalid, "governance.kind_unknown",
                {{"path", "kind"}, {"kind", word.value_or("")}});
  }
  return kinds;
}

}  // namespace jishi::governance
