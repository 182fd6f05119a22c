#include <algorithm>
#include <numeric>

#include "base/money.hpp"
#include "base/text.hpp"
#include "modules/intake/statement/statement.hpp"

namespace jishi::intake {

namespace {

constexpr std::size_t kMostOfADay = 12;  // payments of a day that are tried to make up a row
constexpr std::size_t kLeastName = 2;    // characters: one sign alone stands in too many remarks

Period month_of_index(int month) {
  return period_of(PeriodKind::month,
                   *make_date(month / 12, static_cast<unsigned>(month % 12) + 1, 1));
}

/// The oldest months that ask for just this sum.
std::optional<std::vector<MonthOwed>> just(const StatementMember& member, std::int64_t cents) {
  std::vector<MonthOwed> months;
  std::int64_t sum = 0;
  for (const MonthOwed& month : member.owed) {
    if (sum >= cents) break;
    months.push_back(month);
    sum += month.cents;
  }
  if (sum != cents || months.empty()) return std::nullopt;
  return months;
}

/// The sum laid out over the oldest months; what is left goes to the last, or to that of the day.
std::vector<MonthOwed> laid_out(const StatementMember& member, const StatementRow& row) {
  std::vector<MonthOwed> months;
  std::int64_t left = row.cents;
  for (const MonthOwed& month : member.owed) {
    if (left == 0) break;
    months.push_back({month.month, std::min(left, month.cents)});
    left -= months.back().cents;
  }
  if (left == 0) return months;
  if (months.empty()) return {{month_index(row.paid_on), left}};
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
    proposal.months.push_back({month_of_index(month.month), yuan_of_cents(month.cents)});
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
    MatchedRow matched{row.row,        row.paid_on, yuan_of_cents(row.cents), row.payer, row.remark,
                       Match::unknown, {}};
    bool sure = true;
    auto found = named(row);
    if (found.empty()) {
      sure = false;
      found = mentioned(row);
    }
    for (const std::size_t at : found) {
      if (const auto known = look_up(at, row.paid_on); !known) return known.error();
    }
    if (found.size() == 1 && sure && is_recorded(members_[found.front()], row)) {
      matched.match = Match::recorded;
      matched.proposals.push_back(proposal_of(members_[found.front()], {}));
      return matched;
    }
    // Of several those first whose months ask for just this sum.
    std::stable_partition(found.begin(), found.end(), [&](std::size_t at) {
      return just(members_[at], row.cents).has_value();
    });
    if (!found.empty()) propose(row, found, sure, matched);
    return matched;
  }

 private:
  void propose(const StatementRow& row, const std::vector<std::size_t>& found, bool sure,
               MatchedRow& matched) {
    matched.match = Match::suggested;
    for (const std::size_t at : found) {
      if (matched.proposals.size() == kMostProposals) break;
      StatementMember& member = members_[at];
      const auto months = just(member, row.cents);
      matched.proposals.push_back(proposal_of(member, months ? *months : laid_out(member, row)));
      if (!months || !sure || found.size() != 1 || !member.fixed) continue;
      matched.match = Match::exact;
      settle(member, *months);
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
      if (row.remark.find(name) != row.remark.npos || row.payer.find(name) != row.payer.npos)
        found.push_back(at);
    }
    return found;
  }

  Result<Done> look_up(std::size_t at, Date day) {
    if (looked_up_[at]) return Done{};
    looked_up_[at] = true;
    return look_up_(members_[at], day);
  }

  std::vector<StatementMember> members_;
  std::vector<bool> looked_up_;
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
  matched.rows.resize(order.size());
  for (const std::size_t at : order) {
    auto row = matcher.match(statement.rows[at]);
    if (!row) return row.error();
    matched.rows[at] = std::move(*row);
  }
  return matched;
}

}  // namespace jishi::intake
