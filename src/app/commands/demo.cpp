#include "app/commands.hpp"
#include "app/commands/city_stream.hpp"
#include "app/commands/demo_cases.hpp"
#include "app/commands/import_screen.hpp"
#include "app/commands/refresh.hpp"
#include "app/interrupt.hpp"
#include "app/table.hpp"
#include "ledger/ledger.sql.hpp"

namespace jishi::app {

namespace {

demo::CityPlan plan_of(const Context& context, const DemoOptions& options) {
  demo::CityPlan plan;
  plan.members = options.members;
  plan.seed = options.seed;
  plan.as_of = options.as_of.value_or(context.clock.today());
  return plan;
}

/// Passes on what an import tells, and stops it on Ctrl-C or when the city cannot be made.
class CityObserver final : public intake::ImportObserver {
 public:
  CityObserver(const Context& context, const std::atomic<bool>& asked, std::atomic<bool>& stop)
      : context_(context), asked_(asked), stop_(stop) {}

  void refused(const intake::Refusal& refusal) override {
    if (++refused_ > kMaxShown) return;
    context_.console.note(say_problem(context_, refusal.problem));
  }
  void progress(std::int64_t rows, double) override {
    if (asked_) stop_ = true;
    if (!context_.console.progress_due()) return;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started_;
    const double rate = static_cast<double>(rows) / std::max(spent.count(), 0.001);
    context_.console.progress(context_.say(
        "app.demo_progress",
        {{"rows", grouped(rows)}, {"rate", grouped(static_cast<std::int64_t>(rate))}}));
  }

 private:
  static constexpr int kMaxShown = 3;

  const Context& context_;
  const std::atomic<bool>& asked_;
  std::atomic<bool>& stop_;
  int refused_ = 0;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

/// Takes nothing: a plan that cannot be carried out is refused before the first row.
class NoRows final : public demo::CitySink {
 public:
  bool organisation(const intake::OrganisationRow&) override { return false; }
  bool member(const intake::MemberRow&) override { return false; }
  bool post(const intake::PostRow&) override { return false; }
  bool activity(const intake::ActivityRow&) override { return false; }
  bool payment(const intake::PaymentRow&) override { return false; }
};

// Before a store is made for it.
std::optional<Error> refuse_plan(const demo::Shares& shares, const demo::CityPlan& plan) {
  NoRows none;
  const auto tried = demo::make_city(shares, plan, none);
  return tried ? std::nullopt : std::optional<Error>(tried.error());
}

Result<demo::CityCounts> fill_store(const Context& context, Store& store,
                                    const demo::Shares& shares, const demo::CityPlan& plan) {
  const Interruptible interruptible;
  std::atomic<bool> stop = false;
  CityStream stream(shares, plan, stop);
  CityObserver observer(context, interruptible.asked(), stop);
  const auto report = intake::import_rows(store, kOwner, "demo", stream, observer, stop);
  context.console.clear_progress();
  if (stream.ended() && !stream.counts()) return stream.counts().error();
  if (!report) return report.error();
  return stream.counts();
}

void print_counts(const Context& context, const demo::CityCounts& counts,
                  const std::string& place) {
  if (context.settings.json) {
    context.console.line(
        boost::json::serialize(boost::json::object{{"place", place},
                                                   {"organisations", counts.organisations},
                                                   {"members", counts.members},
                                                   {"posts", counts.posts},
                                                   {"activities", counts.activities},
                                                   {"participations", counts.participations},
                                                   {"payments", counts.payments}}));
    return;
  }
  context.console.line(
      context.say("app.demo_made", {{"place", place},
                                    {"organisations", grouped(counts.organisations)},
                                    {"members", grouped(counts.members)},
                                    {"posts", grouped(counts.posts)},
                                    {"activities", grouped(counts.activities)},
                                    {"participations", grouped(counts.participations)},
                                    {"payments", grouped(counts.payments)}}));
}

Result<Status> make_workbooks(const Context& context, const DemoOptions& options,
                              const demo::Shares& shares) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  std::filesystem::create_directories(options.workbooks);
  const auto format =
      options.format == "csv" ? demo::WorkbookFormat::csv : demo::WorkbookFormat::xlsx;
  const auto counts =
      demo::write_workbooks(shares, plan_of(context, options), *codes, options.workbooks, format);
  if (!counts) return counts.error();
  print_counts(context, *counts, options.workbooks);
  return Status::done;
}

}  // namespace

Result<Status> run_demo(const Context& context, const DemoOptions& options) {
  const auto pack = pack_folder(context);
  if (!pack) return pack.error();
  const demo::Shares shares = demo::load_shares(*pack / "demo");
  const demo::CityPlan plan = plan_of(context, options);
  if (const auto refused = refuse_plan(shares, plan)) return *refused;
  if (!options.workbooks.empty()) return make_workbooks(context, options, shares);
  auto store = open_store(context, true);
  if (!store) return store.error();
  const bool empty = (*store)->read([](db::Reader& reader) {
    return reader.one<std::int64_t>(sql::ledger::last_seq).value_or(0) == 0;
  });
  if (!empty) {
    return fail(ErrorKind::conflict, "app.demo_not_empty",
                {{"folder", context.settings.data.string()}});
  }
  const auto counts = fill_store(context, **store, shares, plan);
  if (!counts) return counts.error();
  print_counts(context, *counts, context.settings.data.string());
  if (options.cases) {
    store->reset();  // it is opened again, with a clock that goes through days gone by
    if (const auto added = add_demo_cases(context, shares, plan); !added) return added.error();
    store = open_store(context);
    if (!store) return store.error();
  }
  if (const auto refreshed = refresh_lights(context, **store); !refreshed) {
    return refreshed.error();
  }
  if (!context.settings.json) context.console.line(context.say("app.import_next_lights"));
  return Status::done;
}

}  // namespace jishi::app
