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
      {"dues.amount_out_of_range", [](EnteredPayment& payment) { payment.amount = "0"; }},
      {"", [](EnteredPayment& payment) { payment.amount = "100000.00"; }},
      {"dues.amount_out_of_range", [](EnteredPayment& payment) { payment.amount = "100000.01"; }},
      {"", [](EnteredPayment& payment) { payment.month = *parse_period("2025-09"); }},
      {"dues.payment_too_old",
       [](EnteredPayment& payment) { payment.month = *parse_period("2025-08"); }},
      {"dues.payment_too_old",
       [](EnteredPayment& payment) {
         payment.month = *parse_period("2025-08"), payment.paid_on = kToday;
       }},
      {"",
       [](EnteredPayment& payment) {
         payment.month = *parse_period("2025-08"), payment.paid_on = day(2026, 2, 28);
       }},
      {"", [](EnteredPayment& payment) { payment.month = *parse_period("2026-12"); }},
      {"dues.payment_ahead",
       [](EnteredPayment& payment) { payment.month = *parse_period("2027-01"); }},
      {"", [](EnteredPayment& payment) { payment.paid_on = day(2025, 1, 1); }},
      {"dues.date_too_early", [](EnteredPayment& payment) { payment.paid_on = day(2024, 12, 31); }},
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

TEST(PaymentCommands, OnlyForMonthsOfMembership) {
  TestStore store(kToday);
  const Id branch = found(*store, "A");
  const Id person = join(*store, "M1", branch);
  const auto put = [&](std::string field, std::string value) {
    const auto done = store->write(kTester, [&](Transaction& tx) {
      return registry::decide_field(tx, "person", person, {std::move(field), std::move(value)});
    });
    ASSERT_TRUE(done);
  };
  const auto pay = [&](std::string_view month) {
    const auto entries = commands();
    const auto json = fmt::format(R"({{"person":"M1","month":"{}","amount":"1"}})", month);
    const auto done =
        find_command(entries, "dues.record_payment")->run(*store, kTester, *parse_json(json));
    return done ? std::string(done->at("outcome").as_string()) : done.error().code;
  };
  put("joined", "2026-01-21");
  EXPECT_EQ(pay("2025-12"), "dues.before_joining");
  EXPECT_EQ(pay("2026-01"), "created");
  EXPECT_EQ(pay("2026-05"), "created");
  // Suspended, somebody is still a member.
  put("status", "suspended");
  EXPECT_EQ(pay("2026-06"), "created");
  for (const auto& [status, code] :
       {std::pair{"left", "dues.after_leaving"}, std::pair{"deceased", "dues.after_death"},
        std::pair{"transferred_out", "dues.after_transfer"}}) {
    put("status", status);
    EXPECT_EQ(pay("2026-04"), code);
  }
  EXPECT_EQ(pay("2026-02"), "created");
  EXPECT_EQ(pay("2026-03"), "created");
  // Of several, each for itself.
  const auto entries = commands();
  const auto done = find_command(entries, "dues.record_payments")
                        ->run(*store, kTester, *parse_json(R"({"organisation":"A","items":[
          {"person":"M1","month":"2026-02","amount":"2"},
          {"person":"M1","month":"2026-12","amount":"2"}]})"));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->at("recorded"), 1);
  EXPECT_EQ(done->at("items").as_array()[1].at("refusal").at("code"), "dues.after_transfer");
}

}  // namespace
}  // namespace jishi::dues
