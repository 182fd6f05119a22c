#include "modules/registry/structure/structure.hpp"

namespace jishi::registry {

namespace {

// Which of the overloads of a feature's function a command entry is to call.
template <class Command>
CommandEntry entry(std::string_view name, std::string_view summary,
                   Result<Changes> (*work)(Transaction&, const Command&)) {
  return command_entry<Command>(name, summary, work);
}

}  // namespace

std::vector<CommandEntry> commands() {
  return {
      entry<CreateOrganisation>("registry.create_organisation", "registry.about_create",
                                create_organisation),
      entry<RenameOrganisation>("registry.rename_organisation", "registry.about_rename",
                                rename_organisation),
      entry<MoveOrganisation>("registry.move_organisation", "registry.about_move",
                              move_organisation),
      entry<SplitOrganisation>("registry.split_organisation", "registry.about_split",
                               split_organisation),
      entry<MergeOrganisations>("registry.merge_organisations", "registry.about_merge",
                                merge_organisations),
      entry<AbolishOrganisation>("registry.abolish_organisation", "registry.about_abolish",
                                 abolish_organisation),
      entry<ReopenOrganisation>("registry.reopen_organisation", "registry.about_reopen",
                                reopen_organisation),
      entry<Undo>("registry.undo", "registry.about_undo", undo),
  };
}

}  // namespace jishi::registry
