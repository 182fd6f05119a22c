// The past told in today's structure.

#include <unordered_set>

#include "modules/registry/history/history.hpp"
#include "modules/registry/history/history.sql.hpp"

namespace jishi::registry {

namespace {

// Organisations split and merged in turn: a line of successors longer than this is cut.
constexpr int kMaxSuccessions = 100;

struct Succession {
  Id predecessor = kNoId;
  Id successor = kNoId;
};
BOOST_DESCRIBE_STRUCT(Succession, (), (predecessor, successor))

struct Interval {
  Id person = kNoId;
  Date since;
  Date until;
};
BOOST_DESCRIBE_STRUCT(Interval, (), (person, since, until))

/// Today's subtree of a node, and who became whom.
class Restatement {
 public:
  Restatement(db::Reader& reader, std::string_view structure, Id node, Date today)
      : reader_(reader) {
    for (const Id one : reader.all<Id>(sql::history::below_today, structure, node)) {
      below_.insert(one);
      ordered_.push_back(one);
    }
    for (const auto& one : reader.all<Succession>(sql::history::successions, today)) {
      if (!successors_.contains(one.predecessor)) predecessors_.push_back(one.predecessor);
      successors_[one.predecessor].push_back(one.successor);
    }
  }

  bool below(Id organisation) const { return below_.contains(organisation); }
  bool succeeded(Id organisation) const { return successors_.contains(organisation); }

  /// The organisation of today that an organisation's own past counts for.
  Id heir(Id organisation) const {
    for (int i = 0; i < kMaxSuccessions; ++i) {
      const auto next = successors_.find(organisation);
      if (next == successors_.end()) break;
      organisation = next->second.front();
    }
    return organisation;
  }

  /// The organisation of today that a membership counts for, which ended on `until`.
  Id heir(Id organisation, Id person, Date until) const {
    for (int i = 0; i < kMaxSuccessions; ++i) {
      const auto next = successors_.find(organisation);
      if (next == successors_.end()) break;
      const auto& to = next->second;
      Id chosen = to.front();
      if (to.size() > 1) {
        const auto went = reader_.one<Id>(sql::history::next_membership, person, until);
        if (went && std::find(to.begin(), to.end(), *went) != to.end()) chosen = *went;
      }
      organisation = chosen;
    }
    return organisation;
  }

  /// All whose members may count below the node: those there today, and all that were succeeded.
  std::vector<Id> candidates() const {
    std::vector<Id> all;
    for (const Id one : ordered_) {
      if (!succeeded(one)) all.push_back(one);
    }
    all.insert(all.end(), predecessors_.begin(), predecessors_.end());
    return all;
  }

 private:
  db::Reader& reader_;
  std::unordered_set<Id> below_;
  std::vector<Id> ordered_;
  std::map<Id, std::vector<Id>> successors_;
  std::vector<Id> predecessors_;
};

}  // namespace

std::vector<Id> restated_organisations(db::Reader& reader, std::string_view structure, Id node,
                                       Date today) {
  const Restatement restated(reader, structure, node, today);
  std::vector<Id> all = restated.candidates();
  std::erase_if(all, [&](Id one) { return !restated.below(restated.heir(one)); });
  return all;
}

std::vector<Stood> restated_below(db::Reader& reader, std::string_view structure, Id node,
                                  Date today) {
  const Restatement restated(reader, structure, node, today);
  std::map<Id, Stood> all;  // by the organisation of today
  for (const Id one : restated.candidates()) {
    const Id heir = restated.heir(one);
    if (!restated.below(heir)) continue;
    for (const Stood& stood : reader.all<Stood>(sql::history::links_of, structure, one)) {
      Stood& told = all.try_emplace(heir, Stood{heir, stood.since, stood.until}).first->second;
      told.since = std::min(told.since, stood.since);
      told.until = std::max(told.until, stood.until);
    }
  }
  std::vector<Stood> rows;
  rows.reserve(all.size());
  for (const auto& [organisation, stood] : all) rows.push_back(stood);
  return rows;
}

void restated_memberships(db::Reader& reader, std::string_view structure, Id node, Date today,
                          const VisitMembership& visit) {
  const Restatement restated(reader, structure, node, today);
  for (const Id one : restated.candidates()) {
    const bool succeeded = restated.succeeded(one);
    for (const Interval& held : reader.all<Interval>(sql::history::memberships, one)) {
      if (succeeded && !restated.below(restated.heir(one, held.person, held.until))) continue;
      visit(held.person, held.since, held.until);
    }
  }
}

}  // namespace jishi::registry
