#pragma once
// The yearly publication of an account of dues (党费收缴、使用和管理情况公布): its figures are
// frozen for the members of the organisation and of what stands below it. Whoever corrects
// publishes anew.

#include "modules/dues/books/books.hpp"

namespace jishi::dues {

inline constexpr int kMaxPublicationsShown = 20;  // of a year, to who keeps the account

struct PublishAccount {
  registry::Reference organisation;
  int year = 0;
};
BOOST_DESCRIBE_STRUCT(PublishAccount, (), (organisation, year))

/// An account as it was published.
struct PublishedAccount {
  Id publication = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  int year = 0;
  Date published_on;
  std::optional<Date> replaces;  // the day of the one it corrects
  BookFigures figures;
};
BOOST_DESCRIBE_STRUCT(PublishedAccount, (),
                      (publication, organisation, organisation_name, year, published_on, replaces,
                       figures))

/// The same as a table has it: sums in yuan that can be summed.
struct PublishedLine {
  Id organisation = kNoId;
  std::string organisation_name;
  int year = 0;
  Date published_on;
  std::optional<Date> replaces;
  double carried = 0;
  double collected = 0;
  double large = 0;
  double received = 0;
  double due = 0;
  double remitted = 0;
  double used = 0;
  double balance = 0;
};
BOOST_DESCRIBE_STRUCT(PublishedLine, (),
                      (organisation, organisation_name, year, published_on, replaces, carried,
                       collected, large, received, due, remitted, used, balance))
std::vector<PublishedLine> published_lines(const PublishedAccount& account);

/// A publication of a year, to who keeps the account.
struct EarlierPublication {
  Id publication = kNoId;
  Date published_on;
  std::string balance;
};
BOOST_DESCRIBE_STRUCT(EarlierPublication, (), (publication, published_on, balance))

struct PublicationsOfYear {
  std::vector<EarlierPublication> all;  // the latest first
  bool changed_since = false;           // the figures are others by now
};
PublicationsOfYear publications_of(db::Reader& reader, Id organisation, int year,
                                   const BookSums& sums);

/// Freezes the figures of a year for the members. Errors: dues.year_invalid, year_not_over,
/// published_same.
Result<PublishedAccount> publish_account(Transaction& tx, const PublishAccount& command,
                                         const UpwardShares& shares);

struct PublishedQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(PublishedQuery, (), (after, limit))

/// What is public to a person: of the organisation where they are a member, and of those above it.
Result<api::Page<PublishedAccount>> published_to(db::Reader& reader, Id person,
                                                 const PublishedQuery& query);

}  // namespace jishi::dues
