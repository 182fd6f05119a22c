#pragma once
// For which months somebody owes dues: from the month they joined (a probationary member pays from
// the day of the branch meeting, 中组发〔2008〕3号) to the one in which the membership ended.

#include "modules/registry/registry.hpp"

namespace jishi::dues {

/// A membership as dues look at it.
struct Membership {
  Id person = kNoId;
  std::string status;                   // as the pack's codes name it
  Date joined;                          // 入党日期
  std::optional<std::int64_t> changed;  // ms since 1970: when the standing was changed on record
};
BOOST_DESCRIBE_STRUCT(Membership, (), (person, status, joined, changed))

/// The months for which dues are owed, as month_index().
struct MemberMonths {
  int first = 0;
  std::optional<int> last;  // none: goes on
  bool over = false;        // it ended; without `last` nobody knows when

  bool holds(int month) const { return month >= first && (last ? month <= *last : !over); }
};

/// Who was transferred out, has died or has left owes up to the month in which that was recorded.
/// Whose membership is suspended (停止党籍) is still a member: what they pay when they are found
/// again is back payment, within its six months.
MemberMonths months_of(const Membership& membership);

/// dues.before_joining, after_transfer, after_death, after_leaving; dues.end_unknown where a
/// membership is over and nobody recorded when. Nothing: dues are owed for that month
/// (month_index()).
std::optional<Error> refuse_month(const Membership& membership, int month);

/// Of somebody who is or was a member here; else nothing.
std::optional<Membership> membership_of(db::Reader& reader, Id person);

/// Of several, by person. `persons`: a JSON array of at most a page of them.
std::vector<Membership> memberships_of(db::Reader& reader, const std::string& persons);

}  // namespace jishi::dues
