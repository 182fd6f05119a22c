#include "modules/dues/receipts/receipts.hpp"

#include "api/routes.hpp"
#include "base/money.hpp"
#include "modules/dues/commands.hpp"
#include "modules/dues/receipts/receipts.sql.hpp"

namespace jishi::dues {

namespace {

constexpr int kMonths = 12;

struct PayerRow {
  std::string number;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(PayerRow, (), (number, name))

ReceiptWay way_of(std::string_view source) {
  if (source == registry::kManualSource) return ReceiptWay::branch;
  return source == "online" ? ReceiptWay::online : ReceiptWay::import;
}

/// The day and eight figures. They follow from what was entered and is on record of it, so that a
/// receipt has its number however often it is printed, another one once a part of it is taken back,
/// and without the key of the store none can be made up. `paid`: months and cents.
std::string number_of(const crypto::Keys& keys, Id person, const ReceiptPayment& first,
                      const std::string& paid) {
  constexpr std::uint64_t kFigures = 100'000'000;
  constexpr unsigned kByteBits = 8;
  const std::string day = first.paid_on ? to_iso(*first.paid_on) : month_at(first.month).text();
  const auto index =
      keys.blind_index("dues_receipt", fmt::format("{}/{}/{}{}", person, first.batch, day, paid));
  std::uint64_t number = 0;
  for (const char byte : index.bytes.substr(0, sizeof number))
    number = number << kByteBits | static_cast<unsigned char>(byte);
  std::string digits;
  std::copy_if(day.begin(), day.end(), std::back_inserter(digits), [](char c) { return c != '-'; });
  return fmt::format("{}-{:08}", digits, number % kFigures);
}

Receipt begun(const ReceiptPayment& first) {
  Receipt receipt;
  receipt.paid_on = first.paid_on;
  receipt.organisation = first.organisation;
  receipt.organisation_name = first.organisation_name;
  receipt.way = way_of(first.source);
  if (receipt.way == ReceiptWay::branch) receipt.received_by = first.received_by;
  receipt.recorded_ms = first.recorded;
  return receipt;
}

struct ReceiptsQuery {
  std::optional<int> year;  // this year when not given
};
BOOST_DESCRIBE_STRUCT(ReceiptsQuery, (), (year))

Result<Receipts> shown(const api::Call& call, const ReceiptsQuery& query) {
  const auto year = year_of_account(call, query.year);
  if (!year) return year.error();
  return call.store.read([&](db::Reader& reader) {
    return receipts_of_year(reader, call.store.keys(), call.subject, *year);
  });
}

}  // namespace

std::vector<Receipt> receipts_of(const crypto::Keys& keys, Id person,
                                 const std::vector<ReceiptPayment>& payments) {
  std::vector<Receipt> receipts;
  std::int64_t cents = 0;
  std::string paid;
  const ReceiptPayment* first = nullptr;
  const ReceiptPayment* before = nullptr;
  for (const ReceiptPayment& one : payments) {
    const bool same =
        before != nullptr && before->batch == one.batch && before->paid_on == one.paid_on;
    before = &one;
    if (!same) {
      receipts.push_back(begun(one));
      first = &one;
      cents = 0;
      paid.clear();
    }
    cents += one.amount_cents;
    paid += fmt::format("/{}:{}", one.month, one.amount_cents);
    Receipt& receipt = receipts.back();
    receipt.months.push_back({month_at(one.month), yuan_of_cents(one.amount_cents)});
    receipt.number = number_of(keys, person, *first, paid);
    receipt.amount = yuan_of_cents(cents);
    receipt.capital = capital_of_cents(cents);
  }
  return receipts;
}

Receipts receipts_of_year(db::Reader& reader, const crypto::Keys& keys, Id person, int year) {
  Receipts found;
  found.person = person;
  found.year = year;
  if (auto payer = reader.one<PayerRow>(sql::receipts::payer, person)) {
    found.name = std::move(payer->name);
    found.member_number = std::move(payer->number);
  }
  // An entry may be for months of the year before and after as well.
  const int first = month_index(year, 1);
  found.receipts =
      receipts_of(keys, person,
                  reader.all<ReceiptPayment>(sql::receipts::paid, person, first - kMonths,
                                             first + 2 * kMonths - 1, kMostReceiptPayments));
  std::erase_if(found.receipts, [&](const Receipt& receipt) {
    return std::none_of(receipt.months.begin(), receipt.months.end(),
                        [&](const ReceiptMonth& one) { return one.month.year == year; });
  });
  std::reverse(found.receipts.begin(), found.receipts.end());
  return found;
}

void note_receiver(Transaction& tx) {
  tx.run(sql::receipts::receive, tx.command(), tx.actor().id, tx.store().clock().now_ms());
}

void receipt_routes(api::Routes& routes) {
  routes.get_slowly<ReceiptsQuery>(
      "/api/v1/persons/{person}/receipts", {"dues.receipts", api::kSee, api::person_in("person")},
      [](api::Call& call, const ReceiptsQuery& query) { return shown(call, query); });
}

}  // namespace jishi::dues
