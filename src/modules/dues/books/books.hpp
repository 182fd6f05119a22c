#pragma once
// The account of Party dues (党费账目) of an organisation and a year: what came in, what goes up to
// its superior, what was used. It is kept apart from all other money, and told to the members once
// a year (中组发〔2008〕3号).
//
// A payment counts in the year it was paid in (where no day is on record: of the month it is for),
// and to the organisation where the payer was a member when it was recorded.

#include <functional>
#include <map>

#include "api/call.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::dues {

inline constexpr int kMaxBookRows = 200;  // of a page

/// At which level an organisation shares: what a branch keeps is set apart from what a committee
/// keeps.
enum class ShareLevel { branch, committee };

/// By the kind of an organisation, as the pack's code set has it.
ShareLevel share_level(std::string_view kind);

/// What an organisation passes up of a year, as it is set. National rules say it of provinces only;
/// the levels below are for each province to say.
struct UpwardShare {
  int percent = 100;
  int until_month = 4;  // of the next year: by its end
  Id set_by = kNoId;    // kNoId: the pack's default
  std::string set_by_name;
};

struct Sharing {
  Id organisation = kNoId;
  ShareLevel level = ShareLevel::branch;
};

/// Tells the shares of organisations; who knows the settings hands it in.
using UpwardShares = std::function<std::map<Id, UpwardShare>(db::Reader&, const Clock&,
                                                             const std::vector<Sharing>&)>;

/// The sums of a year in cents. carried + own + received - remitted - used = balance.
struct BookSums {
  std::int64_t carried = 0;    // from the year before
  std::int64_t collected = 0;  // of its members and of all below it
  std::int64_t large = 0;      // of it: single voluntary sums that go to the Centre whole
  std::int64_t own = 0;        // of it: of its own members
  std::int64_t received = 0;   // from directly below
  std::int64_t due = 0;        // of what was collected, upward
  std::int64_t remitted = 0;
  std::int64_t used_training = 0;
  std::int64_t used_materials = 0;
  std::int64_t used_honours = 0;
  std::int64_t used_hardship = 0;
  std::int64_t used_disaster = 0;
  std::int64_t balance = 0;

  std::int64_t used() const {
    return used_training + used_materials + used_honours + used_hardship + used_disaster;
  }
};
BOOST_DESCRIBE_STRUCT(BookSums, (),
                      (carried, collected, large, own, received, due, remitted, used_training,
                       used_materials, used_honours, used_hardship, used_disaster, balance))

/// The same in yuan, as it is shown.
struct BookFigures {
  std::string carried;
  std::string collected;
  std::string large;
  std::string own;
  std::string received;
  std::string due;
  std::string kept;  // what is not due upward: by it and those below it
  std::string remitted;
  std::string missing;  // of what is due
  std::string used;
  std::string used_training;
  std::string used_materials;
  std::string used_honours;
  std::string used_hardship;
  std::string used_disaster;
  std::string balance;
};
BOOST_DESCRIBE_STRUCT(BookFigures, (),
                      (carried, collected, large, own, received, due, kept, remitted, missing, used,
                       used_training, used_materials, used_honours, used_hardship, used_disaster,
                       balance))
BookFigures figures_of(const BookSums& sums);

/// A superior, and what is due to it of a year.
struct Upward {
  Id superior = kNoId;  // kNoId: the body above is outside of this system
  std::string superior_name;
  int percent = 0;
  Id set_by = kNoId;  // kNoId: the pack's default
  std::string set_by_name;
  Date until;
};
BOOST_DESCRIBE_STRUCT(Upward, (), (superior, superior_name, percent, set_by, set_by_name, until))

Upward upward_of(db::Reader& reader, const Clock& clock, const UpwardShares& shares,
                 const registry::Organisation& organisation, int year);

/// The sums of a year.
BookSums book_sums(db::Reader& reader, Id organisation, int year, const Upward& upward);

/// The least that stands on the account from the end of `year` until now: what may still be used.
std::int64_t least_balance(db::Reader& reader, Id organisation, int year, int this_year);

/// Error: dues.year_invalid.
std::optional<Error> refuse_year(int year);

/// GET and POST below /api/v1/organisations/{organisation}/dues-book, and what is published to
/// whoever asks: GET /api/v1/dues-publications.
void book_routes(api::Routes& routes, UpwardShares shares);

}  // namespace jishi::dues
