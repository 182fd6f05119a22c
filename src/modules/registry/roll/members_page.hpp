#pragma once
// The list of members of an organisation and all below it, filtered, in any order, page by page.

#include "modules/registry/roll/bands.hpp"
#include "modules/registry/roll/roll.hpp"

namespace jishi::registry {

/// Rows a page may have.
inline constexpr int kMaxPage = 200;
/// The same of a list that goes whole into a table: a page costs a walk along the roll.
inline constexpr int kMaxWholePage = 2'000;

/// Which members; an empty text, day or id asks for nothing.
struct MemberFilter {
  Id organisation = kNoId;  // and all below it
  bool direct = false;      // only of the organisation itself
  std::string stage;
  std::string status;
  std::string sex;
  std::string education;
  std::optional<Date> born_from;
  std::optional<Date> born_to;  // this day included, as below
  std::optional<Date> joined_from;
  std::optional<Date> joined_to;
  std::string name;  // the beginning of a name, its pinyin, its initials
  Bands bands;
};
BOOST_DESCRIBE_STRUCT(MemberFilter, (),
                      (organisation, direct, stage, status, sex, education, born_from, born_to,
                       joined_from, joined_to, name))

/// A filter as people keep it, without a place: a saved view of the list of members.
struct MemberView {
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
};
BOOST_DESCRIBE_STRUCT(MemberView, (),
                      (stage, status, sex, education, born_from, born_to, joined_from, joined_to,
                       name, education_band, occupation_band, ethnic_group))

/// What a list is sorted by; what is not known stands last, and first when descending.
enum class MemberOrder { name, birth, joined, number, organisation };
BOOST_DESCRIBE_ENUM(MemberOrder, name, birth, joined, number, organisation)

struct MemberQuery {
  MemberFilter filter;
  MemberOrder order = MemberOrder::name;
  bool descending = false;
  std::string after;   // MemberPage::next of the page before; empty: from the start
  int limit = 50;      // kMaxPage at most
  bool whole = false;  // kMaxWholePage at most
};

struct MemberRow {
  Id person = kNoId;
  std::string number;
  std::string name;
  std::string sex;
  std::string ethnic;
  std::optional<Date> birth;
  std::string birth_precision;
  std::string education;
  std::string stage;
  std::string status;
  Date joined;
  Id organisation = kNoId;
  std::string organisation_code;
  std::string organisation_name;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (),
                      (person, number, name, sex, ethnic, birth, birth_precision, education, stage,
                       status, joined, organisation, organisation_code, organisation_name))

struct MemberPage {
  std::vector<MemberRow> rows;
  std::string next;  // empty on the last page
};
BOOST_DESCRIBE_STRUCT(MemberPage, (), (rows, next))

/// A page of the members within the scope. Errors: registry.not_found (the organisation, also when
/// it lies outside the scope), api.page_unknown, api.limit_out_of_range,
/// registry.band_unknown.
Result<MemberPage> members_page(db::Reader& reader, Roll& roll, const Scope& scope,
                                const MemberQuery& query);

/// How many members a filter leaves. Errors: registry.not_found,
/// registry.band_unknown.
Result<std::int64_t> count_members(db::Reader& reader, Roll& roll, const Scope& scope,
                                   const MemberFilter& filter);

/// The organisations at or below one, by id, of which a member of their own is in the view. Errors:
/// those of count_members().
Result<std::vector<Id>> organisations_in_view(db::Reader& reader, Roll& roll, const Scope& scope,
                                              Id organisation, const MemberView& view);

/// registry.not_found of an organisation that is not there for the caller.
Error organisation_not_found(Id organisation);

/// api.limit_out_of_range unless 1 <= limit <= most.
std::optional<Error> refuse_limit(int limit, int most = kMaxPage);

}  // namespace jishi::registry
