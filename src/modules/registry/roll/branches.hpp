#pragma once
// Organisations of today for people: what stands below one with counts, the way down to one, and
// the page of one.

#include "modules/registry/roll/members_page.hpp"

namespace jishi::registry {

/// An organisation with what stands below it today.
struct Branch {
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  std::int64_t children = 0;       // living, directly below
  std::int64_t organisations = 0;  // living, itself among them
  std::int64_t members = 0;        // in good standing, of all these
  std::int64_t on_record = 0;      // whatever their standing
};
BOOST_DESCRIBE_STRUCT(Branch, (),
                      (organisation, code, name, kind, children, organisations, members, on_record))

struct BranchPage {
  std::vector<Branch> rows;
  std::string next;  // empty on the last page
};
BOOST_DESCRIBE_STRUCT(BranchPage, (), (rows, next))

struct BranchQuery {
  Id organisation = kNoId;  // whose children; kNoId: the places of the scope themselves
  std::string after;        // BranchPage::next of the page before
  int limit = 50;           // kMaxPage at most
};

/// The living organisations directly below one, by code. Errors: registry.not_found,
/// api.page_unknown, api.limit_out_of_range.
Result<BranchPage> branches(db::Reader& reader, Roll& roll, const Scope& scope,
                            const BranchQuery& query);

/// The way from the highest organisation the caller may see down to one, itself the last. Error:
/// registry.not_found.
Result<std::vector<Branch>> breadcrumbs(db::Reader& reader, Roll& roll, const Scope& scope,
                                        Id organisation);

/// Who holds a post of an organisation today.
struct PostHolder {
  Id post = kNoId;
  Id person = kNoId;
  std::string name;
  std::string title;
  Date from;
};
BOOST_DESCRIBE_STRUCT(PostHolder, (), (post, person, name, title, from))

/// An organisation as its page shows it.
struct OrganisationPage {
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  std::string unit_name;
  std::string credit_code;
  std::string unit_kind;
  std::string division;
  std::optional<Date> founded;
  std::optional<Date> elected;
  std::optional<int> term_years;
  std::optional<Date> extended_to;
  std::optional<Date> ended;
  std::string phone;  // masked
  std::string source;
  Branch counts;
  std::vector<Branch> line;             // breadcrumbs, in the structure that was asked about
  std::vector<std::string> structures;  // in which it stands today
  std::vector<PostHolder> posts;        // held today: secretary first, then by title and time
};
BOOST_DESCRIBE_STRUCT(OrganisationPage, (),
                      (organisation, code, name, kind, unit_name, credit_code, unit_kind, division,
                       founded, elected, term_years, extended_to, ended, phone, source, counts,
                       line, structures, posts))

/// Posts of one organisation that its page shows.
inline constexpr int kMaxPostsShown = 200;

/// The page of an organisation within the scope. Error: registry.not_found.
Result<OrganisationPage> organisation_page(db::Reader& reader, const crypto::Keys& keys, Roll& roll,
                                           const Scope& scope, Id organisation);

}  // namespace jishi::registry
