#include "modules/dues/grid/payment_grid.hpp"

#include "api/paging.hpp"
#include "base/money.hpp"
#include "modules/dues/grid/payment_grid.sql.hpp"

namespace jishi::dues {

namespace {

constexpr int kDeepest = 64;

struct PayerRow {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  Date joined;
  std::string status;
  std::optional<int> last_paid;
};
BOOST_DESCRIBE_STRUCT(PayerRow, (),
                      (person, number, name, organisation, organisation_name, joined, status,
                       last_paid))

struct PaymentRow {
  Id person = kNoId;
  int month = 0;
  std::optional<Date> paid_on;
  std::int64_t amount_cents = 0;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (), (person, month, paid_on, amount_cents))

Period month_of_index(int month) {
  return period_of(PeriodKind::month,
                   *make_date(month / 12, static_cast<unsigned>(month % 12) + 1, 1));
}

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

void put_payments(db::Reader& reader, const GridQuery& query, std::vector<Payer>& payers) {
  boost::json::array persons;
  for (const Payer& payer : payers) persons.emplace_back(payer.person);
  const auto paid = reader.all<PaymentRow>(
      sql::payment_grid::payments, boost::json::serialize(persons),
      month_index(query.from.first_day()), month_index(query.to.first_day()), kMaxGridPayments);
  for (Payer& payer : payers) {
    auto row =
        std::lower_bound(paid.begin(), paid.end(), payer.person,
                         [](const PaymentRow& one, Id person) { return one.person < person; });
    for (; row != paid.end() && row->person == payer.person; ++row) {
      payer.payments.push_back(
          {month_of_index(row->month), yuan_of_cents(row->amount_cents), row->paid_on});
    }
  }
}

}  // namespace

Result<api::Page<Payer>> payment_grid(db::Reader& reader, Id organisation,
                                      const registry::Reach& reach, const GridQuery& query) {
  if (auto refusal = refuse_span(query)) return std::move(*refusal);
  const auto limit = api::page_limit(query.limit, kMaxPayersAPage);
  if (!limit) return limit.error();
  const auto after = api::page_after<2>(query.after, {0, 0});
  if (!after) return after.error();
  auto rows =
      reader.all<PayerRow>(sql::payment_grid::payers, organisation, reach.structure,
                           reach.below ? kDeepest : 0, (*after)[0], (*after)[1], *limit + 1);
  const bool more = api::cut_to_page(rows, *limit);
  api::Page<Payer> page;
  for (PayerRow& row : rows) {
    std::optional<Period> last;
    if (row.last_paid) last = month_of_index(*row.last_paid);
    page.items.push_back({row.person,
                          std::move(row.number),
                          std::move(row.name),
                          row.organisation,
                          std::move(row.organisation_name),
                          row.joined,
                          std::move(row.status),
                          last,
                          {}});
  }
  put_payments(reader, query, page.items);
  if (more) {
    const Payer& last = page.items.back();
    page.next = api::page_next({last.organisation, last.person});
  }
  return page;
}

}  // namespace jishi::dues
