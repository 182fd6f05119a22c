#include "modules/governance/changes/changes.hpp"

#include "api/paging.hpp"
#include "ledger/trail.hpp"
#include "modules/governance/changes/changes.sql.hpp"

namespace jishi::governance {

namespace {

struct ChangeRow {
  std::int64_t seq = 0;
  std::int32_t kind = 0;
  Date happened;
  std::int64_t recorded_ms = 0;
  Id organisation = kNoId;
  std::string organisation_name;
  Id person = kNoId;
  std::string person_name;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::string payload;
  std::string actor_name;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (seq, kind, happened, recorded_ms, organisation, organisation_name, person,
                       person_name, subject, amount, payload, actor_name))

std::optional<std::string> rule_in(const std::string& payload) {
  const auto json = parse_json(payload.empty() ? "{}" : payload);
  if (!json || !json->is_object()) return std::nullopt;
  const auto* rule = json->as_object().if_contains("rule");
  if (rule == nullptr || !rule->is_string()) return std::nullopt;
  return std::string(rule->as_string());
}

Change change_of(ChangeRow&& row, const FactTitles& titles, Language language) {
  const FactTitle& title = title_of(titles, row.kind);
  return {row.seq,
          title.name,
          title.in(language),
          row.happened,
          row.recorded_ms,
          row.organisation,
          std::move(row.organisation_name),
          row.person,
          std::move(row.person_name),
          row.subject,
          row.amount,
          rule_in(row.payload),
          std::move(row.actor_name)};
}

}  // namespace

Result<api::Page<Change>> changes_of(db::Reader& reader, Id organisation,
                                     const registry::Reach& reach, const ChangesQuery& query,
                                     const FactTitles& titles, Language language) {
  const auto limit = api::page_limit(query.limit, kMaxFactsAPage);
  if (!limit) return limit.error();
  const auto before = api::page_after<1>(query.after, {ledger::last_seq(reader) + 1});
  if (!before) return before.error();
  api::Page<Change> page;
  const auto take = [&](ChangeRow&& row) {
    page.items.push_back(change_of(std::move(row), titles, language));
  };
  const bool direct = query.direct.value_or(false);
  const std::int64_t until = std::max<std::int64_t>((*before)[0] - kMaxScanned, 1);
  if (direct) {
    reader.each<ChangeRow>(sql::changes::direct, take, organisation, (*before)[0], *limit);
  } else {
    reader.each<ChangeRow>(sql::changes::below, take, organisation, (*before)[0], until, *limit,
                           reach.structure, reach.below ? 1 : 0);
  }
  if (page.items.size() == static_cast<std::size_t>(*limit)) {
    page.next = api::page_next({page.items.back().seq});
  } else if (!direct && until > 1) {
    page.next = api::page_next({until});
  }
  return page;
}

}  // namespace jishi::governance
