#pragma once
// What the fields of a person or an organisation held before, and who changed them when.

#include "api/call.hpp"
#include "modules/registry/archive/archive.hpp"

namespace jishi::registry {

inline constexpr int kMaxFieldChangesAPage = 200;

struct FieldHistoryQuery {
  std::optional<std::string> field;  // phone, education …
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(FieldHistoryQuery, (), (field, after, limit))

/// A change of a field. What it holds now stands in the archive.
struct FieldBefore {
  std::string field;
  std::string before;  // codes as codes, days as 2026-03-01; masked where sensitive
  bool masked = false;
  std::string before_name;       // of the organisation, where the field holds one
  std::string source;            // that gave the value after
  std::int64_t recorded_ms = 0;  // when it changed
  Id account = kNoId;            // who changed it; kNoId: the command line, or an import of before
  std::string account_name;
};
BOOST_DESCRIBE_STRUCT(FieldBefore, (),
                      (field, before, masked, before_name, source, recorded_ms, account,
                       account_name))

/// Latest first; of a person with what was recorded of those merged into them. Errors:
/// api.page_unknown, api.limit_out_of_range.
Result<api::Page<FieldBefore>> field_history(db::Reader& reader, const crypto::Keys& keys,
                                             Id subject, const FieldHistoryQuery& query);

}  // namespace jishi::registry
