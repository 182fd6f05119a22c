#include "modules/governance/log/log.hpp"

#include <limits>
#include <unordered_set>

#include "api/paging.hpp"
#include "base/clock.hpp"
#include "ledger/trail.hpp"
#include "modules/governance/log/log.sql.hpp"

namespace jishi::governance {

namespace {

constexpr std::int64_t kAnyActor = -1;

struct LogRow {
  std::int64_t seq = 0;
  std::int32_t kind = 0;
  Date happened;
  std::int64_t recorded_ms = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::string payload;
  Id actor = kNoId;
  Id command = kNoId;
};
BOOST_DESCRIBE_STRUCT(LogRow, (),
                      (seq, kind, happened, recorded_ms, organisation, person, subject, amount,
                       payload, actor, command))

/// The kinds that a word asks for: one by its name, those of a module, or all.
Result<std::unordered_set<std::int32_t>> kinds_of(const std::optional<std::string>& word,
                                                  const FactTitles& titles) {
  std::unordered_set<std::int32_t> kinds;
  for (const auto& [kind, title] : titles) {
    if (!word || title.name == *word || title.name.starts_with(*word + ".")) kinds.insert(kind);
  }
  if (kinds.empty()) {
    return fail(ErrorKind::invalid, "governance.kind_unknown",
                {{"path", "kind"}, {"kind", word.value_or("")}});
  }
  return kinds;
}

LoggedFact fact_of(LogRow&& row, const FactTitles& titles, Language language) {
  const FactTitle& title = title_of(titles, row.kind);
  return {row.seq,          title.name, title.in(language), row.happened, row.recorded_ms,
          row.organisation, row.person, row.subject,        row.amount,   std::move(row.payload),
          row.actor,        {},         row.command};
}

}  // namespace

Result<api::Page<LoggedFact>> log_page(db::Reader& reader, const LogQuery& query,
                                       const std::function<bool(Id organisation)>& sees,
                                       const FactTitles& titles, Language language) {
  const auto limit = api::page_limit(query.limit, kMaxFactsAPage);
  if (!limit) return limit.error();
  const auto before = api::page_after<1>(query.after, {ledger::last_seq(reader) + 1});
  if (!before) return before.error();
  const auto kinds = kinds_of(query.kind, titles);
  if (!kinds) return kinds.error();
  const std::int64_t from_ms = query.from ? start_of_day_ms(*query.from) : 0;
  const std::int64_t to_ms = query.to ? start_of_day_ms(*query.to + std::chrono::days(1))
                                      : std::numeric_limits<std::int64_t>::max();
  const std::int64_t until = std::max<std::int64_t>((*before)[0] - kMaxScanned, 1);
  api::Page<LoggedFact> page;
  const auto most = static_cast<std::size_t>(*limit);
  reader.each<LogRow>(
      sql::log::back_from,
      [&](LogRow&& row) {
        if (page.items.size() == most || !kinds->contains(row.kind) || !sees(row.organisation))
          return;
        page.items.push_back(fact_of(std::move(row), titles, language));
      },
      (*before)[0], until, query.organisation.value_or(kNoId), query.person.value_or(kNoId),
      query.actor.value_or(kAnyActor), from_ms, to_ms);
  for (LoggedFact& fact : page.items)
    fact.actor_name = reader.one<std::string>(sql::log::account_name, fact.actor).value_or("");
  if (page.items.size() == most) {
    page.next = api::page_next({page.items.back().seq});
  } else if (until > 1) {
    page.next = api::page_next({until});
  }
  return page;
}

}  // namespace jishi::governance
