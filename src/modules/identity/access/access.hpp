#pragma once
// Temporary access to a person of another organisation: given by one who may read that person, with
// reason and end; both sides are told.

#include <optional>
#include <string>
#include <vector>

#include "ledger/store.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::identity {

inline constexpr int kMaxAccessDays = 30;
inline constexpr std::size_t kMinReason = 4;
inline constexpr std::size_t kMaxReason = 200;
inline constexpr int kMaxNotices = 200;

struct GiveAccess {
  Id account = kNoId;
  registry::Reference person;
  std::string reason;
  int days = 1;
};
BOOST_DESCRIBE_STRUCT(GiveAccess, (), (account, person, reason, days))

struct Access {
  Id id = kNoId;
  Id account = kNoId;
  Id person = kNoId;
  std::string reason;
  std::int64_t made = 0;
  Id made_by = kNoId;
  std::int64_t expires = 0;
  std::optional<std::int64_t> ended;
};
BOOST_DESCRIBE_STRUCT(Access, (), (id, account, person, reason, made, made_by, expires, ended))

struct Notice {
  Id id = kNoId;
  std::string kind;    // access_granted | access_ended | link_made | second_factor_reset
  Id subject = kNoId;  // the access, or the account that acted (0: the command line)
  std::int64_t made = 0;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (id, kind, subject, made))

/// Leaves a notice for an account, or (with account 0) for the people of an organisation.
void leave_notice(Transaction& tx, Id account, Id organisation, std::string_view kind, Id subject);

/// identity.reason_length, access_days; pure.
std::optional<Error> refuse_access(const GiveAccess& asked);

}  // namespace jishi::identity
