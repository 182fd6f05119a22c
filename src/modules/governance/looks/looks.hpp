#pragma once
// Who looked at a person's unmasked data, and who was given access for a time.

#include "api/call.hpp"
#include "modules/governance/governance.hpp"

namespace jishi::governance {

struct Look {
  std::int64_t seq = 0;
  std::string kind;  // identity.personal_data_seen, access_granted, access_ended
  std::string title;
  std::int64_t recorded_ms = 0;
  Id account = kNoId;
  std::string account_name;
  std::vector<std::string> fields;  // that were seen
  std::string purpose;              // or the reason of an access
};
BOOST_DESCRIBE_STRUCT(Look, (),
                      (seq, kind, title, recorded_ms, account, account_name, fields, purpose))

/// Latest first, kMaxLooks at most.
std::vector<Look> looks_at(db::Reader& reader, Id person, const FactTitles& titles,
                           Language language);

}  // namespace jishi::governance
