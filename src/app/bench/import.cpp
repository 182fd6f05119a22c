// Members out of files, checked, into the archive.

#include "app/bench/city_files.hpp"
#include "app/bench/run.hpp"
#include "modules/intake/intake.hpp"
#include "platform/db/sqlite.hpp"
#include "platform/duck/database.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::app::bench {

namespace {

using demo::WorkbookFormat;

constexpr std::size_t kColumns = 18;    // of a sheet of members
constexpr std::size_t kBatch = 10'000;  // rows held between reading and inserting
constexpr double kExpectedMemoryMb = 300;

struct ImportCase {
  std::string_view name;  // of its figures
  WorkbookFormat format;
  std::int64_t members;
  double expected;  // rows a second
};
constexpr ImportCase kCsv{"import_csv", WorkbookFormat::csv, 1'000'000, 50'000};
constexpr ImportCase kXlsx{"import_xlsx", WorkbookFormat::xlsx, 200'000, 10'000};

class NoImportObserver final : public intake::ImportObserver {
 public:
  void refused(const intake::Refusal&) override {}
  void progress(std::int64_t, double) override {}
};

struct Imported {
  std::int64_t rows = 0;
  std::int64_t refused = 0;
  double seconds = 0;
  double cpu_seconds = 0;
};

Result<Imported> import_file(Run& run, Store& store, const Codes& codes,
                             const std::filesystem::path& file) {
  NoImportObserver observer;
  intake::ImportRequest request;
  request.files = {file};
  const CpuWatch cpu;
  const Stopwatch watch;
  const auto report =
      intake::import_workbooks(store, kOwner, request, codes, observer, run.cancelled);
  Imported imported{0, 0, watch.seconds(), cpu.seconds()};
  if (!report) return report.error();
  for (const intake::SheetReport& sheet : report->sheets) imported.rows += sheet.rows;
  imported.refused = report->refused;
  return imported;
}

// Reading the cells and nothing else.
Result<double> bare_reader(const std::filesystem::path& file) {
  const Stopwatch watch;
  auto workbook = sheets::open(file);
  if (!workbook) return workbook.error();
  std::int64_t rows = 0;
  const auto read = sheets::read_rows(
      **workbook, 0, [&](std::uint32_t, std::span<const sheets::Cell>) { return ++rows > 0; });
  if (!read) return read.error();
  return static_cast<double>(rows) / watch.seconds();
}

constexpr std::string_view kRawTable =
    "create table raw (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17,"
    " c18)";
constexpr Statement kRawInsert{
    "bench_raw",
    "insert into raw values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
    "$16, $17, $18)"};

/// The same rows into one table without keys by SQLite alone: only that is timed.
class BareInserts {
 public:
  explicit BareInserts(const std::filesystem::path& file)
      : connection_(db::open_sqlite(file, db::Access::write)) {
    connection_->script(std::string(kRawTable));
    connection_->begin_write();
  }

  bool row(std::span<const sheets::Cell> cells) {
    std::array<std::string, kColumns>& kept = batch_.emplace_back();
    for (std::size_t i = 0; i < std::min(cells.size(), kColumns); ++i) kept[i] = cells[i].text;
    if (batch_.size() == kBatch) insert();
    return true;
  }

  double finish() {
    insert();
    seconds_ += seconds_of([&] { connection_->commit(); });
    return static_cast<double>(rows_) / seconds_;
  }

 private:
  void insert() {
    const Stopwatch watch;
    std::array<db::Parameter, kColumns> values;
    for (const auto& row : batch_) {
      for (std::size_t i = 0; i < kColumns; ++i) values[i] = std::string_view(row[i]);
      connection_->run(kRawInsert, values);
    }
    seconds_ += watch.seconds();
    rows_ += batch_.size();
    batch_.clear();
  }

  std::unique_ptr<db::Connection> connection_;
  std::vector<std::array<std::string, kColumns>> batch_;
  std::size_t rows_ = 0;
  double seconds_ = 0;
};

Result<double> bare_inserts(Run& run, const std::filesystem::path& file) {
  BareInserts inserts(run.folder / "raw.sqlite");
  auto workbook = sheets::open(file);
  if (!workbook) return workbook.error();
  const auto read = sheets::read_rows(
      **workbook, 0,
      [&](std::uint32_t, std::span<const sheets::Cell> cells) { return inserts.row(cells); });
  if (!read) return read.error();
  return inserts.finish();
}

Result<double> duck_reader(const std::filesystem::path& file, std::int64_t rows) {
  auto database = duck::Database::in_memory({.external_access = true});
  if (!database) return database.error();
  auto connection = database->connect();
  if (!connection) return connection.error();
  const Stopwatch watch;
  const auto read = connection->execute(fmt::format(
      "create table raw as select * from read_csv('{}', all_varchar = true)", file.string()));
  if (!read) return read.error();
  return static_cast<double>(rows) / watch.seconds();
}

Result<std::vector<Baseline>> baselines_of(Run& run, const ImportCase& wanted,
                                           const std::filesystem::path& file, std::int64_t rows) {
  std::vector<Baseline> baselines;
  const auto reader = bare_reader(file);
  if (!reader) return reader.error();
  baselines.push_back({"by_reader", *reader});
  const auto inserts = bare_inserts(run, file);
  if (!inserts) return inserts.error();
  baselines.push_back({"by_sqlite_rows", *inserts});
  if (wanted.format == WorkbookFormat::csv) {
    const auto duck = duck_reader(file, rows);
    if (!duck) return duck.error();
    baselines.push_back({"by_duck_reader", *duck});
  }
  return baselines;
}

Result<Done> bench_import(Run& run, const ImportCase& wanted) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  const auto codes = pack_codes(run.context);
  if (!codes) return codes.error();
  const demo::Shares shares = demo::load_shares(*pack / "demo");
  const demo::CityPlan plan{run.scaled(wanted.members, demo::kMinMembers), 1,
                            run.context.clock.today(), 1};
  const auto files = write_city_files(shares, plan, *codes, run.folder, wanted.format);
  if (!files) return files.error();
  auto store = run.make_store("import");
  if (!store) return store.error();
  if (const auto first = import_file(run, **store, *codes, files->organisations); !first) {
    return first.error();
  }
  Imported imported;
  double grown_mb = 0;
  {
    const MemoryPeak peak;
    const auto members = import_file(run, **store, *codes, files->members);
    if (!members) return members.error();
    imported = *members;
    grown_mb = peak.grown_mb();
  }
  store->reset();
  auto baselines = baselines_of(run, wanted, files->members, imported.rows);
  if (!baselines) return baselines.error();
  run.figures.push_back(
      {.name = "import_rows",
       .unit = "rows/s",
       .measured = static_cast<double>(imported.rows) / imported.seconds,
       .expected = Expected{Sense::at_least, wanted.expected},
       .baselines = std::move(*baselines),
       .note =
           fmt::format("{} members of {} organisations in {:.1f} s ({:.1f} s of CPU), {} refused",
                       imported.rows, files->counts.organisations, imported.seconds,
                       imported.cpu_seconds, imported.refused)});
  run.figures.push_back({.name = "import_memory",
                         .unit = "MB",
                         .measured = grown_mb,
                         .expected = Expected{Sense::at_most, kExpectedMemoryMb},
                         .note = "peak of the process's own memory above its start, the 64 MiB "
                                 "page cache of SQLite's writer included"});
  return Done{};
}

}  // namespace

Result<Done> bench_import_csv(Run& run) {
  return bench_import(run, kCsv);
}

Result<Done> bench_import_xlsx(Run& run) {
  return bench_import(run, kXlsx);
}

}  // namespace jishi::app::bench
