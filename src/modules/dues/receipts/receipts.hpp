#pragma once
// Receipts (收据) for dues: one for what a member paid by one entry, whatever the way of payment.

#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::dues {

/// Payments of three years that are looked at: a member has one or two a month.
inline constexpr int kMostReceiptPayments = 600;

/// An amount in capital Chinese figures, as receipts have it so that nothing can be written into
/// it: 壹仟零伍元叁角整. Nothing is 零元整. For amounts of less than 10^16 cents, not below
/// nothing.
std::string capital_of_cents(std::int64_t cents);

/// A payment for one month, with the entry it came by.
struct ReceiptPayment {
  int month = 0;  // month_index()
  std::int64_t amount_cents = 0;
  std::optional<Date> paid_on;
  Id batch = kNoId;  // the command, or the import
  Id organisation = kNoId;
  std::string source;  // manual, online, or the source of an import
  std::string organisation_name;
  std::string received_by;
  std::optional<std::int64_t> recorded;
};
BOOST_DESCRIBE_STRUCT(ReceiptPayment, (),
                      (month, amount_cents, paid_on, batch, organisation, source, organisation_name,
                       received_by, recorded))

struct ReceiptMonth {
  Period month;
  std::string amount;  // in yuan
};
BOOST_DESCRIBE_STRUCT(ReceiptMonth, (), (month, amount))

/// How it was paid: recorded by the branch (cash, transfer, a bank's statement), online, or brought
/// by an import of older books.
enum class ReceiptWay { branch, online, import };
BOOST_DESCRIBE_ENUM(ReceiptWay, branch, online, import)

struct Receipt {
  std::string number;  // stands as long as the payments do
  std::vector<ReceiptMonth> months;
  std::string amount;   // in yuan, of all months
  std::string capital;  // the same in capital figures
  std::optional<Date> paid_on;
  Id organisation = kNoId;  // whose member the payer was
  std::string organisation_name;
  ReceiptWay way = ReceiptWay::branch;
  std::string received_by;  // who recorded it; empty where that is not on record
  std::optional<std::int64_t> recorded_ms;
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (number, months, amount, capital, paid_on, organisation, organisation_name,
                       way, received_by, recorded_ms))

/// A member's receipts of a year, the latest first.
struct Receipts {
  Id person = kNoId;
  std::string name;
  std::string member_number;
  int year = 0;
  std::vector<Receipt> receipts;
};
BOOST_DESCRIBE_STRUCT(Receipts, (), (person, name, member_number, year, receipts))

/// Puts together what came by one entry. `payments`: by day, entry and month.
std::vector<Receipt> receipts_of(const crypto::Keys& keys, Id person,
                                 const std::vector<ReceiptPayment>& payments);

/// Those with a month of the year.
Receipts receipts_of_year(db::Reader& reader, const crypto::Keys& keys, Id person, int year);

/// Notes who received what a command records. Once for a command.
void note_receiver(Transaction& tx);

/// GET /api/v1/persons/{person}/receipts.
void receipt_routes(api::Routes& routes);

}  // namespace jishi::dues
