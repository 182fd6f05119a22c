#include "api/jobs/jobs.hpp"
#include "api/jobs/jobs.sql.hpp"

namespace jishi::api {

std::optional<Id> organisation_of_job(db::Reader& reader, Id job) {
  return reader.one<Id>(sql::jobs::organisation_of, job);
}

namespace {

Result<Job> show(Call& call, const Jobs& jobs) {
  auto job = jobs.find(call.subject, call.language());
  if (!job) return fail(ErrorKind::not_found, "api.not_found");
  return std::move(*job);
}

}  // namespace

void job_routes(Routes& routes, Jobs& jobs) {
  const auto subject = record_in("job", organisation_of_job);
  routes.get<Nothing>("/api/v1/jobs/{job}", {"jobs.show", kSee, subject},
                      [&](Call& call, const Nothing&) { return show(call, jobs); });
  routes.get<Nothing>("/api/v1/organisations/{organisation}/jobs",
                      {"jobs.list", kSee, organisation_in("organisation")},
                      [&](Call& call, const Nothing&) {
                        return Result(Page<Job>{jobs.list(call.organisation, call.language()), {}});
                      });
  routes.act<Nothing>(http::Method::del, "/api/v1/jobs/{job}",
                      {"jobs.cancel", "intake.import", subject},
                      [&](Call& call, const Nothing&) -> Result<Job> {
                        if (const auto done = jobs.cancel(call.subject); !done) return done.error();
                        return show(call, jobs);
                      });
}

}  // namespace jishi::api
