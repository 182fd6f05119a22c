#include "modules/dues/receipts/receipts.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"

namespace jishi::dues {
namespace {

TEST(Receipts, CapitalFigures) {
  const std::pair<std::int64_t, std::string_view> cases[] = {
      {0, "零元整"},
      {5, "伍分"},
      {50, "伍角整"},
      {55, "伍角伍分"},
      {100, "壹元整"},
      {105, "壹元零伍分"},
      {150, "壹元伍角整"},
      {1'000, "壹拾元整"},
      {1'250, "壹拾贰元伍角整"},
      {10'000, "壹佰元整"},
      {10'100, "壹佰零壹元整"},
      {100'530, "壹仟零伍元叁角整"},
      {123'789, "壹仟贰佰叁拾柒元捌角玖分"},
      {1'000'000, "壹万元整"},
      {1'001'000, "壹万零壹拾元整"},
      {10'000'001, "壹拾万元零壹分"},
      {12'003'000, "壹拾贰万零叁拾元整"},
      {10'000'000'000, "壹亿元整"},
      {10'000'010'000, "壹亿零壹佰元整"},
      {1'000'000'000'000, "壹佰亿元整"},
  };
  for (const auto& [cents, text] : cases) EXPECT_EQ(capital_of_cents(cents), text) << cents;
}

TEST(Receipts, OneForWhatCameByOneEntry) {
  TestStore store(*make_date(2026, 11, 30));
  const auto paid = [](int month, std::int64_t cents, unsigned day, Id batch) {
    ReceiptPayment payment;
    payment.month = month_index(2026, static_cast<unsigned>(month));
    payment.amount_cents = cents;
    payment.paid_on = make_date(2026, 11, day);
    payment.batch = batch;
    payment.source = "manual";
    payment.received_by = "李娜";
    return payment;
  };
  const std::vector<ReceiptPayment> payments{paid(9, 1'000, 3, 40), paid(10, 1'000, 3, 40),
                                             paid(10, 500, 3, 41), paid(11, 1'000, 5, 40)};
  const auto receipts = receipts_of(store->keys(), 7, payments);
  ASSERT_EQ(receipts.size(), 3U);
  EXPECT_EQ(receipts[0].amount, "20.00");
  EXPECT_EQ(receipts[0].capital, "贰拾元整");
  EXPECT_EQ(receipts[0].months.size(), 2U);
  EXPECT_EQ(receipts[0].received_by, "李娜");
  EXPECT_EQ(receipts[1].amount, "5.00");
  EXPECT_TRUE(receipts[0].number.starts_with("20261103-"));
  EXPECT_NE(receipts[0].number, receipts[1].number);
  EXPECT_NE(receipts[0].number, receipts_of(store->keys(), 8, payments)[0].number);
  EXPECT_EQ(receipts[0].number, receipts_of(store->keys(), 7, payments)[0].number);
}

}  // namespace
}  // namespace jishi::dues
