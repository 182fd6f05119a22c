#include "api/export/export_files.hpp"

#include <set>

#include "api/export/export_files.sql.hpp"

namespace jishi::api {

namespace {

struct Row {
  Id job = kNoId;
  Id account = kNoId;
  std::string address;
  std::string list;
  std::string format;
  int personal = 0;
  std::string places;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::int64_t made = 0;
  std::int64_t until = 0;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (job, account, address, list, format, personal, places, rows, bytes, made,
                       until))

struct Held {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(Held, (), (files, bytes))

Result<std::int64_t> room_in(db::Reader& reader, Id account, Id job) {
  using Files = ExportFiles;
  const Held own = *reader.one<Held>(sql::export_files::of_account, account, job);
  if (own.files >= Files::kMaxOfAccount)
    return fail(ErrorKind::limited, "api.too_many_exports",
                {{"limit", std::to_string(Files::kMaxOfAccount)}});
  const Held all = *reader.one<Held>(sql::export_files::of_all, job);
  const std::int64_t room =
      std::min(Files::kMaxBytesOfAccount - own.bytes, Files::kMaxBytes - all.bytes);
  if (room <= 0) return fail(ErrorKind::limited, "api.export_no_room");
  return room;
}

}  // namespace

std::filesystem::path ExportFiles::path_of(Id job, TableFormat format) const {
  return folder_ / (std::to_string(job) + "." + boost::describe::enum_to_string(format, ""));
}

Result<std::int64_t> ExportFiles::room(Id account, Id job) {
  return store_.read([&](db::Reader& reader) { return room_in(reader, account, job); });
}

Result<ExportFile> ExportFiles::keep(ExportFile file) {
  file.bytes =
      static_cast<std::int64_t>(std::filesystem::file_size(path_of(file.job, file.format)));
  file.made = store_.clock().now_ms();
  file.until = file.made + kKeepMs;
  const auto kept = store_.write(Actor{file.account}, [&](Transaction& tx) -> Result<Done> {
    const auto room = room_in(tx, file.account, file.job);
    if (!room) return room.error();
    if (file.bytes > *room) return fail(ErrorKind::limited, "api.export_no_room");
    tx.run(sql::export_files::keep, file.job, file.account, file.address, file.list,
           boost::describe::enum_to_string(file.format, ""), file.personal ? 1 : 0, file.places,
           file.rows, file.bytes, file.made, file.until);
    return Done{};
  });
  if (kept) return file;
  remove(file.job);
  return kept.error();
}

std::optional<ExportFile> ExportFiles::find(Id job) {
  auto row = store_.read(
      [&](db::Reader& reader) { return reader.one<Row>(sql::export_files::find, job); });
  if (!row || row->until <= store_.clock().now_ms()) return std::nullopt;
  ExportFile file{row->job,
                  row->account,
                  std::move(row->address),
                  std::move(row->list),
                  row->format == "xlsx" ? TableFormat::xlsx : TableFormat::csv,
                  row->personal != 0,
                  std::move(row->places),
                  row->rows,
                  row->bytes,
                  row->made,
                  row->until};
  return file;
}

bool ExportFiles::drop(Id job) {
  std::int64_t dropped = 0;
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    dropped = tx.run(sql::export_files::drop, job);
    return Done{};
  });
  remove(job);
  return dropped > 0;
}

void ExportFiles::remove(Id job) {
  std::error_code ignored;
  for (const TableFormat format : {TableFormat::csv, TableFormat::xlsx})
    std::filesystem::remove(path_of(job, format), ignored);
}

void ExportFiles::tidy() {
  const auto over = store_.read([&](db::Reader& reader) {
    return reader.all<Id>(sql::export_files::over, store_.clock().now_ms());
  });
  for (const Id job : over) drop(job);
}

void ExportFiles::tidy_at_start() {
  std::filesystem::create_directories(folder_);
  const auto known =
      store_.read([](db::Reader& reader) { return reader.all<Id>(sql::export_files::all); });
  std::set<std::filesystem::path> kept;
  for (const Id job : known) {
    for (const TableFormat format : {TableFormat::csv, TableFormat::xlsx})
      kept.insert(path_of(job, format));
  }
  std::vector<std::filesystem::path> stray;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (!kept.contains(entry.path())) stray.push_back(entry.path());
  }
  std::error_code ignored;
  for (const auto& path : stray) std::filesystem::remove_all(path, ignored);
  tidy();
}

}  // namespace jishi::api
