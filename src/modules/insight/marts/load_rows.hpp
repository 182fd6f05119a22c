#pragma once
// From the store's published views into the marts.

#include <set>

#include "base/id.hpp"
#include "platform/db/typed.hpp"
#include "platform/duck/connection.hpp"

namespace jishi::insight {

using Ids = std::set<std::int64_t>;

/// A parameter as if it had another value for an organisation and all below it.
struct ParameterOverride {
  std::string rule;
  std::string parameter;
  Id organisation = kNoId;
  std::int64_t value = 0;
};

/// Whole marts, into their base tables.
Result<Done> load_organisations(db::Reader& reader, duck::Connection& duck);
Result<Done> load_members(db::Reader& reader, duck::Connection& duck);
Result<Done> load_posts(db::Reader& reader, duck::Connection& duck);
Result<Done> load_activities(db::Reader& reader, duck::Connection& duck);
Result<Done> load_payments(db::Reader& reader, duck::Connection& duck);
Result<Done> load_tasks(db::Reader& reader, duck::Connection& duck);
Result<Done> load_ancestry(db::Reader& reader, duck::Connection& duck);
/// Parameters that organisations set, resolved for every organisation below them: the nearest
/// counts.
Result<Done> load_parameter_values(db::Reader& reader, duck::Connection& duck);
/// The same as if one parameter had another value.
Result<Done> load_parameter_values(db::Reader& reader, duck::Connection& duck,
                                   const ParameterOverride& other);

/// Single records, into the deltas.
Result<Done> load_some_organisations(db::Reader& reader, duck::Connection& duck, const Ids& ids);
Result<Done> load_some_members(db::Reader& reader, duck::Connection& duck, const Ids& persons);
Result<Done> load_some_activities(db::Reader& reader, duck::Connection& duck, const Ids& ids);
Result<Done> load_some_payments(db::Reader& reader, duck::Connection& duck, const Ids& persons);
/// Of those whose payments were recorded by the facts after `after` up to `until`, and were not
/// touched otherwise, adds what was recorded. False: facts and payments do not match one to one,
/// nothing was added.
Result<bool> add_payments(db::Reader& reader, duck::Connection& duck, std::int64_t after,
                          std::int64_t until, const Ids& others);
Result<Done> load_some_tasks(db::Reader& reader, duck::Connection& duck, const Ids& ids);
Result<Done> load_some_posts(db::Reader& reader, duck::Connection& duck, const Ids& ids);

/// A JSON array of ids: how a set goes into one statement.
std::string json_list(const Ids& ids);

}  // namespace jishi::insight
