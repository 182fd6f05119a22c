#include "app/commands/city_stream.hpp"
#include "app/server/setup/setup.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::app {

namespace {

constexpr std::string_view kSource = "demo";
// Rows of a city for each of its members, about: what progress is told by.
constexpr double kRowsOfMember = 40;

class Observer final : public intake::ImportObserver {
 public:
  Observer(const api::JobRun& job, double rows, std::atomic<bool>& stop)
      : job_(job), rows_(rows), stop_(stop) {}
  void refused(const intake::Refusal&) override {}
  void progress(std::int64_t rows, double) override {
    if (job_.cancel) stop_ = true;
    job_.progress(std::min(static_cast<double>(rows) / rows_, 0.99), rows);
  }

 private:
  const api::JobRun& job_;
  const double rows_;
  std::atomic<bool>& stop_;
};

/// The rows of a city, until the job is to end.
class CancelledCity final : public intake::RowStream {
 public:
  CancelledCity(CityStream& city, const std::atomic<bool>& cancel, std::atomic<bool>& stop)
      : city_(city), cancel_(cancel), stop_(stop) {}
  std::vector<intake::Row> next() override {
    if (!cancel_) return city_.next();
    stop_ = true;
    return {};
  }

 private:
  CityStream& city_;
  const std::atomic<bool>& cancel_;
  std::atomic<bool>& stop_;
};

bool is_there(const Setup& setup) {
  return !setup.store
              .read([](db::Reader& reader) {
                return registry::roots(reader, registry::kPartyStructure);
              })
              .empty();
}

bool is_made(const Setup& setup) {
  const auto batches = intake::batches(setup.store);
  return std::any_of(batches.begin(), batches.end(), [](const intake::Batch& batch) {
    return batch.source == kSource && !batch.undone;
  });
}

Result<boost::json::object> make(const Setup& setup, const api::JobRun& job) {
  if (is_there(setup)) {
    if (is_made(setup)) return boost::json::object();
    return fail(ErrorKind::conflict, "setup.organisation_exists");
  }
  demo::CityPlan plan;
  plan.members = job.input.at("members").to_number<std::int64_t>();
  plan.as_of = setup.store.clock().today();
  const demo::Shares shares = demo::load_shares(setup.pack / "demo");
  std::atomic<bool> stop = false;
  CityStream stream(shares, plan, stop);
  CancelledCity rows(stream, job.cancel, stop);
  Observer observer(job, static_cast<double>(plan.members) * kRowsOfMember, stop);
  const auto report =
      intake::import_rows(setup.store, Actor{job.account}, kSource, rows, observer, stop);
  if (stream.ended() && !stream.counts()) return stream.counts().error();
  if (!report) return report.error();
  const demo::CityCounts& counts = *stream.counts();
  return boost::json::object{{"organisations", counts.organisations},
                             {"members", counts.members},
                             {"activities", counts.activities},
                             {"payments", counts.payments}};
}

}  // namespace

api::JobKind demo_job(const Setup& setup) {
  const auto run = [&setup](const api::JobRun& job) { return make(setup, job); };
  const auto about = [](const boost::json::object& input) { return input; };
  return {"setup.demo", run, {}, false, 1, about};
}

}  // namespace jishi::app
