#include "ledger/trail.hpp"

#include "ledger/ledger.sql.hpp"
#include "ledger/trail.sql.hpp"

namespace jishi::ledger {

namespace {

struct FactRow {
  std::int64_t seq = 0;
  Date happened;
  std::int64_t recorded_ms = 0;
  std::int32_t kind = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::string payload;
  Id actor = kNoId;
  Id command = kNoId;
};
BOOST_DESCRIBE_STRUCT(FactRow, (),
                      (seq, happened, recorded_ms, kind, organisation, person, subject, amount,
                       payload, actor, command))

Fact fact_of(FactRow row) {
  return {
      row.seq,     row.happened, row.recorded_ms,        row.kind,  row.organisation, row.person,
      row.subject, row.amount,   std::move(row.payload), row.actor, row.command};
}

// Command ids grow with the facts: the first fact of a command is found by halving.
std::int64_t first_seq_of(db::Reader& reader, Id command) {
  std::int64_t low = 1;
  std::int64_t high = last_seq(reader) + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (reader.one<Id>(sql::trail::command_at, middle).value_or(0) < command) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

std::vector<Fact> facts_of(db::Reader& reader, Id command, std::size_t limit) {
  std::vector<Fact> facts;
  for (FactRow& row :
       reader.all<FactRow>(sql::trail::facts_from, first_seq_of(reader, command), limit)) {
    if (row.command != command) break;
    facts.push_back(fact_of(std::move(row)));
  }
  return facts;
}

std::int64_t last_seq(db::Reader& reader) {
  return reader.one<std::int64_t>(sql::ledger::last_seq).value_or(0);
}

std::optional<std::int64_t> touched_after(db::Reader& reader, std::int64_t seq, Id organisation,
                                          FactKind first, FactKind last) {
  return reader.one<std::int64_t>(sql::trail::touched_after, seq, organisation,
                                  static_cast<std::int32_t>(first),
                                  static_cast<std::int32_t>(last));
}

}  // namespace jishi::ledger
