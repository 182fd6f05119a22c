#include <set>
#include <unordered_set>

#include "modules/workflow/definition/check.hpp"

namespace jishi::workflow {

namespace {

constexpr std::size_t kMostMarkings = 20'000;
constexpr char kMostTokens = 3;           // of one flow, before it counts as multiplying
constexpr std::size_t kMostBranches = 5;  // of which every combination is tried

/// How many tokens stand on each flow of a scope.
using Marking = std::string;

/// Plays one scope every way.
class Play {
 public:
  Play(const Definition& definition, Index scope) : definition_(definition) {
    for (const Index node : definition.scopes[scope].nodes) {
      nodes_.push_back(node);
      for (const Index flow : definition.nodes[node].outgoing) {
        place_[flow] = flows_.size();
        flows_.push_back(flow);
      }
    }
  }

  /// Every marking is visited; with `eager`, where a node can do but one thing, it does it at
  /// once: fewer markings, the same joins. False when there are too many.
  bool run(bool eager) {
    eager_ = eager;
    Marking first(flows_.size(), 0);
    for (const Index node : nodes_) {
      if (definition_.nodes[node].kind != NodeKind::start) continue;
      fired_.insert(node);
      for (const Index flow : definition_.nodes[node].outgoing) ++first[place_[flow]];
    }
    add(first);
    while (!open_.empty()) {
      if (seen_.size() > kMostMarkings) return false;
      const Marking marking = std::move(open_.back());
      open_.pop_back();
      step(marking);
    }
    return true;
  }

  const std::set<Index>& fired() const { return fired_; }
  const std::set<Index>& waiting() const { return waiting_; }  // joins that may wait for ever
  const std::set<Index>& doubled() const { return doubled_; }  // nodes where tokens may pile up
  bool finishes() const { return finishes_; }
  const std::vector<Index>& nodes() const { return nodes_; }

 private:
  void add(const Marking& marking) {
    for (std::size_t i = 0; i < marking.size(); ++i) {
      if (marking[i] > 1) doubled_.insert(definition_.flows[flows_[i]].target);
      if (marking[i] > kMostTokens) return;  // it would go on without an end
    }
    if (seen_.insert(marking).second) open_.push_back(marking);
  }

  void step(const Marking& marking) {
    if (marking.find_first_not_of('\0') == Marking::npos) {
      finishes_ = true;
      return;
    }
    bool moved = false;
    for (const Index index : nodes_) {
      for (const Marking& taken : enabled(marking, index)) {
        moved = true;
        fired_.insert(index);
        const auto results = outcomes(taken, index);
        for (const Marking& result : results) add(result);
        if (eager_ && results.size() == 1) return;
      }
    }
    if (moved) return;
    for (std::size_t i = 0; i < marking.size(); ++i) {
      if (marking[i] > 0) waiting_.insert(definition_.flows[flows_[i]].target);
    }
  }

  // The markings without the tokens that a node takes: one for each way it can begin.
  std::vector<Marking> enabled(const Marking& marking, Index index) {
    const Node& node = definition_.nodes[index];
    const auto held = [&](Index flow) { return marking[place_[flow]] > 0; };
    std::vector<Marking> all;
    const bool joins = node.incoming.size() > 1 &&
                       (node.kind == NodeKind::parallel || node.kind == NodeKind::inclusive);
    if (!joins) {
      for (const Index flow : node.incoming) {
        if (!held(flow)) continue;
        all.push_back(marking);
        --all.back()[place_[flow]];
      }
      return all;
    }
    const bool complete = std::all_of(node.incoming.begin(), node.incoming.end(), held);
    if (!complete && (node.kind == NodeKind::parallel || !may_merge(marking, index))) return all;
    Marking taken = marking;
    for (const Index flow : node.incoming) {
      if (!held(flow)) continue;
      char& left = taken[place_[flow]];
      left = node.kind == NodeKind::inclusive ? '\0' : static_cast<char>(left - 1);
    }
    all.push_back(std::move(taken));
    return all;
  }

  // An inclusive join goes on when no token elsewhere can still come by a way that has none.
  bool may_merge(const Marking& marking, Index index) {
    const Node& node = definition_.nodes[index];
    std::uint64_t full = 0;
    for (std::size_t i = 0; i < node.incoming.size(); ++i) {
      if (marking[place_[node.incoming[i]]] > 0) full |= std::uint64_t{1} << i;
    }
    if (full == 0) return false;
    for (std::size_t i = 0; i < flows_.size(); ++i) {
      const Index target = definition_.flows[flows_[i]].target;
      if (marking[i] == 0 || target == index) continue;
      const std::uint64_t reach = node.reach[target];
      if ((reach & ~full) != 0 && (reach & full) == 0) return false;
    }
    return true;
  }

  Marking with(Marking marking, const std::vector<Index>& flows) {
    for (const Index flow : flows) ++marking[place_[flow]];
    return marking;
  }

  std::vector<Marking> outcomes(const Marking& taken, Index index) {
    const Node& node = definition_.nodes[index];
    std::vector<Marking> all;
    switch (node.kind) {
      case NodeKind::end: return {taken};
      case NodeKind::terminate:
      case NodeKind::error_end: return {Marking(flows_.size(), 0)};
      case NodeKind::exclusive:
        for (const Index flow : node.outgoing) all.push_back(with(taken, {flow}));
        return all;
      default: break;
    }
    for (const auto& ways : chosen(node)) all.push_back(with(taken, ways));
    const std::size_t normal = all.size();
    for (const Index boundary : node.boundaries) {
      const Node& event = definition_.nodes[boundary];
      fired_.insert(boundary);
      if (event.interrupting) {
        all.push_back(with(taken, event.outgoing));
      } else {
        for (std::size_t i = 0; i < normal; ++i) all.push_back(with(all[i], event.outgoing));
      }
    }
    return all;
  }

  // The sets of ways that may be taken together: all of them, or some, where they have conditions.
  std::vector<std::vector<Index>> chosen(const Node& node) {
    std::vector<Index> always;
    std::vector<Index> some;
    for (const Index flow : node.outgoing) {
      const bool open = definition_.flows[flow].condition != nullptr && flow != node.default_flow;
      if (flow == node.default_flow) continue;
      (open ? some : always).push_back(flow);
    }
    std::vector<std::vector<Index>> all;
    if (node.default_flow != kNone) all.push_back(joined(always, {node.default_flow}));
    if (some.empty()) {
      if (all.empty() || !always.empty()) all.push_back(always);
      return all;
    }
    if (!always.empty()) all.push_back(always);
    const std::size_t count = std::min(some.size(), kMostBranches);
    for (std::size_t bits = 1; bits < (std::size_t{1} << count); ++bits) {
      std::vector<Index> part = always;
      for (std::size_t i = 0; i < count; ++i) {
        if ((bits >> i) % 2 != 0) part.push_back(some[i]);
      }
      all.push_back(std::move(part));
    }
    for (std::size_t i = count; i < some.size(); ++i) all.push_back(joined(always, {some[i]}));
    if (some.size() > count) all.push_back(joined(always, some));
    return all;
  }

  static std::vector<Index> joined(std::vector<Index> left, const std::vector<Index>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
  }

  const Definition& definition_;
  std::vector<Index> nodes_, flows_;
  std::map<Index, std::size_t> place_;
  std::unordered_set<Marking> seen_;
  std::vector<Marking> open_;
  std::set<Index> fired_, waiting_, doubled_;
  bool finishes_ = false;
  bool eager_ = false;
};

void report(const Definition& definition, const Play& play, bool complete, Findings& findings) {
  const auto add = [&](Index node, std::string_view code, bool warning) {
    findings.push_back({definition.nodes[node].id, fail(ErrorKind::invalid, code), warning});
  };
  for (const Index node : play.nodes()) {
    if (play.fired().contains(node)) continue;
    const bool waits = play.waiting().contains(node);
    add(node, waits ? "process.waits_for_ever" : "process.never_runs", false);
  }
  for (const Index node : play.waiting()) {
    if (play.fired().contains(node)) add(node, "process.may_wait", play.finishes());
  }
  for (const Index node : play.doubled()) {
    if (complete && play.fired().contains(node)) add(node, "process.may_run_twice", true);
  }
}

}  // namespace

void check_tokens(const Definition& definition, Findings& findings) {
  for (Index scope = 0; scope < definition.scopes.size(); ++scope) {
    Play play(definition, scope);
    if (play.run(false)) {
      report(definition, play, true, findings);
      continue;
    }
    Play quick(definition, scope);
    if (quick.run(true)) {
      report(definition, quick, false, findings);
    } else {
      findings.push_back(
          {definition.scopes[scope].id, fail(ErrorKind::invalid, "process.not_explored"), true});
    }
  }
}

}  // namespace jishi::workflow
