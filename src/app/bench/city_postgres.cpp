// The same queries over the same marts in PostgreSQL, by its own psql.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "app/bench/city.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::string_view kMarts[] = {"organisation", "member", "post",     "activity",
                                       "payment",      "task",   "ancestry", "parameter_value"};
constexpr std::string_view kSchema = "jishi_bench";
constexpr int kRounds = 2;
constexpr int kParts = 16;  // of a mart, one of which is held at a time

/// A call of psql that reads what is written to it; its complaints go to a file.
class Psql {
 public:
  Psql(const Run& run, const std::string& arguments)
      : complaints_(run.folder / "psql.txt"),
        pipe_(::popen(command(run, arguments).c_str(), "w"), ::pclose) {}

  void write(std::string_view text) {
    if (pipe_) std::fwrite(text.data(), 1, text.size(), pipe_.get());
  }

  /// Waits for its end. Error: bench.postgres_failed with what it said.
  Result<Done> finish() {
    const int status = pipe_ ? ::pclose(pipe_.release()) : -1;
    if (status == 0) return Done{};
    std::ifstream said(complaints_);
    std::string line;
    std::getline(said, line);
    return fail(ErrorKind::unavailable, "bench.postgres_failed", {{"message", line}});
  }

 private:
  static std::string quoted(std::string_view word) {
    std::string text = "'";
    for (const char sign : word) text += sign == '\'' ? std::string("'\\''") : std::string(1, sign);
    return text + "'";
  }

  std::string command(const Run& run, const std::string& arguments) const {
    return fmt::format(
        "PGOPTIONS='-c statement_timeout=300s' psql -X -q -v ON_ERROR_STOP=1 -d {} {} >/dev/null "
        "2>{}",
        quoted(run.options.postgres), arguments, quoted(complaints_.string()));
  }

  std::filesystem::path complaints_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe_;
};

Result<Done> run_sql(const Run& run, std::string_view sql) {
  Psql psql(run, "-f -");
  psql.write(sql);
  return psql.finish();
}

/// The columns of a mart, as DuckDB names them: PostgreSQL knows the same names of types.
struct MartColumns {
  std::string declared;  // organisation BIGINT, …
  std::string line;      // an expression for a line of COPY
};

Result<MartColumns> columns_of(duck::Connection& marts, std::string_view mart) {
  auto rows = marts.query(
      fmt::format("select column_name, data_type from information_schema.columns where "
                  "table_schema = 'mart' and table_name = '{}' order by ordinal_position",
                  mart));
  if (!rows) return rows.error();
  MartColumns columns;
  while (rows->next()) {
    const std::string name(rows->get_text(0));
    const std::string_view between = columns.declared.empty() ? "" : ", ";
    columns.declared += fmt::format("{}{} {}", between, name, rows->get_text(1));
    columns.line += fmt::format("{}coalesce(cast({} as varchar), '\\N')", between, name);
  }
  return columns;
}

std::string lines_of(const duck::Chunk& chunk) {
  std::string lines;
  for (std::size_t row = 0; row < chunk.size(); ++row) {
    lines += chunk.text_at(0, row);
    lines += '\n';
  }
  return lines;
}

Result<Done> copy(Run& run, duck::Connection& marts, std::string_view mart) {
  const auto columns = columns_of(marts, mart);
  if (!columns) return columns.error();
  const auto made = run_sql(
      run, fmt::format("create unlogged table {}.{} ({});", kSchema, mart, columns->declared));
  if (!made) return made;
  Psql psql(run, fmt::format("-c '\\copy {}.{} from pstdin'", kSchema, mart));
  for (int part = 0; part < kParts && !run.cancelled; ++part) {
    auto rows = marts.query(
        fmt::format("select concat_ws(chr(9), {}) from mart.{} where organisation % {} = {}",
                    columns->line, mart, kParts, part));
    if (!rows) return rows.error();
    while (const auto chunk = rows->next_chunk()) psql.write(lines_of(*chunk));
  }
  if (const auto finished = psql.finish(); !finished) return finished;
  return run.go_on();
}

Result<Done> copy_all(Run& run, duck::Connection& marts) {
  const auto fresh =
      run_sql(run, fmt::format("drop schema if exists {0} cascade; create schema {0};", kSchema));
  if (!fresh) return fresh;
  for (const std::string_view mart : kMarts) {
    if (const auto copied = copy(run, marts, mart); !copied) return copied;
  }
  return run_sql(run, "vacuum analyze;");
}

// Nothing but the place of the marts differs.
std::string for_postgres(std::string query) {
  constexpr std::string_view kHere = " mart.";
  const std::string there = fmt::format(" {}.", kSchema);
  for (auto at = query.find(kHere); at != query.npos; at = query.find(kHere, at + there.size())) {
    query.replace(at, kHere.size(), there);
  }
  return query + ";";
}

}  // namespace

Result<std::vector<std::optional<double>>> time_in_postgres(Run& run, duck::Connection& marts,
                                                            const std::vector<TimedRule>& rules) {
  const Stopwatch copying;
  if (const auto copied = copy_all(run, marts); !copied) return copied.error();
  const double copied_s = copying.seconds();
  std::vector<std::optional<double>> seconds;
  for (const TimedRule& rule : rules) {
    std::optional<double> best;
    for (int round = 0; round < kRounds; ++round) {
      if (const auto on = run.go_on(); !on) return on.error();
      const Stopwatch watch;
      if (!run_sql(run, for_postgres(rule.query))) break;
      best = std::min(best.value_or(watch.seconds()), watch.seconds());
    }
    seconds.push_back(best);
  }
  const auto dropped = run_sql(run, fmt::format("drop schema {} cascade;", kSchema));
  if (!dropped) return dropped.error();
  run.figures.push_back({.name = "city_postgres_copy",
                         .unit = "s",
                         .measured = copied_s,
                         .note = "the marts that the rules read (all but attendances), at the same "
                                 "scale, by COPY, then VACUUM ANALYZE"});
  return seconds;
}

}  // namespace jishi::app::bench
