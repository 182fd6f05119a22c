#include "app/modules.hpp"

#include "app/person_references.hpp"
#include "modules/dues/dues.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::app {

std::vector<CommandEntry> all_commands() {
  std::vector<CommandEntry> all;
  for (auto* commands : {registry::commands, orglife::commands, dues::commands}) {
    for (CommandEntry& entry : commands()) all.push_back(std::move(entry));
  }
  for (CommandEntry& entry : registry::merger_commands(person_references()))
    all.push_back(std::move(entry));
  std::sort(all.begin(), all.end(), [](const CommandEntry& left, const CommandEntry& right) {
    return left.name < right.name;
  });
  return all;
}

}  // namespace jishi::app
