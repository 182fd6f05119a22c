#include "modules/dues/membership/membership.hpp"

#include "modules/dues/membership/membership.sql.hpp"

namespace jishi::dues {

namespace {

struct Ending {
  std::string_view status;
  std::string_view code;
};
constexpr Ending kEndings[] = {{"transferred_out", "dues.after_transfer"},
                               {"deceased", "dues.after_death"},
                               {"left", "dues.after_leaving"}};

const Ending* ending_of(const Membership& membership) {
  const auto* found =
      std::find_if(std::begin(kEndings), std::end(kEndings),
                   [&](const Ending& one) { return one.status == membership.status; });
  return found == std::end(kEndings) ? nullptr : found;
}

}  // namespace

MemberMonths months_of(const Membership& membership) {
  MemberMonths months;
  months.first = month_index(membership.joined);
  months.over = ending_of(membership) != nullptr;
  if (months.over && membership.changed) months.last = month_index(day_at(*membership.changed));
  return months;
}

std::optional<Error> refuse_month(const Membership& membership, int month) {
  const MemberMonths months = months_of(membership);
  if (months.holds(month)) return std::nullopt;
  const std::string named = month_at(month).text();
  if (month < months.first) {
    return fail(ErrorKind::refused, "dues.before_joining",
                {{"path", "month"},
                 {"month", named},
                 {"date", to_iso(membership.joined)},
                 {"from", month_at(months.first).text()}});
  }
  if (!months.last)
    return fail(ErrorKind::refused, "dues.end_unknown", {{"path", "month"}, {"month", named}});
  return fail(ErrorKind::refused, ending_of(membership)->code,
              {{"path", "month"},
               {"month", named},
               {"date", to_iso(day_at(*membership.changed))},
               {"until", month_at(*months.last).text()}});
}

std::optional<Membership> membership_of(db::Reader& reader, Id person) {
  return reader.one<Membership>(sql::membership::of_person, person);
}

std::vector<Membership> memberships_of(db::Reader& reader, const std::string& persons) {
  return reader.all<Membership>(sql::membership::of_persons, persons);
}

}  // namespace jishi::dues
