// A list of members with what is masked elsewhere: to be taken along for a purpose, on record.

#include "modules/registry/registry.hpp"
#include "modules/registry/roll/members_list.hpp"

namespace jishi::registry {

namespace {

using api::Call;

struct ExportMembers {
  api::TableFormat format = api::TableFormat::xlsx;
  std::string purpose;
  std::vector<std::string> personal;  // citizen_id, phone, address
  std::optional<std::string> structure;
  std::optional<bool> direct;  // of the organisation itself only
  std::optional<std::string> stage;
  std::optional<std::string> status;
  std::optional<std::string> sex;
  std::optional<std::string> education;
  std::optional<Date> born_from;
  std::optional<Date> born_to;
  std::optional<Date> joined_from;
  std::optional<Date> joined_to;
  std::optional<std::string> name;
  std::optional<std::string> education_band;
  std::optional<std::string> occupation_band;
  std::optional<std::string> ethnic_group;
  std::optional<MemberOrder> order;
  std::optional<bool> descending;
};
BOOST_DESCRIBE_STRUCT(ExportMembers, (),
                      (format, purpose, personal, structure, direct, stage, status, sex, education,
                       born_from, born_to, joined_from, joined_to, name, education_band,
                       occupation_band, ethnic_group, order, descending))

MembersQuery query_of(const ExportMembers& asked) {
  return {asked.structure,
          asked.direct.value_or(false),
          asked.stage,
          asked.status,
          asked.sex,
          asked.education,
          asked.born_from,
          asked.born_to,
          asked.joined_from,
          asked.joined_to,
          asked.name,
          asked.education_band,
          asked.occupation_band,
          asked.ethnic_group,
          asked.order,
          asked.descending.value_or(false),
          std::nullopt,
          std::nullopt};
}

std::optional<Error> refuse_columns(const ExportMembers& asked,
                                    const std::vector<std::string>& known) {
  if (asked.personal.empty())
    return fail(ErrorKind::invalid, "registry.export_no_column", {{"path", "personal"}});
  for (const std::string& column : asked.personal) {
    if (std::find(known.begin(), known.end(), column) == known.end())
      return fail(ErrorKind::invalid, "registry.export_column",
                  {{"path", "personal"}, {"column", column}});
  }
  return std::nullopt;
}

Result<http::Response> export_members(Call& call, Roll& roll, const ExportMembers& asked) {
  const auto whole = whole_members(roll);
  if (auto refused = refuse_columns(asked, whole.personal)) return std::move(*refused);
  const api::TableAsked table{
      "registry.export_members",
      asked.format,
      api::columns_of<MemberRow>(),
      {},
      asked.personal,
      asked.purpose,
  };
  const auto list = [&](Call& same, const MembersQuery& query) {
    return list_members(same, roll, query);
  };
  return api::export_table(call, table, [&](api::TableRows& rows) {
    return api::write_pages(call, query_of(asked), list, whole, table, rows);
  });
}

}  // namespace

void export_routes(api::Routes& routes, Roll& roll) {
  routes.file<ExportMembers>(
      "/api/v1/organisations/{organisation}/members/exports",
      {"registry.export_members", "export.personal", api::organisation_in("organisation")},
      [&](Call& call, const ExportMembers& asked) { return export_members(call, roll, asked); });
}

}  // namespace jishi::registry
