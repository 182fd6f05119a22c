#include "app/server/service.hpp"

#include <malloc.h>

#include <fstream>

#include "api/codes/routes.hpp"
#include "api/idempotency.hpp"
#include "api/openapi.hpp"
#include "app/person_references.hpp"
#include "app/server/agreed.hpp"
#include "app/server/due_sources.hpp"
#include "app/server/dues_shares.hpp"
#include "app/server/organisation_ends.hpp"
#include "app/server/sign_in_pages.hpp"
#include "base/texts.hpp"
#include "modules/division/division.hpp"
#include "modules/dues/dues.hpp"
#include "modules/election/election.hpp"
#include "modules/governance/governance.hpp"
#include "modules/identity/routes/routes.hpp"
#include "modules/insight/routes.hpp"
#include "modules/intake/statement/statement.hpp"
#include "modules/liaison/liaison.hpp"
#include "modules/search/search.hpp"
#include "modules/trend/trend.hpp"

namespace jishi::app {

namespace {

// Facts that the lights may lag behind and the program still counts as ready.
constexpr std::int64_t kReadyWithin = 10'000;
constexpr std::chrono::seconds kUpkeep{5};
// Bytes that memory, or what is unused of it, has grown by when giving back is worth the while.
constexpr double kGrown = 16.0 * 1024 * 1024;
// Commits follow each other within milliseconds: lists are brought up to date for several at once.
constexpr std::chrono::milliseconds kGather{50};

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

/// Bytes that the allocator has and nobody uses.
double unused_bytes() {
  return static_cast<double>(::mallinfo2().fordblks);
}

}  // namespace

Service::Service(const Context& context, Store& store, const http::StaticFiles* web)
    : store_(store),
      language_(context.settings.language),
      web_(web),
      log_(context.clock,
           [&console = context.console](std::string_view line) { console.note(line); }),
      store_away_(log_, context.clock, "store_away"),
      lights_failing_(log_, context.clock, "lights_failing"),
      search_failing_(log_, context.clock, "search_failing"),
      jobs_failing_(log_, context.clock, "jobs_failing"),
      timers_failing_(log_, context.clock, "timers_failing"),
      payments_failing_(log_, context.clock, "payments_failing"),
      roll_(context.clock) {
}

Service::~Service() {
  store_.on_commit({});
  jobs_.reset();  // first: what runs uses all the rest
  timekeeper_.reset();
  payments_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (upkeep_.joinable()) upkeep_.join();
}

Result<std::unique_ptr<Service>> Service::open(const Context& context, Store& store,
                                               const http::StaticFiles* web) {
  std::unique_ptr<Service> service(new Service(context, store, web));
  if (const auto opened = service->open_parts(context); !opened) return opened.error();
  service->add_routes();
  return service;
}

Result<Done> Service::open_parts(const Context& context) {
  auto codes = pack_codes(context);
  if (!codes) return codes.error();
  codes_ = std::move(*codes);
  const auto pack = pack_folder(context);
  if (!pack) return pack.error();
  auto titles = load_fact_titles(*pack / "facts.toml");
  if (!titles) return titles.error();
  titles_ = std::move(*titles);
  identity::IdentityOptions options;
  options.pack = *pack;
  auto identity = identity::Identity::open(store_, options);
  if (!identity) return identity.error();
  identity_ = std::move(*identity);
  std::vector<std::string> roles;
  for (const identity::Role& role : identity_->roles().all()) roles.push_back(role.id);
  auto deployments = workflow::Deployments::open(*pack, std::move(roles), operations_.names());
  if (!deployments) return deployments.error();
  deployments_ = std::move(*deployments);
  office_.emplace(workflow::Office{*deployments_, operations_});
  timekeeper_ = std::make_unique<workflow::Timekeeper>(
      store_, *office_, [this](std::string_view what) { timers_failing_.met(what); });
  payments_ = std::make_unique<dues::Online>(
      store_, [this](std::string_view what) { payments_failing_.met(what); });
  auto insight = open_insight(context, store_);
  if (!insight) return insight.error();
  jobs_ = std::make_unique<api::Jobs>(
      store_, [this](std::string_view kind, Id job, std::string_view what) {
        if (job == kNoId) {
          jobs_failing_.met(what);
        } else {
          log_.error("job_failed", {{"kind", kind}, {"job", job}, {"message", what}});
        }
      });
  export_files_.emplace(store_, store_.folder() / "exports");
  live_ = std::make_unique<live::Live>(store_, *identity_, titles_);
  const auto failing = [this](const Error& error) { lights_failing_.met(say(language_, error)); };
  verifications_.emplace(Verifications{*jobs_, store_options(context)});
  setup_.emplace(Setup{store_, *jobs_, *identity_, codes_, *pack});
  keeper_ = std::make_unique<insight::Keeper>(store_, std::move(*insight), failing);
  const auto indexing = [this](const Error& error) {
    // As a new store begins: nothing is wrong.
    if (error.code == "orglife.full_text_missing") {
      log_.info("search_index_made", {{"message", say(language_, error)}});
    } else {
      search_failing_.met(say(language_, error));
    }
  };
  full_text_ =
      std::make_unique<orglife::FullText>(store_, codes_, orglife::FullTextOptions{indexing});
  return Done{};
}

void Service::add_routes() {
  connect();
  imports_.emplace(
      intake::ImportService{store_, *identity_, *jobs_, codes_, store_.folder() / "uploads"});
  rebuilds_.emplace(Rebuilds{*jobs_, *keeper_, *full_text_});
  searches_.emplace(registry::DuplicateSearchService{store_, roll_, *jobs_});
  system_.emplace(
      SystemService{store_, metrics_, documents_, [this] { return caught_up(); }, web_});
  system_routes(routes_, *system_);
  sign_in_pages(routes_, *identity_, web_);
  identity::routes(routes_, *identity_);
  registry::roll_routes(routes_, roll_);
  registry::export_routes(routes_, roll_);
  registry::edit_routes(routes_, codes_);
  registry::history_routes(routes_);
  registry::structure_routes(routes_);
  organisation_end_routes(routes_, *office_);
  registry::merger_routes(routes_, person_references());
  registry::duplicate_search_routes(routes_, *searches_);
  trend::routes(routes_);
  division::routes(routes_, gazetteer_);
  orglife::routes(routes_, roll_, *full_text_, codes_);
  search::routes(routes_, roll_, *full_text_, codes_);
  dues::routes(routes_, roll_);
  dues::book_routes(routes_, upward_shares(*office_));
  dues::online_routes(routes_, *payments_);
  insight::routes(routes_, store_, *keeper_, codes_, days_of_work(codes_));
  intake::routes(routes_, *imports_);
  intake::queue_routes(routes_, store_);
  intake::statement_routes(routes_, roll_);
  api::code_routes(routes_, codes_);
  api::export_routes(routes_, *exports_);
  api::job_routes(routes_, *jobs_, [this](Id job) {
    return export_files_->drop(job) || intake::drop_upload(*imports_, job);
  });
  rebuild_routes(routes_, *rebuilds_);
  verification_routes(routes_, *verifications_);
  settings_.emplace(store_, *identity_);
  settings_->add_routes(routes_);
  boundary_routes(routes_, boundary_);
  setup_routes(routes_, *setup_);
  live::routes(routes_, *live_);
  governance::routes(routes_, titles_);
  workflow::routes(routes_, *office_);
  election::routes(routes_, office_->deployments.strokes());
  batches_.emplace(workflow::Batches{store_, *identity_, *jobs_, *office_});
  workflow::batch_routes(routes_, *batches_);
  const auto is_rule = [this](std::string_view id) {
    const auto& rules = keeper_->rules();
    return std::any_of(rules.begin(), rules.end(),
                       [id](const insight::Rule& rule) { return rule.id == id; });
  };
  dispatches_.emplace(workflow::Dispatches{store_, *identity_, *jobs_, *office_, roll_, is_rule});
  workflow::dispatch_routes(routes_, *dispatches_);
  // Of what the routes above show.
  discussions_.emplace(discussed(routes_.all(), keeper_->rules()));
  liaison::routes(routes_, *discussions_, tell_agreed(store_, *office_));
  exports_->learn(routes_.all());
  documents_ = make_documents(routes_.all());
  jobs_->add(intake::import_job(*imports_));
  for (api::JobKind& kind : rebuild_jobs(*rebuilds_)) jobs_->add(std::move(kind));
  jobs_->add(verification_job(*verifications_));
  jobs_->add(demo_job(*setup_));
  jobs_->add(registry::duplicate_search_job(*searches_));
  jobs_->add(workflow::batch_job(*batches_));
  jobs_->add(workflow::dispatch_job(*dispatches_));
  jobs_->add(exports_->kind());
  add_gauges();
}

void Service::connect() {
  const auto denied = [this](const api::Denied& what) {
    identity_->note_refusal(what.caller, what.pattern);
  };
  const auto failed = [this](std::string_view request, std::string_view what) {
    log_.error("request_failed", {{"request", request}, {"message", what}});
  };
  const auto exported = [this](const api::Exported& what) { identity_->note_export(what); };
  exporting_.emplace(api::Exporting{codes_, export_files_->folder(), exported});
  dispatch_.emplace(api::Dispatch{store_, *identity_, *exporting_, denied, failed});
  exports_.emplace(*dispatch_, *jobs_, *export_files_);
}

void Service::add_gauges() {
  metrics_.gauge("jishi_ledger_facts", "Facts in the ledger",
                 [this] { return static_cast<double>(store_.last_seq()); });
  metrics_.gauge("jishi_lights_behind", "Facts the lights have not looked at",
                 [this] { return static_cast<double>(store_.last_seq() - keeper_->looked_at()); });
  metrics_.gauge("jishi_full_text_behind", "Facts the full-text index has not followed", [this] {
    return static_cast<double>(store_.last_seq() - full_text_->position());
  });
  metrics_.gauge("jishi_live_listeners", "Open streams of events",
                 [this] { return static_cast<double>(live_->listeners()); });
  metrics_.gauge("jishi_resident_bytes", "Memory of the process", resident_bytes);
}

void Service::started_with(std::optional<http::Document> boundary,
                           std::vector<StartSetting> settings) {
  boundary_ = std::move(boundary);
  settings_->decided_at_start(std::move(settings));
}

Result<Done> Service::pay_through(std::string_view provider) {
  return payments_->choose(provider);
}

void Service::limit_accounts(double per_second) {
  account_rate_.emplace(per_second);
  dispatch_->rate = &*account_rate_;
}

void Service::watch(const http::Server& server) {
  metrics_.gauge("jishi_http_connections", "Open connections",
                 [&server] { return static_cast<double>(server.connections()); });
  metrics_.gauge("jishi_http_waiting", "Requests that wait for a worker",
                 [&server] { return static_cast<double>(server.waiting()); });
}

std::vector<http::Route> Service::http_routes() {
  return api::routes_of(*dispatch_, routes_.all());
}

bool Service::caught_up() const {
  return store_.last_seq() - keeper_->looked_at() <= kReadyWithin;
}

// Processes of the pack that were never deployed as they are. One that is refused keeps no other
// back, and what was deployed before goes on.
void Service::deploy_processes() {
  for (const workflow::RefusedProcess& one : deployments_->deploy_pack(store_)) {
    log_.warning("process_refused", {{"file", one.file},
                                     {"element", one.element},
                                     {"message", say(language_, one.error)},
                                     {"findings", one.findings}});
  }
}

void Service::begin() {
  begun_ = true;
  deploy_processes();
  settings_->apply();
  if (const auto noted = insight::note_rule_versions(store_, keeper_->rules()); !noted)
    log_.error("rules_not_noted", {{"message", say(language_, noted.error())}});
  upkeep_ = std::thread([this] { keep_up(); });
  store_.on_commit([this] { wake(); });
  export_files_->tidy_at_start();
  full_text_->start();
  jobs_->start();
  timekeeper_->start();
  payments_->start();
}

void Service::wake() {
  keeper_->wake();
  full_text_->wake();
  live_->wake();
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  woken_.notify_one();
}

// What much work took and left behind is given back: when the process has grown, and when what it
// had grown by before was let go of since.
void Service::trim() {
  const double unused = unused_bytes();
  unused_then_ = std::min(unused_then_, unused);
  if (resident_bytes() < trimmed_to_ + kGrown && unused < unused_then_ + kGrown) return;
  ::malloc_trim(0);
  trimmed_to_ = resident_bytes();
  unused_then_ = unused_bytes();  // it counts what was given back among it
}

void Service::keep_up() {
  auto next = std::chrono::steady_clock::now();
  while (true) {
    const bool due = std::chrono::steady_clock::now() >= next;
    // Before the work: a store that is away is not asked for again without a pause.
    if (due) next = std::chrono::steady_clock::now() + kUpkeep;
    try {
      // So that nobody's list has to wait for it.
      store_.read([this](db::Reader& reader) {
        roll_.catch_up(reader);
        return 0;
      });
      if (due) {
        trim();
        identity_->keep_up();
        api::forget_answers(store_);
        settings_->apply();
        export_files_->tidy();
        intake::tidy_uploads(*imports_);
        if (keeper_->looked_at() == store_.last_seq()) lights_failing_.over();
        if (full_text_->position() == store_.last_seq()) search_failing_.over();
      }
      store_away_.over();
    } catch (const std::exception& error) {
      // What was not done is done when it is back.
      store_away_.met(error.what());
      next = std::chrono::steady_clock::now() + kUpkeep;
    }
    std::unique_lock lock(mutex_);
    woken_.wait_until(lock, next, [this] { return awake_ || stopping_; });
    if (awake_) woken_.wait_for(lock, kGather, [this] { return stopping_; });
    if (stopping_) return;
    awake_ = false;
  }
}

}  // namespace jishi::app
