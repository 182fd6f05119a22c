#include "platform/db/database.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <sstream>

#include "platform/db/sqlite.hpp"

namespace jishi::db {
namespace {

constexpr Statement kAdd{"test.add", "insert into note (id, text) values ($1, $2)"};
constexpr Statement kCount{"test.count", "select count(*) from note"};
constexpr Statement kText{"test.text", "select text from note where id = $1"};
constexpr Statement kIds{"test.ids", "select id from note order by id"};

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

class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() {
    static std::atomic<int> count{0};
    file_ = std::filesystem::temp_directory_path() /
            ("jishi-db-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".sqlite");
    remove();
    open_sqlite(file_, Access::write)
        ->script(
            "create table note (id bigint primary key, text text not null unique);"
            "create table child (note bigint not null references note (id),"
            " age integer check (age >= 0));");
    database_ = std::make_unique<Database>(sqlite_engine(file_));
  }
  ~DatabaseTest() override {
    database_.reset();
    remove();
  }
  void remove() {
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::filesystem::remove(file_.string() + ending);
    }
  }

  void add(std::int64_t id, bool keep = true) {
    database_->write([&](Connection& connection) {
      Writer(connection).run(kAdd, id, "note " + std::to_string(id));
      return keep;
    });
  }
  std::int64_t count() {
    return database_->read([](Reader& reader) { return *reader.one<std::int64_t>(kCount); });
  }
  FailureKind failure_of(const Statement& statement) {
    try {
      database_->write([&](Connection& connection) {
        Writer(connection).run(statement);
        return true;
      });
    } catch (const Failure& failure) {
      EXPECT_NE(std::string(failure.what()).find(statement.name), std::string::npos);
      return failure.kind();
    }
    ADD_FAILURE() << "no failure";
    return FailureKind::other;
  }

  std::filesystem::path file_;
  std::unique_ptr<Database> database_;
};

TEST_F(DatabaseTest, RowsComeBackAsTheyWere) {
  static constexpr Statement kMixed{"test.mixed", "select $1, $2, $3, $4, $5, $6, $7, $8"};
  const std::string zero("a\0b", 3);
  const Date today = *make_date(2026, 3, 1);
  database_->read([&](Reader& reader) {
    const auto row =
        reader.one<Mixed>(kMixed, std::int64_t{-7}, std::string_view("基石"), std::optional<int>(),
                          1.5, true, today, std::nullopt, Blob{zero});
    EXPECT_EQ(row->id, -7);
    EXPECT_EQ(row->text, "基石");
    EXPECT_FALSE(row->number);
    EXPECT_EQ(row->real, 1.5);
    EXPECT_TRUE(row->yes);
    EXPECT_EQ(row->day, today);
    EXPECT_FALSE(row->maybe);
    EXPECT_EQ(row->bytes.bytes, zero);
    return 0;
  });
}

TEST_F(DatabaseTest, ParametersAreTakenByTheirNumbers) {
  static constexpr Statement kTurned{"test.turned", "select $2 || $1 || $2"};
  static constexpr Statement kFirst{"test.first", "select $1"};
  database_->read([&](Reader& reader) {
    EXPECT_EQ(reader.one<std::string>(kTurned, "a", "b"), "bab");
    EXPECT_THROW(reader.one<std::string>(kTurned, "a"), Failure);
    EXPECT_THROW(reader.one<std::string>(kFirst, "a", "b"), Failure);
    EXPECT_EQ(reader.one<std::string>(kFirst, std::string_view()), "");
    return 0;
  });
}

TEST_F(DatabaseTest, AStructMustFitItsRow) {
  static constexpr Statement kTwo{"test.two", "select 1, 2"};
  database_->read([&](Reader& reader) {
    EXPECT_THROW(reader.one<Mixed>(kTwo), Failure);
    EXPECT_EQ(reader.one<int>(kTwo), 1);
    EXPECT_FALSE(reader.one<std::string>(kText, 99));
    EXPECT_TRUE(reader.all<std::int64_t>(kIds).empty());
    return 0;
  });
}

TEST_F(DatabaseTest, FailuresAreTold) {
  static constexpr Statement kTwice{"test.twice", "insert into note (id, text) values (1, 'x')"};
  static constexpr Statement kSame{"test.same", "insert into note (id, text) values (2, 'note 1')"};
  static constexpr Statement kOrphan{"test.orphan", "insert into child (note) values (99)"};
  static constexpr Statement kCheck{"test.check", "insert into child (note, age) values (1, -1)"};
  static constexpr Statement kNull{"test.null", "insert into note (id, text) values (3, null)"};
  static constexpr Statement kWrong{"test.wrong", "select nothing from nowhere"};
  add(1);
  EXPECT_EQ(failure_of(kTwice), FailureKind::unique);
  EXPECT_EQ(failure_of(kSame), FailureKind::unique);
  EXPECT_EQ(failure_of(kOrphan), FailureKind::foreign_key);
  EXPECT_EQ(failure_of(kCheck), FailureKind::check);
  EXPECT_EQ(failure_of(kNull), FailureKind::check);
  EXPECT_EQ(failure_of(kWrong), FailureKind::other);
  EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, SixtyFourThreadsCommitTogether) {
  std::atomic<int> commits{0};
  database_->set_hooks({{}, [&] { ++commits; }, {}, {}});
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 64; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 50; ++i) add(thread * 1000 + i);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count(), 64 * 50);
  EXPECT_LT(commits, 64 * 50);
}

TEST_F(DatabaseTest, AFailingJobHarmsNoOther) {
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 40; ++i) {
        const std::int64_t id = thread * 1000 + i;
        switch (i % 4) {
          case 0: add(id, false); break;  // does not want to be kept
          case 1:
            try {
              database_->write([&](Connection& connection) -> bool {
                Writer(connection).run(kAdd, id, "lost " + std::to_string(id));
                throw std::runtime_error("on the way");
              });
            } catch (const std::runtime_error&) {
              ++failed;
            }
            break;
          case 2:
            try {
              add(id);
              add(id);
            } catch (const Failure& failure) {
              if (failure.kind() == FailureKind::unique) ++failed;
            }
            break;
          default: add(id);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 16 * 20);
  EXPECT_EQ(count(), 16 * 20);
}

TEST_F(DatabaseTest, AGroupThatCannotCommitIsToldToAllAndRolledBack) {
  int rolled_back = 0;
  bool refuse = true;
  database_->set_hooks({[&](Connection&) {
                          if (refuse) throw std::runtime_error("no head");
                        },
                        {},
                        [&] { ++rolled_back; },
                        {}});
  EXPECT_THROW(add(1), std::runtime_error);
  EXPECT_EQ(rolled_back, 2) << "boldly, then with care";
  EXPECT_EQ(count(), 0);
  refuse = false;
  add(1);
  EXPECT_EQ(count(), 1);
}

// SQLite ends the whole transaction by itself when there is no room for a page.
TEST_F(DatabaseTest, AFullDiskIsToldAsSuch) {
  add(1);
  const auto fill = [&] {
    database_->write([&](Connection& connection) {
      connection.script("pragma max_page_count = 1");  // no more than there are
      for (int id = 100; id < 200; ++id)
        Writer(connection).run(kAdd, id, std::string(1'000, 'x') + std::to_string(id));
      return true;
    });
  };
  try {
    fill();
    FAIL() << "there was room";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::full) << failure.what();
  }
  EXPECT_EQ(count(), 1);
  database_->write([](Connection& connection) {
    connection.script("pragma max_page_count = 100000");
    return true;
  });
  add(2);
  EXPECT_EQ(count(), 2);
}

TEST_F(DatabaseTest, ALoneJobIsATransactionOfItsOwn) {
  int commits = 0;
  database_->set_hooks({{}, [&] { ++commits; }, {}, {}});
  const WriteJob add_many = [&](Connection& connection) {
    for (std::int64_t id = 0; id < 100'000; ++id) {
      Writer(connection).run(kAdd, id, std::to_string(id));
    }
    return true;
  };
  const WriteJob lost = [&](Connection& connection) {
    Writer(connection).run(kAdd, -1, "lost");
    return false;
  };
  database_->write(lost, true);
  EXPECT_EQ(commits, 0);
  database_->write(add_many, true);
  EXPECT_EQ(commits, 1);
  EXPECT_EQ(count(), 100'000);
}

TEST_F(DatabaseTest, AReaderSeesOneState) {
  add(1);
  database_->read([&](Reader& reader) {
    EXPECT_EQ(*reader.one<std::int64_t>(kCount), 1);
    add(2);
    EXPECT_EQ(*reader.one<std::int64_t>(kCount), 1);
    EXPECT_EQ(count(), 2);  // another reader, a later state
    return 0;
  });
  EXPECT_EQ(count(), 2);
}

TEST_F(DatabaseTest, AReaderCannotWrite) {
  EXPECT_THROW(database_->read(
                   [](Reader& reader) { return Writer(reader.connection()).run(kAdd, 1, "no"); }),
               Failure);
  EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, MoreReadersThanConnectionsWait) {
  add(1);
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&] {
      database_->read([&](Reader& reader) {
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        EXPECT_EQ(*reader.one<std::int64_t>(kCount), 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        --inside;
        return 0;
      });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, static_cast<int>(Database::kMaxReaders));
}

// The writer thread is held up while others arrive: none is done before, all are done after.
TEST_F(DatabaseTest, WritersWaitTheirTurn) {
  std::atomic<bool> held{false};
  std::atomic<bool> go{false};
  std::thread holder([&] {
    database_->write([&](Connection&) {
      held = true;
      while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return true;
    });
  });
  while (!held) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  constexpr int kWriters = 32;
  std::atomic<int> done{0};
  std::vector<std::thread> writers;
  for (int thread = 0; thread < kWriters; ++thread) {
    writers.emplace_back([&, thread] {
      add(thread);
      ++done;
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(done, 0);
  go = true;
  holder.join();
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(done, kWriters);
  EXPECT_EQ(count(), kWriters);
}

TEST_F(DatabaseTest, WhatWaitsIsDoneBeforeTheEnd) {
  std::vector<std::thread> writers;
  std::atomic<int> started{0};
  for (int thread = 0; thread < 8; ++thread) {
    writers.emplace_back([&, thread] {
      ++started;
      add(thread);
    });
  }
  for (std::thread& writer : writers) writer.join();
  database_.reset();
  database_ = std::make_unique<Database>(sqlite_engine(file_));
  EXPECT_EQ(count(), 8);
}

TEST_F(DatabaseTest, ACopyIsWholeAndTheCheckSeesDamage) {
  database_->write([](Connection& connection) {
    for (int i = 0; i < 2'000; ++i) Writer(connection).run(kAdd, i, std::to_string(i));
    return true;
  });
  const auto copy = file_.string() + "-copy";
  std::filesystem::remove(copy);
  copy_sqlite(file_, copy);
  {
    const auto connection = open_sqlite(copy, Access::read);
    EXPECT_EQ(check_sqlite(*connection), "");
    EXPECT_EQ(*Reader(*connection).one<std::int64_t>(kCount), 2'000);
  }
  {
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(3 * 4096);
    file << std::string(4096, 'x');
  }
  std::string complaints;
  try {
    complaints = check_sqlite(*open_sqlite(copy, Access::read));
  } catch (const Failure& failure) {
    complaints = failure.what();
    EXPECT_EQ(failure.kind(), FailureKind::damaged);
  }
  EXPECT_NE(complaints, "");
  std::filesystem::remove(copy);
  std::filesystem::remove(copy + "-wal");
  std::filesystem::remove(copy + "-shm");
}

}  // namespace
}  // namespace jishi::db
