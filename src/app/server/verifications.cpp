#include "app/server/verifications.hpp"

#include "base/integer.hpp"
#include "base/texts.hpp"
#include "ledger/verify/verify.hpp"

namespace jishi::app {

namespace {

using api::Call;
using api::Job;
using api::Nothing;
using http::Method;

constexpr std::string_view kVerification = "system.verify";

class Observer final : public VerifyObserver {
 public:
  explicit Observer(const api::JobRun& job) : job_(job) {}
  void progress(std::int64_t facts, std::int64_t of) override {
    job_.progress(of == 0 ? 1 : static_cast<double>(facts) / static_cast<double>(of), facts);
  }
  bool stopped() const override { return job_.cancel; }

 private:
  const api::JobRun& job_;
};

boost::json::array misfits_object(const Verification& verification) {
  boost::json::array told;
  for (const Misfit& misfit : verification.misfits) {
    if (told.size() >= kMaxToldMisfits) break;
    told.push_back(boost::json::object{
        {"code", misfit.what.code},
        {"seq", misfit.fact ? boost::json::value(std::to_string(misfit.fact->seq)) : nullptr},
        {"zh", say(Language::zh, misfit.what)},
        {"en", say(Language::en, misfit.what)}});
  }
  return told;
}

boost::json::object result_of(const Verification& verification) {
  boost::json::value first_wrong;
  for (const Misfit& misfit : verification.misfits) {
    if (first_wrong.is_null() && misfit.fact) first_wrong = std::to_string(misfit.fact->seq);
  }
  return {{"fits", verification.fits()},           {"facts", verification.facts},
          {"heads", verification.heads},           {"signatures_checked", !verification.no_key},
          {"first_wrong", std::move(first_wrong)}, {"misfits", misfits_object(verification)}};
}

bool is_open(const Job& job) {
  return job.state == api::JobState::waiting || job.state == api::JobState::running;
}

std::vector<Job> verifications_of(const Call& call, const Verifications& verifications) {
  auto jobs = verifications.jobs.list(kNoId, call.language());
  std::erase_if(jobs, [](const Job& job) { return job.kind != kVerification; });
  return jobs;
}

// Of two who ask at once both get the same one.
Result<Job> start(Call& call, const Verifications& verifications) {
  for (Job& job : verifications_of(call, verifications)) {
    if (is_open(job)) return std::move(job);
  }
  return verifications.jobs.submit(kVerification, kNoId, call.caller.account, {});
}

/// The verification that the address names.
Result<Job> named(const Call& call, const Verifications& verifications) {
  const auto text = call.request.segment("verification").value_or("");
  const auto id = parse_integer(text);
  auto job = id ? verifications.jobs.find(*id, call.language()) : std::nullopt;
  if (!job || job->kind != kVerification)
    return fail(ErrorKind::not_found, "system.verification_unknown",
                {{"verification", std::string(text)}});
  return std::move(*job);
}

// One that came to its end meanwhile is answered as it is.
Result<Job> cancel(Call& call, const Verifications& verifications) {
  const auto job = named(call, verifications);
  if (!job) return job.error();
  const auto done = verifications.jobs.cancel(job->id);
  if (!done && done.error().code != "api.job_over") return done.error();
  return named(call, verifications);
}

}  // namespace

api::JobKind verification_job(const Verifications& verifications) {
  const auto run = [&verifications](const api::JobRun& job) -> Result<boost::json::object> {
    Observer observer(job);
    const auto verification = verify_store(verifications.options, observer);
    if (!verification) return verification.error();
    if (verification->stopped) return fail(ErrorKind::refused, "system.verification_stopped");
    return result_of(*verification);
  };
  return {std::string(kVerification), run, {}};
}

void verification_routes(api::Routes& routes, const Verifications& verifications) {
  const auto add = [&](const std::string& address, const api::About& begin, const api::About& list,
                       const api::About& stop) {
    routes
        .act<Nothing>(Method::post, address, begin,
                      [&](Call& call, const Nothing&) { return start(call, verifications); })
        .status = 202;
    routes.get_slowly<Nothing>(address, list, [&](Call& call, const Nothing&) {
      return Result(api::Page<Job>{verifications_of(call, verifications), {}});
    });
    routes.act<Nothing>(Method::del, address + "/{verification}", stop,
                        [&](Call& call, const Nothing&) { return cancel(call, verifications); });
  };
  const api::Subject anywhere = api::anywhere();
  add("/api/v1/system/verifications", {"system.start_verification", "system.manage", anywhere},
      {"system.list_verifications", "system.manage", anywhere},
      {"system.cancel_verification", "system.manage", anywhere});
  add("/api/v1/audit/verifications", {"system.start_audit", "audit.read", anywhere},
      {"system.list_audits", "audit.read", anywhere},
      {"system.cancel_audit", "audit.read", anywhere});
}

}  // namespace jishi::app
