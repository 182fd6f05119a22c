#include "modules/intake/read/dates.hpp"

#include <array>
#include <cmath>

#include "base/text.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;
using sheets::Epoch;

constexpr std::size_t kLongestDate = 48;  // code points; longer text is no date

/// What a cell says of the calendar. Month or day are 0 where it does not say them.
struct Calendar {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
};

/// A date as plain signs: digits; Y M D for 年 月 日; `-` for every separator; a blank; T and `:`
/// for what belongs to a time; `?` for all else.
class Signs {
 public:
  explicit Signs(std::string_view text) {
    for (text = trim(text); !text.empty();) {
      const auto [value, length] = first_code_point(text);
      text.remove_prefix(length);
      if (is_zero_width(value) || value == U'份') continue;  // 3月份
      if (size_ == kLongestDate) {
        signs_[size_ - 1] = '?';
        break;
      }
      signs_[size_++] = sign_of(value);
    }
  }

  bool at_end() const { return at_ == size_; }
  char peek() const { return at_end() ? '\0' : signs_[at_]; }

  bool take(char sign) {
    if (peek() != sign) return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (take(' ')) {
    }
  }

  /// Takes a sign that may have blanks before it.
  bool take_after_blanks(char sign) {
    const std::size_t before = at_;
    skip_blanks();
    if (take(sign)) return true;
    at_ = before;
    return false;
  }

  struct Number {
    std::uint64_t value = 0;
    std::size_t digits = 0;
  };

  Number take_number() {
    Number number;
    for (; peek() >= '0' && peek() <= '9' && number.digits < 18; ++at_, ++number.digits)
      number.value = number.value * 10 + static_cast<unsigned>(peek() - '0');
    return number;
  }

  /// Whether what is left is nothing, or a time of day set off from the day.
  bool only_time_left() const {
    bool clock = false;
    for (std::size_t i = at_; i < size_; ++i) {
      const char sign = signs_[i];
      const bool digit = sign >= '0' && sign <= '9';
      if (!digit && sign != ' ' && sign != ':' && sign != 'T' && sign != '.') return false;
      clock = clock || sign == ':';
    }
    if (at_end()) return true;
    return clock && (peek() == ' ' || peek() == 'T' || signs_[at_ - 1] == 'D');
  }

 private:
  static char sign_of(char32_t value) {
    if (value >= 0xFF01 && value <= 0xFF5E) value -= 0xFEE0;
    if (value >= '0' && value <= '9') return static_cast<char>(value);
    if (is_blank(value)) return ' ';
    switch (value) {
      case U'-':
      case U'/':
      case U'–':
      case U'—':
      case U'−': return '-';
      case U'.':
      case U'。':
      case U'·': return '.';
      case U'年': return 'Y';
      case U'月': return 'M';
      case U'日':
      case U'号': return 'D';
      case U':':
      case U'时':
      case U'分':
      case U'秒':
      case U'点':
      case U'+': return ':';
      case U'T':
      case U't':
      case U'Z':
      case U'z': return 'T';
      case U'A':
      case U'P':
      case U'M':
      case U'a':
      case U'p':
      case U'm': return 'T';
      case U'上':
      case U'下':
      case U'午': return ' ';
      default: return '?';
    }
  }

  std::array<char, kLongestDate> signs_{};
  std::size_t size_ = 0;
  std::size_t at_ = 0;
};

std::optional<Calendar> exists(const Calendar& calendar) {
  if (calendar.year < 1000 || calendar.year > 9999 || calendar.month > 12) return std::nullopt;
  if (calendar.day != 0 && !make_date(calendar.year, calendar.month, calendar.day))
    return std::nullopt;
  return calendar;
}

/// A date written without separators, by how many digits it has: YYYYMMDD, with hhmmss behind, or
/// YYYYMM. Six digits of an unlikely year are YYMMDD, which is refused.
std::optional<Calendar> compact(std::uint64_t value, std::size_t digits) {
  if (digits == 14) return compact(value / 1'000'000, 8);
  if (digits != 8 && digits != 6) return std::nullopt;
  const auto year = static_cast<int>(digits == 8 ? value / 10'000 : value / 100);
  const auto month = static_cast<unsigned>(digits == 8 ? value / 100 % 100 : value % 100);
  const auto day = static_cast<unsigned>(digits == 8 ? value % 100 : 0);
  if (month == 0 || (digits == 8 && day == 0)) return std::nullopt;
  if (digits == 6 && (year < 1800 || year > 2199)) return std::nullopt;
  return exists({year, month, day});
}

std::optional<Calendar> calendar_of(Date date) {
  return Calendar{year_of(date), month_of(date), day_of(date)};
}

std::optional<Calendar> day_number(double value, Epoch epoch) {
  const auto date = sheets::date_of_serial(value, epoch);
  return date ? calendar_of(*date) : std::nullopt;
}

/// The one or two digits of a month or day; nothing for 0 and for longer numbers.
std::optional<unsigned> small_number(Signs& signs) {
  signs.skip_blanks();
  const auto [value, digits] = signs.take_number();
  if (digits < 1 || digits > 2 || value == 0) return std::nullopt;
  return static_cast<unsigned>(value);
}

bool take_separator(Signs& signs) {
  return signs.take_after_blanks('-') || signs.take_after_blanks('.');
}

/// What follows the four digits of a year.
std::optional<Calendar> after_year(Signs& signs, int year) {
  if (signs.at_end()) return exists({year});
  if (signs.take_after_blanks('Y')) {
    if (signs.at_end()) return exists({year});
  } else if (!take_separator(signs)) {
    return std::nullopt;
  }
  const auto month = small_number(signs);
  if (!month) return std::nullopt;
  if (signs.at_end()) return exists({year, *month});
  if (signs.take_after_blanks('M')) {
    if (signs.at_end()) return exists({year, *month});
  } else if (!take_separator(signs)) {
    return std::nullopt;
  }
  const auto day = small_number(signs);
  if (!day) return std::nullopt;
  signs.take_after_blanks('D');
  if (!signs.only_time_left()) return std::nullopt;
  return exists({year, *month, *day});
}

std::optional<Calendar> calendar_in_text(std::string_view text, Epoch epoch) {
  Signs signs(text);
  const auto [value, digits] = signs.take_number();
  if (digits == 4) return after_year(signs, static_cast<int>(value));
  if (digits == 5 && signs.at_end()) return day_number(static_cast<double>(value), epoch);
  if (digits == 0 || !signs.only_time_left()) return std::nullopt;
  return compact(value, digits);
}

/// A bare number. Years and months that were typed as numbers are told from day numbers by their
/// size: day numbers of our time have five digits.
std::optional<Calendar> calendar_in_number(const Cell& cell, Epoch epoch) {
  const double whole = std::floor(cell.number);
  if (whole >= 1e7 && whole < 1e8) return compact(static_cast<std::uint64_t>(whole), 8);
  if (whole >= 1e5 && whole < 1e6) return compact(static_cast<std::uint64_t>(whole), 6);
  if (whole >= 1900 && whole < 2100) {
    if (cell.text.size() == 6 && cell.text.ends_with(".1")) return std::nullopt;  // January, .10?
    return calendar_in_text(cell.text, epoch);
  }
  if (whole >= 1e6) return std::nullopt;
  return day_number(cell.number, epoch);
}

std::optional<Calendar> calendar_in(const Cell& cell, Epoch epoch) {
  switch (cell.kind) {
    case Cell::Kind::date: return calendar_of(cell.date);
    case Cell::Kind::number: return calendar_in_number(cell, epoch);
    case Cell::Kind::text: return calendar_in_text(cell.text, epoch);
    case Cell::Kind::empty:
    case Cell::Kind::boolean:
    case Cell::Kind::error: break;
  }
  return std::nullopt;
}

Date day_of_calendar(const Calendar& calendar) {
  return *make_date(calendar.year, std::max(1U, calendar.month), std::max(1U, calendar.day));
}

/// `2026Q1`, `2026-Q1`, `2026年第一季度`, `2026年1季度`, `2026年度`.
std::optional<Period> period_in_words(std::string_view text) {
  constexpr std::string_view kNumerals[] = {"一", "二", "三", "四"};
  const std::string folded = fold_code(text);
  const auto year = folded.size() < 4 ? std::nullopt : parse_period(folded.substr(0, 4));
  if (!year) return std::nullopt;
  std::string_view rest = std::string_view(folded).substr(4);
  const auto drop = [&](std::string_view word) {
    if (rest.starts_with(word)) rest.remove_prefix(word.size());
  };
  drop("年");
  if (rest == "度") return year;
  drop("-");
  drop("第");
  constexpr std::string_view kQuarter = "季度";
  const bool in_words = rest.ends_with(kQuarter);
  if (in_words)
    rest.remove_suffix(kQuarter.size());
  else if (!rest.starts_with('Q'))
    return std::nullopt;
  drop("Q");
  for (unsigned quarter = 1; quarter <= 4; ++quarter) {
    const char digit = static_cast<char>('0' + quarter);
    if (rest == std::string_view(&digit, 1) || (in_words && rest == kNumerals[quarter - 1]))
      return Period{PeriodKind::quarter, year->year, quarter};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> date_in(const Cell& cell, Epoch epoch) {
  if (cell.kind == Cell::Kind::date) return cell.date;
  const auto calendar = calendar_in(cell, epoch);
  if (!calendar || calendar->day == 0) return std::nullopt;
  return day_of_calendar(*calendar);
}

std::optional<BirthDate> birth_in(const Cell& cell, Epoch epoch) {
  const auto calendar = calendar_in(cell, epoch);
  if (!calendar || calendar->month == 0) return std::nullopt;
  using enum BirthDate::Precision;
  return BirthDate{day_of_calendar(*calendar), calendar->day == 0 ? month : day};
}

std::optional<int> month_in(const Cell& cell, Epoch epoch) {
  const auto calendar = calendar_in(cell, epoch);
  if (!calendar || calendar->month == 0) return std::nullopt;
  return month_index(calendar->year, calendar->month);
}

std::optional<Period> period_in(const Cell& cell, Epoch epoch) {
  const auto calendar = calendar_in(cell, epoch);
  if (!calendar) {
    return cell.kind == Cell::Kind::text ? period_in_words(cell.text) : std::nullopt;
  }
  if (calendar->month == 0) return Period{PeriodKind::year, calendar->year, 0};
  return Period{PeriodKind::month, calendar->year, calendar->month};
}

}  // namespace jishi::intake
