#pragma once
// Long work that goes on without its asker: waiting in the store, one at a time, with progress;
// cancelled on request, begun again after a restart.

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
  JobState state = JobState::waiting;
  int part = 0;  // done so far, of a thousand
  std::int64_t created_ms = 0;
  std::int64_t started_ms = 0;
  std::int64_t finished_ms = 0;
  boost::json::object result;        // of a job that is done: what its kind says
  std::optional<std::string> error;  // of one that failed, in words
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (id, kind, organisation, state, part, created_ms, started_ms, finished_ms,
                       result, error))

/// What the work of a job is given.
struct JobRun {
  Id id = kNoId;
  Id organisation = kNoId;
  Id account = kNoId;
  boost::json::object input;
  const std::atomic<bool>& cancel;
  std::function<void(double part)> progress;  // 0..1; may be called often
};

/// A kind of work. It must be safe to begin again: a restart does so with a job that was running.
struct JobKind {
  std::string name;  // intake.import
  std::function<Result<boost::json::object>(const JobRun&)> run;
  std::function<void(Id job, const boost::json::object& input)> clean;  // after its end
};

/// The jobs of one store, and the thread that does them.
class Jobs {
 public:
  static constexpr std::int64_t kMaxWaiting = 100;
  static constexpr int kMaxAttempts = 3;
  static constexpr int kMaxListed = 100;

  explicit Jobs(Store& store) : store_(store) {}
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// To be called before start().
  void add(JobKind kind);
  /// Begins to work: what was running when the program ended first.
  void start();

  /// Notes a job. Fails with api.too_many_jobs.
  Result<Job> submit(std::string_view kind, Id organisation, Id account, boost::json::object input);
  /// Asks a job to end; one that waits ends at once. Fails with api.job_over.
  Result<Done> cancel(Id job);

  std::optional<Job> find(Id job, Language language) const;
  /// The latest jobs of an organisation, latest first.
  std::vector<Job> list(Id organisation, Language language) const;
  /// Waits until no job waits or runs: for tests.
  void drain();

 private:
  struct Next;

  void work();
  std::optional<Next> take();
  bool begin(const Next& next);
  Result<boost::json::object> attempt(const Next& next, const JobKind* kind);
  void run(const Next& next);
  Job with_progress(Job job) const;
  void note(Id job, JobState state, const boost::json::object& result, std::string_view error);
  const JobKind* kind_of(std::string_view name) const;

  Store& store_;
  std::vector<JobKind> kinds_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::condition_variable idle_;
  bool stopping_ = false;
  bool busy_ = false;
  Id running_ = kNoId;
  bool cancelled_by_person_ = false;
  std::atomic<bool> cancel_{false};
  std::atomic<int> part_{0};
  std::thread thread_;
};

/// The organisation that a job belongs to; nothing for a job of the system, which belongs to none.
std::optional<Id> organisation_of_job(db::Reader& reader, Id job);

/// GET and DELETE /api/v1/jobs/{job}, GET /api/v1/organisations/{organisation}/jobs.
void job_routes(Routes& routes, Jobs& jobs);

}  // namespace jishi::api
