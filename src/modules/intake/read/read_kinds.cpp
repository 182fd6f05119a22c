#include "modules/intake/read/read_kinds.hpp"

#include <fmt/format.h>

#include "base/checks.hpp"
#include "modules/intake/read/dates.hpp"
#include "modules/intake/read/values.hpp"

namespace jishi::intake {

namespace {

using sheets::Cell;

constexpr int kAgeOfJoining = 18;
constexpr std::string_view kMale = "male";
constexpr std::string_view kFemale = "female";

std::string text_of(const BirthDate& birth) {
  const std::string iso = to_iso(birth.from);
  switch (birth.precision) {
    case BirthDate::Precision::day: return iso;
    case BirthDate::Precision::month: return iso.substr(0, 7);
    case BirthDate::Precision::year: return iso.substr(0, 4);
  }
  return iso;
}

/// Whether a date of birth agrees with one that may be known to the month or year only.
bool agrees(const BirthDate& given, Date birth) {
  if (year_of(given.from) != year_of(birth)) return false;
  if (given.precision == BirthDate::Precision::year) return true;
  if (month_of(given.from) != month_of(birth)) return false;
  return given.precision == BirthDate::Precision::month || given.from == birth;
}

std::string dated(Column column, std::string_view date) {
  return fmt::format("{} {}", header_of(column), date);
}

std::string dated(Column column, Date date) {
  return dated(column, to_iso(date));
}

/// `date_order` at a column: `earlier` should have been before `later`, both as a person reads
/// them.
void refuse_order(CellReader& cells, Column column, std::string earlier, std::string later) {
  cells.refuse("date_order", column,
               {{"earlier", std::move(earlier)}, {"later", std::move(later)}});
}

void check_not_after(CellReader& cells, Column earlier, std::optional<Date> from, Column later,
                     std::optional<Date> to) {
  if (from && to && *from > *to)
    refuse_order(cells, later, dated(earlier, *from), dated(later, *to));
}

/// A citizen id says when someone was born and of which sex; what the row says must agree. The id's
/// birth date counts.
void check_against_id(CellReader& cells, MemberRow& row) {
  const Date birth = *birth_of_citizen_id(row.citizen_id);
  if (row.birth && !agrees(*row.birth, birth))
    cells.refuse("id_birth_mismatch", Column::birth, {{"expected", to_iso(birth)}});
  row.birth = BirthDate{birth};
  const auto sex = sex_of_citizen_id(row.citizen_id) == Sex::male ? kMale : kFemale;
  const auto other = sex == kMale ? kFemale : kMale;
  if (row.sex == other)
    cells.refuse("id_sex_mismatch", Column::sex);
  else
    row.sex = sex;
}

/// Birth before joining, by 18 years; joining, confirmation and today in this order. A birth known
/// to the month only is taken as early as it can have been.
void check_dates(CellReader& cells, const MemberRow& row, std::optional<Date> joined, Date today) {
  if (row.birth && joined) {
    if (row.birth->from >= *joined)
      refuse_order(cells, Column::joined, dated(Column::birth, text_of(*row.birth)),
                   dated(Column::joined, *joined));
    if (full_years(row.birth->from, *joined) < kAgeOfJoining)
      cells.refuse("under_age", Column::joined, {{"birth", text_of(*row.birth)}});
  }
  check_not_after(cells, Column::joined, joined, Column::confirmed, row.confirmed);
  const Column last = row.confirmed ? Column::confirmed : Column::joined;
  const std::optional<Date> date = row.confirmed ? row.confirmed : joined;
  if (date && *date > today) refuse_order(cells, last, dated(last, *date), to_iso(today));
}

std::optional<Date> required_date(CellReader& cells, Column column) {
  cells.require(column);
  return cells.date(column);
}

std::string required_text(CellReader& cells, Column column) {
  cells.require(column);
  return cells.text(column);
}

std::string required_choice(CellReader& cells, Column column, const CodeSet& set) {
  cells.require(column);
  return cells.choice(column, set);
}

}  // namespace

OrganisationRow read_organisation(CellReader& cells, const ReadPlan& plan) {
  OrganisationRow row;
  row.code = cells.code(Column::organisation_code);
  row.name = required_text(cells, Column::organisation_name);
  row.parent = cells.text(Column::parent);
  row.kind = required_choice(cells, Column::organisation_kind, plan.codes.organisation_kind);
  row.unit_name = cells.text(Column::unit_name);
  row.credit_code = cells.credit_code();
  row.unit_kind = cells.choice(Column::unit_kind, plan.codes.unit_kind);
  row.division = cells.code(Column::division);
  row.founded = cells.date(Column::founded);
  row.elected = cells.date(Column::elected);
  row.term_years = cells.value(Column::term, "number_invalid", term_in);
  row.extended_to = cells.date(Column::extended_to);
  row.ended = cells.date(Column::ended);
  row.phone = cells.phone(Column::organisation_phone);
  check_not_after(cells, Column::founded, row.founded, Column::ended, row.ended);
  return row;
}

MemberRow read_member(CellReader& cells, const ReadPlan& plan) {
  MemberRow row;
  row.number = cells.code(Column::person_number);
  row.name = required_text(cells, Column::name);
  row.citizen_id = cells.citizen_id();
  row.sex = cells.choice(Column::sex, plan.codes.sex);
  row.ethnic = cells.open_choice(Column::ethnic, plan.codes.ethnic);
  row.birth = cells.value(Column::birth, "date_invalid",
                          [&](const Cell& given) { return birth_in(given, cells.epoch()); });
  row.education = cells.open_choice(Column::education, plan.codes.education);
  row.stage = required_choice(cells, Column::stage, plan.codes.stage);
  row.organisation = required_text(cells, Column::organisation_code);
  const auto joined = required_date(cells, Column::joined);
  row.joined = joined.value_or(Date());
  row.confirmed = cells.date(Column::confirmed);
  row.probation_until = cells.date(Column::probation_until);
  row.occupation = cells.open_choice(Column::occupation, plan.codes.occupation);
  row.phone = cells.phone(Column::phone);
  row.address = cells.text(Column::address);
  row.status = cells.choice(Column::status, plan.codes.status);
  row.lost_since = cells.date(Column::lost_since);
  row.floating_since = cells.date(Column::floating_since);

  // Without a citizen id, sex and birth date must tell who it is.
  if (!cells.filled(Column::sex) || !cells.filled(Column::birth)) cells.require(Column::citizen_id);
  if (cells.id_is_right()) check_against_id(cells, row);
  check_dates(cells, row, joined, plan.today);
  return row;
}

PostRow read_post(CellReader& cells, const ReadPlan& plan) {
  PostRow row;
  cells.require_either(Column::person_number, Column::citizen_id);
  row.number = cells.code(Column::person_number);
  row.citizen_id = cells.citizen_id();
  row.organisation = required_text(cells, Column::organisation_code);
  cells.require(Column::post_title);
  row.title = cells.open_choice(Column::post_title, plan.codes.post_title);
  const auto from = required_date(cells, Column::post_from);
  row.from = from.value_or(Date());
  row.to = cells.date(Column::post_to);
  check_not_after(cells, Column::post_from, from, Column::post_to, row.to);
  return row;
}

ActivityRow read_activity(CellReader& cells, const ReadPlan& plan) {
  ActivityRow row;
  row.organisation = required_text(cells, Column::organisation_code);
  row.kind = required_choice(cells, Column::activity_kind, plan.codes.activity_kind);
  row.held_on = required_date(cells, Column::held_on).value_or(Date());
  row.period = cells.value(Column::period, "date_invalid",
                           [&](const Cell& given) { return period_in(given, cells.epoch()); });
  row.topic = cells.text(Column::topic);
  row.place = cells.text(Column::place);
  row.due = cells.value(Column::due, "number_invalid", whole_number_in);
  row.present = cells.value(Column::present, "number_invalid", whole_number_in);
  if (const Cell* given = cells.cell(Column::participants)) {
    NumberBuffer buffer;
    row.participants = participants_in(written(*given, buffer));
  }
  return row;
}

PaymentRow read_payment(CellReader& cells) {
  PaymentRow row;
  cells.require_either(Column::person_number, Column::citizen_id);
  row.number = cells.code(Column::person_number);
  row.citizen_id = cells.citizen_id();
  cells.require(Column::month);
  row.month = cells
                  .value(Column::month, "date_invalid",
                         [&](const Cell& given) { return month_in(given, cells.epoch()); })
                  .value_or(0);
  cells.require(Column::amount);
  row.amount_cents = cells.value(Column::amount, "amount_invalid", amount_in).value_or(0);
  row.paid_on = cells.date(Column::paid_on);
  return row;
}

}  // namespace jishi::intake
