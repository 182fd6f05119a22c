#include "platform/db/migrations.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "platform/db/sqlite.hpp"
#include "platform/db/typed.hpp"

namespace jishi::db {
namespace {

constexpr Migration kFirst{"alpha", "20260101T0000_first", "", "create table first (id bigint);"};
constexpr Migration kSecond{"alpha", "20260102T0000_second", "",
                            "create table second (id bigint primary key, text text);"};
constexpr Migration kOther{"beta", "20260101T1200_other", "", "create table other (id bigint);"};

class Migrations : public testing::Test {
 protected:
  void apply(const std::vector<Migration>& all) {
    const auto plan = plan_migrations(*connection_, all, "sqlite");
    ASSERT_TRUE(plan);
    apply_migrations(*connection_, *plan);
  }
  Error refusal(const std::vector<Migration>& all) {
    const auto plan = plan_migrations(*connection_, all, "sqlite");
    return plan ? Error{} : plan.error();
  }
  bool has_table(std::string_view name) {
    static constexpr Statement kTable{"test.table", "select 1 from sqlite_master where name = $1"};
    return Reader(*connection_).one<int>(kTable, name).has_value();
  }

  std::unique_ptr<Connection> connection_ = open_sqlite(":memory:", Access::write);
};

TEST_F(Migrations, EachIsAppliedOnce) {
  const std::vector<Migration> two{kFirst, kOther};
  const std::vector<Migration> three{kFirst, kOther, kSecond};
  const auto plan = plan_migrations(*connection_, two, "sqlite");
  ASSERT_TRUE(plan);
  EXPECT_TRUE(plan->fresh);
  EXPECT_EQ(plan->pending.size(), 2U);
  apply_migrations(*connection_, *plan);
  const auto next = plan_migrations(*connection_, three, "sqlite");
  ASSERT_TRUE(next);
  EXPECT_FALSE(next->fresh);
  ASSERT_EQ(next->pending.size(), 1U);
  EXPECT_EQ(next->pending[0]->name, kSecond.name);
  apply_migrations(*connection_, *next);
  EXPECT_TRUE(has_table("second"));
  EXPECT_TRUE(plan_migrations(*connection_, three, "sqlite")->pending.empty());
}

TEST_F(Migrations, AChangedStepIsRefused) {
  apply({kFirst, kSecond});
  Migration changed = kFirst;
  changed.sql = "create table first (id bigint, more text);";
  EXPECT_EQ(refusal({changed, kSecond}),
            fail(ErrorKind::refused, "platform.migration_changed",
                 {{"module", "alpha"}, {"name", "20260101T0000_first"}}));
}

TEST_F(Migrations, AnOlderStepOfTheSameModuleIsRefused) {
  apply({kSecond});
  EXPECT_EQ(refusal({kFirst, kSecond}),
            fail(ErrorKind::refused, "platform.migration_out_of_order",
                 {{"module", "alpha"}, {"name", "20260101T0000_first"}}));
  // Another module's steps have an order of their own.
  EXPECT_EQ(refusal({kSecond, kOther}), Error{});
}

TEST_F(Migrations, TheUnknownStepIsTheOneThatIsNamed) {
  apply({kFirst, kOther, kSecond});
  const Error refused = refusal({kFirst, kSecond});
  EXPECT_EQ(refused, fail(ErrorKind::refused, "platform.migration_unknown",
                          {{"module", "beta"}, {"name", "20260101T1200_other"}}));
  EXPECT_NE(say(Language::zh, refused).find("beta/20260101T1200_other"), std::string::npos);
}

TEST_F(Migrations, TheOtherEnginesStepsArePassedOver) {
  constexpr Migration kPostgres{"alpha", "20260103T0000_x", "postgres", "this is no SQLite;"};
  constexpr Migration kSqlite{"alpha", "20260103T0000_x", "sqlite", "create table x (id bigint);"};
  apply({kFirst, kPostgres, kSqlite});
  EXPECT_TRUE(has_table("x"));
  EXPECT_TRUE(
      plan_migrations(*connection_, {kFirst, kPostgres, kSqlite}, "sqlite")->pending.empty());
}

TEST_F(Migrations, AllOrNothing) {
  constexpr Migration kBroken{"beta", "20260104T0000_broken", "",
                              "create table first (id bigint);"};
  const std::vector<Migration> all{kFirst, kSecond, kBroken};
  const auto plan = plan_migrations(*connection_, all, "sqlite");
  ASSERT_TRUE(plan);
  EXPECT_THROW(apply_migrations(*connection_, *plan), Failure);
  EXPECT_FALSE(has_table("first"));
  EXPECT_TRUE(plan_migrations(*connection_, all, "sqlite")->fresh);
}

TEST_F(Migrations, ABigintKeyIsTheRowId) {
  apply({kSecond});
  static constexpr Statement kTwoKeys{"test.keys", "select rowid - id from second"};
  connection_->script("insert into second (id) values (77)");
  EXPECT_EQ(Reader(*connection_).one<int>(kTwoKeys), 0);
}

TEST_F(Migrations, TheProgramsOwnAreInOrderAndEveryStatementIsValidOnThem) {
  const auto& all = all_migrations();
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const Migration& a, const Migration& b) {
    return a.name < b.name;
  }));
  apply(all);
  ASSERT_GT(all_statements().size(), 50U);
  for (const Statement* statement : all_statements()) {
    EXPECT_NO_THROW(connection_->check(*statement)) << statement->name;
  }
}

}  // namespace
}  // namespace jishi::db
