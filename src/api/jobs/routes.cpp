#include "api/jobs/jobs.hpp"
#include "api/jobs/jobs.sql.hpp"

namespace jishi::api {

std::optional<Id> organisation_of_job(db::Reader& reader, Id job) {
  return reader.one<Id>(sql::jobs::organisation_of, job);
}

namespace {

http::Response show(Call& call, Jobs& jobs) {
  auto job = jobs.find(call.subject, call.language());
  if (!job)
    return problem(call.request, call.language(), fail(ErrorKind::not_found, "api.not_found"));
  return answer(call, Result<Job>(std::move(*job)));
}

http::Response list(Call& call, Jobs& jobs) {
  return answer(call, Result<Page<Job>>(
                          Page<Job>{jobs.list(call.organisation, call.language()), std::nullopt}));
}

http::Response cancel(Call& call, Jobs& jobs) {
  if (const auto done = jobs.cancel(call.subject); !done)
    return problem(call.request, call.language(), done.error());
  return show(call, jobs);
}

}  // namespace

void job_routes(Routes& routes, Jobs& jobs) {
  routes
      .raw(http::Method::get, "/api/v1/jobs/{job}",
           {"jobs.show", kSee, record_in("job", organisation_of_job)},
           [&jobs](Call& call) { return show(call, jobs); })
      .answer = schema_of<Job, Way::answered>;
  routes
      .raw(http::Method::get, "/api/v1/organisations/{organisation}/jobs",
           {"jobs.list", kSee, organisation_in("organisation")},
           [&jobs](Call& call) { return list(call, jobs); })
      .answer = schema_of<Page<Job>, Way::answered>;
  Operation& cancelling =
      routes.raw(http::Method::del, "/api/v1/jobs/{job}",
                 {"jobs.cancel", "intake.import", record_in("job", organisation_of_job)},
                 [&jobs](Call& call) { return cancel(call, jobs); });
  cancelling.answer = schema_of<Job, Way::answered>;
  cancelling.run = http::Run::on_worker;
}

}  // namespace jishi::api
