#include "api/jobs/jobs.hpp"
#include "api/jobs/jobs.sql.hpp"

namespace jishi::api {

std::optional<Id> organisation_of_job(db::Reader& reader, Id job) {
  return reader.one<Id>(sql::jobs::organisation_of, job);
}

std::optional<Id> account_of_job(db::Reader& reader, Id job) {
  return reader.one<Id>(sql::jobs::account_of, job);
}

namespace {

Result<Job> show(Call& call, const Jobs& jobs) {
  auto job = jobs.find(call.subject, call.language());
  if (!job) return fail(ErrorKind::not_found, "api.not_found");
  return std::move(*job);
}

}  // namespace

void job_routes(Routes& routes, Jobs& jobs, std::function<bool(Id job)> drop) {
  const auto subject = job_subject();
  routes.get<Nothing>(
      "/api/v1/jobs", {"jobs.list_own", {}, own_account()}, [&](Call& call, const Nothing&) {
        return Result(Page<Job>{jobs.list_own(call.caller.account, call.language()), {}});
      });
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
