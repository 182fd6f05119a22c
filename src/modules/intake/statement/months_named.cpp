#include <algorithm>
#include <cstdlib>

#include "modules/intake/statement/statement.hpp"

namespace jishi::intake {

namespace {

constexpr std::string_view kMonth = "月";
constexpr std::string_view kYear = "年";
constexpr std::string_view kQuarter = "季度";
constexpr int kMonths = 12;
constexpr int kMonthsOfQuarter = 3;
constexpr int kMonthsAhead = 2;
constexpr int kCentury = 2000;
/// Between the months of a list, and the first and the last of a span.
constexpr std::string_view kAnd[] = {"、", ",", "，", "和", "及"};
constexpr std::string_view kUntil[] = {"-", "—", "－", "~", "～", "至", "到"};
/// The longer first: 十二 ends with 二.
constexpr std::pair<std::string_view, int> kNumerals[] = {
    {"十二", 12}, {"十一", 11}, {"十", 10}, {"一", 1}, {"二", 2}, {"三", 3},
    {"四", 4},    {"五", 5},    {"六", 6},  {"七", 7}, {"八", 8}, {"九", 9}};

bool take(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

bool take_one_of(std::string_view& text, std::span<const std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return take(text, end); });
}

std::optional<int> take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && text[text.size() - count - 1] >= '0' &&
         text[text.size() - count - 1] <= '9')
    ++count;
  if (count == 0 || count > 4) return std::nullopt;
  const int number = std::atoi(std::string(text.substr(text.size() - count)).c_str());
  text.remove_suffix(count);
  return number;
}

/// The number of a month before the end of a text.
std::optional<int> take_month(std::string_view& text) {
  std::string_view rest = text;
  std::optional<int> month = take_digits(rest);
  for (const auto& [numeral, value] : kNumerals) {
    if (!month && take(rest, numeral)) month = value;
  }
  if (!month || *month < 1 || *month > kMonths) return std::nullopt;
  text = rest;
  return month;
}

std::optional<int> take_year(std::string_view& text) {
  std::string_view rest = text;
  if (!take(rest, kYear)) return std::nullopt;
  const auto year = take_digits(rest);
  if (!year) return std::nullopt;
  text = rest;
  return *year < 100 ? kCentury + *year : *year;
}

/// The month of that number that is nearest to the day; of two equally near the earlier. One of the
/// next year only where the year is nearly over: nobody pays so far ahead.
int nearest(int month, Date paid_on) {
  const int now = month_index(paid_on);
  int found = month_index(year_of(paid_on) - 1, static_cast<unsigned>(month));
  const int this_year = found + kMonths;
  if (std::abs(this_year - now) < std::abs(found - now)) found = this_year;
  const int next_year = this_year + kMonths;
  return next_year - now <= kMonthsAhead ? next_year : found;
}

struct Named {
  int number = 0;
  std::optional<int> year;
  bool until = false;  // with the one before it a span
};

/// The list that ends before a 月, read backwards and taken off; the last first.
std::vector<Named> take_list(std::string_view& text) {
  std::vector<Named> list;
  while (const auto number = take_month(text)) {
    Named& one = list.emplace_back(Named{*number, take_year(text), false});
    std::string_view rest = text;
    const bool until = take_one_of(rest, kUntil);
    if (!until && !take_one_of(rest, kAnd)) break;
    take(rest, kMonth);
    if (std::string_view peek = rest; !take_month(peek)) break;
    one.until = until;
    text = rest;
  }
  return list;
}

void add_months(const std::vector<Named>& list, Date paid_on, std::vector<int>& months) {
  std::optional<int> year;
  std::optional<int> before;
  for (std::size_t at = list.size(); at-- > 0;) {
    const Named& one = list[at];
    if (one.year) year = one.year;
    const int month =
        year ? month_index(*year, static_cast<unsigned>(one.number)) : nearest(one.number, paid_on);
    const bool span = one.until && before && month > *before && month - *before < kMonths;
    for (int between = span ? *before + 1 : month; between < month; ++between)
      months.push_back(between);
    months.push_back(month);
    before = month;
  }
}

/// 12月5日 is a day, not a month that is paid for.
bool is_day(std::string_view after) {
  std::size_t digits = 0;
  while (digits < after.size() && after[digits] >= '0' && after[digits] <= '9') ++digits;
  after.remove_prefix(digits);
  return digits > 0 && (after.starts_with("日") || after.starts_with("号"));
}

/// 第三季度, 2025年四季度: its months.
void add_quarters(std::string_view remark, Date paid_on, std::vector<int>& months) {
  for (std::string_view left = remark; left.find(kQuarter) != left.npos;) {
    left = left.substr(0, left.rfind(kQuarter));
    const auto number = take_month(left);
    if (!number || *number > kMonths / kMonthsOfQuarter) continue;
    take(left, "第");
    const auto year = take_year(left);
    const int of_year = *number * kMonthsOfQuarter;
    const int last =
        year ? month_index(*year, static_cast<unsigned>(of_year)) : nearest(of_year, paid_on);
    for (int month = last - kMonthsOfQuarter + 1; month <= last; ++month) months.push_back(month);
  }
}

/// 202610, 202610-202611: six digits by themselves; eight are a day.
void add_numbers(std::string_view remark, std::vector<int>& months) {
  constexpr std::size_t kDigits = 6;
  const auto digit = [&](std::size_t at) {
    return at < remark.size() && remark[at] >= '0' && remark[at] <= '9';
  };
  std::optional<int> before;
  std::size_t end = 0;  // of the one before
  for (std::size_t at = 0; at < remark.size();) {
    std::size_t count = 0;
    while (digit(at + count)) ++count;
    const int number =
        count == kDigits ? std::atoi(std::string(remark.substr(at, count)).c_str()) : 0;
    const int of_year = number % 100;
    if (number / 100 >= kCentury && number / 100 < kCentury + 100 && of_year >= 1 &&
        of_year <= kMonths) {
      const int month = month_index(number / 100, static_cast<unsigned>(of_year));
      std::string_view between = remark.substr(end, at - end);
      const bool span = before && take_one_of(between, kUntil) && between.empty() &&
                        month > *before && month - *before < kMonths;
      for (int one = span ? *before + 1 : month; one <= month; ++one) months.push_back(one);
      before = month;
      end = at + count;
    }
    at += std::max<std::size_t>(count, 1);
  }
}

}  // namespace

std::vector<int> months_named(std::string_view remark, Date paid_on) {
  std::vector<int> months;
  for (std::string_view left = remark; left.find(kMonth) != left.npos;) {
    const std::size_t at = left.rfind(kMonth);
    const bool day = is_day(remark.substr(at + kMonth.size()));
    left = left.substr(0, at);
    const auto list = take_list(left);
    if (!day) add_months(list, paid_on, months);
  }
  add_quarters(remark, paid_on, months);
  add_numbers(remark, months);
  std::sort(months.begin(), months.end());
  months.erase(std::unique(months.begin(), months.end()), months.end());
  return months;
}

}  // namespace jishi::intake
