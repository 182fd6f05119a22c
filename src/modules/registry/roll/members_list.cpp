#include "modules/registry/roll/members_list.hpp"

#include "modules/registry/registry.hpp"

namespace jishi::registry {

namespace {

MemberQuery query_of(const api::Call& call, const MembersQuery& asked) {
  MemberQuery query;
  query.filter = {call.organisation,
                  asked.direct,
                  asked.stage.value_or(""),
                  asked.status.value_or(""),
                  asked.sex.value_or(""),
                  asked.education.value_or(""),
                  asked.born_from,
                  asked.born_to,
                  asked.joined_from,
                  asked.joined_to,
                  asked.name.value_or(""),
                  {asked.education_band.value_or(""), asked.occupation_band.value_or(""),
                   asked.ethnic_group.value_or("")}};
  query.order = asked.order.value_or(MemberOrder::name);
  query.descending = asked.descending;
  query.after = asked.after.value_or("");
  query.limit = asked.limit.value_or(query.limit);
  query.whole = call.table != nullptr;
  return query;
}

}  // namespace

Result<api::Page<MemberRow>> list_members(api::Call& call, Roll& roll, const MembersQuery& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<MemberRow>> {
    auto page = members_page(reader, roll, scope->get(), query_of(call, asked));
    if (!page) return page.error();
    return api::Page<MemberRow>{std::move(page->rows), page->next.empty()
                                                           ? std::nullopt
                                                           : std::optional(std::move(page->next))};
  });
}

Result<std::int64_t> count_listed(api::Call& call, Roll& roll, const MembersQuery& asked) {
  const auto scope = CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  return call.store.read([&](db::Reader& reader) {
    return count_members(reader, roll, scope->get(), query_of(call, asked).filter);
  });
}

api::WholeList<MemberRow> whole_members(Roll& roll) {
  api::WholeList<MemberRow> whole;
  whole.page = kMaxWholePage;
  whole.personal = {"citizen_id", "phone", "address"};
  whole.unmasked = [](api::Call& call, db::Reader& reader, const MemberRow& row,
                      std::string_view column) {
    return member_field(reader, call.store.keys(), row.person, column).value_or("");
  };
  whole.count = [&roll](api::Call& call) -> std::optional<std::int64_t> {
    const auto asked = api::Routes::list_query_in<MembersQuery>(call.request);
    if (!asked) return std::nullopt;
    const auto counted = count_listed(call, roll, *asked);
    return counted ? std::optional(*counted) : std::nullopt;
  };
  return whole;
}

}  // namespace jishi::registry
