#include "modules/dues/commands.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {
namespace {

constexpr Actor kTester{7};

Date day(int year, unsigned month, unsigned of_month) {
  return *make_date(year, month, of_month);
}

Id found(Store& store, std::string code) {
  registry::CreateOrganisation command;
  command.name = code;
  command.code = code;
  command.kind = "branch";
  command.on = day(2001, 1, 1);
  return registry::create_organisation(store, kTester, command)->organisations.front().organisation;
}

Id join(Store& store, std::string_view number, Id organisation) {
  registry::MemberRecord record;
  record.number = number;
  record.name = number;
  record.organisation = organisation;
  record.stage = "full";
  record.joined = day(2005, 1, 1);
  const auto sealed = registry::seal_identity(store, record);
  const auto made = store.write(kTester, [&](Transaction& tx) {
    return Result<registry::Recorded>(
        registry::record_member(tx, registry::manual_origin(tx), std::nullopt, record, sealed));
  });
  return made->id;
}

const Date kToday = day(2026, 3, 1);

TEST(RefusePayment, Table) {
  const std::pair<std::string, std::function<void(EnteredPayment&)>> cases[] = {
      {"", [](EnteredPayment&) {}},
      {"", [](EnteredPayment& payment) { payment.amount = "0"; }},
      {"", [](EnteredPayment& payment) { payment.paid_on = kToday; }},
      {"dues.month_expected",
       [](EnteredPayment& payment) { payment.month = *parse_period("2026"); }},
      {"dues.amount_invalid", [](EnteredPayment& payment) { payment.amount = "-1"; }},
      {"dues.amount_invalid", [](EnteredPayment& payment) { payment.amount = "1.234"; }},
      {"dues.amount_invalid", [](EnteredPayment& payment) { payment.amount = ""; }},
      {"dues.date_in_future",
       [](EnteredPayment& payment) { payment.paid_on = kToday + std::chrono::days(1); }},
  };
  for (const auto& [verdict, change] : cases) {
    EnteredPayment payment{"M1", *parse_period("2026-02"), "12.50", {}};
    change(payment);
    const auto refusal = refuse_payment(payment, kToday);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

TEST(PaymentCommands, RecordOnceAndWithdraw) {
  TestStore store(kToday);
  const Id branch = found(*store, "A");
  join(*store, "M1", branch);
  const auto call = [&](std::string_view name, std::string_view text) {
    const auto entries = commands();
    const auto done = find_command(entries, name)->run(*store, kTester, *parse_json(text));
    return done ? std::string(done->at("outcome").as_string()) : done.error().code;
  };
  const std::string payment =
      R"({"person":"M1","month":"2026-02","amount":"12.5","paid_on":"2026-02-03"})";
  EXPECT_EQ(call("dues.record_payment", payment), "created");
  EXPECT_EQ(call("dues.record_payment", payment), "unchanged");
  EXPECT_EQ(call("dues.withdraw_payment", payment), "changed");
  EXPECT_EQ(call("dues.withdraw_payment", payment), "dues.payment_missing");
  EXPECT_EQ(call("dues.record_payment", R"({"person":"M1","month":"2026-02","amount":"1"})"),
            "created");
  EXPECT_EQ(call("dues.record_payment", R"({"person":"M9","month":"2026-02","amount":"1"})"),
            "registry.person_not_found");
  // A payment of the same amount on another day is another payment.
  EXPECT_EQ(call("dues.record_payment", payment), "created");
}

}  // namespace
}  // namespace jishi::dues
