#include "modules/workflow/definition/check.hpp"
#include "modules/workflow/definition/cover.hpp"

namespace jishi::workflow {

namespace {

bool ends(NodeKind kind) {
  return kind == NodeKind::end || kind == NodeKind::terminate || kind == NodeKind::error_end;
}

/// Checks one definition.
class Structure {
 public:
  Structure(const Definition& definition, Findings& findings, bool again)
      : definition_(definition), findings_(findings), again_(again) {}

  void check() {
    for (Index i = 0; i < definition_.scopes.size(); ++i) check_scope(i);
    for (const Node& node : definition_.nodes) check_node(node);
    check_ways();
    check_calls();
  }

 private:
  void refuse(const std::string& element, std::string_view code, Arguments arguments = {}) {
    findings_.push_back({element, fail(ErrorKind::invalid, code, std::move(arguments))});
  }

  const Node& node(Index index) const { return definition_.nodes[index]; }
  const Flow& flow(Index index) const { return definition_.flows[index]; }

  void check_scope(Index index) {
    const Scope& scope = definition_.scopes[index];
    std::size_t starts = 0;
    std::size_t exits = 0;
    for (const Index one : scope.nodes) {
      starts += node(one).kind == NodeKind::start ? 1 : 0;
      exits += ends(node(one).kind) ? 1 : 0;
    }
    const std::string& id =
        scope.id.empty() && scope.owner != kNone ? node(scope.owner).id : scope.id;
    if (starts == 0) refuse(id, "process.no_start");
    if (starts > 1) refuse(id, "process.several_starts");
    if (exits == 0) refuse(id, "process.no_end");
  }

  void check_node(const Node& one) {
    const bool entered = one.kind == NodeKind::start || is_boundary(one.kind);
    if (entered && !one.incoming.empty()) refuse(one.id, "process.no_way_in");
    if (ends(one.kind) && !one.outgoing.empty()) refuse(one.id, "process.end_goes_on");
    if (!ends(one.kind) && one.outgoing.empty()) refuse(one.id, "process.no_way_on");
    if (is_boundary(one.kind) &&
        (one.attached_to == kNone || !is_activity(node(one.attached_to).kind))) {
      refuse(one.id, "process.boundary_place");
    }
    if (one.kind == NodeKind::inclusive && one.incoming.size() > kMostIncoming) {
      refuse(one.id, "process.too_many", {{"limit", std::to_string(kMostIncoming)}});
    }
    if (one.kind == NodeKind::boundary_error && one.attached_to != kNone &&
        !may_throw(one.attached_to, one.error_code, 0)) {
      findings_.push_back({one.id, fail(ErrorKind::invalid, "process.error_never"), true});
    }
    check_conditions(one);
  }

  // Whether an error may come out of an activity: a service's, whose codes nobody knows here, or
  // that of an error end within.
  bool may_throw(Index index, const std::string& code, int depth) const {
    const Node& one = node(index);
    if (one.kind == NodeKind::service_task || depth > kMostScopes) return true;
    if (one.kind == NodeKind::error_end) return code.empty() || code == one.error_code;
    if (one.inner == kNone) return false;
    const auto& within = definition_.scopes[one.inner].nodes;
    return std::any_of(within.begin(), within.end(),
                       [&](Index below) { return may_throw(below, code, depth + 1); });
  }

  void check_conditions(const Node& one) {
    const bool chooses = one.kind == NodeKind::exclusive || one.kind == NodeKind::inclusive;
    std::vector<feel::NodePtr> conditions;
    bool free = one.default_flow != kNone;
    for (const Index index : one.outgoing) {
      const Flow& way = flow(index);
      if (index == one.default_flow) continue;
      if (way.condition != nullptr) {
        conditions.push_back(way.condition);
      } else if (chooses && one.outgoing.size() > 1) {
        refuse(way.id, "process.condition_missing");
      } else {
        free = true;
      }
    }
    // A token for each flow: a default would be the one way that is not taken.
    const bool ignored = one.default_flow != kNone && !chooses && !is_activity(one.kind);
    if (ignored && conditions.empty()) {
      findings_.push_back({one.id, fail(ErrorKind::invalid, "process.condition_ignored"), again_});
    }
    if (conditions.empty()) return;
    if (!chooses && !is_activity(one.kind)) return refuse(one.id, "process.condition_ignored");
    if (free) return;
    const Cover cover = cover_of(conditions);
    if (cover == Cover::none) refuse(one.id, "process.no_default");
    if (cover == Cover::unless_null) {
      findings_.push_back({one.id, fail(ErrorKind::invalid, "process.no_way_for_null"), again_});
    }
  }

  // Every node is reached from the start, and an end from every node.
  void check_ways() {
    std::vector<bool> reached(definition_.nodes.size());
    std::vector<bool> exits(definition_.nodes.size());
    for (Index i = 0; i < definition_.nodes.size(); ++i) {
      if (node(i).kind == NodeKind::start) walk_on(i, reached);
      if (ends(node(i).kind)) walk_back(i, exits);
    }
    for (Index i = 0; i < definition_.nodes.size(); ++i) {
      if (!reached[i]) {
        refuse(node(i).id, "process.unreachable");
      } else if (!exits[i]) {
        refuse(node(i).id, "process.no_exit");
      }
    }
  }

  // A way whose condition never holds is none.
  bool may_go(Index way) const { return again_ || !is_never(flow(way).condition); }

  void walk_on(Index from, std::vector<bool>& seen) {
    std::vector<Index> open{from};
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      for (const Index way : node(at).outgoing) {
        if (may_go(way)) open.push_back(flow(way).target);
      }
      open.insert(open.end(), node(at).boundaries.begin(), node(at).boundaries.end());
    }
  }

  void walk_back(Index from, std::vector<bool>& seen) {
    std::vector<Index> open{from};
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      for (const Index way : node(at).incoming) {
        if (may_go(way)) open.push_back(flow(way).source);
      }
      if (is_boundary(node(at).kind) && node(at).interrupting) {
        open.push_back(node(at).attached_to);
      }
    }
  }

  // The process of a scope: that of the sub-processes it lies in.
  Index process_of(Index scope) const {
    while (definition_.scopes[scope].owner != kNone) {
      scope = node(definition_.scopes[scope].owner).scope;
    }
    return scope;
  }

  void check_calls() {
    std::map<Index, std::vector<std::pair<Index, const Node*>>> calls;
    for (const Node& one : definition_.nodes) {
      if (one.kind == NodeKind::call_activity && one.inner != kNone) {
        calls[process_of(one.scope)].emplace_back(one.inner, &one);
      }
    }
    for (const Index process : definition_.processes) {
      std::vector<Index> open{process};
      std::vector<bool> seen(definition_.scopes.size());
      while (!open.empty()) {
        const Index at = open.back();
        open.pop_back();
        for (const auto& [called, caller] : calls[at]) {
          if (called == process) return refuse(caller->id, "process.call_cycle");
          if (!seen[called]) open.push_back(called);
          seen[called] = true;
        }
      }
    }
  }

  const Definition& definition_;
  Findings& findings_;
  const bool again_;
};

}  // namespace

void check_structure(const Definition& definition, Findings& findings, bool again) {
  Structure(definition, findings, again).check();
}

namespace {

// Which incoming flows of a join are reached from each node, a bit each; with `beside`, also by the
// events that go on beside their activity.
std::vector<std::uint64_t> reach_of(const Definition& definition, Index join, bool beside) {
  const Node& gateway = definition.nodes[join];
  std::vector<std::uint64_t> reach(definition.nodes.size(), 0);
  for (std::size_t i = 0; i < gateway.incoming.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    std::vector<Index> open{definition.flows[gateway.incoming[i]].source};
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      if (at == join || (reach[at] & bit) != 0) continue;
      reach[at] |= bit;
      const Node& node = definition.nodes[at];
      for (const Index way : node.incoming) open.push_back(definition.flows[way].source);
      if (is_boundary(node.kind) && (node.interrupting || beside)) open.push_back(node.attached_to);
    }
  }
  return reach;
}

}  // namespace

// An event beside an activity is no other way for its token: both come, and are waited for. Where
// the activity itself does not lead to the join, what may come of its events is.
void prepare_joins(Definition& definition) {
  for (Index join = 0; join < definition.nodes.size(); ++join) {
    Node& gateway = definition.nodes[join];
    if (gateway.kind != NodeKind::inclusive || gateway.incoming.size() < 2) continue;
    gateway.reach = reach_of(definition, join, false);
    const auto beside = reach_of(definition, join, true);
    for (std::size_t i = 0; i < beside.size(); ++i) {
      if (gateway.reach[i] == 0) gateway.reach[i] = beside[i];
    }
  }
}

}  // namespace jishi::workflow
