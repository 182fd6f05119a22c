#include "modules/dues/books/entries.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {
namespace {

Date day(int year, unsigned month, unsigned of_month) {
  return *make_date(year, month, of_month);
}

const Date kToday = day(2026, 3, 1);

TEST(RefuseEntry, Table) {
  struct Case {
    std::string verdict;
    std::function<void(AskedEntry&, EntryView&)> change;
  };
  const Case cases[] = {
      {"", [](auto&, auto&) {}},
      {"", [](auto& asked, auto&) { asked.amount = "100.00"; }},
      {"", [](auto& asked, auto&) { asked.kind = "remitted", asked.amount = "100.00"; }},
      {"dues.more_than_balance",
       [](auto& asked, auto&) { asked.kind = "remitted", asked.amount = "100.01"; }},
      {"", [](auto& asked, auto& view) { asked.kind = "opening", view.balance_cents = 0; }},
      {"", [](auto& asked, auto&) { asked.kind = "opening", asked.amount = "0"; }},
      {"dues.entry_amount", [](auto& asked, auto&) { asked.amount = "0"; }},
      {"dues.entry_amount", [](auto& asked, auto&) { asked.amount = "-1"; }},
      {"dues.entry_amount", [](auto& asked, auto&) { asked.amount = "1.001"; }},
      {"dues.entry_amount", [](auto& asked, auto&) { asked.amount = "10000000000.01"; }},
      {"dues.entry_amount",
       [](auto& asked, auto&) { asked.kind = "opening", asked.amount = "-0.01"; }},
      {"dues.year_invalid", [](auto& asked, auto&) { asked.year = 1999; }},
      {"dues.year_in_future", [](auto& asked, auto&) { asked.year = 2027; }},
      {"dues.entry_day", [](auto& asked, auto&) { asked.on = day(2024, 12, 31); }},
      {"dues.entry_day", [](auto& asked, auto&) { asked.on = kToday + std::chrono::days(1); }},
      {"dues.category_missing", [](auto& asked, auto&) { asked.category = ""; }},
      {"dues.category_missing", [](auto& asked, auto&) { asked.category = "banquet"; }},
      {"dues.purpose_missing", [](auto& asked, auto&) { asked.purpose = ""; }},
      {"dues.purpose_too_long", [](auto& asked, auto&) { asked.purpose = std::string(201, 'x'); }},
      {"dues.opening_stands",
       [](auto& asked, auto& view) { asked.kind = "opening", view.opening_year = 2024; }},
      {"dues.account_runs",
       [](auto& asked, auto& view) { asked.kind = "opening", view.kept_since = 2024; }},
      {"", [](auto&, auto& view) { view.kept_since = 2024; }},
      {"dues.before_opening", [](auto&, auto& view) { view.opening_year = 2026; }},
      {"", [](auto&, auto& view) { view.opening_year = 2025; }},
      {"dues.entry_stands", [](auto&, auto& view) { view.stands = true; }},
      {"dues.remittance_stands",
       [](auto& asked, auto& view) { asked.kind = "remitted", view.stands = true; }},
      {"dues.more_than_balance", [](auto& asked, auto&) { asked.amount = "100.01"; }},
      {"dues.more_than_balance", [](auto&, auto& view) { view.balance_cents = -1; }},
  };
  int number = 0;
  for (const auto& [verdict, change] : cases) {
    AskedEntry asked{"used", 2025, "12.50", day(2025, 6, 30), "training", "培训"};
    EntryView view{kToday, false, {}, 10'000};
    change(asked, view);
    const auto refusal = refuse_entry(asked, view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict) << number;
    ++number;
  }
}

TEST(ShareLevel, KindsOfThePack) {
  for (const char* kind : {"committee", "working_committee", "leading_group"})
    EXPECT_EQ(share_level(kind), ShareLevel::committee) << kind;
  for (const char* kind : {"branch", "general_branch", "joint_branch", "group", ""})
    EXPECT_EQ(share_level(kind), ShareLevel::branch) << kind;
}

/// A committee with a branch below, on a store of their own.
class DuesBooks : public ::testing::Test {
 protected:
  void SetUp() override {
    committee_ = found("C", std::nullopt, "committee");
    branch_ = found("B", "C", "branch");
  }

  Id found(std::string code, std::optional<std::string> parent, std::string kind) {
    registry::CreateOrganisation command;
    command.name = code;
    command.code = code;
    command.kind = std::move(kind);
    if (parent) command.parent = registry::Reference(*parent);
    command.on = day(2001, 1, 1);
    return registry::create_organisation(*store_, Actor{7}, command)
        ->organisations.front()
        .organisation;
  }
  template <class Work>
  auto write(Work work) {
    return store_->write(Actor{7}, work);
  }
  void use(int year, std::string amount) {
    const auto done = write([&](Transaction& tx) {
      return record_use(tx, {branch_, std::move(amount), "training", "培训", day(year, 6, 1)});
    });
    EXPECT_TRUE(done) << done.error().code;
  }
  void opening(int year, std::string amount) {
    EXPECT_TRUE(write([&](Transaction& tx) {
      return record_opening(tx, {branch_, year, std::move(amount)});
    }));
  }
  BookSums sums(int year) {
    return store_->read([&](db::Reader& reader) {
      return book_sums(reader, branch_, year, Upward{committee_, "", 100, kNoId, "", kToday});
    });
  }

  TestStore store_{kToday};
  Id committee_ = kNoId;
  Id branch_ = kNoId;
};

TEST_F(DuesBooks, WhatIsLeftGoesIntoTheNextYear) {
  opening(2023, "100");
  use(2024, "30");
  use(2025, "50.01");
  EXPECT_EQ(sums(2022).carried, 0);
  EXPECT_EQ(sums(2023).carried, 10'000);
  EXPECT_EQ(sums(2023).balance, 10'000);
  EXPECT_EQ(sums(2024).carried, 10'000);
  EXPECT_EQ(sums(2024).balance, 7'000);
  EXPECT_EQ(sums(2025).carried, 7'000);
  EXPECT_EQ(sums(2025).balance, 1'999);
  EXPECT_EQ(sums(2026).carried, 1'999);
}

TEST_F(DuesBooks, WhatLaterYearsHaveUsedCannotBeUsedBefore) {
  opening(2023, "100");
  use(2025, "80");
  store_->read([&](db::Reader& reader) {
    EXPECT_EQ(least_balance(reader, branch_, 2023, 2026), 2'000);
    EXPECT_EQ(least_balance(reader, branch_, 2026, 2026), 2'000);
    return 0;
  });
}

}  // namespace
}  // namespace jishi::dues
