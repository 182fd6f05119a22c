#include "modules/demo/dues.hpp"

#include <algorithm>

namespace jishi::demo {

namespace {

using std::chrono::days;

Date first_of_month(int month) {
  return make_date(month / 12, static_cast<unsigned>(month % 12) + 1, 1).value();
}

}  // namespace

std::int64_t Dues::monthly(const Occupation& occupation, std::int64_t base, int years) const {
  if (occupation.dues == DuesKind::flat) return base;
  const std::int64_t yuan = base * (100 + 3 * years) / 100;
  const auto& bands =
      occupation.dues == DuesKind::wage ? shares_.wage_bands : shares_.pension_bands;
  const auto band = std::find_if(bands.begin(), bands.end(),
                                 [&](const DuesBand& each) { return yuan <= each.to_yuan; });
  const std::int64_t rate = band == bands.end() ? bands.back().rate : band->rate;
  return yuan * rate / 100;  // yuan × rate / 10,000, in cents
}

Date Dues::paid_on(int month, int day, bool by_quarter, Rng& rng) const {
  if (by_quarter) return first_of_month(month - month % 3) + days(day);
  const bool late = rng.chance(shares_.customs.late_payment);
  return first_of_month(month + (late ? 1 : 0)) + days(day);
}

bool Dues::make(const Person& person) {
  Rng rng(plan_.seed, Stream::dues, person.number);
  const Occupation& occupation = shares_.occupations[person.traits.occupation];
  const std::int64_t base = rng.between(occupation.low, occupation.high);
  const int day = rng.between(0, 27);
  const bool by_quarter = person.unpaid_months == 0 && rng.chance(shares_.customs.pays_by_quarter);
  const int current = month_index(plan_.as_of);
  const int start = current - 12 * plan_.years + 1;
  int last = month_index(person.last_day(plan_.as_of));
  if (person.unpaid_months > 0) last = current - 1 - person.unpaid_months;

  write_number(person.number, row_.number);
  for (int month = std::max(start, month_index(person.joined)); month <= last; ++month) {
    const Date paid = paid_on(month, day, by_quarter, rng);
    if (paid > plan_.as_of || paid < person.joined) continue;
    row_.month = month;
    row_.paid_on = paid;
    row_.amount_cents = monthly(occupation, base, (month - start) / 12);
    ++counts_.payments;
    if (!sink_.payment(row_)) return false;
  }
  return true;
}

}  // namespace jishi::demo
