#include "app/commands/demo_cases.hpp"

#include "app/commands/demo_cases_command.sql.hpp"
#include "app/commands/demo_regions.hpp"
#include "app/first_account.hpp"
#include "app/server/dues_shares.hpp"
#include "app/table.hpp"
#include "modules/identity/identity.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

namespace {

constexpr std::chrono::days kBefore{1'100};  // the first case began later

// The structures in which the first account holds roles at the city's top.
constexpr std::array kHeldIn{"party", "region", "grid"};

Result<Done> hold(identity::Identity& identity, Id account, Id at, const char* structure) {
  api::Caller owner;
  owner.owner = true;
  for (const char* role : {"secretary", "organisation_member"}) {
    identity::GrantRole held;
    held.account = account;
    held.role = role;
    held.organisation = registry::Reference(at);
    held.structure = structure;
    if (const auto granted = identity.grant_role(owner, held); !granted) return granted.error();
  }
  return Done{};
}

/// The first account also holds roles at the city's top: tasks of roles that nobody holds further
/// below come to lie before it.
Result<workflow::Party> appoint(Store& store, identity::Identity& identity) {
  const auto account = make_first_account(identity);
  if (!account) return account.error();
  const auto top = store.read([](db::Reader& reader) {
    return reader.one<Id>(sql::demo_cases_command::top).value_or(kNoId);
  });
  for (const char* structure : kHeldIn) {
    const auto roots =
        store.read([&](db::Reader& reader) { return registry::roots(reader, structure); });
    if (roots.empty()) continue;
    if (const auto held = hold(identity, account->id, top, structure); !held) return held.error();
  }
  return workflow::Party{account->id, kNoId};
}

/// What a region and its partners have to do goes up to nobody: the first account does it for them.
Result<Done> appoint_to_projects(Store& store, identity::Identity& identity, Id account) {
  const auto places = store.read(
      [](db::Reader& reader) { return reader.all<Id>(sql::demo_cases_command::with_projects); });
  for (const Id place : places) {
    if (const auto held = hold(identity, account, place, "region"); !held) return held.error();
  }
  return Done{};
}

Result<std::unique_ptr<workflow::Deployments>> deployments_of(
    const std::filesystem::path& pack, const workflow::Operations& operations,
    const identity::Identity& identity, Store& store) {
  std::vector<std::string> roles;
  for (const identity::Role& role : identity.roles().all()) roles.push_back(role.id);
  auto deployments = workflow::Deployments::open(pack, std::move(roles), operations.names());
  if (deployments) (void)(*deployments)->deploy_pack(store);
  return deployments;
}

void print(const Context& context, const workflow::DemoCases& played,
           const dues::DemoBooks& books) {
  for (const std::string& one : played.refused)
    context.console.note(context.say("app.demo_case_refused", {{"step", one}}));
  context.console.line(
      context.settings.json
          ? boost::json::serialize(
                boost::json::object{{"cases", played.cases},
                                    {"steps", played.steps},
                                    {"receivers", played.receivers},
                                    {"refused", boost::json::value_from(played.refused)},
                                    {"remittances", books.remittances},
                                    {"uses", books.uses},
                                    {"publications", books.publications}})
          : context.say("app.demo_cases_made", {{"cases", grouped(played.cases)},
                                                {"steps", grouped(played.steps)},
                                                {"receivers", grouped(played.receivers)},
                                                {"remittances", grouped(books.remittances)},
                                                {"uses", grouped(books.uses)},
                                                {"publications", grouped(books.publications)}}));
}

}  // namespace

Result<Done> add_demo_cases(const Context& context, const demo::Shares& shares,
                            const demo::CityPlan& plan) {
  const Date today = plan.as_of;
  const auto pack = pack_folder(context);
  if (!pack) return pack.error();
  FixedClock clock(today);
  const Context of_then{context.settings, clock, context.console};
  const auto store = open_store(of_then);
  if (!store) return store.error();
  const auto refused = add_regions(of_then, **store, demo::make_regions(shares, plan));
  clock.set_ms(start_of_day_ms(today - kBefore));
  identity::IdentityOptions options;
  options.pack = *pack;
  const auto identity = identity::Identity::open(**store, options);
  if (!identity) return identity.error();
  const auto party = appoint(**store, **identity);
  if (!party) return party.error();
  const workflow::Operations operations = workflow::operations();
  const auto deployments = deployments_of(*pack, operations, **identity, **store);
  if (!deployments) return deployments.error();
  const workflow::Office office{**deployments, operations};
  api::Jobs jobs(**store);
  registry::Roll roll(clock);
  const workflow::Dispatches dispatches{**store, **identity, jobs, office, roll, {}};
  // By nobody who has signed in yet.
  api::JobKind sending = workflow::dispatch_job(dispatches);
  sending.run = [&](const api::JobRun& job) {
    api::Caller owner;
    owner.owner = true;
    owner.account = party->account;
    return workflow::send_noted(dispatches, job, owner);
  };
  jobs.add(std::move(sending));
  jobs.start();
  auto played =
      workflow::play_demo_cases(dispatches, clock, *party, *pack / "demo" / "cases.toml", today);
  if (!played) return played.error();
  played->refused.insert(played->refused.begin(), refused.begin(), refused.end());
  const auto appointed = appoint_to_projects(**store, **identity, party->account);
  if (!appointed) return appointed.error();
  const auto books = dues::keep_demo_books(**store, clock, upward_shares(office), today);
  if (!books) return books.error();
  print(context, *played, *books);
  return Done{};
}

}  // namespace jishi::app
