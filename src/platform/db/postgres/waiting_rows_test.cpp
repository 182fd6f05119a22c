#include "platform/db/postgres/waiting_rows.hpp"

#include <gtest/gtest.h>

#include "platform/db/database.hpp"
#include "platform/db/test_group.hpp"
#include "platform/db/test_postgres.hpp"

namespace jishi::db::postgres {
namespace {

constexpr Statement kAdd{"test.add",
                         "insert into note (id, weight, said, held, state)\n"
                         "values ($1, $2, $3, $4, 'open')"};
constexpr Statement kCount{"test.count", "select count(*) from note"};
constexpr Statement kSaid{"test.said", "select said from note where id = $1"};
constexpr Statement kClose{"test.close", "update note set state = 'done' where state = 'open'"};

class WaitingRowsTest : public testing::Test {
 protected:
  WaitingRowsTest() : url_(TestServer::shared().make_database()), engine_(postgres_engine(url_)) {
    engine_->open(Access::write)
        ->script(
            "create table note (id bigint primary key, weight double precision, said text,"
            " held bytea, state text not null)");
    database_ = std::make_unique<Database>(engine_);
  }
  ~WaitingRowsTest() override {
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

TEST_F(WaitingRowsTest, ManyRowsKeepTheirValues) {
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
TEST_F(WaitingRowsTest, NobodyMissesARowThatWaits) {
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

TEST_F(WaitingRowsTest, WhatIsNotKeptIsNotSent) {
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

constexpr Statement kSay{"test.say", "update note set said = $2 where id = $1", true};
constexpr Statement kDrop{"test.drop", "delete from note where id = $1", true};
constexpr Statement kAddOne{"test.add_one",
                            "insert into note (id, said, state) values ($1, $2, 'open')", true};
constexpr Statement kSaidOfOne{"test.said_of_one", "select said from note where id = $1", true};

// Each changes its own row by the same statements, several times: the last word of each counts.
TEST_F(WaitingRowsTest, ChangesOfSingleObjectsGoTogetherInTheOrderOfEach) {
  constexpr std::int64_t kNotes = 40;
  database_->write([](Connection& connection) {
    for (std::int64_t i = 1; i <= kNotes; ++i)
      Writer(connection).run(kAdd, i, nullptr, "", nullptr);
    return true;
  });
  in_one_group(*database_, kNotes, [](Connection& connection, std::int64_t i) {
    Writer writer(connection);
    writer.about(i);
    writer.run(kSay, i, "first");
    writer.run(kSay, i, "second");
    if (i % 2 == 0) {
      writer.run(kDrop, i);
      writer.run(kAddOne, i, "again");
      if (i % 4 == 0) writer.run(kDrop, i);
    }
    return true;
  });
  EXPECT_EQ(ask<std::string>(kSaid, 1), "second");
  EXPECT_EQ(ask<std::string>(kSaid, 39), "second");
  EXPECT_EQ(ask<std::string>(kSaid, 2), "again");
  EXPECT_EQ(ask<std::int64_t>(kCount), kNotes - kNotes / 4);
}

// Of so few nothing is foreseen: the second still sees what the first did to the same row.
TEST_F(WaitingRowsTest, TheNextOfTheSameGroupSeesWhatWasDoneToItsObject) {
  database_->write([](Connection& connection) {
    Writer(connection).run(kAdd, 1, nullptr, "", nullptr);
    return true;
  });
  std::string seen;
  in_one_group(*database_, 2, [&](Connection& connection, std::int64_t) {
    Writer writer(connection);
    writer.about(1);
    const auto said = writer.one<std::string>(kSaidOfOne, 1).value_or("");
    if (said.empty()) {  // the first of the two
      writer.run(kSay, 1, "of the first");
      writer.run(kAddOne, 2, "new");
    } else {
      seen = said + writer.one<std::string>(kSaidOfOne, 2).value_or("nothing");
    }
    return true;
  });
  EXPECT_EQ(seen, "of the firstnew");
}

TEST_F(WaitingRowsTest, WhoeverAsksHowManyHeChangedIsToldSo) {
  database_->write([](Connection& connection) {
    Writer writer(connection);
    writer.about(1);
    EXPECT_EQ(writer.run(kDrop, 1).count(), 0);  // the group is done again, with care
    return true;
  });
}

TEST(OfMany, OnlyOfPlainStatements) {
  const std::vector<Oid> types{kInt8, kText};
  const auto many = [&](std::string_view sql) { return of_many(sql, types); };
  EXPECT_EQ(many("insert into note (id, said, state)\nvalues ($1, $2, 'open')"),
            "insert into note (id, said, state) select many.p1, many.p2, 'open' from"
            " unnest($1::bigint[], $2::text[]) as many (p1, p2)");
  EXPECT_EQ(many("update note set said = $2, state = 'new'\nwhere id = $1"),
            "update note set said = many.p2, state = 'new' from"
            " unnest($1::bigint[], $2::text[]) as many (p1, p2) where id = many.p1");
  EXPECT_EQ(many("delete from note where id = $1 and said = $2"),
            "delete from note using unnest($1::bigint[], $2::text[]) as many (p1, p2)"
            " where id = many.p1 and said = many.p2");
  EXPECT_EQ(many("select said from note\nwhere id = $1 and said <> $2"),
            "select q.*, many.number from unnest($1::bigint[], $2::text[]) with ordinality as many"
            " (p1, p2, number) cross join lateral (select said from note where id = many.p1 and"
            " said <> many.p2 offset 0) q");
  EXPECT_EQ(many("select said from note where id = $1 limit $2"), "");
  EXPECT_EQ(many("select said from note where id = $1 and said = '$2'"), "");
  EXPECT_EQ(many("insert into note (id, said) values ($1, $2) on conflict do nothing"), "");
  EXPECT_EQ(many("insert into note (id, said) values ($1, lower($2))"), "");
  EXPECT_EQ(many("insert into note (id, said) values ($1, '$2')"), "");
  EXPECT_EQ(many("insert into note (id, said) select $1, $2"), "");
  EXPECT_EQ(many("update note set said = lower($2) where id = $1"), "");
  EXPECT_EQ(many("update note set said = '$2' where id = $1"), "");
  EXPECT_EQ(many("update note set said = $2 where id = $1 or id = 0"), "");
  EXPECT_EQ(many("update note set said = $2 where id in (select $1)"), "");
  EXPECT_EQ(many("delete from note where id > $1 and said = $2"), "");
  EXPECT_EQ(many("delete from note"), "");
  EXPECT_EQ(of_many("insert into note (id) values ($1)", std::vector<Oid>{kNumeric}), "");
}

}  // namespace
}  // namespace jishi::db::postgres
