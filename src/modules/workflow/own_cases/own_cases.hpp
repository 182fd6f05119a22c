#pragma once
// The member concerned (本人) sees where a case about them stands, of the processes that say so
// (jishi:follows: transfer, admission): whose turn it is, since when, until when, what they have to
// do themselves, the letter. Nothing of others' opinions or votes. Whose it is comes from the
// account that asks, and from nowhere else.

#include "base/date.hpp"
#include "base/id.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

struct Office;

inline constexpr int kMostOwnCases = 20;

/// A running case about whoever asks.
struct OwnCase {
  Id case_id = kNoId;
  std::string process;
  std::string process_name;
  std::string status;             // running | suspended
  std::string organisation_name;  // where it began
  std::int64_t started_ms = 0;
  std::string element;  // the step that is open; empty: it waits for a day
  std::string step;
  std::string place_name;  // whose turn it is
  std::optional<std::int64_t> since_ms;
  std::optional<std::int64_t> due_ms;
  std::optional<std::int64_t> waits_until_ms;
  Id own_task = kNoId;        // what they have to do themselves; 0: nothing
  std::string letter_number;  // empty: none is issued
  std::string letter_code;    // by which it is verified
  std::optional<Date> letter_expires;
  bool letter_valid = false;
};
BOOST_DESCRIBE_STRUCT(OwnCase, (),
                      (case_id, process, process_name, status, organisation_name, started_ms,
                       element, step, place_name, since_ms, due_ms, waits_until_ms, own_task,
                       letter_number, letter_code, letter_expires, letter_valid))

/// The latest first.
struct OwnCases {
  std::vector<OwnCase> items;
};
BOOST_DESCRIBE_STRUCT(OwnCases, (), (items))

/// GET /api/v1/own-cases, of the account that asks.
void own_case_routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
