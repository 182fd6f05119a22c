#pragma once
// Long work that goes on without its asker: waiting in the store, one at a time of each kind, with
// progress; cancelled on request, begun again after a restart.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/routes.hpp"

namespace jishi::api {

enum class JobState { waiting, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, done, failed, cancelled)

/// A job as people see it.
struct Job {
  Id id = kNoId;
  std::string kind;
  Id organisation = kNoId;
  Id account = kNoId;         // that asked for it
  boost::json::object about;  // what was asked for, as far as its kind tells
  JobState state = JobState::waiting;
  int part = 0;           // done so far, of a thousand
  std::int64_t rows = 0;  // that it has dealt with so far
  std::int64_t created_ms = 0;
  std::int64_t started_ms = 0;
  std::int64_t finished_ms = 0;
  boost::json::object result;        // of a job that is done: what its kind says
  std::optional<std::string> error;  // of one that failed, in words
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (id, kind, organisation, account, about, state, part, rows, created_ms,
                       started_ms, finished_ms, result, error))

/// What the work of a job is given.
struct JobRun {
  Id id = kNoId;
  Id organisation = kNoId;
  Id account = kNoId;
  boost::json::object input;
  const std::atomic<bool>& cancel;
  std::function<void(double part, std::int64_t rows)> progress;  // 0..1; may be called often
};

/// A kind of work. It must be safe to begin again: a restart does so with a job that was running.
struct JobKind {
  std::string name;  // intake.import
  std::function<Result<boost::json::object>(const JobRun&)> run;
  /// After a job's end, also of one that never ran.
  std::function<void(Id job, const boost::json::object& input, JobState end)> clean;
  bool own = false;                  // seen by the account alone that asked for it
  std::int64_t most_of_account = 0;  // that wait or run; 0: as many as may wait at all
  /// What people are told of the work before it has a result, and after its input is gone.
  std::function<boost::json::object(const boost::json::object& input)> about = {};
};

/// What is written in one transaction with a job that is noted: both, or neither.
using AlsoNoted = std::function<Result<Done>(Transaction& tx, Id job)>;

/// What is told of a job that broke, and of a store that is away.
using JobFailed = std::function<void(std::string_view kind, Id job, std::string_view what)>;

/// The jobs of one store, and the threads that do them: one a kind, so that a long import keeps no
/// export waiting.
class Jobs {
 public:
  static constexpr std::int64_t kMaxWaiting = 100;  // of a kind
  static constexpr int kMaxAttempts = 3;
  static constexpr int kMaxListed = 100;

  explicit Jobs(Store& store, JobFailed failed = {});
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// To be called before start().
  void add(JobKind kind);
  /// Begins to work: what was running when the program ended first.
  void start();

  /// Notes a job. Fails with api.too_many_jobs, api.too_many_own_jobs.
  Result<Job> submit(std::string_view kind, Id organisation, Id account, boost::json::object input,
                     const AlsoNoted& also = {});
  /// The same within a transaction of the caller's, who tells wake() once that is kept.
  Result<Job> note(Transaction& tx, std::string_view kind, Id organisation, Id account,
                   const boost::json::object& input, const AlsoNoted& also = {});
  void wake(std::string_view kind);
  /// Asks a job to end; one that waits ends at once. Fails with api.job_over.
  Result<Done> cancel(Id job);

  std::optional<Job> find(Id job, Language language) const;
  /// The latest jobs of an organisation, latest first; without those that are an account's own.
  std::vector<Job> list(Id organisation, Language language) const;
  /// Jobs with ids before `before`, latest first: of an account, or of it and of all organisations
  /// together with those that are nobody's own.
  std::vector<Job> list_before(Id account, bool of_all, Id before, int limit,
                               Language language) const;
  /// Waits until no job waits or runs: for tests.
  void drain();

 private:
  struct Next;
  struct Line;

  void work(Line& line);
  bool work_once(Line& line);
  bool begin(Line& line, Id job);
  Result<boost::json::object> attempt(Line& line, const Next& next);
  void run(Line& line, const Next& next);
  void end(Line& line, const Next& next, const Result<boost::json::object>& done);
  bool cancel_running(Id job);
  bool stopping() const;
  Job with_progress(Job job) const;
  bool note(const Line& line, Id job, JobState state, const boost::json::object& result,
            std::string_view error);
  Line* line_of(std::string_view kind) const;
  Line& line_known(std::string_view kind) const;  // throws where there is none
  void told(std::string_view kind, Id job, std::string_view what) const;

  Store& store_;
  const JobFailed failed_;
  mutable std::mutex mutex_;
  std::condition_variable idle_;
  bool stopping_ = false;
  std::vector<std::unique_ptr<Line>> lines_;
};

/// The organisation that a job belongs to; nothing of one that is an account's own, or the
/// system's, which belongs to none.
std::optional<Id> organisation_of_job(db::Reader& reader, Id job);
/// The account that asked for a job.
std::optional<Id> account_of_job(db::Reader& reader, Id job);

/// A job of one's own, or of an organisation in scope.
inline Subject job_subject() {
  return record_in("job", organisation_of_job, account_of_job);
}

/// GET /api/v1/jobs, GET and DELETE /api/v1/jobs/{job}, GET
/// /api/v1/organisations/{organisation}/jobs. `drop` takes away what a job left behind, and says
/// whether there was anything.
void job_routes(Routes& routes, Jobs& jobs, std::function<bool(Id job)> drop);

}  // namespace jishi::api
