#include "modules/workflow/dispatch/burden.hpp"

#include "api/routes.hpp"
#include "modules/workflow/dispatch/burden.sql.hpp"
#include "modules/workflow/facts.hpp"

namespace jishi::workflow {

namespace {

struct BurdenRow {
  int month = 0;
  int level = 0;
  std::int64_t senders = 0;
  std::int64_t tasks = 0;
  std::int64_t planned = 0;
  std::int64_t told = 0;
  std::int64_t spent = 0;
};
BOOST_DESCRIBE_STRUCT(BurdenRow, (), (month, level, senders, tasks, planned, told, spent))

struct Months {
  int first = 0;  // month_index()
  int last = 0;
};

Result<Months> months_of(const BurdenQuery& query, Date today) {
  for (const auto& [path, month] : {std::pair{"from", &query.from}, std::pair{"to", &query.to}}) {
    if (*month && (*month)->kind != PeriodKind::month) {
      return fail(ErrorKind::invalid, "workflow.month_expected",
                  {{"path", path}, {"month", (*month)->text()}});
    }
  }
  Months months;
  months.last = month_index(query.to ? query.to->first_day() : today);
  months.first = query.from ? month_index(query.from->first_day()) : months.last - 11;
  const int count = months.last - months.first + 1;
  if (count >= 1 && count <= kMostBurdenMonths) return months;
  return fail(ErrorKind::invalid, "workflow.months_invalid",
              {{"path", "from"}, {"limit", std::to_string(kMostBurdenMonths)}});
}

Result<api::Page<BurdenOfMonth>> list(api::Call& call, const BurdenQuery& query) {
  const auto reach = registry::reach_of(call, query.structure);
  if (!reach) return reach.error();
  const auto months = months_of(query, call.store.clock().today());
  if (!months) return months.error();
  const bool sent = query.side == BurdenSide::sent;
  return call.store.read([&](db::Reader& reader) {
    api::Page<BurdenOfMonth> page;
    for (const BurdenRow& row :
         reader.all<BurdenRow>(sent ? sql::burden::sent : sql::burden::received, call.organisation,
                               reach->structure, reach->below, months->first, months->last)) {
      page.items.push_back({month_at(row.month), row.level, row.senders, row.tasks, row.planned,
                            row.told, row.spent});
    }
    return Result(page);
  });
}

}  // namespace

Result<Done> note_burden(Transaction& tx, const Burden& burden, bool first) {
  for (const std::int64_t minutes : {burden.planned, burden.spent.value_or(0)}) {
    if (minutes < 0 || minutes > kMostBurdenMinutes) {
      return fail(
          ErrorKind::refused, "workflow.minutes_invalid",
          {{"minutes", std::to_string(minutes)}, {"limit", std::to_string(kMostBurdenMinutes)}});
    }
  }
  const Date today = tx.store().clock().today();
  tx.run(first ? sql::burden::plan : sql::burden::note, burden.case_id, burden.sender,
         burden.receiver, month_index(today),
         tx.one<int>(sql::burden::level, burden.sender).value_or(0), burden.planned, burden.spent);
  tx.fact(fact::kBurdenNoted, today, burden.receiver,
          {.subject = burden.case_id,
           .amount = burden.spent.value_or(burden.planned),
           .payload = burden.spent ? R"({"what":"spent"})" : R"({"what":"planned"})"});
  return Done{};
}

void burden_soon(db::Reader& reader, Id sender) {
  reader.soon(sql::burden::level, sender);
}

void burden_routes(api::Routes& routes) {
  routes.list<BurdenQuery>(
      "/api/v1/organisations/{organisation}/burden",
      {"workflow.burden", "workflow.read", api::organisation_in("organisation")}, list);
}

}  // namespace jishi::workflow
