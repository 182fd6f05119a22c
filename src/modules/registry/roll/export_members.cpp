// A list of members with what is masked elsewhere: to be taken along for a purpose, on record.

#include "api/routes.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::registry {

namespace {

using api::Call;

constexpr std::string_view kPersonal[] = {"citizen_id", "phone", "address"};

struct ExportMembers {
  api::TableFormat format = api::TableFormat::xlsx;
  std::string purpose;
  std::vector<std::string> personal;  // citizen_id, phone, address
  std::optional<bool> direct;         // of the organisation itself only
  std::optional<std::string> stage;
  std::optional<std::string> status;
  std::optional<std::string> sex;
  std::optional<std::string> education;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(ExportMembers, (),
                      (format, purpose, personal, direct, stage, status, sex, education, name))

MemberFilter filter_of(const Call& call, const ExportMembers& asked) {
  MemberFilter filter;
  filter.organisation = call.organisation;
  filter.direct = asked.direct.value_or(false);
  filter.stage = asked.stage.value_or("");
  filter.status = asked.status.value_or("");
  filter.sex = asked.sex.value_or("");
  filter.education = asked.education.value_or("");
  filter.name = asked.name.value_or("");
  return filter;
}

std::optional<Error> refuse_columns(const ExportMembers& asked) {
  if (asked.personal.empty())
    return fail(ErrorKind::invalid, "registry.export_no_column", {{"path", "personal"}});
  for (const std::string& column : asked.personal) {
    if (std::find(std::begin(kPersonal), std::end(kPersonal), column) == std::end(kPersonal))
      return fail(ErrorKind::invalid, "registry.export_column",
                  {{"path", "personal"}, {"column", column}});
  }
  return std::nullopt;
}

Result<Done> write_members(Call& call, Roll& roll, const ExportMembers& asked,
                           api::TableRows& rows) {
  const CallerScope scope(call);
  MemberQuery query;
  query.filter = filter_of(call, asked);
  query.limit = kMaxPage;
  return call.store.read([&](db::Reader& reader) -> Result<Done> {
    while (true) {
      const auto page = members_page(reader, roll, scope.get(), query);
      if (!page) return page.error();
      for (const MemberRow& row : page->rows) {
        auto cells = api::cells_of(row);
        for (const std::string& column : asked.personal)
          cells.emplace_back(
              member_field(reader, call.store.keys(), row.person, column).value_or(""));
        if (const auto added = rows.add(std::move(cells)); !added) return added.error();
      }
      if (page->next.empty()) return Done{};
      query.after = page->next;
    }
  });
}

Result<http::Response> export_members(Call& call, Roll& roll, const ExportMembers& asked) {
  if (auto refused = refuse_columns(asked)) return std::move(*refused);
  api::TableAsked table{"registry.export_members", asked.format, api::columns_of<MemberRow>(), {}};
  table.columns.insert(table.columns.end(), asked.personal.begin(), asked.personal.end());
  table.personal = asked.personal;
  table.purpose = asked.purpose;
  return api::export_table(
      call, table, [&](api::TableRows& rows) { return write_members(call, roll, asked, rows); });
}

}  // namespace

void export_routes(api::Routes& routes, Roll& roll) {
  routes.file<ExportMembers>(
      "/api/v1/organisations/{organisation}/members/exports",
      {"registry.export_members", "export.personal", api::organisation_in("organisation")},
      [&](Call& call, const ExportMembers& asked) { return export_members(call, roll, asked); });
}

}  // namespace jishi::registry
