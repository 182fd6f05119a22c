#include "api/jobs/jobs.hpp"

#include "api/jobs/jobs.sql.hpp"
#include "base/texts.hpp"

namespace jishi::api {

struct Jobs::Next {
  Id id = kNoId;
  std::string kind;
  Id organisation = kNoId;
  Id account = kNoId;
  std::string input;
  int attempts = 0;
  BOOST_DESCRIBE_CLASS(Next, (), (id, kind, organisation, account, input, attempts), (), ())
};

/// A kind with the thread that does its jobs, and how far the one that runs has come.
struct Jobs::Line {
  JobKind kind;
  std::condition_variable woken;
  std::uint64_t asked = 1;   // to look for jobs, so many times
  std::uint64_t looked = 0;  // the last time that nothing was left
  Id running = kNoId;
  bool by_person = false;  // somebody asked the running one to end
  std::atomic<bool> cancel{false};
  std::atomic<int> part{0};
  std::atomic<std::int64_t> rows{0};
  std::thread thread;
};

namespace {

constexpr int kWhole = 1000;
// How often a line looks by itself: the store may have been away when it was woken.
constexpr std::chrono::seconds kLook{5};

struct JobRow {
  Id id = kNoId;
  std::string kind;
  Id organisation = kNoId;
  Id account = kNoId;
  std::string about;
  std::string state;
  int part = 0;
  std::int64_t rows = 0;
  std::int64_t created = 0;
  std::int64_t started = 0;
  std::int64_t finished = 0;
  std::string result;
  std::string error;
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, kind, organisation, account, about, state, part, rows, created, started,
                       finished, result, error))

struct OpenJob {
  std::string kind;
  std::string input;
};
BOOST_DESCRIBE_STRUCT(OpenJob, (), (kind, input))

boost::json::object object_of(const std::string& text) {
  auto json = parse_json(text);
  if (!json || !json->is_object()) return {};
  return std::move(json->as_object());
}

std::string text_of(const Error& error) {
  boost::json::object arguments;
  for (const auto& [name, value] : error.arguments) arguments[name] = value;
  return boost::json::serialize(
      boost::json::object{{"code", error.code}, {"arguments", arguments}});
}

std::optional<std::string> words_of(const std::string& error, Language language) {
  if (error.empty()) return std::nullopt;
  const auto json = object_of(error);
  Arguments arguments;
  for (const auto& [name, value] : json.at("arguments").as_object())
    arguments.emplace_back(name, value.as_string());
  return say(language, std::string_view(json.at("code").as_string()), arguments);
}

Job job_of(JobRow&& row, Language language) {
  Job job{row.id,
          std::move(row.kind),
          row.organisation,
          row.account,
          object_of(row.about),
          JobState::waiting,
          row.part,
          row.rows,
          row.created,
          row.started,
          row.finished,
          object_of(row.result),
          {}};
  boost::describe::enum_from_string(row.state.c_str(), job.state);
  job.error = words_of(row.error, language);
  return job;
}

bool is_away(const db::Failure& failure) {
  return failure.kind() == db::FailureKind::lost || failure.kind() == db::FailureKind::busy;
}

std::string_view name_of(JobState state) {
  return boost::describe::enum_to_string(state, "");
}

}  // namespace

Jobs::Jobs(Store& store, JobFailed failed) : store_(store), failed_(std::move(failed)) {
}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    // Their jobs go on when the program starts again.
    for (auto& line : lines_) line->cancel = true;
  }
  for (auto& line : lines_) line->woken.notify_all();
  for (auto& line : lines_) {
    if (line->thread.joinable()) line->thread.join();
  }
}

void Jobs::add(JobKind kind) {
  lines_.push_back(std::make_unique<Line>());
  lines_.back()->kind = std::move(kind);
}

void Jobs::start() {
  for (auto& line : lines_) line->thread = std::thread([this, &line = *line] { work(line); });
}

Jobs::Line* Jobs::line_of(std::string_view kind) const {
  const auto found = std::find_if(lines_.begin(), lines_.end(),
                                  [&](const auto& line) { return line->kind.name == kind; });
  return found == lines_.end() ? nullptr : found->get();
}

Jobs::Line& Jobs::line_known(std::string_view kind) const {
  Line* line = line_of(kind);
  if (line == nullptr) throw std::logic_error("no such kind of job: " + std::string(kind));
  return *line;
}

void Jobs::told(std::string_view kind, Id job, std::string_view what) const {
  if (failed_) failed_(kind, job, what);
}

Result<Job> Jobs::submit(std::string_view kind, Id organisation, Id account,
                         boost::json::object input, const AlsoNoted& also) {
  auto noted = store_.write(Actor{account}, [&](Transaction& tx) {
    return note(tx, kind, organisation, account, input, also);
  });
  if (noted) wake(kind);
  return noted;
}

Result<Job> Jobs::note(Transaction& tx, std::string_view kind, Id organisation, Id account,
                       const boost::json::object& input, const AlsoNoted& also) {
  const Line& line = line_known(kind);
  if (tx.one<std::int64_t>(sql::jobs::waiting, kind).value_or(0) >= kMaxWaiting)
    return fail(ErrorKind::limited, "api.too_many_jobs", {{"limit", std::to_string(kMaxWaiting)}});
  const std::int64_t own_limit = line.kind.most_of_account;
  if (own_limit > 0 &&
      tx.one<std::int64_t>(sql::jobs::open_of_account, kind, account).value_or(0) >= own_limit)
    return fail(ErrorKind::limited, "api.too_many_own_jobs",
                {{"limit", std::to_string(own_limit)}});
  Job job;
  job.id = tx.new_id();
  job.kind = kind;
  job.organisation = organisation;
  job.account = account;
  if (line.kind.about) job.about = line.kind.about(input);
  job.created_ms = tx.store().clock().now_ms();
  tx.run(sql::jobs::add, job.id, kind, organisation, account, line.kind.own ? 1 : 0,
         boost::json::serialize(input), job.created_ms, boost::json::serialize(job.about));
  if (also) {
    if (const auto more = also(tx, job.id); !more) return more.error();
  }
  return job;
}

void Jobs::wake(std::string_view kind) {
  Line& line = line_known(kind);
  {
    const std::lock_guard lock(mutex_);
    ++line.asked;
  }
  line.woken.notify_one();
}

bool Jobs::cancel_running(Id job) {
  const std::lock_guard lock(mutex_);
  for (auto& line : lines_) {
    if (line->running != job) continue;
    line->by_person = true;
    line->cancel = true;
    return true;
  }
  return false;
}

Result<Done> Jobs::cancel(Id job) {
  if (cancel_running(job)) return Done{};
  OpenJob open;
  const auto ended = store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    auto found = tx.one<OpenJob>(sql::jobs::open, job);
    if (!found) return fail(ErrorKind::conflict, "api.job_over");
    open = std::move(*found);
    tx.run(sql::jobs::finish, job, name_of(JobState::cancelled), "{}", "",
           tx.store().clock().now_ms(), 0, 0);
    return Done{};
  });
  if (!ended) return ended;
  // It may have begun in between: then its line cleans up.
  if (cancel_running(job)) return Done{};
  const Line* line = line_of(open.kind);
  if (line != nullptr && line->kind.clean)
    line->kind.clean(job, object_of(open.input), JobState::cancelled);
  return Done{};
}

Job Jobs::with_progress(Job job) const {
  // What is over stands as it was noted, although its line may not have let go of it yet.
  if (job.state != JobState::running) return job;
  const std::lock_guard lock(mutex_);
  for (const auto& line : lines_) {
    if (line->running != job.id) continue;
    job.part = line->part;
    job.rows = line->rows;
  }
  return job;
}

std::optional<Job> Jobs::find(Id job, Language language) const {
  auto row =
      store_.read([&](db::Reader& reader) { return reader.one<JobRow>(sql::jobs::find, job); });
  if (!row) return std::nullopt;
  return with_progress(job_of(std::move(*row), language));
}

std::vector<Job> Jobs::list(Id organisation, Language language) const {
  std::vector<Job> jobs;
  auto rows = store_.read([&](db::Reader& reader) {
    return reader.all<JobRow>(sql::jobs::of_organisation, organisation, kMaxListed);
  });
  for (JobRow& row : rows) jobs.push_back(with_progress(job_of(std::move(row), language)));
  return jobs;
}

std::vector<Job> Jobs::list_before(Id account, bool of_all, Id before, int limit,
                                   Language language) const {
  std::vector<Job> jobs;
  auto rows = store_.read([&](db::Reader& reader) {
    return reader.all<JobRow>(of_all ? sql::jobs::of_all : sql::jobs::of_account, account, before,
                              limit);
  });
  for (JobRow& row : rows) jobs.push_back(with_progress(job_of(std::move(row), language)));
  return jobs;
}

void Jobs::drain() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] {
    return std::none_of(lines_.begin(), lines_.end(), [](const auto& line) {
      return line->looked != line->asked || line->running != kNoId;
    });
  });
}

// One of the three places where exceptions are caught: of jobs.
void Jobs::work(Line& line) {
  while (true) {
    std::uint64_t asked = 0;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      asked = line.asked;
    }
    bool worked = false;
    try {
      worked = work_once(line);
    } catch (const std::exception& error) {
      // The store is away: the job stands in it and waits.
      told(line.kind.name, kNoId, error.what());
    }
    if (worked) continue;
    std::unique_lock lock(mutex_);
    line.looked = asked;
    idle_.notify_all();
    line.woken.wait_for(lock, kLook, [&] { return line.looked != line.asked || stopping_; });
  }
}

bool Jobs::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Jobs::work_once(Line& line) {
  const auto next = store_.read(
      [&](db::Reader& reader) { return reader.one<Next>(sql::jobs::next, line.kind.name); });
  if (next) run(line, *next);
  return next.has_value();
}

// False when the program ends, or somebody ended the job meanwhile.
bool Jobs::begin(Line& line, Id job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    line.running = job;
    line.part = 0;
    line.rows = 0;
    line.cancel = false;
    line.by_person = false;
  }
  std::int64_t begun = 0;
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    begun = tx.run(sql::jobs::begin, job, tx.store().clock().now_ms());
    return Done{};
  });
  return begun == 1;
}

Result<boost::json::object> Jobs::attempt(Line& line, const Next& next) {
  if (next.attempts >= kMaxAttempts) return fail(ErrorKind::refused, "api.job_failed");
  // Kept in memory: an import holds the store's one writer until it ends.
  const auto progress = [&](double part, std::int64_t rows) {
    line.part = static_cast<int>(part * kWhole);
    line.rows = rows;
  };
  try {
    return line.kind.run(
        {next.id, next.organisation, next.account, object_of(next.input), line.cancel, progress});
  } catch (const db::Failure& failure) {
    if (is_away(failure)) throw;  // it stands as running, and is tried again
    told(line.kind.name, next.id, failure.what());
    return fail(ErrorKind::unavailable, "api.job_failed");
  } catch (const std::exception& error) {
    told(line.kind.name, next.id, error.what());
    return fail(ErrorKind::unavailable, "api.job_failed");
  }
}

void Jobs::run(Line& line, const Next& next) {
  struct Ended {
    Jobs& jobs;
    Line& line;
    ~Ended() {
      const std::lock_guard lock(jobs.mutex_);
      line.running = kNoId;
    }
  } const ended{*this, line};
  if (begin(line, next.id)) {
    end(line, next, attempt(line, next));
  } else if (!stopping() && line.kind.clean) {
    line.kind.clean(next.id, object_of(next.input), JobState::cancelled);
  }
}

void Jobs::end(Line& line, const Next& next, const Result<boost::json::object>& done) {
  bool by_person = false;
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    by_person = line.by_person;
    stopping = stopping_;
  }
  if (!done && stopping && !by_person) {
    // It begins again with the next start, as if it had not been tried.
    (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
      tx.run(sql::jobs::put_back, next.id);
      return Done{};
    });
    return;
  }
  JobState state = done ? JobState::done : by_person ? JobState::cancelled : JobState::failed;
  const bool noted = note(line, next.id, state, done ? *done : boost::json::object(),
                          state == JobState::failed ? text_of(done.error()) : "");
  if (!noted) state = JobState::cancelled;  // by somebody, before it had begun
  {
    // What is noted as over can be cancelled no more, however long it takes to clean up.
    const std::lock_guard lock(mutex_);
    line.running = kNoId;
  }
  if (line.kind.clean) line.kind.clean(next.id, object_of(next.input), state);
}

bool Jobs::note(const Line& line, Id job, JobState state, const boost::json::object& result,
                std::string_view error) {
  std::int64_t noted = 0;
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    const int part = state == JobState::done ? kWhole : line.part.load();
    noted = tx.run(sql::jobs::finish, job, name_of(state), boost::json::serialize(result), error,
                   tx.store().clock().now_ms(), part, line.rows.load());
    return Done{};
  });
  return noted == 1;
}

}  // namespace jishi::api
