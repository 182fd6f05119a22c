#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include <boost/json.hpp>

#include "platform/duck/appender.hpp"
#include "platform/duck/database.hpp"
#include "platform/duck/id_list.hpp"

namespace jishi::duck {
namespace {

using testing::HasSubstr;
using testing::Pair;

/// The value, or a failed test that says the error.
template <class T>
T need(Result<T> result) {
  if (!result) {
    std::string said = result.error().code;
    for (const auto& [name, value] : result.error().arguments) said += " " + name + "=" + value;
    throw std::runtime_error(said);
  }
  return std::move(result).value();
}

class DuckFile : public testing::Test {
 protected:
  DuckFile() {
    std::string name = std::filesystem::temp_directory_path() / "jishi_duck_XXXXXX";
    directory_ = ::mkdtemp(name.data());
  }
  ~DuckFile() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path file() const { return directory_ / "marts.duckdb"; }

  std::filesystem::path directory_;
};

struct Memory {
  Database database = need(Database::in_memory({.threads = 1}));
  Connection connection = need(database.connect());

  void run(std::string_view sql) { need(connection.execute(sql)); }
  boost::json::value cell(std::string_view sql) {
    auto rows = need(connection.query(sql));
    EXPECT_TRUE(rows.next());
    return rows.get_json(0);
  }
};

TEST_F(DuckFile, KeepsWhatWasCommitted) {
  {
    auto database = need(Database::open(file()));
    auto connection = need(database.connect());
    need(connection.execute("CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (7)"));
  }
  auto database = need(Database::open(file(), {.read_only = true}));
  auto connection = need(database.connect());
  auto rows = need(connection.query("SELECT a FROM t"));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get_int64(0), 7);
  EXPECT_FALSE(rows.next());
}

TEST_F(DuckFile, IsRefusedASecondHandleUntilTheLastUserIsGone) {
  std::optional<Connection> connection = need(need(Database::open(file())).connect());
  std::filesystem::create_directory_symlink(directory_, directory_ / "link");
  for (const auto& path : {file(), directory_ / "link" / "marts.duckdb"}) {
    const auto second = Database::open(path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "platform.duck_locked");
  }
  connection.reset();
  EXPECT_TRUE(Database::open(file()));
}

TEST_F(DuckFile, NamesTheProcessThatHoldsIt) {
  need(Database::open(file()));
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t holder = ::fork();
  if (holder == 0) {  // holds the lock that another DuckDB would hold
    struct flock lock {};
    lock.l_type = F_WRLCK;
    const int handle = ::open(file().c_str(), O_RDWR);
    const char taken = ::fcntl(handle, F_SETLK, &lock) == 0 ? 'y' : 'n';
    (void)!::write(ready[1], &taken, 1);
    ::pause();
    ::_exit(0);
  }
  char taken = 'n';
  EXPECT_EQ(::read(ready[0], &taken, 1), 1);
  EXPECT_EQ(taken, 'y');
  const auto second = Database::open(file());
  ::kill(holder, SIGKILL);
  ::waitpid(holder, nullptr, 0);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "platform.duck_locked");
  EXPECT_THAT(second.error().arguments, testing::Contains(Pair("pid", std::to_string(holder))));
}

TEST_F(DuckFile, RefusesForeignAndDamagedFiles) {
  {
    auto connection = need(need(Database::open(file())).connect());
    need(connection.execute("CREATE TABLE t AS SELECT range AS a FROM range(100000)"));
  }
  std::ifstream in(file(), std::ios::binary);
  const std::string whole(std::istreambuf_iterator<char>(in), {});
  std::string flipped = whole;
  flipped[20] = static_cast<char>(flipped[20] ^ 0x55);
  const std::pair<const char*, std::string> cases[] = {
      {"empty", ""},
      {"text", std::string(9000, 'x')},
      {"cut", whole.substr(0, 9000)},
      {"half", whole.substr(0, whole.size() / 2)},
      {"flipped", flipped},
  };
  for (const auto& [name, content] : cases) {
    const auto path = directory_ / name;
    std::ofstream(path, std::ios::binary) << content;
    const auto opened = Database::open(path);
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().code, "platform.duck_damaged") << name;
  }
}

TEST_F(DuckFile, SaysWhyItCannotBeOpened) {
  const auto opened = Database::open(directory_ / "nowhere" / "marts.duckdb");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "platform.duck_failed");
  EXPECT_THAT(opened.error().arguments, testing::Contains(Pair("message", HasSubstr("No such"))));
  EXPECT_FALSE(Database::open(file(), {.memory_limit = "much"}));
  EXPECT_TRUE(Database::open(file())) << "a failed opening leaves nothing behind";
}

TEST_F(DuckFile, SqlReachesNoOtherFileAndNoSetting) {
  auto database = need(Database::open(file(), {.threads = 1}));
  auto connection = need(database.connect());
  for (const char* sql : {"SELECT * FROM read_csv('/etc/passwd')", "ATTACH '/tmp/other.duckdb'",
                          "COPY (SELECT 1) TO '/tmp/other.csv'", "SET threads = 2",
                          "SET enable_external_access = true", "LOAD fts", "INSTALL fts"}) {
    EXPECT_FALSE(connection.execute(sql)) << sql;
  }
}

TEST_F(DuckFile, SpillsIntoTheGivenFolder) {
  auto database = need(Database::open(
      file(), {.threads = 1, .memory_limit = "50MB", .temp_directory = directory_ / "spill"}));
  auto connection = need(database.connect());
  auto rows = need(connection.query(
      "SELECT count(*) FROM (SELECT range AS a, md5(range::VARCHAR) AS b FROM range(600000) "
      "ORDER BY b, a LIMIT 590000)"));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get_int64(0), 590000);
  EXPECT_TRUE(std::filesystem::exists(directory_ / "spill"));
}

TEST(DuckRows, ReadsEveryTypeAsJson) {
  Memory memory;
  const std::pair<const char*, const char*> cases[] = {
      {"true", "true"},
      {"NULL", "null"},
      {"(-7)::TINYINT", "-7"},
      {"9223372036854775807", "9223372036854775807"},
      {"4294967295::UINTEGER", "4294967295"},
      {"12.50::DECIMAL(9,2)", "1.25E1"},
      {"12::DECIMAL(30,0)", "12"},
      {"0.5::DOUBLE", "5E-1"},
      {"'短'", "\"短\""},
      {"'longer than the twelve bytes that are kept inline'",
       "\"longer than the twelve bytes that are kept inline\""},
      {"DATE '2024-02-29'", "\"2024-02-29\""},
      {"DATE '1921-07-01'", "\"1921-07-01\""},
      {"[1, NULL, 3]", "[1,null,3]"},
      {"[]::VARCHAR[]", "[]"},
      {"[['a'], ['b', 'c']]", "[[\"a\"],[\"b\",\"c\"]]"},
      {"[DATE '2024-02-29']", "[\"2024-02-29\"]"},
  };
  for (const auto& [sql, json] : cases) {
    EXPECT_EQ(boost::json::serialize(memory.cell(std::string("SELECT ") + sql)), json) << sql;
  }
}

TEST(DuckRows, SumsComeBackAsIntegers) {
  Memory memory;
  auto rows = need(memory.connection.query(
      "SELECT sum(range), sum((-range)::DECIMAL(18,0)), count(*) FROM range(100001)"));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get_int64(0), 5'000'050'000);
  EXPECT_EQ(rows.get_int64(1), -5'000'050'000);
  EXPECT_EQ(rows.get_int64(2), 100'001);
}

TEST(DuckRows, MistakesOfTheProgramThrow) {
  Memory memory;
  auto rows = need(memory.connection.query(
      "SELECT 'a', 1.5::DECIMAL(4,1), 9223372036854775807::HUGEINT + 1, TIMESTAMP '2024-01-01'"));
  ASSERT_TRUE(rows.next());
  EXPECT_THROW((void)rows.get_int64(0), std::logic_error);
  EXPECT_THROW((void)rows.get_int64(1), std::logic_error);
  EXPECT_THROW((void)rows.get_int64(2), std::out_of_range);
  EXPECT_THROW((void)rows.get_text(2), std::logic_error);
  EXPECT_THROW((void)rows.get_json(3), std::logic_error);
  EXPECT_THROW((void)rows.get_int64(4), std::out_of_range);
}

TEST(DuckRows, GoThroughAllChunksEitherWay) {
  Memory memory;
  const char* sql =
      "SELECT range AS n, CASE WHEN range % 3 = 0 THEN NULL ELSE range::VARCHAR END AS t, "
      "DATE '1970-01-01' + range::INTEGER AS d FROM range(10000)";
  std::int64_t n = 0;
  auto by_row = need(memory.connection.query(sql));
  EXPECT_EQ(by_row.row_count(), 10'000U);
  EXPECT_EQ(by_row.column_name(2), "d");
  for (; by_row.next(); ++n) {
    ASSERT_EQ(by_row.get_int64(0), n);
    ASSERT_EQ(by_row.is_null(1), n % 3 == 0);
    if (n % 3 != 0) {
      ASSERT_EQ(by_row.get_text(1), std::to_string(n));
    }
    ASSERT_EQ(by_row.get_date(2), from_days(n));
  }
  EXPECT_EQ(n, 10'000);

  n = 0;
  auto by_chunk = need(memory.connection.query(sql));
  while (const auto chunk = by_chunk.next_chunk()) {
    const auto numbers = chunk->column<std::int64_t>(0);
    const auto narrow = chunk->column<std::int32_t>(0);
    const auto texts = chunk->column<std::string_view>(1);
    const auto dates = chunk->column<std::int32_t>(2);
    for (std::size_t row = 0; row < chunk->size(); ++row, ++n) {
      ASSERT_EQ(numbers[row], n);
      ASSERT_EQ(narrow[row], n);
      ASSERT_EQ(texts.is_null(row), n % 3 == 0);
      if (n % 3 != 0) {
        ASSERT_EQ(texts[row], std::to_string(n));
      }
      ASSERT_EQ(dates[row], n);
    }
  }
  EXPECT_EQ(n, 10'000);
}

TEST(DuckRows, OutliveTheirConnection) {
  std::optional<Memory> memory{std::in_place};
  auto rows = need(memory->connection.query("SELECT repeat('x', 100) FROM range(5000)"));
  memory.reset();
  std::size_t length = 0;
  while (rows.next()) length += rows.get_text(0).size();
  EXPECT_EQ(length, 500'000U);
}

TEST(DuckPrepared, BindsByNumber) {
  Memory memory;
  auto prepared = need(memory.connection.prepare(
      "SELECT $1::BIGINT, $2::VARCHAR, $3::DATE, $4::BOOLEAN, $5::INTEGER, $6::DOUBLE"));
  const Date date = *make_date(2024, 2, 29);
  auto rows = need(prepared.query(1, "二", date, true, std::optional<int>(), 0.5));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.get_int64(0), 1);
  EXPECT_EQ(rows.get_text(1), "二");
  EXPECT_EQ(rows.get_date(2), date);
  EXPECT_TRUE(rows.get_bool(3));
  EXPECT_TRUE(rows.is_null(4));
  EXPECT_EQ(rows.get_double(5), 0.5);
  EXPECT_THROW(prepared.bind(7, 1), std::logic_error);
}

TEST(DuckPrepared, TellsItsParametersAndColumns) {
  Memory memory;
  auto prepared = need(memory.connection.prepare(
      "SELECT 1::BIGINT AS id, 'x' AS subject, $as_of::DATE AS since, $warn_days::INTEGER AS d, "
      "[1] AS evidence, TIMESTAMP '2024-01-01' AS odd"));
  EXPECT_EQ(prepared.parameters(), (std::vector<std::string>{"as_of", "warn_days"}));
  std::vector<std::pair<std::string, Type>> columns;
  for (const auto& column : prepared.columns()) columns.emplace_back(column.name, column.type);
  EXPECT_THAT(columns,
              testing::ElementsAre(Pair("id", Type::integer), Pair("subject", Type::text),
                                   Pair("since", Type::date), Pair("d", Type::integer),
                                   Pair("evidence", Type::list), Pair("odd", Type::other)));
}

TEST(DuckConnection, SaysWhatIsWrong) {
  Memory memory;
  memory.run("CREATE TABLE t (a INTEGER PRIMARY KEY)");
  const std::pair<const char*, const char*> cases[] = {
      {"SELEC 1", "syntax error"},
      {"SELECT * FROM nowhere", "nowhere"},
      {"SELECT 'x'::INTEGER", "Could not convert"},
      {"INSERT INTO t VALUES (1), (1)", "duplicate key"},
  };
  for (const auto& [sql, message] : cases) {
    const auto refused = memory.connection.execute(sql);
    ASSERT_FALSE(refused) << sql;
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid) << sql;
    EXPECT_EQ(refused.error().code, "platform.duck_failed") << sql;
    EXPECT_THAT(refused.error().arguments, testing::Contains(Pair("message", HasSubstr(message))));
  }
  EXPECT_FALSE(memory.connection.prepare("SELECT * FROM nowhere"));
}

TEST(DuckConnection, IsStoppedFromAnotherThread) {
  Memory memory;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    memory.connection.interrupt();
  });
  const auto stopped = memory.connection.execute(
      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3");
  stopper.join();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, "platform.duck_interrupted");
  EXPECT_EQ(memory.cell("SELECT 1"), boost::json::value(1)) << "the connection lives on";
}

TEST(DuckTransaction, IsRolledBackUnlessCommitted) {
  Memory memory;
  memory.run("CREATE TABLE t (a INTEGER)");
  {
    auto transaction = need(Transaction::begin(memory.connection));
    memory.run("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(memory.cell("SELECT count(*) FROM t"), boost::json::value(0));
  {
    auto transaction = need(Transaction::begin(memory.connection));
    memory.run("INSERT INTO t VALUES (1)");
    EXPECT_TRUE(transaction.commit());
  }
  EXPECT_EQ(memory.cell("SELECT count(*) FROM t"), boost::json::value(1));
}

TEST(DuckTransaction, TakesUnclosedAppendersWithIt) {
  Memory memory;
  memory.run("CREATE TABLE t (a INTEGER)");
  {
    auto transaction = need(Transaction::begin(memory.connection));
    auto appender = need(Appender::open(memory.connection, "t"));
    appender.append_row(1);
  }
  EXPECT_EQ(memory.cell("SELECT count(*) FROM t"), boost::json::value(0));
}

TEST(DuckAppender, AppendsRows) {
  Memory memory;
  memory.run("CREATE TABLE t (a BIGINT, b INTEGER, c VARCHAR, d DATE, e BOOLEAN, f DOUBLE)");
  auto appender = need(Appender::open(memory.connection, "t"));
  const std::int64_t id = 1'234'567'890'123;
  appender.append_row(id, 2, "三", *make_date(2024, 2, 29), true, 0.5);
  appender.append_row(id, std::nullopt, std::string("x"), std::optional<Date>(), false, 1.0);
  EXPECT_TRUE(appender.close());
  EXPECT_EQ(boost::json::serialize(memory.cell("SELECT list(c || coalesce(d::VARCHAR, '-') || "
                                               "coalesce(b, 0) || a || e ORDER BY b) FROM t")),
            R"(["三2024-02-2921234567890123true","x-01234567890123false"])");
}

TEST(DuckAppender, AppendsBatches) {
  Memory memory;
  memory.run("CREATE TABLE t (a BIGINT, b INTEGER, c VARCHAR, d DATE)");
  auto appender = need(Appender::open(memory.connection, "t"));
  auto batch = appender.batch();
  for (std::int64_t start = 0; start < 3 * 2048; start += 2048) {
    const auto a = batch.values<std::int64_t>(0);
    const auto b = batch.values<std::int32_t>(1);
    const auto d = batch.values<std::int32_t>(3);
    for (std::size_t row = 0; row < Batch::kRows; ++row) {
      a[row] = start + static_cast<std::int64_t>(row);
      b[row] = static_cast<std::int32_t>(row);
      d[row] = static_cast<std::int32_t>(row);
      batch.set_text(2, row, std::to_string(a[row]));
    }
    batch.set_null(1, 5);
    appender.append(batch, Batch::kRows);
  }
  batch.values<std::int64_t>(0)[0] = 6144;
  for (const std::size_t column : {1U, 2U, 3U}) batch.set_null(column, 0);
  appender.append(batch, 1);
  EXPECT_TRUE(appender.close());
  EXPECT_EQ(boost::json::serialize(memory.cell(
                "SELECT [count(*), sum(a), count(b), count(c), count(DISTINCT a), max(d)::INTEGER] "
                "FROM (SELECT a, b, c, d - DATE '1970-01-01' AS d FROM t)")),
            "[6145,18877440,6141,6144,6145,2047]")
      << "three full batches, each with one null, and a row of its number only";
  EXPECT_THROW(batch.values<std::int32_t>(0), std::logic_error);
  EXPECT_THROW(batch.set_text(0, 0, "x"), std::logic_error);
}

TEST(DuckAppender, TellsFailuresWhenItCloses) {
  Memory memory;
  EXPECT_FALSE(Appender::open(memory.connection, "nowhere"));
  memory.run("CREATE TABLE t (a INTEGER, b INTEGER NOT NULL)");
  auto short_row = need(Appender::open(memory.connection, "t"));
  short_row.append_row(1);
  EXPECT_FALSE(short_row.close());
  auto missing = need(Appender::open(memory.connection, "t"));
  missing.append_row(1, std::nullopt);
  EXPECT_FALSE(missing.flush());
  EXPECT_EQ(memory.cell("SELECT count(*) FROM t"), boost::json::value(0));
}

TEST(IdList, APreparedStatementSeesWhatIsSetWhenItRuns) {
  Memory memory;
  IdList list = need(IdList::define(memory.connection, "chosen"));
  auto prepared = need(memory.connection.prepare(
      "select count(*), coalesce(sum(c.id), 0)::bigint from chosen() as c"));
  const auto found = [&] {
    auto rows = need(prepared.query());
    EXPECT_TRUE(rows.next());
    return std::pair(rows.get_int64(0), rows.get_int64(1));
  };
  EXPECT_EQ(found(), std::pair(0L, 0L));
  list.set({7, 1L << 60});
  EXPECT_EQ(found(), std::pair(2L, 7 + (1L << 60)));
  std::vector<std::int64_t> many(5000, 2);
  list.set(many);
  EXPECT_EQ(found(), std::pair(5000L, 10'000L)) << "more than the engine takes at once";
  list.set({});
  EXPECT_EQ(found(), std::pair(0L, 0L));
}

TEST(IdList, IsReadTwiceInAStatementAndJoined) {
  Memory memory;
  memory.run("create table mart (organisation bigint); insert into mart values (1), (2), (3)");
  IdList list = need(IdList::define(memory.connection, "chosen"));
  list.set({3, 1, 9});
  EXPECT_EQ(memory.cell("select count(*) from mart as m semi join chosen() as c"
                        " on c.id = m.organisation where m.organisation in"
                        " (select id from chosen())"),
            boost::json::value(2));
}

TEST(IdList, ANameIsGivenOnce) {
  Memory memory;
  need(IdList::define(memory.connection, "chosen"));
  EXPECT_FALSE(IdList::define(memory.connection, "chosen"));
  EXPECT_TRUE(IdList::define(memory.connection, "other"));
}

}  // namespace
}  // namespace jishi::duck
