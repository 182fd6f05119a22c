#include "modules/workflow/cases/next_steps.hpp"

#include "modules/workflow/cases/bookkeeping.hpp"

namespace jishi::workflow {

namespace {

constexpr std::size_t kMostNext = 8;      // steps that follow
constexpr std::size_t kMostBetween = 32;  // nodes on the way to them

/// What is done with a node that a token comes to.
enum class Way { step, through, stop, unknown };

Way way_of(const Definition& definition, const Node& node) {
  switch (node.kind) {
    case NodeKind::user_task:
    case NodeKind::manual_task: return node.multi ? Way::unknown : Way::step;
    case NodeKind::exclusive:
    case NodeKind::parallel:
    case NodeKind::inclusive:
    case NodeKind::rule_task: return node.multi ? Way::unknown : Way::through;
    case NodeKind::timer_event:
    case NodeKind::message_event:
    case NodeKind::receive_task: return Way::stop;
    case NodeKind::end:
    case NodeKind::terminate:
      return definition.scopes[node.scope].owner == kNone ? Way::stop : Way::unknown;
    default: return Way::unknown;
  }
}

}  // namespace

std::optional<std::vector<Index>> next_steps(const Definition& definition, Index node) {
  if (definition.nodes[node].multi) return std::nullopt;
  std::vector<Index> steps;
  std::vector<Index> seen{node};  // in the order in which they are come to
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (const Index flow : definition.nodes[seen[i]].outgoing) {
      const Index target = definition.flows[flow].target;
      if (std::find(seen.begin(), seen.end(), target) != seen.end()) continue;
      if (std::find(steps.begin(), steps.end(), target) != steps.end()) continue;
      switch (way_of(definition, definition.nodes[target])) {
        case Way::step: steps.push_back(target); break;
        case Way::through: seen.push_back(target); break;
        case Way::stop: break;
        case Way::unknown: return std::nullopt;
      }
      if (steps.size() > kMostNext || seen.size() > kMostBetween) return std::nullopt;
    }
  }
  return steps;
}

bool ask_of_next_soon(db::Reader& reader, const HeldCase& held, Number task, Date today) {
  const auto done = std::find_if(held.state.tasks.begin(), held.state.tasks.end(),
                                 [&](const Task& one) { return one.id == task; });
  if (done == held.state.tasks.end()) return false;
  const auto steps = next_steps(*held.playable->definition, done->node);
  if (!steps) return false;
  open_tasks_soon(reader, held.row.id);
  place_of_task_soon(reader, held, *done, today);  // where others sign it, too
  for (const Index step : *steps) {
    Task next;
    next.node = step;
    place_of_task_soon(reader, held, next, today);
  }
  return true;
}

}  // namespace jishi::workflow
