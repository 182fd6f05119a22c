#include "platform/db/migrations.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "platform/db/dialect.hpp"
#include "platform/db/sqlite.hpp"
#include "platform/db/test_postgres.hpp"
#include "platform/db/typed.hpp"

namespace jishi::db {
namespace {

constexpr Migration kFirst{"alpha", "20260101T0000_first", "", "create table first (id bigint);"};
constexpr Migration kSecond{"alpha", "20260102T0000_second", "",
                            "create table second (id bigint primary key, text text);"};
constexpr Migration kOther{"beta", "20260101T1200_other", "", "create table other (id bigint);"};

class Migrations : public testing::TestWithParam<std::string> {
 protected:
  Migrations() {
    if (GetParam() == "postgres") {
      url_ = TestServer::shared().make_database();
      engine_ = postgres_engine(url_);
      connection_ = engine_->open(Access::write);
    } else {
      engine_ = sqlite_engine(":memory:");
      connection_ = open_sqlite(":memory:", Access::write);
    }
  }
  ~Migrations() override {
    connection_.reset();
    if (!url_.empty()) TestServer::shared().drop_database(url_);
  }

  void apply(const std::vector<Migration>& all) {
    ASSERT_TRUE(migrate(*connection_, all, *engine_, [](const MigrationPlan&) {}));
  }
  Error refusal(const std::vector<Migration>& all) {
    const auto plan = plan_migrations(*connection_, all, *engine_);
    return plan ? Error{} : plan.error();
  }
  bool has_table(std::string_view name) {
    const auto tables = connection_->tables();
    return std::any_of(tables.begin(), tables.end(),
                       [&](const Table& table) { return table.name == name; });
  }

  std::string url_;
  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<Connection> connection_;
};

INSTANTIATE_TEST_SUITE_P(Engines, Migrations, testing::Values("sqlite", "postgres"),
                         [](const auto& engine) { return engine.param; });

TEST_P(Migrations, EachIsAppliedOnce) {
  const std::vector<Migration> two{kFirst, kOther};
  const std::vector<Migration> three{kFirst, kOther, kSecond};
  const auto plan = plan_migrations(*connection_, two, *engine_);
  ASSERT_TRUE(plan);
  EXPECT_TRUE(plan->fresh);
  EXPECT_EQ(plan->pending.size(), 2U);
  apply(two);
  const auto next = plan_migrations(*connection_, three, *engine_);
  ASSERT_TRUE(next);
  EXPECT_FALSE(next->fresh);
  ASSERT_EQ(next->pending.size(), 1U);
  EXPECT_EQ(next->pending[0]->name, kSecond.name);
  apply(three);
  EXPECT_TRUE(has_table("second"));
  EXPECT_TRUE(plan_migrations(*connection_, three, *engine_)->pending.empty());
}

TEST_P(Migrations, AChangedStepIsRefused) {
  apply({kFirst, kSecond});
  Migration changed = kFirst;
  changed.sql = "create table first (id bigint, more text);";
  EXPECT_EQ(refusal({changed, kSecond}),
            fail(ErrorKind::refused, "platform.migration_changed",
                 {{"module", "alpha"}, {"name", "20260101T0000_first"}}));
}

TEST_P(Migrations, AnOlderStepOfTheSameModuleIsRefused) {
  apply({kSecond});
  EXPECT_EQ(refusal({kFirst, kSecond}),
            fail(ErrorKind::refused, "platform.migration_out_of_order",
                 {{"module", "alpha"}, {"name", "20260101T0000_first"}}));
  // Another module's steps have an order of their own.
  EXPECT_EQ(refusal({kSecond, kOther}), Error{});
}

TEST_P(Migrations, TheUnknownStepIsTheOneThatIsNamed) {
  apply({kFirst, kOther, kSecond});
  const Error refused = refusal({kFirst, kSecond});
  EXPECT_EQ(refused, fail(ErrorKind::refused, "platform.migration_unknown",
                          {{"module", "beta"}, {"name", "20260101T1200_other"}}));
  EXPECT_NE(say(Language::zh, refused).find("beta/20260101T1200_other"), std::string::npos);
}

TEST_P(Migrations, TheOtherEnginesStepsArePassedOver) {
  const bool postgres = GetParam() == "postgres";
  const Migration kOthers{"alpha", "20260103T0000_x", postgres ? "sqlite" : "postgres",
                          "this is nothing;"};
  const Migration kOwn{"alpha", "20260103T0000_x", GetParam(), "create table x (id bigint);"};
  apply({kFirst, kOthers, kOwn});
  EXPECT_TRUE(has_table("x"));
  EXPECT_TRUE(plan_migrations(*connection_, {kFirst, kOthers, kOwn}, *engine_)->pending.empty());
}

TEST_P(Migrations, AllOrNothing) {
  constexpr Migration kBroken{"beta", "20260104T0000_broken", "",
                              "create table first (id bigint);"};
  const std::vector<Migration> all{kFirst, kSecond, kBroken};
  EXPECT_THROW(apply(all), Failure);
  EXPECT_FALSE(has_table("first"));
  EXPECT_TRUE(plan_migrations(*connection_, all, *engine_)->fresh);
}

TEST_P(Migrations, ABigintKeyIsTheRowId) {
  if (GetParam() == "postgres") return;
  apply({kSecond});
  static constexpr Statement kTwoKeys{"test.keys", "select rowid - id from second"};
  connection_->script("insert into second (id) values (77)");
  EXPECT_EQ(Reader(*connection_).one<int>(kTwoKeys), 0);
}

TEST_P(Migrations, TheProgramsOwnAreInOrderAndEveryStatementIsValidOnThem) {
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

TEST_P(Migrations, BothEnginesHaveTheSameTables) {
  apply(all_migrations());
  const auto sqlite = open_sqlite(":memory:", Access::write);
  ASSERT_TRUE(migrate(*sqlite, all_migrations(), *sqlite_engine(":memory:"), [](const auto&) {}));
  const auto columns = [](Connection& connection) {
    std::vector<std::string> all;
    for (const Table& table : connection.tables()) {
      for (const auto& column : table.columns) {
        all.push_back(
            fmt::format("{}.{} {}", table.name, column.name, static_cast<int>(column.kind)));
      }
    }
    std::sort(all.begin(), all.end());
    return all;
  };
  EXPECT_EQ(columns(*connection_), columns(*sqlite));
}

// A comment above the next statement once stood at the end of this one, and rows of an insert that
// ended in one went to the server one by one.
TEST(Statements, AreWithoutComments) {
  for (const Statement* statement : all_statements()) {
    EXPECT_EQ(std::string_view(statement->text).find("--"), std::string_view::npos)
        << statement->name;
  }
}

TEST(Dialect, TypesAreTranslatedWhereColumnsAreDeclared) {
  EXPECT_EQ(migration_for_postgres("create table t (\n  text text not null, -- integer\n"
                                   "  n integer default 0, b blob,\n  primary key (n)\n) "
                                   "without rowid;\nselect 'a integer', cast(n as text), b blob"),
            "create table t (\n  text text collate \"C\" not null, -- integer\n"
            "  n bigint default 0, b bytea,\n  primary key (n)\n) "
            ";\nselect 'a integer', cast(n as text), b blob");
  EXPECT_EQ(migration_for_postgres("alter table t add column x blob;"),
            "alter table t add column x bytea;");
  EXPECT_EQ(statement_for_postgres("select 1"), "select 1");
  EXPECT_EQ(statement_for_postgres("in (select value\n from json_each($2)) or x"),
            "in (select value\n from (select cast(listed.each as bigint) as value from "
            "json_array_elements_text(cast($2 as json)) as listed(each)) as list) or x");
}

}  // namespace
}  // namespace jishi::db
