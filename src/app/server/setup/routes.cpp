#include "app/server/setup/setup.hpp"
#include "modules/identity/first_start/first_start.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::app {

namespace {

using api::Call;
using api::Nothing;
using http::Method;
using identity::HeldAdministrator;

/// How far the first start is.
enum class Stage { empty, organisation, done };
BOOST_DESCRIBE_ENUM(Stage, empty, organisation, done)

struct ShownSetup {
  Stage stage = Stage::empty;
  bool may = false;         // this caller goes on with it
  Id organisation = kNoId;  // the top one, for whoever goes on
  std::vector<HeldAdministrator> administrators;
};
BOOST_DESCRIBE_STRUCT(ShownSetup, (), (stage, may, organisation, administrators))

struct FirstOrganisation {
  std::string name;
  std::string kind;
  std::optional<std::string> code;
  std::optional<Date> founded;
};
BOOST_DESCRIBE_STRUCT(FirstOrganisation, (), (name, kind, code, founded))

struct MakeDemo {
  int members = 0;
};
BOOST_DESCRIBE_STRUCT(MakeDemo, (), (members))

std::vector<Id> tops(db::Reader& reader) {
  return registry::roots(reader, registry::kPartyStructure);
}

/// A token may do less than its account, and must not do this at all.
bool is_first(db::Reader& reader, const Call& call, const Setup& setup) {
  return !call.caller.by_token && !call.caller.must_enrol &&
         identity::is_first_account(reader, setup.identity.roles(), call.caller.account,
                                    setup.store.clock().today());
}

std::optional<Error> refuse_others(db::Reader& reader, const Call& call, const Setup& setup) {
  if (is_first(reader, call, setup)) return std::nullopt;
  return fail(ErrorKind::forbidden, "setup.not_first");
}

std::optional<Error> refuse(db::Reader& reader, const Call& call, const Setup& setup) {
  if (auto others = refuse_others(reader, call, setup)) return others;
  if (tops(reader).empty()) return std::nullopt;
  return fail(ErrorKind::conflict, "setup.organisation_exists");
}

ShownSetup shown(db::Reader& reader, const Call& call, const Setup& setup) {
  ShownSetup shown;
  shown.may = is_first(reader, call, setup);
  shown.administrators = identity::administrators(reader, setup.identity.roles());
  const auto all = tops(reader);
  if (shown.may && !all.empty()) shown.organisation = all.front();
  const bool appointed = std::all_of(shown.administrators.begin(), shown.administrators.end(),
                                     [](const HeldAdministrator& each) { return each.held; });
  shown.stage = all.empty() ? Stage::empty : appointed ? Stage::done : Stage::organisation;
  return shown;
}

Result<registry::Changes> make_organisation(Call& call, const Setup& setup,
                                            const FirstOrganisation& asked) {
  return setup.store.write(
      Actor{call.caller.account}, [&](Transaction& tx) -> Result<registry::Changes> {
        if (auto refused = refuse(tx, call, setup)) return std::move(*refused);
        if (auto refused = refuse_code(setup.codes, "organisation_kind", "kind", asked.kind))
          return std::move(*refused);
        registry::CreateOrganisation command;
        command.name = asked.name;
        command.kind = asked.kind;
        command.code = asked.code;
        command.on = asked.founded;
        return registry::create_organisation(tx, command);
      });
}

Result<api::Job> make_demo(Call& call, const Setup& setup, const MakeDemo& asked) {
  const auto refused =
      setup.store.read([&](db::Reader& reader) { return refuse(reader, call, setup); });
  if (refused) return *refused;
  if (asked.members < demo::kMinMembers || asked.members > kMostDemoMembers) {
    return fail(ErrorKind::invalid, "setup.demo_members",
                {{"path", "members"},
                 {"least", std::to_string(demo::kMinMembers)},
                 {"most", std::to_string(kMostDemoMembers)}});
  }
  auto job =
      setup.jobs.submit("setup.demo", kNoId, call.caller.account, {{"members", asked.members}});
  if (job) call.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id));
  return job;
}

Result<identity::Appointed> appoint(Call& call, const Setup& setup,
                                    const identity::AppointAdministrator& asked) {
  return setup.store.write(
      Actor{call.caller.account}, [&](Transaction& tx) -> Result<identity::Appointed> {
        if (auto refused = refuse_others(tx, call, setup)) return std::move(*refused);
        return identity::appoint_administrator(tx, setup.identity.roles(), asked);
      });
}

}  // namespace

void setup_routes(api::Routes& routes, const Setup& setup) {
  const api::Subject own = api::own_account();
  routes.get_slowly<Nothing>(
      "/api/v1/setup", {"setup.show", {}, own}, [&](Call& call, const Nothing&) {
        return setup.store.read(
            [&](db::Reader& reader) { return Result(shown(reader, call, setup)); });
      });
  routes
      .act<FirstOrganisation>(Method::post, "/api/v1/setup/organisation",
                              {"setup.make_organisation", {}, own},
                              [&](Call& call, const FirstOrganisation& asked) {
                                return make_organisation(call, setup, asked);
                              })
      .status = 201;
  routes
      .act<MakeDemo>(
          Method::post, "/api/v1/setup/demo", {"setup.make_demo", {}, own},
          [&](Call& call, const MakeDemo& asked) { return make_demo(call, setup, asked); })
      .status = 202;
  routes
      .act<identity::AppointAdministrator>(
          Method::post, "/api/v1/setup/administrators", {"setup.appoint", {}, own},
          [&](Call& call, const identity::AppointAdministrator& asked) {
            return appoint(call, setup, asked);
          })
      .status = 201;
}

}  // namespace jishi::app
