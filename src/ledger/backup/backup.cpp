#include "ledger/backup/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "ledger/backup/copy_store.hpp"

namespace jishi {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kBeside{"-wal", "-shm"};  // SQLite's own files

fs::path with(const fs::path& path, std::string_view ending) {
  fs::path longer = path;
  longer += ending;
  return longer;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

Error unwritable(const fs::path& file, int reason) {
  return fail(ErrorKind::unavailable, "ledger.backup_unwritable",
              {{"file", file.string()}, {"reason", std::strerror(reason)}});
}

/// A file that is being made; removed unless it is kept.
class PartFile {
 public:
  /// Makes it, readable by its owner only. An old one of that name was left by a call that died.
  static Result<std::unique_ptr<PartFile>> make(fs::path path) {
    std::error_code ignored;
    fs::remove(path, ignored);
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return unwritable(path, errno);
    ::close(descriptor);
    return std::unique_ptr<PartFile>(new PartFile(std::move(path)));
  }
  ~PartFile() {
    std::error_code ignored;
    if (!kept_) fs::remove(path_, ignored);
    for (const std::string_view ending : kBeside) fs::remove(with(path_, ending), ignored);
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const fs::path& path() const { return path_; }

  /// Forces it to the disk and gives it its name.
  Result<Done> keep_as(const fs::path& name) {
    if (const auto synced = sync(path_, O_RDWR); !synced) return synced;
    fs::rename(path_, name);
    kept_ = true;
    return sync(folder_of(name), O_RDONLY | O_DIRECTORY);
  }

 private:
  explicit PartFile(fs::path path) : path_(std::move(path)) {}

  static Result<Done> sync(const fs::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return unwritable(path, errno);
    const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failed != 0) return unwritable(path, failed);
    return Done{};
  }

  fs::path path_;
  bool kept_ = false;
};

bool is_sqlite(const fs::path& file) {
  constexpr std::string_view kMagic{"SQLite format 3\0", 16};
  std::array<char, kMagic.size()> head{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), head.size());
  return stream && std::string_view(head.data(), head.size()) == kMagic;
}

// The store that is in the way, with what SQLite keeps beside it, under a name that is free.
fs::path move_aside(const fs::path& database) {
  fs::path aside = with(database, ".before-restore");
  for (int number = 2; fs::exists(aside); ++number) {
    aside = with(database, ".before-restore-" + std::to_string(number));
  }
  for (const std::string_view ending : kBeside) {
    const fs::path beside = with(database, ending);
    if (fs::exists(beside)) fs::rename(beside, with(aside, ending));
  }
  fs::rename(database, aside);
  return aside;
}

}  // namespace

Result<Backup> back_up(const StoreOptions& options, const fs::path& target,
                       VerifyObserver& observer) {
  const auto engine = Store::engine_of(options);
  if (!engine->exists()) return no_store(options);
  if (fs::exists(target)) {
    return fail(ErrorKind::conflict, "ledger.backup_exists", {{"file", target.string()}});
  }
  auto part = PartFile::make(with(target, ".part"));
  if (!part) return part.error();
  const auto copy = db::sqlite_engine((*part)->path());
  if (!engine->copy_to((*part)->path())) {
    if (const auto copied = copy_store(*engine, *copy, observer); !copied) return copied.error();
  }
  const auto files = put_kept_files(options.folder, (*part)->path());
  if (!files) return files.error();
  auto verification = verify(*copy, options.keys_folder, observer);
  if (!verification) return verification.error();
  Backup backup;
  backup.kept_files = *files;
  backup.verification = std::move(*verification);
  if (!backup.verification.fits()) return backup;
  if (const auto kept = (*part)->keep_as(target); !kept) return kept.error();
  backup.bytes = fs::file_size(target);
  backup.kept = true;
  return backup;
}

namespace {

// A store in a database: the backup's tables, once they are found to fit.
Result<Restored> restore_tables(const RestoreRequest& request, VerifyObserver& observer) {
  const auto backup = db::sqlite_engine(request.backup);
  auto verification = verify(*backup, request.to.keys_folder, observer);
  if (!verification) return verification.error();
  Restored restored;
  restored.verification = std::move(*verification);
  if (!restored.verification.fits()) return restored;
  const auto files = take_kept_files(request.backup, request.to.folder);
  if (!files) return files.error();
  restored.kept_files = *files;
  const auto copied = copy_store(*backup, *Store::engine_of(request.to), observer);
  if (!copied) return copied.error();
  restored.done = true;
  return restored;
}

Result<Restored> restore_file(const RestoreRequest& request, VerifyObserver& observer) {
  const fs::path database = Store::database_file(request.to.folder);
  if (fs::exists(database) && !request.replace) {
    return fail(ErrorKind::conflict, "ledger.store_in_place",
                {{"folder", request.to.folder.string()}});
  }
  const auto lock = files::FolderLock::take(request.to.folder);
  if (!lock) return lock.error();
  auto part = PartFile::make(with(database, ".restoring"));
  if (!part) return part.error();
  fs::copy_file(request.backup, (*part)->path(), fs::copy_options::overwrite_existing);
  fs::permissions((*part)->path(), fs::perms::owner_read | fs::perms::owner_write);
  auto verification = verify(*db::sqlite_engine((*part)->path()), request.to.keys_folder, observer);
  if (!verification) return verification.error();
  Restored restored;
  restored.verification = std::move(*verification);
  if (!restored.verification.fits()) return restored;
  const auto files = take_kept_files((*part)->path(), request.to.folder);
  if (!files) return files.error();
  restored.kept_files = *files;
  drop_kept_files((*part)->path());
  if (fs::exists(database)) restored.kept_beside = move_aside(database);
  if (const auto kept = (*part)->keep_as(database); !kept) return kept.error();
  restored.done = true;
  return restored;
}

}  // namespace

Result<Restored> restore(const RestoreRequest& request, VerifyObserver& observer) {
  if (!fs::is_regular_file(request.backup)) {
    return fail(ErrorKind::not_found, "ledger.no_file", {{"file", request.backup.string()}});
  }
  const Error not_a_store =
      fail(ErrorKind::refused, "ledger.not_a_store", {{"file", request.backup.string()}});
  if (!is_sqlite(request.backup)) return not_a_store;
  auto restored = request.to.database.empty() ? restore_file(request, observer)
                                              : restore_tables(request, observer);
  if (!restored && restored.error().code == not_a_store.code) return not_a_store;
  return restored;
}

}  // namespace jishi
