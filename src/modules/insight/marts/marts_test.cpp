#include "modules/insight/marts/marts.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/dues/dues.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {
namespace {

constexpr Actor kTester{7};
const Date kDay = *make_date(2026, 5, 1);
constexpr int kMonth = 2026 * 12 + 4;

/// Payments of two members, and marts that follow them.
class FollowedPayments : public ::testing::Test {
 protected:
  FollowedPayments() {
    branch_ = write([](Transaction& tx) {
      registry::OrganisationRecord record;
      record.code = "B";
      record.name = "B";
      record.kind = "branch";
      return registry::record_organisation(tx, registry::manual_origin(tx), std::nullopt, record)
          .id;
    });
    for (const char* number : {"P1", "P2"}) {
      registry::MemberRecord record;
      record.number = number;
      record.name = number;
      record.organisation = branch_;
      record.stage = "full";
      record.status = "normal";
      const auto sealed = registry::seal_identity(*store_, record);
      persons_.push_back(write([&](Transaction& tx) {
        const auto origin = registry::manual_origin(tx);
        return registry::record_member(tx, origin, std::nullopt, record, sealed).id;
      }));
    }
    MartsOptions options;
    options.threads = 1;
    auto marts = Marts::open(*store_, options);
    if (!marts) throw std::runtime_error(marts.error().code);
    marts_ = std::move(*marts);
  }

  template <class Work>
  Id write(Work&& work) {
    return *store_->write(kTester, [&](Transaction& tx) -> Result<Id> { return work(tx); });
  }

  void pay(std::size_t who, int month, std::optional<Date> paid_on, std::int64_t cents = 1000) {
    write([&](Transaction& tx) -> Id {
      dues::record_payment(tx, registry::manual_origin(tx), branch_,
                           {persons_[who], month, cents, paid_on});
      return branch_;
    });
  }

  void withdraw(std::size_t who, int month, std::optional<Date> paid_on) {
    const auto done = store_->write(kTester, [&](Transaction& tx) {
      return dues::withdraw_payment(tx, {persons_[who], month, 1000, paid_on});
    });
    EXPECT_TRUE(done);
  }

  std::string rows() {
    auto found = marts_->connection().query(
        "select coalesce(string_agg(concat_ws('/', organisation, person, month, paid_on,"
        " amount_cents), ' ' order by person, month, paid_on, amount_cents), '')"
        " from mart.payment");
    return found && found->next() ? std::string(found->get_text(0)) : "no rows";
  }

  /// What the marts hold after following; the same as when they are read anew, if all is well.
  std::string followed() {
    EXPECT_TRUE(marts_->catch_up(*store_));
    std::string followed = rows();
    EXPECT_TRUE(marts_->rebuild(*store_));
    EXPECT_EQ(followed, rows());
    return followed;
  }

  std::size_t count() {
    const std::string all = followed();
    return all.empty() ? 0U : 1U + static_cast<std::size_t>(std::ranges::count(all, ' '));
  }

  TestStore store_;
  Id branch_ = kNoId;
  std::vector<Id> persons_;
  std::unique_ptr<Marts> marts_;
};

TEST_F(FollowedPayments, new_ones_stand_beside_the_old) {
  pay(0, kMonth, kDay);
  EXPECT_EQ(count(), 1U);
  pay(0, kMonth, kDay, 500);
  pay(0, kMonth + 1, std::nullopt);
  pay(1, kMonth, std::nullopt);
  EXPECT_EQ(count(), 4U);
}

TEST_F(FollowedPayments, withdrawn_ones_are_gone_with_others_of_the_same_stretch) {
  pay(0, kMonth, kDay);
  pay(1, kMonth, kDay);
  EXPECT_EQ(count(), 2U);
  pay(0, kMonth + 1, kDay);
  withdraw(0, kMonth, kDay);
  pay(1, kMonth + 1, kDay);
  EXPECT_EQ(count(), 3U);
  pay(0, kMonth + 2, kDay);
  withdraw(0, kMonth + 2, kDay);
  EXPECT_EQ(count(), 3U);
}

// The fact of a payment without a day has the first of its month: it may mean either.
TEST_F(FollowedPayments, one_without_a_day_is_not_taken_for_one_of_the_first) {
  pay(0, kMonth, std::nullopt);
  EXPECT_EQ(count(), 1U);
  pay(0, kMonth, kDay);
  EXPECT_EQ(count(), 2U);
  pay(1, kMonth, kDay);
  EXPECT_EQ(count(), 3U);
  pay(1, kMonth, std::nullopt);
  EXPECT_EQ(count(), 4U);
}

TEST_F(FollowedPayments, of_one_who_pays_first_and_moves_later) {
  const Id other = write([](Transaction& tx) {
    registry::OrganisationRecord record;
    record.code = "C";
    record.name = "C";
    record.kind = "branch";
    return registry::record_organisation(tx, registry::manual_origin(tx), std::nullopt, record).id;
  });
  pay(1, kMonth, kDay);
  const auto move = [&](Transaction& tx) -> Id {
    registry::move_member(tx, registry::manual_origin(tx), persons_[1], other, kDay);
    return other;
  };
  pay(0, kMonth, kDay);
  EXPECT_TRUE(marts_->catch_up(*store_));
  write(move);
  pay(1, kMonth + 1, kDay);
  const std::string all = followed();
  EXPECT_NE(all.find(fmt::format("{}/{}/{}", other, persons_[1], kMonth)), all.npos) << all;
  EXPECT_NE(all.find(fmt::format("{}/{}/{}", other, persons_[1], kMonth + 1)), all.npos) << all;
}

}  // namespace
}  // namespace jishi::insight
