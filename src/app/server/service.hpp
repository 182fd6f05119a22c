#pragma once
// Everything that serves over one store: who may come in, what follows the ledger, the routes.

#include "api/dispatch.hpp"
#include "api/export/export_job.hpp"
#include "api/jobs/jobs.hpp"
#include "app/context.hpp"
#include "app/server/boundary/boundary.hpp"
#include "app/server/discussed.hpp"
#include "app/server/metrics.hpp"
#include "app/server/rebuilds.hpp"
#include "app/server/settings/settings.hpp"
#include "app/server/setup/setup.hpp"
#include "app/server/system_routes.hpp"
#include "app/server/verifications.hpp"
#include "modules/division/division.hpp"
#include "modules/dues/online/online.hpp"
#include "modules/identity/identity.hpp"
#include "modules/insight/keeper/keeper.hpp"
#include "modules/intake/uploads/uploads.hpp"
#include "modules/live/live.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/workflow.hpp"
#include "platform/log/log.hpp"

namespace jishi::app {

class Service {
 public:
  /// Opens what stands over the store; nothing runs by itself before begin(). `web`: the workbench
  /// that is shown in the place of the plain pages, which must outlive the service.
  static Result<std::unique_ptr<Service>> open(const Context& context, Store& store,
                                               const http::StaticFiles* web = nullptr);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Begins to follow the ledger and to do jobs.
  void begin();

  const std::vector<api::Operation>& operations() const { return routes_.all(); }
  std::vector<http::Route> http_routes();
  Metrics& metrics() { return metrics_; }
  const log::Log& log() const { return log_; }
  identity::Identity& identity() { return *identity_; }

  /// What the command line decided: the map's boundaries, and what settings tell of it. Before
  /// begin().
  void started_with(std::optional<http::Document> boundary, std::vector<StartSetting> settings);

  /// Through whom dues are paid online: Online::choose(). Before begin().
  Result<Done> pay_through(std::string_view provider);

  /// How many requests a second an account may send; 0: any number.
  void limit_accounts(double per_second);

  /// The figures of a server, for /metrics.
  void watch(const http::Server& server);

 private:
  Service(const Context& context, Store& store, const http::StaticFiles* web);
  Result<Done> open_parts(const Context& context);
  void add_routes();
  void connect();
  void deploy_processes();
  void add_gauges();
  void wake();
  void trim();
  void keep_up();
  bool caught_up() const;

  Store& store_;
  const Language language_;
  const http::StaticFiles* web_;
  const log::Log log_;
  log::Trouble store_away_;
  log::Trouble lights_failing_;
  log::Trouble search_failing_;
  log::Trouble jobs_failing_;
  log::Trouble timers_failing_;
  log::Trouble payments_failing_;
  Codes codes_;
  FactTitles titles_;
  registry::Roll roll_;
  division::Gazetteer gazetteer_;
  Metrics metrics_;
  std::unique_ptr<identity::Identity> identity_;
  std::unique_ptr<insight::Insight> insight_;  // until the keeper has it
  std::unique_ptr<api::Jobs> jobs_;
  std::unique_ptr<live::Live> live_;
  std::unique_ptr<insight::Keeper> keeper_;
  std::unique_ptr<orglife::FullText> full_text_;
  workflow::Operations operations_ = workflow::operations();
  std::unique_ptr<workflow::Deployments> deployments_;
  std::optional<workflow::Office> office_;
  std::unique_ptr<workflow::Timekeeper> timekeeper_;
  std::unique_ptr<dues::Online> payments_;
  std::optional<workflow::Batches> batches_;
  std::optional<workflow::Dispatches> dispatches_;
  std::optional<intake::ImportService> imports_;
  std::optional<Rebuilds> rebuilds_;
  std::optional<Verifications> verifications_;
  std::optional<Setup> setup_;
  std::optional<liaison::Discussions> discussions_;
  std::optional<registry::DuplicateSearchService> searches_;
  std::optional<SystemService> system_;
  std::optional<ServiceSettings> settings_;
  std::optional<http::Document> boundary_;
  std::optional<api::Exporting> exporting_;
  std::optional<api::ExportFiles> export_files_;
  std::optional<api::ExportService> exports_;
  std::optional<api::AccountRate> account_rate_;
  std::optional<api::Dispatch> dispatch_;
  Documents documents_;
  api::Routes routes_;
  std::atomic<bool> begun_{false};
  double trimmed_to_ = 0;   // bytes, as are the next; of keep_up() alone
  double unused_then_ = 0;  // when it was last trimmed, or at its least since

  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  bool awake_ = false;
  std::thread upkeep_;
};

}  // namespace jishi::app
