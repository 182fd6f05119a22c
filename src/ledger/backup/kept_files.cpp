#include "ledger/backup/kept_files.hpp"

#include <algorithm>
#include <array>

#include "platform/db/sqlite.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi {

namespace {

namespace fs = std::filesystem;

// A backup that was put in the place of a store by hand still has it.
constexpr std::string_view kMakeAnew =
    "drop table if exists backup_file;"
    "create table backup_file (name text primary key, content blob not null)";
constexpr Statement kPut{"backup_file.put",
                         "insert into backup_file (name, content) values ($1, $2)"};
constexpr Statement kAll{"backup_file.all", "select name, content from backup_file"};

bool is_hexadecimal(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
  });
}

// A backup comes from anywhere: a name must not lead out of the folder.
bool is_name(std::string_view name) {
  const auto slash = name.find('/');
  return slash != std::string_view::npos && is_hexadecimal(name.substr(0, slash)) &&
         is_hexadecimal(name.substr(slash + 1));
}

bool has_kept_files(db::Connection& connection) {
  return std::ranges::any_of(connection.tables(),
                             [](const db::Table& table) { return table.name == kKeptFilesTable; });
}

}  // namespace

fs::path kept_files_folder(const fs::path& data_folder) {
  return data_folder / "materials";
}

Result<std::int64_t> put_kept_files(const fs::path& data_folder, const fs::path& backup) {
  std::int64_t kept = 0;
  const fs::path folder = kept_files_folder(data_folder);
  if (!fs::is_directory(folder)) return kept;
  const auto connection = db::open_sqlite(backup, db::Access::write);
  connection->begin_write();
  connection->script(std::string(kMakeAnew));
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (!entry.is_regular_file() || !is_name(name)) continue;
    std::error_code gone;
    const auto bytes = fs::file_size(entry.path(), gone);
    if (gone) continue;
    const auto content = files::read_whole(entry.path(), std::min(bytes, kMostKeptFileBytes));
    if (!content && !fs::exists(entry.path())) continue;
    if (!content) return content.error();
    const std::array<db::Parameter, 2> row{std::string_view(name), db::BlobView{*content}};
    connection->run(kPut, row);
    ++kept;
  }
  connection->commit();
  return kept;
}

Result<std::int64_t> take_kept_files(const fs::path& backup, const fs::path& data_folder) {
  std::int64_t kept = 0;
  const auto connection = db::open_sqlite(backup, db::Access::read);
  if (!has_kept_files(*connection)) return kept;
  const fs::path folder = kept_files_folder(data_folder);
  db::Cursor& rows = connection->walk(kAll, {});
  while (rows.next()) {
    const std::string name(rows.bytes(0));
    if (!is_name(name)) {
      return fail(ErrorKind::refused, "ledger.backup_file_name", {{"name", name}});
    }
    ++kept;
    const fs::path file = folder / name;
    if (fs::exists(file)) continue;
    const auto written = files::write_for_good(file, rows.bytes(1));
    if (!written) return written.error();
  }
  return kept;
}

void drop_kept_files(const fs::path& backup) {
  const auto connection = db::open_sqlite(backup, db::Access::write);
  if (!has_kept_files(*connection)) return;
  connection->script("drop table backup_file");
  connection->script("vacuum");
}

}  // namespace jishi
