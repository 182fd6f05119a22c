#include "modules/workflow/stays/stays.hpp"

#include <limits>

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/operations/given.hpp"
#include "modules/workflow/stays/stays.sql.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

struct StaysQuery {
  std::optional<bool> over;  // also those whose last day has passed
  std::optional<std::string> structure;
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(StaysQuery, (), (over, structure, after, limit))

Result<Value> record_stay(Transaction& tx, const OperationCall& call) {
  Given given(call);
  const Id person = given.id("person");
  const Id committee = given.id("receiving_committee");
  const Date since = given.date("inflow_on");
  const Id host = given.has("inflow_branch") ? given.id("inflow_branch") : committee;
  std::optional<Date> until;
  if (given.has("away_until")) until = given.date("away_until");
  if (given.refused()) return *given.refused();
  tx.run(sql::stays::add, tx.new_id(), call.case_id, registry::person_now(tx, person), host, since,
         until);
  return Value();
}

struct Running {
  Id person = kNoId;
  Date since;
};
BOOST_DESCRIBE_STRUCT(Running, (), (person, since))

struct StayAt {
  Id id = kNoId;
  Id host = kNoId;
};
BOOST_DESCRIBE_STRUCT(StayAt, (), (id, host))

void end_one(Transaction& tx, const StayAt& stay, Id person, Date on) {
  tx.run(sql::stays::set_end, stay.id, on);
  tx.fact(fact::kStayEnded, on, stay.host, {.person = person, .subject = stay.id});
}

Result<Done> no_longer_floating(Transaction& tx, Id person) {
  const auto since = registry::member_field(tx, tx.store().keys(), person, "floating_since");
  if (!since || since->empty()) return Done{};
  const auto done = registry::decide_field(tx, "person", person, {"floating_since", ""});
  if (!done) return done.error();
  return Done{};
}

Result<EndStay> end(Transaction& tx, const api::Call& call, const EndStay& asked) {
  const Date today = call.store.clock().today();
  const auto running = tx.one<Running>(sql::stays::running, asked.stay, call.organisation, today);
  if (!running) return fail(ErrorKind::not_found, "workflow.stay_unknown", {{"path", "stay"}});
  if (asked.on < running->since || asked.on > today) {
    return fail(ErrorKind::invalid, "workflow.stay_end_day",
                {{"path", "on"}, {"least", to_iso(running->since)}, {"most", to_iso(today)}});
  }
  end_one(tx, {asked.stay, call.organisation}, running->person, asked.on);
  if (asked.returned.value_or(false)) {
    if (const auto done = no_longer_floating(tx, running->person); !done) return done.error();
  }
  return asked;
}

Result<api::Page<ShownStay>> stays(api::Call& call, const StaysQuery& asked) {
  const auto reach = registry::reach_of(call, asked.structure);
  if (!reach) return reach.error();
  const auto limit = api::page_limit(asked.limit, kMostStaysShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  const bool running = !asked.over.value_or(false);
  return call.store.read([&](db::Reader& reader) {
    api::Page<ShownStay> page;
    page.items =
        reader.all<ShownStay>(sql::stays::page, call.organisation, reach->structure, reach->below,
                              (*after)[0], running, call.store.clock().today(), *limit + 1);
    if (api::cut_to_page(page.items, *limit)) page.next = api::page_next({page.items.back().stay});
    return page;
  });
}

}  // namespace

Result<Done> end_stays_of(Transaction& tx, Id person, Date on) {
  for (const StayAt& stay :
       tx.all<StayAt>(sql::stays::running_of_person, person, on, kMostStaysOfPerson))
    end_one(tx, stay, person, on);
  return no_longer_floating(tx, person);
}

void add_stay_operations(Operations& operations) {
  operations.add("registry.record_stay", record_stay);
}

void stay_routes(api::Routes& routes) {
  routes.list<StaysQuery>("/api/v1/organisations/{organisation}/stays",
                          {"workflow.stays", "workflow.read", api::organisation_in("organisation")},
                          stays);
  routes.command_as<EndStay>(
      http::Method::post, "/api/v1/organisations/{organisation}/stay-ends",
      {"workflow.end_stay", "workflow.act", api::organisation_in("organisation")}, end);
}

}  // namespace jishi::workflow
