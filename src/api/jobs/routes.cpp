#include "api/jobs/jobs.hpp"
#include "api/jobs/jobs.sql.hpp"
#include "api/paging.hpp"

namespace jishi::api {

std::optional<Id> organisation_of_job(db::Reader& reader, Id job) {
  return reader.one<Id>(sql::jobs::organisation_of, job);
}

std::optional<Id> account_of_job(db::Reader& reader, Id job) {
  return reader.one<Id>(sql::jobs::account_of, job);
}

namespace {

// Jobs that are looked at for one page: of others' jobs in between there may be many.
constexpr int kMostLooked = 2'000;

/// Whose jobs: those the caller asked for, or also those of the organisations in scope.
enum class JobsOf { own, scope };
BOOST_DESCRIBE_ENUM(JobsOf, own, scope)

struct JobsQuery {
  std::optional<JobsOf> of;
  std::optional<std::string> kind;
  std::optional<JobState> state;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(JobsQuery, (), (of, kind, state, after, limit))

bool is_asked(Call& call, const JobsQuery& asked, const Job& job) {
  if (asked.kind && job.kind != *asked.kind) return false;
  if (asked.state && job.state != *asked.state) return false;
  return job.account == call.caller.account || call.gate.may(call.caller, kSee, job.organisation);
}

Result<Page<Job>> list(Call& call, const Jobs& jobs, const JobsQuery& asked) {
  const auto limit = page_limit(asked.limit, Jobs::kMaxListed);
  if (!limit) return limit.error();
  const auto first = page_after<1>(asked.after, {std::numeric_limits<std::int64_t>::max()});
  if (!first) return first.error();
  const bool of_all = asked.of == JobsOf::scope;
  Page<Job> page;
  Id before = first->front();
  for (int looked = 0; looked < kMostLooked;) {
    const auto found =
        jobs.list_before(call.caller.account, of_all, before, Jobs::kMaxListed, call.language());
    for (const Job& job : found) {
      ++looked;
      if (is_asked(call, asked, job)) {
        if (static_cast<int>(page.items.size()) == *limit) {
          page.next = page_next({before});
          return page;
        }
        page.items.push_back(job);
      }
      before = job.id;
    }
    if (static_cast<int>(found.size()) < Jobs::kMaxListed) return page;
  }
  page.next = page_next({before});
  return page;
}

Result<Job> show(Call& call, const Jobs& jobs) {
  auto job = jobs.find(call.subject, call.language());
  if (!job) return fail(ErrorKind::not_found, "api.not_found");
  return std::move(*job);
}

}  // namespace

void job_routes(Routes& routes, Jobs& jobs, std::function<bool(Id job)> drop) {
  const auto subject = job_subject();
  routes.get_slowly<JobsQuery>(
      "/api/v1/jobs", {"jobs.list_own", {}, own_account()},
      [&](Call& call, const JobsQuery& asked) { return list(call, jobs, asked); });
  routes.get<Nothing>("/api/v1/jobs/{job}", {"jobs.show", kSee, subject},
                      [&](Call& call, const Nothing&) { return show(call, jobs); });
  routes.get<Nothing>("/api/v1/organisations/{organisation}/jobs",
                      {"jobs.list", kSee, organisation_in("organisation")},
                      [&](Call& call, const Nothing&) {
                        return Result(Page<Job>{jobs.list(call.organisation, call.language()), {}});
                      });
  routes.act<Nothing>(http::Method::del, "/api/v1/jobs/{job}",
                      {"jobs.cancel", "intake.import", subject},
                      [&jobs, drop](Call& call, const Nothing&) -> Result<Job> {
                        const auto done = jobs.cancel(call.subject);
                        if (!done && !drop(call.subject)) return done.error();
                        return show(call, jobs);
                      });
}

}  // namespace jishi::api
