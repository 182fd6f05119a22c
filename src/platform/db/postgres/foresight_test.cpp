#include "platform/db/postgres/foresight.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <thread>

#include "platform/db/database.hpp"
#include "platform/db/test_group.hpp"
#include "platform/db/test_postgres.hpp"

namespace jishi::db::postgres {
namespace {

constexpr Statement kAdd{"test.add", "insert into seat (id, holder) values ($1, $2)"};
constexpr Statement kAddNew{"test.add_new",
                            "insert into seat (id, holder) values ($1, $2) on conflict do nothing"};
constexpr Statement kLast{"test.last", "select coalesce(max(id), 0) from seat"};
constexpr Statement kLastSeen{"test.last_seen", "select coalesce(max(id), 0) from seat_seen"};
constexpr Statement kHolders{"test.holders", "select count(*) from seat where holder = $1"};
constexpr Statement kName{"test.name", "select name from person where id = $1"};
constexpr Statement kHolderOf{"test.holder_of", "select holder from seat where id = $1", true};
constexpr Statement kGive{"test.give", "update seat set holder = holder + $2 where id = $1", true};
constexpr Statement kNumber{"test.number", "select id from person where name = $1"};

constexpr Statement kRename{"test.rename", "update person set name = $2 where id = $1"};

constexpr int kPersons = 40;

class ForesightTest : public testing::Test {
 protected:
  ForesightTest() : url_(TestServer::shared().make_database()), engine_(postgres_engine(url_)) {
    engine_->open(Access::write)
        ->script(
            "create table seat (id bigint primary key, holder bigint not null);"
            "create table person (id bigint primary key, name text not null);"
            "create view seat_seen as select id from seat;"
            "insert into person select n, 'person ' || n from generate_series(1, 40) n");
    database_ = std::make_unique<Database>(engine_);
  }
  ~ForesightTest() override {
    database_.reset();
    TestServer::shared().drop_database(url_);
  }

  void in_one_group(const std::function<bool(Connection&, std::int64_t person)>& job) {
    db::in_one_group(*database_, kPersons, job);
  }

  template <class T>
  T ask(const Statement& statement, auto... arguments) {
    return database_->read(
        [&](Reader& reader) { return reader.one<T>(statement, arguments...).value(); });
  }

  std::string url_;
  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<Database> database_;
};

// Each takes the seat after the last: what the job before it changed is seen.
TEST_F(ForesightTest, WhatAnEarlierJobChangedIsAskedAgain) {
  in_one_group([](Connection& connection, std::int64_t person) {
    Writer writer(connection);
    const auto name = writer.one<std::string>(kName, person);
    EXPECT_EQ(name, "person " + std::to_string(person));
    const auto last = writer.one<std::int64_t>(kLast).value();
    writer.run(kAdd, last + 1, person);
    EXPECT_EQ(writer.one<std::int64_t>(kLast), last + 1);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons);
}

TEST_F(ForesightTest, AViewIsKnownByWhatItIsMadeOf) {
  in_one_group([](Connection& connection, std::int64_t person) {
    Writer writer(connection);
    const auto last = writer.one<std::int64_t>(kLastSeen).value();
    writer.run(kAdd, last + 1, person);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons);
}

// One question leads to the next; nothing is changed before.
TEST_F(ForesightTest, QuestionsFollowEachOther) {
  std::atomic<int> calls{0};
  in_one_group([&](Connection& connection, std::int64_t person) {
    ++calls;
    Writer writer(connection);
    const auto name = writer.one<std::string>(kName, person).value();
    const auto number = writer.one<std::int64_t>(kNumber, name).value();
    EXPECT_EQ(number, person);
    writer.run(kAdd, number, person);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons);
  EXPECT_GT(calls, kPersons);
}

// The same seat is wanted twice: one has it, the other is told so.
TEST_F(ForesightTest, APresumptionThatFailsIsFoundOut) {
  std::vector<std::atomic<int>> had(kPersons + 1);
  in_one_group([&](Connection& connection, std::int64_t person) {
    Writer writer(connection);
    const bool added = writer.presume(writer.run(kAddNew, (person + 1) / 2, person));
    had[static_cast<std::size_t>(person)] = added ? 1 : 0;
    return true;
  });
  for (std::int64_t person = 1; person <= kPersons; ++person) {
    EXPECT_EQ(ask<std::int64_t>(kHolders, person), had[static_cast<std::size_t>(person)]);
  }
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons / 2);
}

// A statement that is met for the first time after a presumption that fails is good later.
TEST_F(ForesightTest, AFailedPresumptionLeavesNoStatementHalfKnown) {
  engine_->open(Access::write)->script("insert into seat values (1, 1)");
  database_->write([&](Connection& connection) {
    Writer writer(connection);
    if (!writer.presume(writer.run(kAddNew, 1, 1))) return true;
    writer.run(kAdd, 100, 1);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kLast), 1);
  database_->write([&](Connection& connection) {
    Writer(connection).run(kAdd, 200, 9);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kLast), 200);
}

TEST_F(ForesightTest, AJobThatIsNotKeptHarmsNoOther) {
  in_one_group([](Connection& connection, std::int64_t person) {
    Writer writer(connection);
    writer.run(kAdd, writer.one<std::int64_t>(kLast).value() + 1, person);
    return person % 4 != 0;
  });
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons * 3 / 4);
}

// Each changes a row of its own: all are answered together, and the question costs no wait.
TEST_F(ForesightTest, WhatIsOfOneObjectHoldsWhileOthersAreChanged) {
  engine_->open(Access::write)
      ->script("insert into seat select n, 0 from generate_series(1, 40) n");
  std::atomic<int> calls{0};
  in_one_group([&](Connection& connection, std::int64_t person) {
    ++calls;
    Writer writer(connection);
    EXPECT_EQ(writer.one<std::int64_t>(kHolderOf, person), 0);
    writer.about(person);
    writer.run(kGive, person, person);
    EXPECT_EQ(writer.one<std::int64_t>(kHolderOf, person), person);
    return true;
  });
  for (std::int64_t person = 1; person <= kPersons; ++person) {
    EXPECT_EQ(ask<std::int64_t>(kHolderOf, person), person);
  }
  EXPECT_LE(calls, 3 * kPersons);  // twice to look ahead; in vain only where a job came alone
}

// All change the same row: none is lost, whatever was known of it before.
TEST_F(ForesightTest, WhatIsOfTheSameObjectIsAskedAgain) {
  engine_->open(Access::write)->script("insert into seat values (1, 0)");
  in_one_group([](Connection& connection, std::int64_t) {
    Writer writer(connection);
    const auto held = writer.one<std::int64_t>(kHolderOf, 1).value();
    writer.about(1);
    writer.run(kGive, 1, 1);
    EXPECT_EQ(writer.one<std::int64_t>(kHolderOf, 1), held + 1);
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kHolderOf, 1), kPersons);
}

// What is read of one object and written to another table, without saying of which: never of an
// answer from before.
TEST_F(ForesightTest, WhoeverLeansOnAnAnswerSaysOfWhat) {
  engine_->open(Access::write)->script("insert into seat values (1, 0)");
  in_one_group([](Connection& connection, std::int64_t person) {
    Writer writer(connection);
    const auto held = writer.one<std::int64_t>(kHolderOf, 1).value();
    if (person % 2 == 0) {
      writer.about(1);
      writer.run(kGive, 1, 1);
    } else {
      writer.run(kRename, person, std::to_string(held));
      EXPECT_EQ(writer.one<std::int64_t>(kHolderOf, 1), held);
    }
    return true;
  });
  EXPECT_EQ(ask<std::int64_t>(kHolderOf, 1), kPersons / 2);
}

// What is asked at once is answered after one look; each attempt is made twice in all.
TEST_F(ForesightTest, WhatIsAskedAtOnceIsLookedAtOnce) {
  int calls = 0;
  database_->write([&](Connection& connection) {
    Writer writer(connection);
    return writer.in_turn(kPersons, Asking::at_once, [&](std::size_t number) {
      ++calls;
      const auto person = static_cast<std::int64_t>(number) + 1;
      writer.soon(kName, person);
      writer.soon(kHolders, person);
      EXPECT_EQ(writer.one<std::string>(kName, person), "person " + std::to_string(person));
      EXPECT_EQ(writer.one<std::int64_t>(kHolders, person), 0);
      writer.run(kAdd, person, person);
      return true;
    });
  });
  EXPECT_EQ(calls, 2 * kPersons);
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons);
}

// Nothing that follows is done while it is looked ahead, not even what changes nothing.
TEST_F(ForesightTest, WhoeverHasAskedAllIsLeft) {
  std::atomic<int> calls{0};
  std::atomic<int> ends{0};
  in_one_group([&](Connection& connection, std::int64_t person) {
    ++calls;
    Writer writer(connection);
    auto name = writer.ask<std::string>(kName, person);
    writer.asked_all();
    EXPECT_EQ(name.one(), "person " + std::to_string(person));
    ++ends;
    writer.run(kAdd, person, person);
    return true;
  });
  EXPECT_EQ(ends, kPersons);
  EXPECT_GT(calls, kPersons);
  EXPECT_EQ(ask<std::int64_t>(kLast), kPersons);
}

// Many threads ask at once, one of them badly: each has its own answer.
TEST_F(ForesightTest, WhatIsAskedTogetherIsAnsweredToEach) {
  constexpr int kRounds = 50;
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (std::int64_t person = 1; person <= kPersons; ++person) {
    threads.emplace_back([&, person] {
      for (int round = 0; round < kRounds; ++round) {
        try {
          const auto [name, number] = database_->read_once([&](Reader& reader) {
            auto names = reader.ask<std::string>(kName, person);
            auto numbers = reader.ask<std::int64_t>(kNumber, "person " + std::to_string(person));
            if (person == 7) throw std::runtime_error("on the way");
            if (person == 8) (void)names.one(), (void)reader.one<std::int64_t>(kLast);
            return std::pair(names.one(), numbers.one());
          });
          EXPECT_EQ(name, "person " + std::to_string(person));
          EXPECT_EQ(number, person);
        } catch (const std::logic_error&) {
          EXPECT_EQ(person, 8);
          ++refused;
        } catch (const std::runtime_error&) {
          EXPECT_EQ(person, 7);
          ++refused;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 2 * kRounds);
}

// A row that does not fit is a failure of the engine: the others ask for themselves.
TEST_F(ForesightTest, AFailureOfOneDoesNotReachTheOthers) {
  constexpr int kRounds = 30;
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (std::int64_t person = 1; person <= 16; ++person) {
    threads.emplace_back([&, person] {
      static constexpr Statement kBroken{"test.broken", "select 1 / ($1::bigint - 3)"};
      for (int round = 0; round < kRounds; ++round) {
        try {
          EXPECT_TRUE(database_->read_once([&](Reader& reader) {
            return person == 3 ? reader.one<std::int64_t>(kBroken, person).has_value()
                               : reader.one<std::string>(kName, person).has_value();
          }));
        } catch (const Failure&) {
          EXPECT_EQ(person, 3);
          ++failed;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, kRounds);
}

TEST(Words, TablesAreFoundInTexts) {
  Words words;
  const auto one = [&](std::string_view sql) { return words.changed(sql); };
  EXPECT_TRUE(one("select id from note where text = $1").empty());
  EXPECT_EQ(one("insert into note (id) values ($1)").size(), 1U);
  EXPECT_EQ(one("INSERT INTO note (id) values ($1)"), one("delete from note where id = $1"));
  EXPECT_EQ(one("update note set id = $1"), one("insert into note (id) values ($1)"));
  const auto reads = words.all("select n.id from note n join child c on c.note = n.id");
  for (const int table : one("update note set id = $1")) {
    EXPECT_TRUE(std::binary_search(reads.begin(), reads.end(), table));
  }
  words.add_view("seen", "SELECT note.id FROM note");
  const auto seen = words.all("select id from seen");
  for (const int table : one("delete from note")) {
    EXPECT_TRUE(std::binary_search(seen.begin(), seen.end(), table));
  }
}

}  // namespace
}  // namespace jishi::db::postgres
