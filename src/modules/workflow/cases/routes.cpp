#include "api/routes.hpp"
#include "api/segment_id.hpp"
#include "modules/workflow/cases/act_on_case.hpp"
#include "modules/workflow/cases/list_cases.hpp"
#include "modules/workflow/cases/show_case.hpp"
#include "modules/workflow/cases/start_case.hpp"

namespace jishi::workflow {

namespace {

using api::Call;
using api::Nothing;
using http::Method;

constexpr api::Permission kRead = "workflow.read";
constexpr api::Permission kManage = "workflow.manage";

// Who may send a message is not decided by the case's place alone.
Id case_of(const Call& call) {
  return api::id_in(call, "case");
}

Result<api::Page<ListedCase>> list(Call& call, const Office& office, const CaseFilter& filter) {
  const auto reach = registry::reach_of(call, filter.structure);
  if (!reach) return reach.error();
  return call.store.read([&](db::Reader& reader) {
    return list_cases(call.store, reader, office, call.organisation, *reach, filter,
                      call.store.clock().now_ms());
  });
}

}  // namespace

void case_routes(api::Routes& routes, const Office& office) {
  const auto organisation = api::organisation_in("organisation");
  const auto one = api::record_in("case", organisation_of_case);
  routes
      .command_as<StartCase>(Method::post, "/api/v1/organisations/{organisation}/cases",
                             {"workflow.start_case", "workflow.act", organisation},
                             [&](Transaction& tx, const Call& call, const StartCase& asked) {
                               return start_case(tx, office, party_of(call.caller), asked);
                             })
      .status = 201;
  routes.list<CaseFilter>(
      "/api/v1/organisations/{organisation}/cases", {"workflow.list_cases", kRead, organisation},
      [&](Call& call, const CaseFilter& filter) { return list(call, office, filter); });
  routes.get_slowly<Nothing>(
      "/api/v1/cases/{case}", {"workflow.show_case", kRead, one}, [&](Call& call, const Nothing&) {
        return call.store.read(
            [&](db::Reader& reader) { return show_case(call, reader, office, call.subject); });
      });
  routes.command_as<ActOnCase>(Method::post, "/api/v1/cases/{case}/actions",
                               {"workflow.act_on_case", kManage, one},
                               [&](Transaction& tx, const Call& call, const ActOnCase& asked) {
                                 return act_on_case(tx, office, call, call.subject, asked);
                               });
  routes.command_as<SendMessage>(Method::post, "/api/v1/cases/{case}/messages",
                                 {"workflow.send_message", {}, api::own_account()},
                                 [&](Transaction& tx, const Call& call, const SendMessage& asked) {
                                   return send_message(tx, office, call, case_of(call), asked);
                                 });
}

}  // namespace jishi::workflow
