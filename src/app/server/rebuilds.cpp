#include "app/server/rebuilds.hpp"

#include "base/integer.hpp"

namespace jishi::app {

namespace {

using api::Call;
using api::Job;
using api::Nothing;
using http::Method;

constexpr api::Permission kManage = "system.manage";

struct StartRebuild {
  Rebuilt what = Rebuilt::marts;
};
BOOST_DESCRIBE_STRUCT(StartRebuild, (), (what))

std::string_view kind_of(Rebuilt what) {
  switch (what) {
    case Rebuilt::marts: return "insight.rebuild_marts";
    case Rebuilt::full_text: return "orglife.rebuild_full_text";
  }
  return {};
}

bool is_open(const Job& job) {
  return job.state == api::JobState::waiting || job.state == api::JobState::running;
}

bool is_rebuild(const Job& job) {
  return job.organisation == kNoId &&
         (job.kind == kind_of(Rebuilt::marts) || job.kind == kind_of(Rebuilt::full_text));
}

/// The rebuild that the address names: a job that belongs to no organisation.
Result<Job> named(const Call& call, const Rebuilds& rebuilds) {
  const auto text = call.request.segment("rebuild").value_or("");
  const auto id = parse_integer(text);
  auto job = id ? rebuilds.jobs.find(*id, call.language()) : std::nullopt;
  if (!job || !is_rebuild(*job))
    return fail(ErrorKind::not_found, "system.rebuild_unknown", {{"rebuild", std::string(text)}});
  return std::move(*job);
}

Result<Job> start(Call& call, const Rebuilds& rebuilds, const StartRebuild& asked) {
  const auto kind = kind_of(asked.what);
  for (const Job& job : rebuilds.jobs.list(kNoId, call.language())) {
    if (job.kind == kind && is_open(job))
      return fail(ErrorKind::conflict, "system.rebuild_under_way",
                  {{"rebuild", std::to_string(job.id)}});
  }
  auto job = rebuilds.jobs.submit(kind, kNoId, call.caller.account, {});
  if (job)
    call.headers.emplace_back("Location", "/api/v1/system/rebuilds/" + std::to_string(job->id));
  return job;
}

Result<Job> cancel(Call& call, const Rebuilds& rebuilds) {
  const auto job = named(call, rebuilds);
  if (!job) return job.error();
  if (const auto done = rebuilds.jobs.cancel(job->id); !done) return done.error();
  return named(call, rebuilds);
}

/// A job that does `rebuild(const LongWork&)`.
template <class Rebuild>
api::JobKind kind(Rebuilt what, Rebuild rebuild) {
  const auto run = [rebuild](const api::JobRun& job) -> Result<boost::json::object> {
    LongWork work;
    work.cancelled = [&job] { return job.cancel.load(); };
    work.progress = [&job](double part) { job.progress(part, 0); };
    if (const auto done = rebuild(work); !done) return done.error();
    return boost::json::object();
  };
  return {std::string(kind_of(what)), run, {}};
}

}  // namespace

std::vector<api::JobKind> rebuild_jobs(const Rebuilds& rebuilds) {
  const auto marts = [&rebuilds](const LongWork& work) { return rebuilds.keeper.rebuild(work); };
  const auto full_text = [&rebuilds](const LongWork& work) {
    return rebuilds.full_text.rebuild(work);
  };
  return {kind(Rebuilt::marts, marts), kind(Rebuilt::full_text, full_text)};
}

void rebuild_routes(api::Routes& routes, const Rebuilds& rebuilds) {
  const api::Subject anywhere = api::anywhere();
  routes
      .act<StartRebuild>(
          Method::post, "/api/v1/system/rebuilds", {"system.start_rebuild", kManage, anywhere},
          [&](Call& call, const StartRebuild& asked) { return start(call, rebuilds, asked); })
      .status = 202;
  routes.get_slowly<Nothing>("/api/v1/system/rebuilds", {"system.list_rebuilds", kManage, anywhere},
                             [&](Call& call, const Nothing&) {
                               auto jobs = rebuilds.jobs.list(kNoId, call.language());
                               std::erase_if(jobs, [](const Job& job) { return !is_rebuild(job); });
                               return Result(api::Page<Job>{std::move(jobs), {}});
                             });
  routes.get_slowly<Nothing>("/api/v1/system/rebuilds/{rebuild}",
                             {"system.show_rebuild", kManage, anywhere},
                             [&](Call& call, const Nothing&) { return named(call, rebuilds); });
  routes.act<Nothing>(Method::del, "/api/v1/system/rebuilds/{rebuild}",
                      {"system.cancel_rebuild", kManage, anywhere},
                      [&](Call& call, const Nothing&) { return cancel(call, rebuilds); });
}

}  // namespace jishi::app
