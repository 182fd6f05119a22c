#include "modules/registry/duplicates/search_duplicates.hpp"

#include "api/jobs/jobs.hpp"
#include "base/checks.hpp"
#include "modules/registry/duplicates/duplicates.sql.hpp"
#include "modules/registry/members/members.hpp"

namespace jishi::registry {

namespace {

constexpr std::size_t kAtOnce = 500;  // pairs in one transaction
// How far a search has come when it begins to compare, and when it begins to write.
constexpr double kGathered = 0.2;
constexpr double kCompared = 0.9;

Error cancelled() {
  return fail(ErrorKind::refused, "registry.search_cancelled");
}

std::int64_t add_pairs(Store& store, Actor actor, std::span<const LikelyPair> pairs) {
  const auto added = store.write(actor, [&](Transaction& tx) {
    std::int64_t count = 0;
    for (const LikelyPair& pair : pairs)
      count += tx.run(sql::duplicates::add, pair.first, pair.second, tx.command());
    return Result<std::int64_t>(count);
  });
  return *added;
}

}  // namespace

Result<DuplicateSearch> search_duplicates(Store& store, Actor actor, Roll& roll, const Scope& scope,
                                          const std::function<bool(double part)>& go_on) {
  if (!go_on(0)) return cancelled();
  Gathered gathered;
  store.read([&](db::Reader& reader) {
    gathered.gather(reader, roll, scope);
    return true;
  });
  bool ended = false;
  SearchOfPairs search;
  search.go_on = [&](double part) {
    ended = !go_on(kGathered + part * (kCompared - kGathered));
    return !ended;
  };
  search.slip_of_ids = [&](Id first, Id second) {
    return store.read([&](db::Reader& reader) {
      const auto one = member_field(reader, store.keys(), first, "citizen_id");
      const auto other = member_field(reader, store.keys(), second, "citizen_id");
      return one && other && one_slip_apart(*one, *other);
    });
  };
  const auto pairs = likely_pairs(gathered.persons(), search);
  if (ended) return cancelled();
  DuplicateSearch found{static_cast<std::int64_t>(gathered.persons().size()),
                        static_cast<std::int64_t>(pairs.size()), 0};
  for (std::size_t at = 0; at < pairs.size(); at += kAtOnce) {
    const double part = static_cast<double>(at) / static_cast<double>(pairs.size());
    if (!go_on(kCompared + part * (1 - kCompared))) return cancelled();
    found.added +=
        add_pairs(store, actor, std::span(pairs).subspan(at, std::min(kAtOnce, pairs.size() - at)));
  }
  return found;
}

api::JobKind duplicate_search_job(const DuplicateSearchService& service) {
  const auto run = [&service](const api::JobRun& job) -> Result<boost::json::object> {
    const auto found = search_duplicates(service.store, Actor{job.account}, service.roll,
                                         Scope{std::span(&job.organisation, 1)}, [&](double part) {
                                           job.progress(part, 0);
                                           return !job.cancel;
                                         });
    if (!found) return found.error();
    return to_json(*found).as_object();
  };
  return {std::string(kDuplicateSearchJob), run, {}};
}

void duplicate_search_routes(api::Routes& routes, const DuplicateSearchService& service) {
  routes
      .act<api::Nothing>(
          http::Method::post, "/api/v1/organisations/{organisation}/duplicates/searches",
          {"registry.find_duplicates", "registry.write", api::organisation_in("organisation")},
          [&service](api::Call& call, const api::Nothing&) -> Result<api::Job> {
            auto job = service.jobs.submit(kDuplicateSearchJob, call.organisation,
                                           call.caller.account, {});
            if (job)
              call.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id));
            return job;
          })
      .status = 202;
}

}  // namespace jishi::registry
