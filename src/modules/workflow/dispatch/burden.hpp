#pragma once
// The burden account: how many minutes tasks cost their receivers, as planned by who sent them and
// as it was, by the sender's level and by month.

#include "base/date.hpp"
#include "ledger/store.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr int kMostBurdenMonths = 36;        // of one answer
inline constexpr int kMostBurdenMinutes = 100'000;  // of one task

/// What one task costs one receiver.
struct Burden {
  Id case_id = kNoId;
  Id sender = kNoId;
  Id receiver = kNoId;
  std::int64_t planned = 0;           // minutes
  std::optional<std::int64_t> spent;  // minutes; none: not said
};

/// Enters it into the account, or what became of it: the month is the one of the first entry.
/// `first`: the case is known to have none yet. Error: workflow.minutes_invalid.
Result<Done> note_burden(Transaction& tx, const Burden& burden, bool first = false);
/// Says that a task of this sender will be noted: db::Reader::soon().
void burden_soon(db::Reader& reader, Id sender);

/// The tasks of a month that organisations of one level sent.
struct BurdenOfMonth {
  Period month;
  int level = 0;             // of the senders: 0 is the top
  std::int64_t senders = 0;  // how many organisations
  std::int64_t tasks = 0;    // one a receiver
  std::int64_t planned = 0;  // minutes, all together
  std::int64_t told = 0;     // tasks whose receivers said what it took
  std::int64_t spent = 0;    // minutes that these said
};
BOOST_DESCRIBE_STRUCT(BurdenOfMonth, (), (month, level, senders, tasks, planned, told, spent))

/// Whose burden: what the organisation and all below receive, or what they send.
enum class BurdenSide { received, sent };
BOOST_DESCRIBE_ENUM(BurdenSide, received, sent)

struct BurdenQuery {
  std::optional<Period> from;  // 2026-01; the twelve months until `to` when not given
  std::optional<Period> to;    // this month when not given
  std::optional<BurdenSide> side;
  std::optional<std::string> structure;
};
BOOST_DESCRIBE_STRUCT(BurdenQuery, (), (from, to, side, structure))

/// GET /api/v1/organisations/{organisation}/burden.
void burden_routes(api::Routes& routes);

}  // namespace jishi::workflow
