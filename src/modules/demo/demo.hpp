#pragma once
// The demo city: a made-up city of any size whose figures follow the official statistics, with two
// years of activity and a known share of everything that the lights look for. Nobody in it exists:
// citizen ids have areas from 99 on, phones begin with 100, which nobody was ever given.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/codes.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "modules/demo/shares.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::demo {

inline constexpr std::int64_t kMinMembers = 1'000;
inline constexpr std::int64_t kMaxMembers = 2'000'000;
inline constexpr int kMaxYears = 5;

/// Which city to make. Equal plans and shares give equal cities, row by row.
struct CityPlan {
  std::int64_t members = 20'000;  // members in good standing; those who left come on top
  std::uint64_t seed = 1;
  Date as_of;     // today in the city; from 2020 on
  int years = 2;  // of activities and dues, up to `as_of`
};

/// Takes the rows of a city: all organisations (a superior before those below it), then all
/// members, posts, activities, payments. A row is valid during the call only. Return false to stop.
class CitySink {
 public:
  virtual ~CitySink() = default;
  virtual bool organisation(const intake::OrganisationRow& row) = 0;
  virtual bool member(const intake::MemberRow& row) = 0;
  virtual bool post(const intake::PostRow& row) = 0;
  virtual bool activity(const intake::ActivityRow& row) = 0;
  virtual bool payment(const intake::PaymentRow& row) = 0;
};

/// How many rows were given to the sink.
struct CityCounts {
  std::int64_t organisations = 0;
  std::int64_t members = 0;
  std::int64_t posts = 0;
  std::int64_t activities = 0;
  std::int64_t participations = 0;  // participants of all activities
  std::int64_t payments = 0;
  bool stopped = false;  // the sink returned false

  friend bool operator==(const CityCounts&, const CityCounts&) = default;
};

/// Makes the city and gives it to `sink`; memory holds the organisations and one branch at a time.
/// Every row passes the checks of an import on `as_of`. Error: `demo.plan_invalid`.
Result<CityCounts> make_city(const Shares& shares, const CityPlan& plan, CitySink& sink);

/// Where something stands in a structure that is not the Party's. With a name it is founded there
/// and is no organisation of the Party; without, it is one of the city that comes to stand there
/// too.
struct Placing {
  std::string structure;  // region | grid
  std::string code;
  std::string parent;  // code; empty: the top
  Date on;
  std::string name;
  std::string kind;
  std::string unit_kind;
  std::string division;
};

/// The party-building regions, with the firms and social organisations in them, and the grids of
/// the city that make_city() makes of the same plan, which must be valid. A superior before those
/// below it.
std::vector<Placing> make_regions(const Shares& shares, const CityPlan& plan);

enum class WorkbookFormat { xlsx, csv };

/// Writes the city as the five workbooks of the import (党组织名册, 党员名册, 任职名册,
/// 组织生活记录, 党费缴纳) into `directory`, which must exist; files of the same name are replaced.
/// `codes` gives the words that stand in the cells. Errors: those of make_city and of SheetWriter.
Result<CityCounts> write_workbooks(const Shares& shares, const CityPlan& plan, const Codes& codes,
                                   const std::filesystem::path& directory, WorkbookFormat format);

}  // namespace jishi::demo
