// To whom a task goes: who stands at or below its sender, named one by one, by their kind, by a
// light that is lit there or by the members that are there.
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
  auto found =
      reader.all<Id>(sql::dispatches::named, sender, structure, today, db::number_list(wanted));
  for (const Id one : wanted) {
    if (!std::binary_search(found.begin(), found.end(), one)) return unknown(one);
  }
  return found;
}

/// Those that the rule and the view leave, by id; nothing where neither is asked for.
Result<std::optional<std::vector<Id>>> left(db::Reader& reader, registry::Roll& roll,
                                            const api::Call& call, Id below,
                                            const DispatchTask& asked) {
  std::optional<std::vector<Id>> all;
  if (asked.rule && !asked.rule->empty()) all = reader.all<Id>(sql::dispatches::lit, *asked.rule);
  if (!asked.members) return all;
  if (!call.gate.may(call.caller, api::kSee, below))
    return fail(ErrorKind::forbidden, "api.forbidden", {{"permission", std::string(api::kSee)}});
  api::Call seeing = call;
  seeing.permission = api::kSee;
  const auto scope = registry::CallerScope::of(seeing, asked.structure);
  if (!scope) return scope.error();
  auto viewed = registry::organisations_in_view(reader, roll, scope->get(), below, *asked.members);
  if (!viewed) return viewed.error();
  if (!all) return std::optional(std::move(*viewed));
  std::vector<Id> both;
  std::set_intersection(all->begin(), all->end(), viewed->begin(), viewed->end(),
                        std::back_inserter(both));
  return std::optional(std::move(both));
}

/// What the size of the receivers hangs on.
std::string_view narrowest(const DispatchTask& asked) {
  if (asked.organisations) return "organisations";
  if (asked.members) return "members";
  return asked.rule && !asked.rule->empty() ? "rule" : "organisations";
}

}  // namespace

std::optional<Error> refuse_unknown(const Dispatches& dispatches, const api::Call& call,
                                    const DispatchTask& asked) {
  if (asked.rule && !asked.rule->empty() && dispatches.is_rule && !dispatches.is_rule(*asked.rule))
    return fail(ErrorKind::invalid, "insight.rule_unknown",
                {{"path", "rule"}, {"rule", *asked.rule}});
  const Codes* codes = call.store.codes();
  if (codes == nullptr) return std::nullopt;
  const auto refuse = [&](std::string_view set, std::string_view path,
                          const std::optional<std::string>& code) -> std::optional<Error> {
    if (!code || code->empty()) return std::nullopt;
    return jishi::refuse_code(*codes, set, path, *code);
  };
  if (auto refused = refuse("organisation_kind", "kind", asked.kind)) return refused;
  if (!asked.members) return std::nullopt;
  const registry::MemberView& view = *asked.members;
  if (auto refused = refuse("member_status", "members.status", view.status)) return refused;
  return refuse("member_stage", "members.stage", view.stage);
}

Result<std::vector<Id>> receivers_of(db::Reader& reader, registry::Roll& roll,
                                     const api::Call& call, const DispatchTask& asked) {
  const auto size = [&asked](std::size_t count) -> std::optional<Error> {
    if (count == 0)
      return fail(ErrorKind::invalid, "workflow.dispatch_nobody",
                  {{"path", std::string(narrowest(asked))}});
    if (count <= kMostReceivers) return std::nullopt;
    return fail(
        ErrorKind::invalid, "workflow.dispatch_size",
        {{"path", std::string(narrowest(asked))}, {"limit", std::to_string(kMostReceivers)}});
  };
  const auto reach = registry::reach_of(call, asked.structure);
  if (!reach) return reach.error();
  const Date today = call.store.clock().today();
  const bool chosen = asked.organisations || asked.below || asked.kind || asked.members ||
                      (asked.rule && !asked.rule->empty());
  if (!chosen) return fail(ErrorKind::invalid, "workflow.dispatch_choose", {{"path", "kind"}});
  if (asked.organisations) {
    const auto& all = *asked.organisations;
    if (std::find(all.begin(), all.end(), call.organisation) != all.end())
      return fail(ErrorKind::invalid, "workflow.dispatch_oneself", {{"path", "organisations"}});
    if (auto refused = size(asked.organisations->size())) return std::move(*refused);
    return named(reader, call.organisation, reach->structure, today, *asked.organisations);
  }
  const Id below = asked.below.value_or(call.organisation);
  if (below != call.organisation &&
      !reader.one<int>(sql::dispatches::stands_there, call.organisation, reach->structure, below))
    return unknown(below);
  const auto among = left(reader, roll, call, below, asked);
  if (!among) return among.error();
  const std::string kind = asked.kind.value_or("");
  constexpr auto kOneTooMany = static_cast<std::int64_t>(kMostReceivers) + 1;
  auto found = *among
                   ? reader.all<Id>(sql::dispatches::of_kind_among, below, reach->structure, today,
                                    call.organisation, kind, kOneTooMany, db::number_list(**among))
                   : reader.all<Id>(sql::dispatches::of_kind, below, reach->structure, today,
                                    call.organisation, kind, kOneTooMany);
  if (auto refused = size(found.size())) return std::move(*refused);
  return found;
}

}  // namespace jishi::workflow
