#include "api/routes.hpp"
#include "modules/registry/mergers/merge_persons.hpp"

namespace jishi::registry {

std::vector<CommandEntry> merger_commands(const AllPersonReferences& references) {
  return {
      command_entry<MergePersons>("registry.merge_persons",
                                  [&references](Transaction& tx, const MergePersons& command) {
                                    return merge_persons(tx, references, command);
                                  }),
      command_entry<UnmergePersons>("registry.unmerge_persons",
                                    [&references](Transaction& tx, const UnmergePersons& command) {
                                      return unmerge_persons(tx, references, command);
                                    })};
}

void merger_routes(api::Routes& routes, const AllPersonReferences& references) {
  using api::Call;
  constexpr api::Permission kWrite = "registry.write";
  const auto kept = api::person_in("keep");
  routes.get_slowly<api::Nothing>(
      "/api/v1/persons/{keep}/mergers", {"registry.list_mergers", api::kSee, kept},
      [](Call& call, const api::Nothing&) {
        return call.store.read([&](db::Reader& reader) {
          return Result(api::Page<ShownMerger>{mergers_of(reader, call.store.keys(), call.subject),
                                               std::nullopt});
        });
      });
  routes.command_with<MergePersons>(http::Method::post, "/api/v1/persons/{keep}/mergers",
                                    {"registry.merge_persons", kWrite, kept},
                                    [&references](Transaction& tx, const MergePersons& command) {
                                      return merge_persons(tx, references, command);
                                    });
  api::Operation& undo = routes.command_with<UnmergePersons>(
      http::Method::del, "/api/v1/persons/{keep}/mergers/{drop}",
      {"registry.unmerge_persons", kWrite, kept},
      [&references](Transaction& tx, const UnmergePersons& command) {
        return unmerge_persons(tx, references, command);
      });
  // The address says all of it.
  undo.body = nullptr;
  undo.body_kind = http::BodyKind::none;
}

}  // namespace jishi::registry
