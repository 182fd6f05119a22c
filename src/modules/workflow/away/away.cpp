#include "modules/workflow/away/away.hpp"

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "modules/workflow/away/away.sql.hpp"
#include "modules/workflow/operations/given.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

struct AwayQuery {
  std::optional<std::string> structure;
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(AwayQuery, (), (structure, after, limit))

Result<Value> record_mobile(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = registry::person_now(tx, given.id("person"));
  const Date from = given.date("away_from");
  std::optional<Date> until;
  if (given.has("away_until")) until = given.date("away_until");
  const bool outside = given.has("outside_committee");
  const Id committee = outside ? kNoId : given.id("receiving_committee");
  const std::string name = outside ? given.text("outside_committee") : std::string();
  if (given.refused()) return *given.refused();
  const auto done = registry::decide_field(tx, "person", person, {"floating_since", to_iso(from)});
  if (!done) return done.error();
  tx.run(sql::away::add, tx.new_id(), call.case_id, person, committee, name, from, until);
  return Value();
}

Result<api::Page<AwayMember>> away(api::Call& call, const AwayQuery& asked) {
  const auto reach = registry::reach_of(call, asked.structure);
  if (!reach) return reach.error();
  const auto limit = api::page_limit(asked.limit, kMostAwayShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {0});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    api::Page<AwayMember> page;
    page.items =
        reader.all<AwayMember>(sql::away::page, call.organisation, reach->structure, reach->below,
                               (*after)[0], call.store.clock().today(), *limit + 1);
    if (api::cut_to_page(page.items, *limit))
      page.next = api::page_next({page.items.back().person});
    return page;
  });
}

}  // namespace

void add_away_operations(Operations& operations) {
  operations.add("registry.record_mobile", record_mobile);
}

void away_routes(api::Routes& routes) {
  routes.list<AwayQuery>("/api/v1/organisations/{organisation}/members-away",
                         {"workflow.away", "workflow.read", api::organisation_in("organisation")},
                         away);
}

}  // namespace jishi::workflow
