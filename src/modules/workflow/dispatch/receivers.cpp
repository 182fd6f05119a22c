// To whom a task goes: who stands at or below its sender, named one by one, by their kind or by a
// light that is lit there.
#include "modules/registry/registry.hpp"
#include "modules/workflow/dispatch/dispatches.hpp"
#include "modules/workflow/dispatch/dispatches.sql.hpp"

namespace jishi::workflow {

namespace {

Error unknown(Id organisation) {
  return fail(ErrorKind::not_found, "registry.not_found",
              {{"organisation", std::to_string(organisation)}});
}

Result<std::vector<Id>> named(db::Reader& reader, Id sender, const std::string& structure,
                              Date today, std::vector<Id> wanted) {
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  auto found = reader.all<Id>(sql::dispatches::named, sender, structure, today,
                              fmt::format("[{}]", fmt::join(wanted, ",")));
  for (const Id one : wanted) {
    if (!std::binary_search(found.begin(), found.end(), one)) return unknown(one);
  }
  return found;
}

}  // namespace

Result<std::vector<Id>> receivers_of(db::Reader& reader, const api::Call& call,
                                     const DispatchTask& asked) {
  const std::string rule = asked.organisations ? "" : asked.rule.value_or("");
  const auto size = [&rule](std::size_t count) -> std::optional<Error> {
    if (count >= 1 && count <= kMostReceivers) return std::nullopt;
    return fail(ErrorKind::invalid, "workflow.dispatch_size",
                {{"path", rule.empty() ? "organisations" : "rule"},
                 {"limit", std::to_string(kMostReceivers)}});
  };
  const auto reach = registry::reach_of(call, asked.structure);
  if (!reach) return reach.error();
  const Date today = call.store.clock().today();
  if (asked.organisations) {
    if (auto refused = size(asked.organisations->size())) return std::move(*refused);
    return named(reader, call.organisation, reach->structure, today, *asked.organisations);
  }
  const Id below = asked.below.value_or(call.organisation);
  if (below != call.organisation &&
      !reader.one<int>(sql::dispatches::stands_there, call.organisation, reach->structure, below))
    return unknown(below);
  const std::string kind = asked.kind.value_or("");
  constexpr auto kOneTooMany = static_cast<std::int64_t>(kMostReceivers) + 1;
  auto found = rule.empty() ? reader.all<Id>(sql::dispatches::of_kind, below, reach->structure,
                                             today, call.organisation, kind, kOneTooMany)
                            : reader.all<Id>(sql::dispatches::lit, below, reach->structure, today,
                                             call.organisation, kind, kOneTooMany, rule);
  if (auto refused = size(found.size())) return std::move(*refused);
  return found;
}

}  // namespace jishi::workflow
