#pragma once
// Members and organisations of a node as they stood on any day, read from the intervals; and the
// same told in today's structure, along what became of organisations in splits and mergers.

#include "api/call.hpp"
#include "modules/registry/roll/members_page.hpp"

namespace jishi::registry {

/// An organisation stood below a node (or was it) from a day to another, that one excluded.
struct Stood {
  Id organisation = kNoId;
  Date since;
  Date until;
};
BOOST_DESCRIBE_STRUCT(Stood, (), (organisation, since, until))

/// How the past is told: as it stood then, or as if today's structure had always held.
enum class Basis { then, today };
BOOST_DESCRIBE_ENUM(Basis, then, today)

/// The first and the last day of records that are told without one.
inline const Date kBeforeAll = from_days(-1'000'000);
inline const Date kAfterAll = from_days(9'000'000);

/// Every interval during which an organisation stood below `node` (or was it), founded and not
/// ended.
std::vector<Stood> stood_below(db::Reader& reader, std::string_view structure, Id node);

/// The same in today's structure: an organisation of today's subtree from the first day on which it
/// or one of those it came from stood anywhere.
std::vector<Stood> restated_below(db::Reader& reader, std::string_view structure, Id node,
                                  Date today);

/// Whose history a node of today takes over: each organisation whose past counts as that of one in
/// the node's subtree. Of an organisation that was split into several the first successor (the
/// lowest id) is its heir.
std::vector<Id> restated_organisations(db::Reader& reader, std::string_view structure, Id node,
                                       Date today);

/// The intervals of memberships under a node, however they are told. In today's structure a member
/// of an organisation that was split counts where they went themselves.
using VisitMembership = std::function<void(Id person, Date since, Date until)>;
void memberships_below(db::Reader& reader, std::string_view structure, Id node, Basis basis,
                       Date today, const VisitMembership& visit);

/// The part of memberships_below() for Basis::today.
void restated_memberships(db::Reader& reader, std::string_view structure, Id node, Date today,
                          const VisitMembership& visit);

/// What stood at and below a node on a day.
struct CountsOn {
  std::int64_t organisations = 0;
  std::int64_t members = 0;  // on record, whatever their standing
};
BOOST_DESCRIBE_STRUCT(CountsOn, (), (organisations, members))

/// Error: registry.not_found, also for a node outside the scope today.
Result<CountsOn> counts_on(db::Reader& reader, const Scope& scope, Id node, Date on);

struct BranchOn {
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  CountsOn counts;
  std::int64_t children = 0;  // directly below it, that day
};
BOOST_DESCRIBE_STRUCT(BranchOn, (), (organisation, code, name, kind, counts, children))

/// The organisations directly below a node on a day, with what stood below each. Error:
/// registry.not_found.
Result<std::vector<BranchOn>> branches_on(db::Reader& reader, const Scope& scope, Id node, Date on);

struct MemberOn {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;  // on that day
  std::string organisation_name;
  std::string stage;
  std::string status;
};
BOOST_DESCRIBE_STRUCT(MemberOn, (),
                      (person, number, name, organisation, organisation_name, stage, status))

/// `recorded`: in the order in which they came on record.
enum class MemberOnOrder { recorded, name, number };
BOOST_DESCRIBE_ENUM(MemberOnOrder, recorded, name, number)

struct MembersOnQuery {
  Id organisation = kNoId;  // and all that stood below it on the day
  Date on;
  std::string stage;  // empty: any, as below
  std::string status;
  std::string sex;
  std::string name;  // the beginning of it
  MemberOnOrder order = MemberOnOrder::recorded;
  bool descending = false;
  std::optional<std::string> after;  // next of the page before
  int limit = 50;                    // kMaxPage at most
};

/// Members of a node on a day. Errors: registry.not_found, api.limit_out_of_range,
/// api.page_unknown.
Result<api::Page<MemberOn>> members_on(db::Reader& reader, const Scope& scope,
                                       const MembersOnQuery& query);

}  // namespace jishi::registry
