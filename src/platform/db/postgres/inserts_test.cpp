#include "platform/db/postgres/inserts.hpp"

#include <gtest/gtest.h>

#include "platform/db/database.hpp"
#include "platform/db/test_postgres.hpp"

namespace jishi::db::postgres {
namespace {

constexpr Statement kAdd{"test.add",
                         "insert into note (id, weight, said, held, state)\n"
                         "values ($1, $2, $3, $4, 'open')"};
constexpr Statement kCount{"test.count", "select count(*) from note"};
constexpr Statement kSaid{"test.said", "select said from note where id = $1"};
constexpr Statement kClose{"test.close", "update note set state = 'done' where state = 'open'"};

class InsertsTest : public testing::Test {
 protected:
  InsertsTest() : url_(TestServer::shared().make_database()), engine_(postgres_engine(url_)) {
    engine_->open(Access::write)
        ->script(
            "create table note (id bigint primary key, weight double precision, said text,"
            " held bytea, state text not null)");
    database_ = std::make_unique<Database>(engine_);
  }
  ~InsertsTest() override {
    database_.reset();
    TestServer::shared().drop_database(url_);
  }

  template <class T>
  std::optional<T> ask(const Statement& statement, auto... arguments) {
    return database_->read(
        [&](Reader& reader) { return reader.one<T>(statement, arguments...).value(); });
  }

  std::string url_;
  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<Database> database_;
};

TEST_F(InsertsTest, ManyRowsKeepTheirValues) {
  constexpr std::int64_t kRows = 3 * static_cast<std::int64_t>(WaitingRows::kMost) + 1;
  database_->write([](Connection& connection) {
    Writer writer(connection);
    for (std::int64_t i = 0; i < kRows; ++i) {
      const std::string said = i % 3 == 0 ? "" : "{\"a\",NULL}\\" + std::to_string(i);
      const std::string bytes("\0\xff", 2);
      writer.run(kAdd, i, double(i) / 2, said,
                 i % 2 == 0 ? std::optional<Blob>() : std::optional<Blob>(Blob{bytes}));
    }
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kCount), kRows);
  EXPECT_EQ(ask<std::string>(kSaid, 3), "");
  EXPECT_EQ(ask<std::string>(kSaid, 4), "{\"a\",NULL}\\4");
  static constexpr Statement kHeld{
      "test.held", "select count(*) from note where held = '\\x00ff' and weight = id / 2.0"};
  EXPECT_EQ(ask<std::int64_t>(kHeld), kRows / 2);
}

// A question about the table, a change of it, the end: each meets all that was put in before.
TEST_F(InsertsTest, NobodyMissesARowThatWaits) {
  database_->write([](Connection& connection) {
    Writer writer(connection);
    for (std::int64_t i = 1; i <= 5; ++i) {
      writer.run(kAdd, i, nullptr, "", nullptr);
      EXPECT_EQ(writer.one<std::int64_t>(kCount), i);
    }
    writer.run(kAdd, 6, nullptr, "", nullptr);
    EXPECT_EQ(writer.run(kClose).count(), 6);
    EXPECT_EQ(writer.run(kAdd, 7, nullptr, "", nullptr).count(), 1);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kCount), 7);
}

TEST_F(InsertsTest, WhatIsNotKeptIsNotSent) {
  database_->write([](Connection& connection) {
    for (std::int64_t i = 1; i <= 5; ++i) Writer(connection).run(kAdd, i, nullptr, "", nullptr);
    return false;
  });
  EXPECT_EQ(ask<std::int64_t>(kCount), 0);
  // The failure of one row is that of its job.
  EXPECT_THROW(database_->write([](Connection& connection) {
    for (const std::int64_t i : {1, 2, 3, 2}) Writer(connection).run(kAdd, i, nullptr, "", nullptr);
    return true;
  }),
               Failure);
  EXPECT_EQ(ask<std::int64_t>(kCount), 0);
}

TEST(InsertOfMany, OnlyOfPlainInserts) {
  const std::vector<Oid> types{kInt8, kText};
  const auto many = [&](std::string_view sql) { return insert_of_many(sql, types); };
  EXPECT_EQ(many("insert into note (id, said, state)\nvalues ($1, $2, 'open')"),
            "insert into note (id, said, state) select r.p1, r.p2, 'open' from"
            " unnest($1::bigint[], $2::text[]) as r (p1, p2)");
  EXPECT_EQ(many("insert into note (id, said) values ($1, $2) on conflict do nothing"), "");
  EXPECT_EQ(many("insert into note (id, said) values ($1, lower($2))"), "");
  EXPECT_EQ(many("insert into note (id, said) values ($1, '$2')"), "");
  EXPECT_EQ(many("insert into note (id, said) select $1, $2"), "");
  EXPECT_EQ(many("update note set said = $2 where id = $1"), "");
  EXPECT_EQ(insert_of_many("insert into note (id) values ($1)", std::vector<Oid>{kNumeric}), "");
}

}  // namespace
}  // namespace jishi::db::postgres
