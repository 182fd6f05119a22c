#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "base/money.hpp"
#include "base/text.hpp"
#include "modules/intake/statement/statement.hpp"

namespace jishi::intake {

namespace {

constexpr std::size_t kMostOfADay = 12;  // payments of a day that are tried to make up a row
constexpr std::size_t kLeastName = 2;    // characters: one sign alone stands in too many remarks
constexpr int kMonths = 12;
/// What may follow a name in a remark; before another sign it may be the beginning of a longer
/// name: 王英 of 王英豪.
constexpr std::string_view kAfterName[] = {
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "月", "年", "党", "交",
    "缴", "补", "第", "的", "代", "同", "本", "全", "和", "及", "与", "等", "上", "下"};

/// Whether a text begins (or, `at_end`, ends) with a Chinese sign: U+4E00 to U+9FFF.
bool han(std::string_view text, bool at_end) {
  constexpr std::size_t kSignBytes = 3;
  if (text.size() < kSignBytes) return false;
  const std::string_view sign = at_end ? text.substr(text.size() - kSignBytes) : text;
  const auto lead = static_cast<unsigned char>(sign.front());
  const auto next = static_cast<unsigned char>(sign[1]);
  return (lead == 0xE4 && next >= 0xB8) || (lead >= 0xE5 && lead <= 0xE9);
}

/// Whether a name stands by itself among other words, not within a longer name.
bool stands_in(std::string_view text, std::string_view name, bool is_payer) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::string_view after = text.substr(at + name.size());
    const bool known =
        std::any_of(std::begin(kAfterName), std::end(kAfterName),
                    [after](std::string_view sign) { return after.starts_with(sign); });
    if (is_payer ? !han(after, false) && !han(text.substr(0, at), true)
                 : known || !han(after, false))
      return true;
  }
  return false;
}

/// What may be paid on the day of a row: six months back, ahead to the end of its year. Where
/// nothing was fixed for that year, each month since the last that was paid as that one.
std::vector<MonthOwed> payable(const StatementMember& member, Date paid_on) {
  const int now = month_index(paid_on);
  const int last = month_index(year_of(paid_on), kMonths);
  std::vector<MonthOwed> owed;
  std::copy_if(member.owed.begin(), member.owed.end(), std::back_inserter(owed),
               [&](const MonthOwed& month) {
                 return month.month >= now - kStatementMonthsBack && month.month <= last;
               });
  if (!owed.empty() || !member.last_paid || member.fixed.contains(year_of(paid_on))) return owed;
  const int first = std::max(member.last_paid->month + 1, now - kStatementMonthsBack);
  for (int month = first; month <= now; ++month) {
    if (member.months.holds(month)) owed.push_back({month, member.last_paid->cents});
  }
  return owed;
}

/// What is owed of the months that a row names; of all where it names none.
std::vector<MonthOwed> owed_of(const StatementMember& member, Date paid_on,
                               const std::vector<int>& named) {
  std::vector<MonthOwed> owed = payable(member, paid_on);
  std::erase_if(owed, [&](const MonthOwed& month) {
    return !named.empty() && std::find(named.begin(), named.end(), month.month) == named.end();
  });
  return owed;
}

/// The oldest months that ask for just this sum; of those that are named, where some are.
std::optional<std::vector<MonthOwed>> just(const StatementMember& member, const StatementRow& row,
                                           const std::vector<int>& named) {
  std::vector<MonthOwed> months;
  std::int64_t sum = 0;
  for (const MonthOwed& month : owed_of(member, row.paid_on, named)) {
    if (sum >= row.cents) break;
    months.push_back(month);
    sum += month.cents;
  }
  if (sum != row.cents || months.empty()) return std::nullopt;
  return months;
}

/// Where nothing is owed: the months that are named in equal parts, or all to the last of them, or
/// to the month of the day. Nothing where the payer was no member then.
std::vector<MonthOwed> unasked(const StatementMember& member, const StatementRow& row,
                               std::vector<int> named) {
  if (named.empty()) named.push_back(month_index(row.paid_on));
  std::erase_if(named, [&](int month) { return !member.months.holds(month); });
  if (named.empty()) return {};
  const auto parts = static_cast<std::int64_t>(named.size());
  if (row.cents % parts != 0) return {{named.back(), row.cents}};
  std::vector<MonthOwed> months;
  for (const int month : named) months.push_back({month, row.cents / parts});
  return months;
}

/// The sum laid out over the oldest months; what is left goes to the last, or to that of the day.
/// Of named months over those, and what is left to the last that is named.
std::vector<MonthOwed> laid_out(const StatementMember& member, const StatementRow& row,
                                const std::vector<int>& named) {
  std::vector<MonthOwed> months;
  std::int64_t left = row.cents;
  for (const MonthOwed& month : owed_of(member, row.paid_on, named)) {
    if (left == 0) break;
    months.push_back({month.month, std::min(left, month.cents)});
    left -= months.back().cents;
  }
  if (left == 0) return months;
  if (months.empty()) return unasked(member, row, named);
  months.back().cents += left;
  return months;
}

/// Whether a row is on record: payments of its day come to its sum. These are taken out: what one
/// row was recorded as is not that of another.
bool is_recorded(StatementMember& member, const StatementRow& row) {
  std::vector<std::size_t> of_day;
  for (std::size_t at = 0; at < member.paid.size() && of_day.size() < kMostOfADay; ++at) {
    if (member.paid[at].first == row.paid_on) of_day.push_back(at);
  }
  for (std::uint32_t some = 1; some < 1U << of_day.size(); ++some) {
    std::int64_t sum = 0;
    for (std::size_t bit = 0; bit < of_day.size(); ++bit) {
      if ((some >> bit & 1U) != 0) sum += member.paid[of_day[bit]].second;
    }
    if (sum != row.cents) continue;
    for (std::size_t bit = of_day.size(); bit-- > 0;) {
      if ((some >> bit & 1U) != 0)
        member.paid.erase(member.paid.begin() + static_cast<std::ptrdiff_t>(of_day[bit]));
    }
    return true;
  }
  return false;
}

Proposal proposal_of(const StatementMember& member, const std::vector<MonthOwed>& months) {
  Proposal proposal{
      member.person, member.number, member.name, member.organisation, member.organisation_name, {}};
  for (const MonthOwed& month : months)
    proposal.months.push_back({month_at(month.month), yuan_of_cents(month.cents)});
  return proposal;
}

/// Takes what a row pays off what is owed.
void settle(StatementMember& member, const std::vector<MonthOwed>& months) {
  for (const MonthOwed& paid : months) {
    for (MonthOwed& owed : member.owed) {
      if (owed.month == paid.month) owed.cents -= std::min(owed.cents, paid.cents);
    }
  }
  std::erase_if(member.owed, [](const MonthOwed& owed) { return owed.cents == 0; });
}

class Matcher {
 public:
  Matcher(std::vector<StatementMember> members, const LookUp& look_up)
      : members_(std::move(members)), looked_up_(members_.size()), look_up_(look_up) {}

  Result<MatchedRow> match(const StatementRow& row) {
    MatchedRow matched{row.row,   row.paid_on, yuan_of_cents(row.cents),
                       row.payer, row.remark,  Match::unknown,
                       {},        {}};
    const auto [first, fresh] =
        seen_.emplace(std::tuple(row.paid_on, row.cents, row.payer, row.remark), row.row);
    if (!fresh) matched.like = first->second;
    bool sure = true;
    auto found = named(row);
    if (found.empty()) {
      sure = false;
      found = mentioned(row);
    }
    for (const std::size_t at : found) {
      if (const auto known = look_up(at); !known) return known.error();
    }
    if (found.size() == 1 && sure && is_recorded(members_[found.front()], row)) {
      matched.match = Match::recorded;
      matched.proposals.push_back(proposal_of(members_[found.front()], {}));
      return matched;
    }
    const auto months = months_named(row.remark, row.paid_on);
    // Of several those first whose months ask for just this sum.
    std::stable_partition(found.begin(), found.end(), [&](std::size_t at) {
      return just(members_[at], row, months).has_value();
    });
    if (!found.empty()) propose(row, months, found, sure, matched);
    return matched;
  }

 private:
  void propose(const StatementRow& row, const std::vector<int>& named,
               const std::vector<std::size_t>& found, bool sure, MatchedRow& matched) {
    for (const std::size_t at : found) {
      if (matched.proposals.size() == kMostProposals) break;
      StatementMember& member = members_[at];
      const auto months = just(member, row, named);
      const auto proposed = months ? *months : laid_out(member, row, named);
      if (proposed.empty()) continue;  // no member then
      matched.match = Match::suggested;
      matched.proposals.push_back(proposal_of(member, proposed));
      if (!months || !sure || found.size() != 1 || !member.fixed.contains(year_of(row.paid_on)))
        continue;
      // Two payments of a day, or one that stands there twice: only a person can tell. Its months
      // are kept for it as an exact one's are, so that nothing else is proposed for them.
      settle(member, *months);
      if (matched.like) continue;
      matched.match = Match::exact;
    }
  }

  /// Members whose own name the payer has, or whose number is told.
  std::vector<std::size_t> named(const StatementRow& row) const {
    std::vector<std::size_t> same;
    for (std::size_t at = 0; at < members_.size(); ++at) {
      const StatementMember& member = members_[at];
      if (row.remark.find(member.number) != row.remark.npos && !member.number.empty()) return {at};
      if (member.name == row.payer) same.push_back(at);
    }
    return same;
  }

  /// Members whose name stands somewhere in what was written.
  std::vector<std::size_t> mentioned(const StatementRow& row) const {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < members_.size(); ++at) {
      const std::string& name = members_[at].name;
      if (count_code_points(name) < kLeastName) continue;
      if (stands_in(row.remark, name, false) || stands_in(row.payer, name, true))
        found.push_back(at);
    }
    return found;
  }

  Result<Done> look_up(std::size_t at) {
    if (looked_up_[at]) return Done{};
    looked_up_[at] = true;
    return look_up_(members_[at]);
  }

  std::vector<StatementMember> members_;
  std::vector<bool> looked_up_;
  std::map<std::tuple<Date, std::int64_t, std::string, std::string>, std::int64_t> seen_;
  const LookUp& look_up_;
};

}  // namespace

Result<MatchedStatement> match_statement(const Statement& statement,
                                         std::vector<StatementMember> members,
                                         const LookUp& look_up) {
  std::vector<std::size_t> order(statement.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return statement.rows[left].paid_on < statement.rows[right].paid_on;
  });
  Matcher matcher(std::move(members), look_up);
  MatchedStatement matched;
  matched.passed_over = statement.passed_over;
  matched.unread = statement.unread;
  matched.rows.resize(order.size());
  for (const std::size_t at : order) {
    auto row = matcher.match(statement.rows[at]);
    if (!row) return row.error();
    matched.rows[at] = std::move(*row);
  }
  return matched;
}

}  // namespace jishi::intake
