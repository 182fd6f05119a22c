#include "modules/orglife/full_text/full_text.hpp"

#include <charconv>

#include "modules/orglife/full_text/full_text.sql.hpp"

namespace jishi::orglife {

namespace {

namespace fs = std::filesystem;

// Facts come in groups: a moment's patience commits a group once.
constexpr std::chrono::milliseconds kGather{200};
// Another process may write.
constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::chrono::milliseconds kAfterFailure{2'000};

constexpr std::string_view kName = "activities.";  // and a number: a new index stands beside

fs::path place_of(const Store& store, int number) {
  return FullText::folder_of(store) / (std::string(kName) + std::to_string(number));
}

/// The numbers of the indexes that are there, the newest first.
std::vector<int> numbers_of(const Store& store) {
  std::vector<int> numbers;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(FullText::folder_of(store), none)) {
    const std::string name = entry.path().filename().string();
    int number = 0;
    const char* end = name.data() + name.size();
    if (!name.starts_with(kName)) continue;
    const auto read = std::from_chars(name.data() + kName.size(), end, number);
    if (read.ec == std::errc() && read.ptr == end) numbers.push_back(number);
  }
  std::sort(numbers.rbegin(), numbers.rend());
  return numbers;
}

bool is_damage(const Error& error) {
  return error.code == "fulltext.damaged";
}

Error because(std::string_view code) {
  return fail(ErrorKind::unavailable, code);
}

/// A folder in which an index is made; gone unless it was finished.
class Unfinished {
 public:
  explicit Unfinished(fs::path folder) : folder_(std::move(folder)) {}
  ~Unfinished() {
    std::error_code ignored;
    if (!finished_) fs::remove_all(folder_, ignored);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  void finish() { finished_ = true; }

 private:
  const fs::path folder_;
  bool finished_ = false;
};

}  // namespace

/// An index that is asked. One that another took the place of goes with the last who asks it.
struct FullText::Shelf {
  explicit Shelf(const fs::path& place) : folder(place), reader(place) {}
  ~Shelf() {
    std::error_code ignored;
    if (replaced) fs::remove_all(folder, ignored);
  }
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;

  const fs::path folder;
  fulltext::Reader reader;
  std::atomic<bool> replaced{false};
};

FullText::FullText(Store& store, const Codes& codes, FullTextOptions options)
    : store_(store), indexing_(store, codes), options_(std::move(options)) {
}

FullText::~FullText() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

fs::path FullText::folder_of(const Store& store) {
  return store.folder() / "search";
}

void FullText::start() {
  thread_ = std::thread([this] { work(); });
}

void FullText::wake() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  woken_.notify_one();
}

std::shared_ptr<fulltext::Reader> FullText::index() const {
  const std::lock_guard lock(shelf_mutex_);
  return shelf_ == nullptr ? nullptr : std::shared_ptr<fulltext::Reader>(shelf_, &shelf_->reader);
}

std::shared_ptr<FullText::Shelf> FullText::put_on_shelf(std::shared_ptr<Shelf> shelf) {
  const std::lock_guard lock(shelf_mutex_);
  std::swap(shelf_, shelf);
  return shelf;
}

void FullText::found_failing(const Error& error) {
  options_.notice(error);
  if (!is_damage(error)) return;
  damaged_ = true;
  wake();
}

Result<Done> FullText::check(const Store& store) {
  for (const int number : numbers_of(store)) {
    if (auto checked = fulltext::check(place_of(store, number)); !checked) return checked;
  }
  return Done{};
}

Result<FullText::Counts> FullText::counts() const {
  const auto reader = index();
  if (reader == nullptr) return because("orglife.search_not_ready");
  const auto indexed = reader->count();
  if (!indexed) return indexed.error();
  const auto stored = store_.read(
      [](db::Reader& rows) { return rows.one<std::int64_t>(sql::full_text::count).value_or(0); });
  return Counts{*indexed, stored};
}

Result<Done> FullText::rebuild(const LongWork& work) {
  return make_anew(work, false);
}

Result<Done> FullText::bring_up(const LongWork& work) {
  bool none = false;
  {
    const std::lock_guard lock(writing_mutex_);
    if (damaged_) written_ = {};
    if (!written_.writer) {
      if (auto opened = open(); !opened) return opened;
    }
    none = !written_.writer;
  }
  if (none) {
    if (auto made = make_anew(work, true); !made) return made;
  }
  const std::lock_guard lock(writing_mutex_);
  auto followed = follow(written_);
  position_ = written_.position;
  if (followed) return followed;
  // What was not committed is lost: it is opened again, and follows on from its mark.
  if (is_damage(followed.error())) damaged_ = true;
  written_ = {};
  return followed;
}

// Takes the newest index that is whole and of this store, and says why others are none; an index
// without a mark was not finished. Those are removed.
Result<Done> FullText::open() {
  std::string_view why;
  for (const int number : numbers_of(store_)) {
    const fs::path place = place_of(store_, number);
    const auto no = [&](std::string_view reason) {
      if (why.empty()) why = reason;
    };
    if (damaged_) {
      no("orglife.full_text_damaged");
    } else if (!written_.writer) {
      auto writer = fulltext::Writer::open(place);
      if (!writer && !is_damage(writer.error())) return writer.error();
      const auto mark = writer ? (*writer)->mark() : fail(ErrorKind::unavailable, "");
      if (!mark) {
        no("orglife.full_text_damaged");
      } else if (*mark) {
        const std::string_view reason = indexing_.unfit(**mark);
        if (reason.empty()) {
          written_ = {std::move(*writer), (*mark)->position, (*mark)->position};
          put_on_shelf(std::make_shared<Shelf>(place));
          continue;
        }
        no(reason);
      }
    }
    fs::remove_all(place);
  }
  damaged_ = false;
  if (written_.writer) return Done{};
  put_on_shelf(nullptr);
  const bool facts = store_.last_seq() > 0;
  if (facts) options_.notice(because(why.empty() ? "orglife.full_text_missing" : why));
  return Done{};
}

Result<Done> FullText::follow(WrittenIndex& index) {
  while (!stopping_) {
    const auto more = indexing_.follow(index);
    if (!more) return more.error();
    if (!*more) break;
  }
  return Done{};
}

Result<Done> FullText::make_anew(const LongWork& work, bool only_where_none_is) {
  const std::lock_guard making(making_mutex_);
  if (only_where_none_is) {
    const std::lock_guard writing(writing_mutex_);
    if (written_.writer) return Done{};
  }
  const auto numbers = numbers_of(store_);
  const fs::path place = place_of(store_, numbers.empty() ? 1 : numbers.front() + 1);
  Unfinished folder(place);
  WrittenIndex made;
  auto writer = fulltext::Writer::open(place);
  if (!writer) return writer.error();
  made.writer = std::move(*writer);
  if (auto read = indexing_.read_all(made, work); !read) return read;
  if (auto followed = follow(made); !followed) return followed;
  const std::lock_guard writing(writing_mutex_);
  if (auto followed = follow(made); !followed) return followed;
  folder.finish();
  written_ = std::move(made);
  position_ = written_.position;
  damaged_ = false;
  if (const auto before = put_on_shelf(std::make_shared<Shelf>(place))) before->replaced = true;
  return Done{};
}

void FullText::work() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, kPatience, [&] { return awake_ || stopping_; });
      if (!stopping_ && awake_) woken_.wait_for(lock, kGather, [&] { return stopping_.load(); });
      if (stopping_) return;
      awake_ = false;
    }
    if (look()) continue;
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, kAfterFailure, [&] { return stopping_.load(); });
  }
}

bool FullText::look() {
  LongWork work;
  work.cancelled = [this] { return stopping_.load(); };
  const auto failed = [this](const Error& error) {
    // The same is not said again every two seconds.
    if (error.code != last_failure_ && !stopping_) options_.notice(error);
    last_failure_ = error.code;
    return false;
  };
  try {
    if (const auto done = bring_up(work); !done) return failed(done.error());
    last_failure_.clear();
    return true;
  } catch (const std::exception& error) {
    return failed(
        fail(ErrorKind::unavailable, "orglife.full_text_failed", {{"message", error.what()}}));
  }
}

}  // namespace jishi::orglife
