#include "modules/workflow/definition/order.hpp"

#include <algorithm>

namespace jishi::workflow {

namespace {

using Ways = std::vector<std::vector<Index>>;

std::vector<Index> after(const Definition& definition, Index index) {
  const Node& node = definition.nodes[index];
  std::vector<Index> next;
  // The usual way first: where another one joins it further on, that one is the shortcut.
  if (node.default_flow != kNone) next.push_back(definition.flows[node.default_flow].target);
  for (const Index flow : node.outgoing) {
    if (flow != node.default_flow) next.push_back(definition.flows[flow].target);
  }
  next.insert(next.end(), node.boundaries.begin(), node.boundaries.end());
  if (node.inner != kNone) next.push_back(definition.scopes[node.inner].start);
  if (!node.outgoing.empty()) return next;
  // What ends a sub-process goes on behind it.
  for (const Node& outer : definition.nodes) {
    if (outer.inner == kNone || outer.inner != node.scope) continue;
    for (const Index flow : outer.outgoing) next.push_back(definition.flows[flow].target);
  }
  return next;
}

struct Visit {
  Index node = kNone;
  std::vector<Index> next;
  std::size_t at = 0;
};

}  // namespace

std::vector<std::vector<Index>> ways_ahead(const Definition& definition, Index start) {
  enum class Mark : std::uint8_t { unseen, on_the_way, done };
  Ways ways(definition.nodes.size());
  std::vector<Mark> marks(definition.nodes.size(), Mark::unseen);
  std::vector<Visit> path;
  const auto visit = [&](Index index) {
    marks[index] = Mark::on_the_way;
    path.push_back({index, after(definition, index)});
  };
  if (start != kNone) visit(start);
  while (!path.empty()) {
    Visit& here = path.back();
    if (here.at == here.next.size()) {
      marks[here.node] = Mark::done;
      path.pop_back();
      continue;
    }
    const Index next = here.next[here.at++];
    if (next == kNone || marks[next] == Mark::on_the_way) continue;
    ways[here.node].push_back(next);
    if (marks[next] == Mark::unseen) visit(next);
  }
  return ways;
}

std::vector<Index> order_of(const Definition& definition, Index scope) {
  const Index start = definition.scopes[scope].start;
  const Ways ways = ways_ahead(definition, start);
  std::vector<int> awaited(definition.nodes.size(), 0);  // how many lead to a node
  std::vector<int> rank(definition.nodes.size(), 0);     // how far it is at the most
  for (const auto& next : ways) {
    for (const Index to : next) ++awaited[to];
  }
  std::vector<Index> order;
  if (start != kNone) order.push_back(start);
  for (std::size_t at = 0; at < order.size(); ++at) {
    const Index index = order[at];
    for (const Index to : ways[index]) {
      rank[to] = std::max(rank[to], rank[index] + 1);
      if (--awaited[to] == 0) order.push_back(to);
    }
  }
  std::sort(order.begin(), order.end(), [&](Index left, Index right) {
    return rank[left] != rank[right] ? rank[left] < rank[right] : left < right;
  });
  return order;
}

}  // namespace jishi::workflow
