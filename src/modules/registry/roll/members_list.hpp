#pragma once
// The list of members as routes read it: its query, a page, and how it goes whole into a table.

#include "api/routes.hpp"
#include "modules/registry/roll/members_page.hpp"

namespace jishi::registry {

struct MembersQuery {
  std::optional<std::string> structure;  // in which it is below the organisation; the Party's
  bool direct = false;                   // of the organisation itself only
  std::optional<std::string> stage;
  std::optional<std::string> status;
  std::optional<std::string> sex;
  std::optional<std::string> education;
  std::optional<Date> born_from;
  std::optional<Date> born_to;
  std::optional<Date> joined_from;
  std::optional<Date> joined_to;
  std::optional<std::string> name;            // the beginning of a name, its pinyin, its initials
  std::optional<std::string> education_band;  // groups of the bulletin, as the structure has them
  std::optional<std::string> occupation_band;
  std::optional<std::string> ethnic_group;
  std::optional<MemberOrder> order;
  bool descending = false;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MembersQuery, (),
                      (structure, direct, stage, status, sex, education, born_from, born_to,
                       joined_from, joined_to, name, education_band, occupation_band, ethnic_group,
                       order, descending, after, limit))

Result<api::Page<MemberRow>> list_members(api::Call& call, Roll& roll, const MembersQuery& asked);

Result<std::int64_t> count_listed(api::Call& call, Roll& roll, const MembersQuery& asked);

/// How the list is read whole: in larger pages, with citizen_id, phone and address for a purpose.
api::WholeList<MemberRow> whole_members(Roll& roll);

}  // namespace jishi::registry
