// Orders over a store, with a bank that may be away or forget to notify.

#include "modules/dues/online/online.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {
namespace {

constexpr Actor kTester{7};
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kFee = 1500;

constexpr Statement kPayments{"test.payments", "select count(*) from dues_payment"};
constexpr Statement kNotices{"test.notices", "select count(*) from dues_order_notice"};

const Date kToday = *make_date(2026, 11, 29);

/// A bank whose notifications are their nonce and nothing else.
class Bank final : public Provider {
 public:
  std::string_view name() const override { return "bank"; }
  Result<std::string> begin(const OrderToPay&) override {
    if (away) return gone();
    return std::string("https://bank.example/pay");
  }
  Result<Notification> read(const Received& received, std::int64_t) const override {
    return Notification{order, held, received.body};
  }
  Result<Told> query(Id) override {
    ++asked;
    if (away) return gone();
    return held;
  }
  Result<Told> close(Id) override {
    if (away) return gone();
    if (held.state == ToldState::waiting) held.state = ToldState::cancelled;
    return held;
  }

  Id order = kNoId;
  Told held;
  bool away = false;
  int asked = 0;

 private:
  static Error gone() { return fail(ErrorKind::unavailable, "dues.provider_away"); }
};

class OnlineOrders : public testing::Test {
 protected:
  void SetUp() override {
    registry::CreateOrganisation command;
    command.name = "A";
    command.code = "A";
    command.kind = "branch";
    command.on = *make_date(2001, 1, 1);
    const Id branch =
        registry::create_organisation(*store, kTester, command)->organisations.front().organisation;
    registry::MemberRecord record;
    record.number = "M1";
    record.name = "M1";
    record.organisation = branch;
    record.stage = "full";
    record.joined = *make_date(2005, 1, 1);
    const auto sealed = registry::seal_identity(*store, record);
    person = store
                 ->write(kTester,
                         [&](Transaction& tx) {
                           return Result<registry::Recorded>(registry::record_member(
                               tx, registry::manual_origin(tx), std::nullopt, record, sealed));
                         })
                 ->id;
    YearlyBase base;
    base.person = person;
    base.year = 2026;
    base.group = "wage";
    base.monthly_cents = kFee;
    base.fixed_on = kToday;
    ASSERT_TRUE(store->write(kTester, [&](Transaction& tx) { return set_base(tx, base); }));
    choose();
  }

  void choose() {
    online = std::make_unique<Online>(*store, [this](std::string_view) { ++told; });
    auto made = std::make_unique<Bank>();
    bank = made.get();
    online->use(std::move(made));
  }

  Result<Id> make(const std::vector<std::string>& months) {
    std::vector<Period> periods;
    for (const std::string& month : months) periods.push_back(*parse_period(month));
    auto order = store->write(kTester, [&](Transaction& tx) {
      return make_order(tx, online->provider(), person, periods);
    });
    if (!order) return order;
    bank->order = *order;
    online->begin(*order);
    return order;
  }
  OrderRow row(Id order) {
    return *store->read([&](db::Reader& reader) { return order_row(reader, order); });
  }
  OrderState state(Id order) { return state_of(row(order)); }
  int count(const Statement& statement) {
    return store->read([&](db::Reader& reader) { return *reader.one<int>(statement); });
  }
  void pay(std::int64_t cents) { bank->held = {ToldState::paid, cents, store.clock.now_ms()}; }
  Result<Done> notify(const std::string& nonce) { return online->take("bank", {nonce, {}}); }
  void pass(std::int64_t ms) { store.clock.set_ms(store.clock.now_ms() + ms); }

  TestStore store{kToday};
  Id person = kNoId;
  Bank* bank = nullptr;
  std::unique_ptr<Online> online;
  int told = 0;
};

TEST_F(OnlineOrders, ASettledNotificationRecordsEachMonthOnce) {
  const auto order = make({"2026-10", "2026-11"});
  ASSERT_TRUE(order);
  EXPECT_EQ(row(*order).address, "https://bank.example/pay");
  EXPECT_EQ(row(*order).amount_cents, 2 * kFee);
  pay(2 * kFee);
  EXPECT_TRUE(notify("one"));
  EXPECT_EQ(notify("one").error().code, "dues.notification_refused");
  EXPECT_TRUE(notify("two"));
  EXPECT_EQ(state(*order), OrderState::paid);
  EXPECT_EQ(count(kPayments), 2);
  EXPECT_EQ(make({"2026-11"}).error().code, "dues.month_paid_already");
}

TEST_F(OnlineOrders, OneAtATimeAndOfWhatIsLeftToPay) {
  const PaymentRecord half{person, month_index(2026, 11), 500, *make_date(2026, 11, 1)};
  ASSERT_TRUE(store->write(kTester, [&](Transaction& tx) {
    record_payment(tx, registry::manual_origin(tx), kNoId, half);
    return Result<Done>(Done{});
  }));
  const auto order = make({"2026-11"});
  ASSERT_TRUE(order);
  EXPECT_EQ(row(*order).amount_cents, kFee - 500);
  EXPECT_EQ(make({"2026-10"}).error().code, "dues.order_waiting");
  ASSERT_TRUE(online->cancel(*order));
  EXPECT_TRUE(make({"2026-10"}));
}

TEST_F(OnlineOrders, WhatNobodyNotifiedOfIsFoundAlsoAfterTheProgramWasAway) {
  const auto order = make({"2026-11"});
  EXPECT_EQ(online->look_at_due(), 0);
  pay(kFee);
  const Told held = bank->held;
  online.reset();
  store.close();
  pass(3 * 24 * kHour);
  ASSERT_TRUE(store.open());
  choose();
  bank->held = held;
  EXPECT_EQ(online->look_at_due(), 1);
  EXPECT_EQ(state(*order), OrderState::paid);
  EXPECT_EQ(count(kPayments), 1);
  // Of the day on which it was paid, not of the one on which that was found.
  EXPECT_TRUE(store->read([&](db::Reader& reader) {
    return batch_of_payment(reader, {person, month_index(2026, 11), kFee, kToday}).has_value();
  }));
  EXPECT_EQ(online->look_at_due(), 0);
}

TEST_F(OnlineOrders, AnOrderThatIsNotPaidInTimeIsClosedAndLookedAtForADay) {
  const auto order = make({"2026-11"});
  pass(kOrderHoldsMs);
  EXPECT_EQ(online->look_at_due(), 1);
  EXPECT_EQ(state(*order), OrderState::expired);
  EXPECT_EQ(bank->held.state, ToldState::cancelled);
  EXPECT_TRUE(make({"2026-10"}));
  pass(kHour);
  bank->order = *order;
  pay(kFee);
  EXPECT_TRUE(notify("late"));
  EXPECT_EQ(state(*order), OrderState::paid);
  EXPECT_EQ(count(kPayments), 1);
}

TEST_F(OnlineOrders, APayerWhoWasQuickerThanCancellingHasPaid) {
  const auto order = make({"2026-11"});
  pay(kFee);
  EXPECT_TRUE(online->cancel(*order));
  EXPECT_EQ(state(*order), OrderState::paid);
  EXPECT_EQ(online->cancel(*order).error().code, "dues.order_ended");
}

TEST_F(OnlineOrders, ABankThatIsAwayIsAskedAgainAndNothingIsLost) {
  bank->away = true;
  const auto order = make({"2026-11"});
  ASSERT_TRUE(order);
  EXPECT_EQ(row(*order).address, "");
  EXPECT_EQ(online->cancel(*order).error().code, "dues.provider_away");
  pass(kMinute);
  EXPECT_EQ(online->look_at_due(), 1);
  EXPECT_EQ(state(*order), OrderState::open);
  EXPECT_EQ(online->look_at_due(), 0);
  EXPECT_GE(told, 3);
  bank->away = false;
  online->begin(*order);
  EXPECT_EQ(row(*order).address, "https://bank.example/pay");
  pay(kFee);
  pass(kLookAgainMs);
  EXPECT_EQ(online->look_at_due(), 1);
  EXPECT_EQ(state(*order), OrderState::paid);
}

TEST_F(OnlineOrders, MonthsThatWerePaidOtherwiseAreRefundedAndNothingIsRecordedTwice) {
  const auto order = make({"2026-10", "2026-11"});
  const PaymentRecord other{person, month_index(2026, 10), kFee, *make_date(2026, 11, 28)};
  ASSERT_TRUE(store->write(kTester, [&](Transaction& tx) {
    record_payment(tx, registry::manual_origin(tx), kNoId, other);
    return Result<Done>(Done{});
  }));
  pay(2 * kFee);
  EXPECT_TRUE(notify("one"));
  EXPECT_EQ(state(*order), OrderState::to_refund);
  EXPECT_EQ(count(kPayments), 1);
  const auto handle = [&] {
    return store->write(kTester,
                        [&](Transaction& tx) { return handle_order(tx, row(*order), "退了"); });
  };
  EXPECT_TRUE(handle());
  EXPECT_EQ(state(*order), OrderState::refunded);
  EXPECT_EQ(handle().error().code, "dues.order_not_to_handle");
}

TEST_F(OnlineOrders, AnotherAmountIsRefusedAndLeftToAPerson) {
  const auto order = make({"2026-11"});
  pay(kFee - 1);
  EXPECT_EQ(notify("one").error().code, "dues.notification_refused");
  EXPECT_EQ(state(*order), OrderState::to_check);
  EXPECT_EQ(row(*order).told_cents, kFee - 1);
  EXPECT_EQ(count(kPayments), 0);
  pay(kFee);
  EXPECT_TRUE(notify("two"));
  EXPECT_EQ(state(*order), OrderState::to_check);
  EXPECT_EQ(count(kPayments), 0);
}

TEST_F(OnlineOrders, NotificationsOfWhatIsNotOursAreRefusedAlike) {
  const auto order = make({"2026-11"});
  pay(kFee);
  EXPECT_EQ(online->take("sandbox", {"one", {}}).error().code, "dues.notification_refused");
  EXPECT_EQ(notify(std::string(kMostNotificationBytes + 1, 'x')).error().code,
            "dues.notification_refused");
  bank->order = *order + 1;
  EXPECT_EQ(notify("one").error().code, "dues.notification_refused");
  EXPECT_EQ(count(kNotices), 0);
  EXPECT_EQ(state(*order), OrderState::open);
}

TEST_F(OnlineOrders, AnOrderOfAProviderThatIsNoMoreEndsWithItsTime) {
  const auto order = make({"2026-11"});
  online = std::make_unique<Online>(*store);
  ASSERT_TRUE(online->choose("sandbox"));
  pass(kMinute);
  EXPECT_EQ(online->look_at_due(), 1);
  EXPECT_EQ(state(*order), OrderState::open);
  pass(kOrderHoldsMs);
  EXPECT_EQ(online->look_at_due(), 1);
  EXPECT_EQ(state(*order), OrderState::expired);
  EXPECT_EQ(online->choose("nonsense").error().code, "dues.provider_unknown");
}

}  // namespace
}  // namespace jishi::dues
