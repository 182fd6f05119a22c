// How dates, times and durations are written, by XML Schema and DMN.
#include "base/feel/temporal.hpp"

namespace jishi::feel {

namespace {

constexpr std::size_t kMostDurationDigits = 18;
constexpr int kLargestOffset = 14 * 3600;

/// Reads a text from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  bool take(char sign) {
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view digits() {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    const auto found = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return found;
  }
  std::optional<int> two_digits() {
    if (rest_.size() < 2) return std::nullopt;
    const auto found = rest_.substr(0, 2);
    if (found[0] < '0' || found[0] > '9' || found[1] < '0' || found[1] > '9') return std::nullopt;
    rest_.remove_prefix(2);
    return (found[0] - '0') * 10 + (found[1] - '0');
  }

 private:
  std::string_view rest_;
};

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// Up to nine decimals of a second, in nanoseconds.
std::optional<std::int64_t> fraction(Scanner& scanner) {
  if (!scanner.take('.')) return 0;
  const auto digits = scanner.digits();
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  std::int64_t nanoseconds = number(digits);
  for (std::size_t i = digits.size(); i < 9; ++i) nanoseconds *= 10;
  return nanoseconds;
}

std::optional<CalendarDate> scan_date(Scanner& scanner) {
  const bool negative = scanner.take('-');
  const auto year = scanner.digits();
  if (year.size() < 4 || year.size() > 9 || (year.size() > 4 && year.front() == '0')) {
    return std::nullopt;
  }
  if (!scanner.take('-')) return std::nullopt;
  const auto month = scanner.two_digits();
  if (!month || !scanner.take('-')) return std::nullopt;
  const auto day = scanner.two_digits();
  if (!day) return std::nullopt;
  return make_calendar_date({negative ? -number(year) : number(year), *month, *day});
}

std::optional<Zone> scan_zone(Scanner& scanner) {
  if (scanner.done()) return Zone();
  // DMN writes a small z too (`time("23:59:00z")`).
  if (scanner.take('Z') || scanner.take('z')) {
    return scanner.done() ? std::optional(Zone::offset(0)) : std::nullopt;
  }
  if (scanner.take('@')) return Zone::region(scanner.rest());
  const bool negative = scanner.rest().starts_with('-');
  if (!scanner.take('-') && !scanner.take('+')) return std::nullopt;
  const auto hours = scanner.two_digits();
  if (!hours || !scanner.take(':')) return std::nullopt;
  const auto minutes = scanner.two_digits();
  if (!minutes || *minutes > 59) return std::nullopt;
  int seconds = 0;
  if (scanner.take(':')) {
    const auto read = scanner.two_digits();
    if (!read || *read > 59) return std::nullopt;
    seconds = *read;
  }
  const int offset = *hours * 3600 + *minutes * 60 + seconds;
  if (!scanner.done() || offset > kLargestOffset) return std::nullopt;
  return Zone::offset(negative ? -offset : offset);
}

std::optional<TimeOfDay> scan_time(Scanner& scanner) {
  const auto hour = scanner.two_digits();
  if (!hour || !scanner.take(':')) return std::nullopt;
  const auto minute = scanner.two_digits();
  if (!minute || !scanner.take(':')) return std::nullopt;
  const auto second = scanner.two_digits();
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const auto nanoseconds = fraction(scanner);
  if (!nanoseconds) return std::nullopt;
  const auto zone = scan_zone(scanner);
  if (!zone) return std::nullopt;
  const std::int64_t seconds = std::int64_t{*hour} * 3600 + *minute * 60 + *second;
  return TimeOfDay{seconds * kNanosecondsPerSecond + *nanoseconds, *zone};
}

// One `12H` of a duration: the digits, if that letter follows them; else nothing is taken.
std::optional<std::string_view> part(Scanner& scanner, char letter) {
  Scanner ahead = scanner;
  const auto digits = ahead.digits();
  if (digits.empty() || digits.size() > kMostDurationDigits || !ahead.take(letter)) {
    return std::nullopt;
  }
  scanner = ahead;
  return digits;
}

// Hours, minutes and seconds behind the T; nothing when there is none, or something else.
std::optional<Nanoseconds> scan_clock(Scanner& scanner) {
  const auto hours = part(scanner, 'H');
  const auto minutes = part(scanner, 'M');
  Nanoseconds total = Nanoseconds{number(hours.value_or("0"))} * 3600 * kNanosecondsPerSecond;
  total += Nanoseconds{number(minutes.value_or("0"))} * 60 * kNanosecondsPerSecond;
  const bool seconds = !scanner.done();
  if (seconds) {
    const auto digits = scanner.digits();
    if (digits.empty() || digits.size() > kMostDurationDigits) return std::nullopt;
    const auto rest = fraction(scanner);
    if (!rest || !scanner.take('S')) return std::nullopt;
    total += Nanoseconds{number(digits)} * kNanosecondsPerSecond + *rest;
  }
  if (!hours && !minutes && !seconds) return std::nullopt;
  return total;
}

std::string clock_text(std::int64_t nanoseconds) {
  const std::int64_t seconds = nanoseconds / kNanosecondsPerSecond;
  std::string text =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  std::string decimals = fmt::format(".{:09}", nanoseconds % kNanosecondsPerSecond);
  while (decimals.back() == '0') decimals.pop_back();
  return decimals == "." ? text : text + decimals;
}

}  // namespace

std::optional<CalendarDate> parse_calendar_date(std::string_view text) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  return scanner.done() ? date : std::nullopt;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  Scanner scanner(text);
  scanner.take('T');
  return scan_time(scanner);
}

std::optional<DateAndTime> parse_date_and_time(std::string_view text) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  if (!date) return std::nullopt;
  if (scanner.done()) return DateAndTime{*date, {}};
  if (!scanner.take('T')) return std::nullopt;
  const auto time = scan_time(scanner);
  if (!time) return std::nullopt;
  return DateAndTime{*date, *time};
}

std::optional<DaysAndTime> parse_days_and_time(std::string_view text) {
  Scanner scanner(text);
  const bool negative = scanner.take('-');
  if (!scanner.take('P')) return std::nullopt;
  const auto days = part(scanner, 'D');
  Nanoseconds total = Nanoseconds{number(days.value_or("0"))} * kNanosecondsPerDay;
  if (scanner.take('T')) {
    const auto clock = scan_clock(scanner);
    if (!clock) return std::nullopt;
    total += *clock;
  } else if (!days) {
    return std::nullopt;
  }
  if (!scanner.done()) return std::nullopt;
  return DaysAndTime{negative ? -total : total};
}

std::optional<YearsAndMonths> parse_years_and_months(std::string_view text) {
  constexpr std::size_t kMostDigits = 12;
  Scanner scanner(text);
  const bool negative = scanner.take('-');
  if (!scanner.take('P')) return std::nullopt;
  const auto years = part(scanner, 'Y');
  const auto months = part(scanner, 'M');
  if (!scanner.done() || (!years && !months)) return std::nullopt;
  if (years.value_or("").size() > kMostDigits || months.value_or("").size() > kMostDigits) {
    return std::nullopt;
  }
  const std::int64_t total = number(years.value_or("0")) * 12 + number(months.value_or("0"));
  return YearsAndMonths{negative ? -total : total};
}

std::string text_of(CalendarDate date) {
  const YearMonthDay civil = civil_of(date);
  return fmt::format("{}{:04}-{:02}-{:02}", civil.year < 0 ? "-" : "",
                     civil.year < 0 ? -civil.year : civil.year, civil.month, civil.day);
}

std::string text_of(const TimeOfDay& time) {
  return clock_text(time.nanoseconds) + time.zone.text();
}

std::string text_of(const DateAndTime& at) {
  return text_of(at.date) + "T" + text_of(at.time);
}

std::string text_of(DaysAndTime duration) {
  if (duration.nanoseconds == 0) return "PT0S";
  const bool negative = duration.nanoseconds < 0;
  const Nanoseconds size = negative ? -duration.nanoseconds : duration.nanoseconds;
  const auto days = static_cast<std::int64_t>(size / kNanosecondsPerDay);
  const auto of_day = static_cast<std::int64_t>(size % kNanosecondsPerDay);
  const std::int64_t seconds = of_day / kNanosecondsPerSecond;
  std::string text = negative ? "-P" : "P";
  if (days != 0) text += fmt::format("{}D", days);
  if (of_day == 0) return text;
  text += 'T';
  if (seconds / 3600 != 0) text += fmt::format("{}H", seconds / 3600);
  if (seconds / 60 % 60 != 0) text += fmt::format("{}M", seconds / 60 % 60);
  const std::int64_t rest = of_day % (60 * kNanosecondsPerSecond);
  if (rest == 0) return text;
  text += fmt::format("{}", rest / kNanosecondsPerSecond);
  if (rest % kNanosecondsPerSecond != 0) {
    std::string decimals = fmt::format(".{:09}", rest % kNanosecondsPerSecond);
    while (decimals.back() == '0') decimals.pop_back();
    text += decimals;
  }
  return text + "S";
}

std::string text_of(YearsAndMonths duration) {
  if (duration.months == 0) return "P0M";
  const std::int64_t size = duration.months < 0 ? -duration.months : duration.months;
  std::string text = duration.months < 0 ? "-P" : "P";
  if (size / 12 != 0) text += fmt::format("{}Y", size / 12);
  if (size % 12 != 0) text += fmt::format("{}M", size % 12);
  return text;
}

}  // namespace jishi::feel
