#include "modules/dues/grid/payment_grid.hpp"

#include "api/paging.hpp"
#include "base/money.hpp"
#include "modules/dues/grid/payment_grid.sql.hpp"
#include "modules/dues/membership/membership.hpp"

namespace jishi::dues {

namespace {

struct LastPaid {
  Id person = kNoId;
  int month = 0;
};
BOOST_DESCRIBE_STRUCT(LastPaid, (), (person, month))

struct PaymentRow {
  Id person = kNoId;
  int month = 0;
  std::optional<Date> paid_on;
  std::int64_t amount_cents = 0;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (), (person, month, paid_on, amount_cents))

struct DueRow {
  Id person = kNoId;
  int month = 0;
  std::int64_t cents = 0;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (person, month, cents))

std::optional<Error> refuse_span(const GridQuery& query) {
  for (const Period& month : {query.from, query.to}) {
    if (month.kind != PeriodKind::month)
      return fail(ErrorKind::invalid, "dues.month_expected", {{"month", month.text()}});
  }
  const int months = month_index(query.to.first_day()) - month_index(query.from.first_day()) + 1;
  if (months < 1 || months > kMaxGridMonths) {
    return fail(ErrorKind::invalid, "dues.span_invalid",
                {{"limit", std::to_string(kMaxGridMonths)}});
  }
  return std::nullopt;
}

std::string persons_of(const std::vector<Payer>& payers) {
  boost::json::array persons;
  for (const Payer& payer : payers) persons.emplace_back(payer.person);
  return boost::json::serialize(persons);
}

void put_last_months(db::Reader& reader, std::vector<Payer>& payers) {
  const auto last = reader.all<LastPaid>(sql::payment_grid::last_months, persons_of(payers));
  for (Payer& payer : payers) {
    const auto found =
        std::lower_bound(last.begin(), last.end(), payer.person,
                         [](const LastPaid& one, Id person) { return one.person < person; });
    if (found != last.end() && found->person == payer.person)
      payer.last_paid = month_at(found->month);
  }
}

void put_payments(db::Reader& reader, const GridQuery& query, std::vector<Payer>& payers) {
  const auto paid = reader.all<PaymentRow>(sql::payment_grid::payments, persons_of(payers),
                                           month_index(query.from.first_day()),
                                           month_index(query.to.first_day()), kMaxGridPayments);
  for (Payer& payer : payers) {
    auto row =
        std::lower_bound(paid.begin(), paid.end(), payer.person,
                         [](const PaymentRow& one, Id person) { return one.person < person; });
    for (; row != paid.end() && row->person == payer.person; ++row) {
      payer.payments.push_back(
          {month_at(row->month), yuan_of_cents(row->amount_cents), row->paid_on});
    }
  }
}

void put_due(db::Reader& reader, const GridQuery& query, std::vector<Payer>& payers) {
  const auto due = reader.all<DueRow>(sql::payment_grid::due, persons_of(payers),
                                      month_index(query.from.first_day()),
                                      month_index(query.to.first_day()), kMaxGridPayments);
  std::map<Id, MemberMonths> member;
  for (const Membership& one : memberships_of(reader, persons_of(payers)))
    member.emplace(one.person, months_of(one));
  for (Payer& payer : payers) {
    const auto months = member.find(payer.person);
    auto row = std::lower_bound(due.begin(), due.end(), payer.person,
                                [](const DueRow& one, Id person) { return one.person < person; });
    for (; row != due.end() && row->person == payer.person; ++row) {
      if (months == member.end() || months->second.holds(row->month))
        payer.due.push_back({month_at(row->month), yuan_of_cents(row->cents)});
    }
  }
}

}  // namespace

std::vector<PaymentLine> lines_of(const Payer& payer) {
  const PaymentLine who{
      payer.person, payer.number,    payer.name,   payer.organisation, payer.organisation_name,
      payer.status, payer.last_paid, std::nullopt, std::nullopt,       std::nullopt};
  if (payer.payments.empty()) return {who};
  std::vector<PaymentLine> lines(payer.payments.size(), who);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const GridPayment& payment = payer.payments[at];
    lines[at].month = payment.month;
    lines[at].amount = std::stod(payment.amount);
    lines[at].paid_on = payment.paid_on;
  }
  return lines;
}

Result<api::Page<Payer>> payment_grid(db::Reader& reader, registry::Roll& roll,
                                      const registry::Scope& scope, Id organisation,
                                      const GridQuery& query, bool with_due) {
  if (auto refusal = refuse_span(query)) return std::move(*refusal);
  const auto limit = api::page_limit(query.limit, kMaxPayersAPage);
  if (!limit) return limit.error();
  registry::MemberQuery members;
  members.filter.organisation = organisation;
  members.after = query.after.value_or("");
  members.limit = *limit;
  auto found = registry::members_page(reader, roll, scope, members);
  if (!found) return found.error();
  api::Page<Payer> page;
  for (registry::MemberRow& row : found->rows) {
    page.items.push_back({row.person,
                          std::move(row.number),
                          std::move(row.name),
                          row.organisation,
                          std::move(row.organisation_name),
                          row.joined,
                          std::move(row.status),
                          std::nullopt,
                          {},
                          {}});
  }
  put_last_months(reader, page.items);
  put_payments(reader, query, page.items);
  if (with_due) put_due(reader, query, page.items);
  if (!found->next.empty()) page.next = std::move(found->next);
  return page;
}

}  // namespace jishi::dues
