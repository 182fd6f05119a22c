#include "modules/governance/changes/changes.hpp"

#include "api/paging.hpp"
#include "ledger/trail.hpp"
#include "modules/governance/changes/changes.sql.hpp"
#include "modules/governance/kinds/kinds.hpp"

namespace jishi::governance {

namespace {

constexpr std::int32_t kFirstFactOfPersons = 20;

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
  Id command = kNoId;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (seq, kind, happened, recorded_ms, organisation, organisation_name, person,
                       person_name, subject, amount, payload, actor_name, command))

boost::json::object payload_in(const std::string& payload) {
  auto json = parse_json(payload.empty() ? "{}" : payload);
  if (!json || !json->is_object()) return {};
  return std::move(json->as_object());
}

std::optional<std::string> text_in(const boost::json::object& payload, std::string_view name) {
  const auto* found = payload.if_contains(name);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(found->as_string());
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
          text_in(payload_in(row.payload), "rule"),
          std::move(row.actor_name),
          row.command};
}

bool is_kind(const ChangeRow& row, FactKind kind) {
  return row.kind == static_cast<std::int32_t>(kind);
}

std::string name_seen(db::Reader& reader, const Telling& telling, Id organisation) {
  if (organisation == kNoId || !telling.sees(organisation)) return {};
  return reader.one<std::string>(sql::changes::organisation_name, organisation).value_or("");
}

/// Puts what stood before a renaming or a move, and whether it can be taken back.
void put_before(db::Reader& reader, const Telling& telling, const ChangeRow& row, Change& change) {
  const boost::json::object payload = payload_in(row.payload);
  if (is_kind(row, registry::fact::kOrganisationRenamed)) {
    change.name_before = text_in(payload, "before");
  } else if (is_kind(row, registry::fact::kOrganisationMoved)) {
    change.structure = text_in(payload, "structure");
    if (const auto* before = payload.if_contains("before"))
      change.from = jishi::detail::json_integer(*before).value_or(kNoId);
    change.to = row.subject;
    change.from_name = name_seen(reader, telling, change.from);
    change.to_name = name_seen(reader, telling, change.to);
  }
  if (row.kind < kFirstFactOfPersons) change.undoable = registry::is_undoable(reader, row.command);
}

/// The kinds as the parameter of a statement: `select value from json_each($n)`.
Result<std::string> json_kinds(const std::optional<std::string>& word, const Telling& telling) {
  const auto kinds = kinds_of(word, telling.titles);
  if (!kinds) return kinds.error();
  return db::number_list(*kinds);
}

std::vector<Change> told(db::Reader& reader, std::vector<ChangeRow> rows, const Telling& telling) {
  std::vector<Change> changes;
  for (ChangeRow& row : rows) {
    Change change = change_of(ChangeRow(row), telling.titles, telling.language);
    put_before(reader, telling, row, change);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Result<api::Page<Change>> changes_of(db::Reader& reader, Id organisation,
                                     const registry::Reach& reach, const ChangesQuery& query,
                                     const Telling& telling) {
  const auto limit = api::page_limit(query.limit, kMaxFactsAPage);
  if (!limit) return limit.error();
  const auto before = api::page_after<1>(query.after, {ledger::last_seq(reader) + 1});
  if (!before) return before.error();
  const auto kinds = json_kinds(query.kind, telling);
  if (!kinds) return kinds.error();
  const bool direct = query.direct.value_or(false);
  const std::int64_t until = std::max<std::int64_t>((*before)[0] - kMaxScanned, 1);
  auto rows = direct ? reader.all<ChangeRow>(sql::changes::direct, organisation, (*before)[0],
                                             *limit, *kinds)
                     : reader.all<ChangeRow>(sql::changes::below, organisation, (*before)[0], until,
                                             *limit, reach.structure, reach.below ? 1 : 0, *kinds);
  api::Page<Change> page{told(reader, std::move(rows), telling), {}};
  if (page.items.size() == static_cast<std::size_t>(*limit)) {
    page.next = api::page_next({page.items.back().seq});
  } else if (!direct && until > 1) {
    page.next = api::page_next({until});
  }
  return page;
}

Result<api::Page<Change>> changes_of_person(db::Reader& reader, Id person,
                                            const PersonChangesQuery& query,
                                            const Telling& telling) {
  const auto limit = api::page_limit(query.limit, kMaxFactsAPage);
  if (!limit) return limit.error();
  const auto before = api::page_after<1>(query.after, {ledger::last_seq(reader) + 1});
  if (!before) return before.error();
  const auto kinds = json_kinds(query.kind, telling);
  if (!kinds) return kinds.error();
  const std::string ids = db::number_list(registry::ids_of(reader, person));
  auto rows = reader.all<ChangeRow>(sql::changes::of_person, ids, (*before)[0], *limit + 1, *kinds);
  const bool more = api::cut_to_page(rows, *limit);
  api::Page<Change> page{told(reader, std::move(rows), telling), {}};
  if (more) page.next = api::page_next({page.items.back().seq});
  return page;
}

}  // namespace jishi::governance
