#include "ledger/backup/move_store.hpp"

namespace jishi {

namespace {

/// The place a store moves to. What was begun in a file is taken away unless it is kept.
class Place {
 public:
  static Result<std::unique_ptr<Place>> prepare(const StoreOptions& to) {
    std::unique_ptr<Place> place(new Place(to));
    if (!to.database.empty()) return place;
    if (place->engine().exists()) {
      return fail(ErrorKind::conflict, "ledger.store_in_place", {{"folder", to.folder.string()}});
    }
    auto lock = files::FolderLock::take(to.folder);
    if (!lock) return lock.error();
    place->lock_ = std::move(*lock);
    place->file_ = Store::database_file(to.folder);
    return place;
  }
  ~Place() {
    if (kept_ || file_.empty()) return;
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::error_code ignored;
      std::filesystem::remove(file_.string() + ending, ignored);
    }
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  const db::Engine& engine() const { return *engine_; }
  void keep() { kept_ = true; }

 private:
  explicit Place(const StoreOptions& to) : engine_(Store::engine_of(to)) {}

  std::shared_ptr<const db::Engine> engine_;
  std::unique_ptr<files::FolderLock> lock_;
  std::filesystem::path file_;
  bool kept_ = false;
};

}  // namespace

Result<Moved> move_store(const StoreOptions& from, const StoreOptions& to,
                         VerifyObserver& observer) {
  const auto source = Store::engine_of(from);
  if (!source->exists()) return no_store(from);
  const auto lock = files::FolderLock::take(from.folder);
  if (!lock) return lock.error();
  auto place = Place::prepare(to);
  if (!place) return place.error();
  auto before = verify(*source, from.keys_folder, observer);
  if (!before) return before.error();
  Moved moved;
  moved.before = std::move(*before);
  if (!moved.before.fits()) return moved;
  const auto copied = copy_store(*source, (*place)->engine(), observer);
  if (!copied) return copied.error();
  moved.copied = *copied;
  auto after = verify((*place)->engine(), from.keys_folder, observer);
  if (!after) return after.error();
  moved.after = std::move(*after);
  if (!moved.after.fits() || moved.after.facts != moved.before.facts ||
      moved.after.root != moved.before.root) {
    return fail(ErrorKind::unavailable, "ledger.copy_differs", {{"table", "ledger_fact"}});
  }
  (*place)->keep();
  moved.done = true;
  return moved;
}

}  // namespace jishi
