#include "modules/governance/log/log.hpp"

#include <limits>

#include "api/paging.hpp"
#include "base/clock.hpp"
#include "ledger/trail.hpp"
#include "modules/governance/kinds/kinds.hpp"
#include "modules/governance/log/log.sql.hpp"

namespace jishi::governance {

namespace {

constexpr std::int64_t kAnyActor = -1;
// Facts of accounts; and of placings, splits and mergers, whose subject is an organisation.
constexpr std::int32_t kFirstAccountFact = 80;
constexpr std::int32_t kFirstFactOfStructure = 4;
constexpr std::int32_t kLastFactOfStructure = 7;

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

/// What a fact's subject is called, where it is an account or an organisation.
std::string subject_name(db::Reader& reader, const LogRow& row) {
  if (row.subject == kNoId) return {};
  if (row.kind >= kFirstAccountFact)
    return reader.one<std::string>(sql::log::account_name, row.subject).value_or("");
  if (row.kind >= kFirstFactOfStructure && row.kind <= kLastFactOfStructure)
    return reader.one<std::string>(sql::log::organisation_name, row.subject).value_or("");
  return {};
}

LoggedFact fact_of(LogRow&& row, const FactTitles& titles, Language language) {
  const FactTitle& title = title_of(titles, row.kind);
  return {row.seq,
          title.name,
          title.in(language),
          row.happened,
          row.recorded_ms,
          row.organisation,
          {},
          row.person,
          row.subject,
          {},
          row.amount,
          std::move(row.payload),
          row.actor,
          {},
          row.command};
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
  std::vector<LogRow> rows;
  reader.each<LogRow>(
      sql::log::back_from,
      [&](LogRow&& row) {
        if (rows.size() < most && kinds->contains(row.kind) && sees(row.organisation))
          rows.push_back(std::move(row));
      },
      (*before)[0], until, query.organisation.value_or(kNoId), query.person.value_or(kNoId),
      query.actor.value_or(kAnyActor), from_ms, to_ms);
  for (LogRow& row : rows) {
    std::string subject = subject_name(reader, row);
    LoggedFact& fact = page.items.emplace_back(fact_of(std::move(row), titles, language));
    fact.subject_name = std::move(subject);
    fact.organisation_name =
        reader.one<std::string>(sql::log::organisation_name, fact.organisation).value_or("");
    fact.actor_name = reader.one<std::string>(sql::log::account_name, fact.actor).value_or("");
  }
  if (page.items.size() == most) {
    page.next = api::page_next({page.items.back().seq});
  } else if (until > 1) {
    page.next = api::page_next({until});
  }
  return page;
}

}  // namespace jishi::governance
