#include <gtest/gtest.h>

#include <malloc.h>

#include <atomic>
#include <thread>

#include "platform/db/database.hpp"
#include "platform/db/test_postgres.hpp"

namespace jishi::db {
namespace {

constexpr Statement kAdd{"test.add", "insert into note (id, text) values ($1, $2)"};
constexpr Statement kCount{"test.count", "select count(*) from note"};
constexpr Statement kIds{"test.ids", "select id from note order by id"};
constexpr Statement kIdsFrom{"test.ids_from", "select id from note where id >= $1 order by id"};
constexpr Statement kText{"test.text", "select text from note where id = $1"};
constexpr Statement kText2{"test.text2", "select text from note where id = $1"};
constexpr Statement kRemove{"test.remove", "delete from note where id < $1"};
constexpr Statement kEndOthers{
    "test.end",
    "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where"
    " datname = current_database() and pid <> pg_backend_pid()"};

class Postgres : public testing::Test {
 protected:
  Postgres() : url_(TestServer::shared().make_database()), engine_(postgres_engine(url_)) {
    engine_->open(Access::write)
        ->script(
            "create table note (id bigint primary key, text text not null unique);"
            "create table child (note bigint not null references note (id),"
            " age bigint check (age >= 0));");
  }
  ~Postgres() override { TestServer::shared().drop_database(url_); }

  void fill(Connection& connection, std::int64_t count) {
    connection.begin_write();
    for (std::int64_t id = 1; id <= count; ++id) {
      Writer(connection).run(kAdd, id, "note " + std::to_string(id));
    }
    connection.commit();
  }
  void end_all() { (void)Reader(*engine_->open(Access::write)).one<int>(kEndOthers); }

  std::string url_;
  std::shared_ptr<const Engine> engine_;
};

struct Mixed {
  std::int64_t id = 0;
  std::string text;
  std::optional<int> number;
  double real = 0;
  bool yes = false;
  Date day;
  std::optional<Date> maybe;
  Blob bytes;
};
BOOST_DESCRIBE_STRUCT(Mixed, (), (id, text, number, real, yes, day, maybe, bytes))

TEST_F(Postgres, RowsComeBackAsTheyWere) {
  static constexpr Statement kMixed{
      "test.mixed",
      "select cast($1 as bigint), cast($2 as text), cast($3 as integer), cast($4 as float8),"
      " cast($5 as boolean), cast($6 as integer), cast($7 as bigint), cast($8 as bytea)"};
  const std::string zero("a\0b", 3);
  const Date day = *make_date(2026, 3, 1);
  const auto connection = engine_->open(Access::read);
  const auto row = Reader(*connection)
                       .one<Mixed>(kMixed, std::int64_t{-7}, std::string_view("基石"),
                                   std::optional<int>(), 1.5, true, day, std::nullopt, Blob{zero});
  EXPECT_EQ(row->id, -7);
  EXPECT_EQ(row->text, "基石");
  EXPECT_FALSE(row->number);
  EXPECT_EQ(row->real, 1.5);
  EXPECT_TRUE(row->yes);
  EXPECT_EQ(row->day, day);
  EXPECT_FALSE(row->maybe);
  EXPECT_EQ(row->bytes.bytes, zero);
}

TEST_F(Postgres, NumbersOfEveryTypeAreRead) {
  static constexpr Statement kNumbers{
      "test.numbers",
      "select sum(cast(x as bigint)) from (values (1, 120000000000), (2, -30001), (3, 0),"
      " (4, 9223372036854775807)) as t (n, x) where n = $1"};
  const auto connection = engine_->open(Access::read);
  Reader reader(*connection);
  EXPECT_EQ(reader.one<std::int64_t>(kNumbers, 1), 120'000'000'000);
  EXPECT_EQ(reader.one<std::int64_t>(kNumbers, 2), -30'001);
  EXPECT_EQ(reader.one<std::int64_t>(kNumbers, 3), 0);
  EXPECT_EQ(reader.one<std::int64_t>(kNumbers, 4), INT64_MAX);
  EXPECT_EQ(reader.one<double>(kNumbers, 2), -30'001.0);
  EXPECT_EQ(reader.one<std::string>(kNumbers, 1), "120000000000");
}

TEST_F(Postgres, AListOfNumbersIsGivenAsJson) {
  static constexpr Statement kListed{
      "test.listed", "select count(*) from note where id in (select value from json_each($1))"};
  const auto connection = engine_->open(Access::write);
  fill(*connection, 10);
  EXPECT_EQ(Reader(*connection).one<int>(kListed, "[2,3,99]"), 2);
  EXPECT_EQ(Reader(*connection).one<int>(kListed, "[]"), 0);
}

TEST_F(Postgres, AVisitorRunsOtherStatementsWhileItWalks) {
  constexpr std::int64_t kRows = 5'500;  // more than are fetched at a time
  const auto connection = engine_->open(Access::write);
  fill(*connection, kRows);
  connection->begin_write();
  Writer writer(*connection);
  std::int64_t sum = 0;
  std::int64_t inner = 0;
  writer.each<std::int64_t>(kIds, [&](std::int64_t id) {
    sum += id;
    EXPECT_EQ(writer.one<std::string>(kText, id), "note " + std::to_string(id));
    if (id % 1'000 == 0) {
      writer.each<std::int64_t>(
          kIdsFrom, [&](std::int64_t) { ++inner; }, kRows - 1'999);
      writer.run(kRemove, id);  // the walk sees what stood there when it began
    }
  });
  EXPECT_EQ(sum, kRows * (kRows + 1) / 2);
  EXPECT_EQ(inner, 4 * 2'000 + 1'501);  // the last sees that the fourth removed some
  EXPECT_EQ(writer.one<std::int64_t>(kCount), kRows - 4'999);
  connection->rollback();
  EXPECT_EQ(Reader(*connection).one<std::int64_t>(kCount), kRows);
}

TEST_F(Postgres, AWalkThatIsLeftEarlyHarmsNothing) {
  struct Enough {};
  const auto connection = engine_->open(Access::write);
  fill(*connection, 2'500);
  for (int round = 0; round < 3; ++round) {
    connection->begin_read();
    Reader reader(*connection);
    const auto leave = [](std::int64_t) { throw Enough{}; };
    EXPECT_THROW(reader.each<std::int64_t>(kIds, leave), Enough);
    EXPECT_THROW(reader.each<std::int64_t>(kIds, leave), Enough);
    std::int64_t count = 0;
    reader.each<std::int64_t>(kIds, [&](std::int64_t) { ++count; });
    EXPECT_EQ(count, 2'500);
    connection->rollback();
  }
  connection->begin_write();
  connection->savepoint();
  EXPECT_THROW(Reader(*connection).each<std::int64_t>(kIds, [](std::int64_t) { throw Enough{}; }),
               Enough);
  connection->rollback_to_savepoint();
  Reader(*connection).each<std::int64_t>(kIds, [](std::int64_t) {});
  connection->commit();
}

TEST_F(Postgres, CountsAreKnownWhenTheyAreAskedFor) {
  const auto connection = engine_->open(Access::write);
  connection->begin_write();
  Writer writer(*connection);
  const Changes first = writer.run(kAdd, 1, "a");
  writer.run(kAdd, 2, "b");
  const Changes removed = writer.run(kRemove, 3);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(removed, 2);
  EXPECT_EQ(writer.run(kRemove, 3), 0);
  connection->commit();
}

TEST_F(Postgres, AFailureThatWasNotWaitedForIsThrownBeforeTheEnd) {
  const auto connection = engine_->open(Access::write);
  connection->begin_write();
  connection->savepoint();
  Writer writer(*connection);
  writer.run(kAdd, 1, "a");
  writer.run(kAdd, 1, "again");
  writer.run(kAdd, 2, "not run");
  try {
    connection->settle();
    ADD_FAILURE() << "no failure";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unique);
    EXPECT_EQ(std::string(failure.what()).find("again"), std::string::npos)
        << "values are left out";
  }
  connection->rollback_to_savepoint();
  writer.run(kAdd, 3, "c");
  connection->commit();
  EXPECT_EQ(Reader(*connection).all<std::int64_t>(kIds), std::vector<std::int64_t>{3});
}

TEST_F(Postgres, ACommitOfWhatFailedIsAFailure) {
  const auto connection = engine_->open(Access::write);
  connection->begin_write();
  Writer(*connection).run(kAdd, 1, "a");
  EXPECT_THROW(connection->script("select nothing"), Failure);
  EXPECT_THROW(connection->commit(), Failure);
  connection->rollback();
  EXPECT_EQ(Reader(*connection).one<int>(kCount), 0);
}

TEST_F(Postgres, BulkTakesEveryKindOfValue) {
  const auto connection = engine_->open(Access::write);
  connection->script("create table kinds (i bigint, t text, b bytea, r float8)");
  const Table table{"kinds",
                    {{"i", ColumnKind::integer},
                     {"t", ColumnKind::text},
                     {"b", ColumnKind::bytes},
                     {"r", ColumnKind::real}}};
  const std::string zero("a\0b", 3);
  connection->begin_write();
  {
    const auto writer = connection->bulk(table);
    const std::array<Parameter, 4> full{std::int64_t{-5}, std::string_view("基石"), BlobView{zero},
                                        2.5};
    const std::array<Parameter, 4> none{};
    for (int i = 0; i < 20'000; ++i) writer->add(i % 2 == 0 ? full : none);
    writer->finish();
  }
  {
    const auto abandoned = connection->bulk(table);
    abandoned->add(std::array<Parameter, 4>{});
  }
  connection->rollback();
  connection->begin_write();
  const auto writer = connection->bulk(table);
  writer->add(
      std::array<Parameter, 4>{std::int64_t{-5}, std::string_view("基石"), BlobView{zero}, 2.5});
  writer->finish();
  connection->commit();
  static constexpr Statement kAll{"test.all", "select i, t, b, r from kinds"};
  Cursor& row = connection->execute(kAll, {});
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), -5);
  EXPECT_EQ(row.bytes(1), "基石");
  EXPECT_EQ(row.bytes(2), zero);
  EXPECT_EQ(row.real(3), 2.5);
  EXPECT_FALSE(row.next());
}

TEST_F(Postgres, ALostConnectionIsOpenedAgain) {
  const auto connection = engine_->open(Access::write);
  fill(*connection, 3);
  end_all();
  EXPECT_EQ(Reader(*connection).one<int>(kCount), 3);
  connection->begin_write();
  Writer(*connection).run(kAdd, 4, "d");
  connection->settle();
  end_all();
  try {
    connection->commit();
    ADD_FAILURE() << "committed";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::lost);
  }
  connection->rollback();
  connection->begin_write();
  EXPECT_EQ(Reader(*connection).one<int>(kCount), 3);
  connection->commit();
}

TEST_F(Postgres, AReadIsAskedAgainWhereNothingWasAnsweredYet) {
  Database database(engine_);
  fill(*engine_->open(Access::write), 3);
  int calls = 0;
  const auto count = [&](bool after_an_answer) {
    calls = 0;
    return database.read([&](Reader& reader) {
      if (after_an_answer) {
        EXPECT_EQ(reader.one<int>(kCount), 3);
      }
      if (++calls == 1) end_all();
      return reader.one<int>(kCount).value_or(-1);
    });
  };
  EXPECT_EQ(count(false), 3);
  EXPECT_EQ(calls, 2);
  try {
    (void)count(true);
    ADD_FAILURE() << "answered from two states";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::lost);
  }
  EXPECT_EQ(calls, 1);
  end_all();
  EXPECT_EQ(count(false), 3) << "and at the next one all is well again";
}

TEST_F(Postgres, WhatIsAskedAtOnceIsOneState) {
  fill(*engine_->open(Access::write), 3);
  Database database(engine_);
  const auto look = [&](Reader& reader) {
    auto ids = reader.ask<std::int64_t>(kIds);
    auto count = reader.ask<std::int64_t>(kCount);
    auto text = reader.ask<std::string>(kText, 2);
    auto none = reader.ask<std::string>(kText2, 9);
    EXPECT_EQ(text.one(), "note 2");
    EXPECT_EQ(none.one(), std::nullopt);
    return std::pair(ids.all().size(), *count.one());
  };
  EXPECT_EQ(database.read_once(look), std::pair(std::size_t{3}, std::int64_t{3}));
  std::atomic<bool> over{false};
  std::thread writer([&] {
    for (int id = 10; !over; ++id) {
      database.write([&](Connection& connection) {
        Writer(connection).run(kAdd, id, "note " + std::to_string(id));
        return true;
      });
    }
  });
  for (int round = 0; round < 200; ++round) {
    const auto [listed, counted] = database.read_once(look);
    EXPECT_EQ(static_cast<std::int64_t>(listed), counted);
  }
  over = true;
  writer.join();
}

TEST_F(Postgres, ALongListDoesNotOutliveItsTransaction) {
  static constexpr Statement kLong{"test.long",
                                   "select repeat('x', 100) from generate_series(1, $1)"};
  constexpr std::int64_t kRows = 100'000;
  Database database(engine_);
  const auto ask = [&](std::int64_t rows) {
    return database.read(
        [&](Reader& reader) { return reader.all<std::string>(kLong, rows).size(); });
  };
  EXPECT_EQ(ask(1), 1U);  // now the connection is there, and is kept
  const std::size_t before = ::mallinfo2().uordblks;
  EXPECT_EQ(ask(kRows), static_cast<std::size_t>(kRows));
  EXPECT_LT(::mallinfo2().uordblks, before + kRows * 100 / 4);
}

TEST_F(Postgres, NothingIsAskedAfterAnAnswerOfOneState) {
  Database database(engine_);
  EXPECT_THROW(database.read_once([](Reader& reader) {
    (void)reader.one<std::int64_t>(kCount);
    return reader.one<std::int64_t>(kIds);
  }),
               std::logic_error);
  EXPECT_EQ(database.read([](Reader& reader) { return *reader.one<std::int64_t>(kCount); }), 0);
}

TEST_F(Postgres, ReadsGoOnWhileBackendsAreKilled) {
  Database database(engine_);
  fill(*engine_->open(Access::write), 3);
  constexpr int kRounds = 40;
  constexpr std::size_t kThreads = 4;
  std::atomic<bool> done{false};
  std::array<std::atomic<int>, kThreads> reads{};
  std::vector<std::thread> readers;
  for (std::atomic<int>& own : reads) {
    readers.emplace_back([&] {
      while (!done) {
        EXPECT_EQ(database.read([](Reader& reader) { return reader.one<int>(kCount); }), 3);
        ++own;
      }
    });
  }
  // A read is tried twice: nobody may be killed again before their second try is over.
  const auto wait_for_each = [&] {
    for (const std::atomic<int>& own : reads) {
      for (const int before = own; own < before + 2;) std::this_thread::yield();
    }
  };
  for (int round = 0; round < kRounds; ++round) {
    end_all();
    wait_for_each();
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

TEST_F(Postgres, WritersOfOneDatabaseTakeTurns) {
  const auto first = engine_->open(Access::write);
  const auto second = engine_->open(Access::write);
  first->begin_write();
  Writer(*first).run(kAdd, 1, "a");
  first->settle();
  std::atomic<bool> came{false};
  std::thread other([&] {
    second->begin_write();
    EXPECT_EQ(Reader(*second).one<int>(kCount), 1);
    came = true;
    second->commit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_FALSE(came);
  first->commit();
  other.join();
  EXPECT_TRUE(came);
}

// Whoever was told that a row is kept finds it, and whoever was told `lost` finds no trace of it.
TEST_F(Postgres, WhatIsAnsweredIsSoWhileBackendsAreKilled) {
  Database database(engine_);
  constexpr int kThreads = 8;
  constexpr int kEach = 150;
  std::array<std::atomic<int>, kThreads * kEach> answers{};  // 1: kept, 2: lost
  std::atomic<bool> done{false};
  std::thread killer([&] {
    while (!done) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      try {
        end_all();
      } catch (const Failure& failure) {  // ended itself, by a write below
        EXPECT_EQ(failure.kind(), FailureKind::lost);
      }
    }
  });
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        const int id = thread * kEach + i;
        try {
          database.write([&](Connection& connection) {
            Writer(connection).run(kAdd, id, std::to_string(id));
            // However fast the machine is, some are killed with a write open.
            if (i == kEach / 2) end_all();
            return true;
          });
          answers[static_cast<std::size_t>(id)] = 1;
        } catch (const Failure& failure) {
          EXPECT_EQ(failure.kind(), FailureKind::lost) << failure.what();
          answers[static_cast<std::size_t>(id)] = 2;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  done = true;
  killer.join();
  std::vector<int> kept;
  for (std::size_t id = 0; id < answers.size(); ++id) {
    if (answers[id] == 1) kept.push_back(static_cast<int>(id));
  }
  EXPECT_EQ(Reader(*engine_->open(Access::read)).all<int>(kIds), kept);
  EXPECT_LT(kept.size(), answers.size()) << "nobody was killed";
  EXPECT_GT(kept.size(), 0U);
}

TEST(PostgresServer, NobodyThereIsToldAsLost) {
  try {
    (void)postgres_engine("postgres://jishi@127.0.0.1:1/none")->open(Access::read);
    ADD_FAILURE() << "opened";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::lost);
  }
  EXPECT_EQ(postgres_engine("postgres://me:secret@db:5433/city")->place(),
            "postgres://db:5433/city");
}

}  // namespace
}  // namespace jishi::db
