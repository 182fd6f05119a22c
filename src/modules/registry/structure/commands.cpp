#include "modules/registry/structure/structure.hpp"

namespace jishi::registry {

namespace {

// Which of the overloads of a feature's function a command entry is to call.
template <class Command>
CommandEntry entry(std::string_view name, Result<Changes> (*work)(Transaction&, const Command&)) {
  return command_entry<Command>(name, work);
}

}  // namespace

std::vector<CommandEntry> commands() {
  return {
      entry<CreateOrganisation>("registry.create_organisation", create_organisation),
      entry<RenameOrganisation>("registry.rename_organisation", rename_organisation),
      entry<MoveOrganisation>("registry.move_organisation", move_organisation),
      entry<SplitOrganisation>("registry.split_organisation", split_organisation),
      entry<MergeOrganisations>("registry.merge_organisations", merge_organisations),
      entry<AbolishOrganisation>("registry.abolish_organisation", abolish_organisation),
      entry<ReopenOrganisation>("registry.reopen_organisation", reopen_organisation),
      entry<Undo>("registry.undo", undo),
  };
}

}  // namespace jishi::registry
