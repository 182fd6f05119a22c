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

namespace {

constexpr int kWhole = 1000;

struct JobRow {
  Id id = kNoId;
  std::string kind;
  Id organisation = kNoId;
  std::string state;
  int part = 0;
  std::int64_t created = 0;
  std::int64_t started = 0;
  std::int64_t finished = 0;
  std::string result;
  std::string error;
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, kind, organisation, state, part, created, started, finished, result,
                       error))

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
  Job job{row.id,      std::move(row.kind), row.organisation, JobState::waiting,     row.part,
          row.created, row.started,         row.finished,     object_of(row.result), {}};
  boost::describe::enum_from_string(row.state.c_str(), job.state);
  job.error = words_of(row.error, language);
  return job;
}

std::string_view name_of(JobState state) {
  return boost::describe::enum_to_string(state, "");
}

}  // namespace

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    cancel_ = true;  // the job goes on when the program starts again
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Jobs::add(JobKind kind) {
  kinds_.push_back(std::move(kind));
}

void Jobs::start() {
  thread_ = std::thread([this] { work(); });
}

const JobKind* Jobs::kind_of(std::string_view name) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(),
                                  [&](const JobKind& kind) { return kind.name == name; });
  return found == kinds_.end() ? nullptr : &*found;
}

Result<Job> Jobs::submit(std::string_view kind, Id organisation, Id account,
                         boost::json::object input) {
  Job job;
  auto noted = store_.write(Actor{account}, [&](Transaction& tx) -> Result<Done> {
    if (tx.one<std::int64_t>(sql::jobs::waiting).value_or(0) >= kMaxWaiting)
      return fail(ErrorKind::limited, "api.too_many_jobs",
                  {{"limit", std::to_string(kMaxWaiting)}});
    job = {tx.new_id(),
           std::string(kind),
           organisation,
           JobState::waiting,
           0,
           tx.store().clock().now_ms(),
           0,
           0,
           {},
           std::nullopt};
    tx.run(sql::jobs::add, job.id, kind, organisation, account, boost::json::serialize(input),
           job.created_ms);
    return Done{};
  });
  if (!noted) return noted.error();
  {
    const std::lock_guard lock(mutex_);
    busy_ = true;
  }
  woken_.notify_one();
  return job;
}

Result<Done> Jobs::cancel(Id job) {
  const std::lock_guard lock(mutex_);
  if (running_ == job) {
    cancelled_by_person_ = true;
    cancel_ = true;
    return Done{};
  }
  return store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    if (tx.one<std::string>(sql::jobs::state_of, job).value_or("") != "waiting")
      return fail(ErrorKind::conflict, "api.job_over");
    tx.run(sql::jobs::finish, job, name_of(JobState::cancelled), "{}", "",
           tx.store().clock().now_ms(), 0);
    return Done{};
  });
}

Job Jobs::with_progress(Job job) const {
  const std::lock_guard lock(mutex_);
  if (job.id == running_) job.part = part_.load();
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

void Jobs::drain() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] { return !busy_ && running_ == kNoId; });
}

std::optional<Jobs::Next> Jobs::take() {
  return store_.read([&](db::Reader& reader) { return reader.one<Next>(sql::jobs::next); });
}

// One of the three places where exceptions are caught: of jobs.
void Jobs::work() {
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      busy_ = false;
    }
    bool idle = true;
    try {
      if (const auto next = take()) {
        idle = false;
        run(*next);
      }
    } catch (const std::exception&) {
      idle = true;  // the store is away: the job stands in it and waits
    }
    if (!idle) continue;
    idle_.notify_all();
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, std::chrono::seconds(5), [&] { return busy_ || stopping_; });
  }
}

bool Jobs::begin(const Next& next) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return false;
  running_ = next.id;
  part_ = 0;
  cancel_ = false;
  cancelled_by_person_ = false;
  return true;
}

Result<boost::json::object> Jobs::attempt(const Next& next, const JobKind* kind) {
  if (kind == nullptr || next.attempts >= kMaxAttempts)
    return fail(ErrorKind::refused, "api.job_failed");
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::jobs::begin, next.id, tx.store().clock().now_ms());
    return Done{};
  });
  // Kept in memory: an import holds the store's one writer until it ends.
  const auto progress = [&](double part) { part_ = static_cast<int>(part * kWhole); };
  try {
    return kind->run(
        {next.id, next.organisation, next.account, object_of(next.input), cancel_, progress});
  } catch (const db::Failure& failure) {
    // The store went away under it: the job begins again when it is back.
    if (failure.kind() == db::FailureKind::lost) throw;
    return fail(ErrorKind::unavailable, "api.job_failed");
  } catch (const std::exception&) {
    return fail(ErrorKind::unavailable, "api.job_failed");
  }
}

void Jobs::run(const Next& next) {
  if (!begin(next)) return;
  struct Ended {
    Jobs& jobs;
    ~Ended() {
      const std::lock_guard lock(jobs.mutex_);
      jobs.running_ = kNoId;
    }
  } const ended{*this};
  const JobKind* kind = kind_of(next.kind);
  const auto done = attempt(next, kind);
  bool by_person = false;
  {
    const std::lock_guard lock(mutex_);
    by_person = cancelled_by_person_;
    // The program ends: the job stays as it is and begins again with the next start.
    if (!done && cancel_ && !by_person) return;
  }
  if (done) {
    note(next.id, JobState::done, *done, "");
  } else if (by_person) {
    note(next.id, JobState::cancelled, {}, "");
  } else {
    note(next.id, JobState::failed, {}, text_of(done.error()));
  }
  if (kind != nullptr && kind->clean) kind->clean(next.id, object_of(next.input));
}

void Jobs::note(Id job, JobState state, const boost::json::object& result, std::string_view error) {
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::jobs::finish, job, name_of(state), boost::json::serialize(result), error,
           tx.store().clock().now_ms(), state == JobState::done ? kWhole : 0);
    return Done{};
  });
}

}  // namespace jishi::api
