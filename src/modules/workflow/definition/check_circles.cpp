#include "modules/workflow/definition/check.hpp"

namespace jishi::workflow {

namespace {

/// Looks for circles among the steps that wait for nothing.
class Circles {
 public:
  explicit Circles(const Definition& definition)
      : definition_(definition), places_(definition.nodes.size(), Place::ahead) {}

  /// One node of each circle that is met.
  std::vector<Index> found() {
    for (Index i = 0; i < definition_.nodes.size(); ++i) {
      if (places_[i] == Place::ahead && goes_by_itself(i)) walk(i);
    }
    return found_;
  }

 private:
  enum class Place : std::uint8_t { ahead, on_the_way, behind };
  struct Step {
    Index node;
    std::vector<Index> next;
  };

  // An error is met in the moment of the step; a timer and a message are waited for.
  bool goes_by_itself(Index index) const {
    const Node& node = definition_.nodes[index];
    switch (node.kind) {
      case NodeKind::service_task:
      case NodeKind::rule_task:
      case NodeKind::message_throw:
      case NodeKind::boundary_error:
      case NodeKind::exclusive:
      case NodeKind::parallel:
      case NodeKind::inclusive: return true;
      case NodeKind::sub_process:
      case NodeKind::call_activity: return node.inner != kNone && !waits(node.inner, 0);
      default: return false;
    }
  }

  bool waits(Index scope, int depth) const {
    if (depth > kMostScopes) return true;
    for (const Index one : definition_.scopes[scope].nodes) {
      const Node& node = definition_.nodes[one];
      const bool inside = node.inner != kNone && waits(node.inner, depth + 1);
      switch (node.kind) {
        case NodeKind::user_task:
        case NodeKind::manual_task:
        case NodeKind::receive_task:
        case NodeKind::timer_event:
        case NodeKind::message_event: return true;
        default: break;
      }
      if (inside) return true;
    }
    return false;
  }

  std::vector<Index> behind(Index index) const {
    std::vector<Index> all;
    const Node& node = definition_.nodes[index];
    for (const Index way : node.outgoing) all.push_back(definition_.flows[way].target);
    all.insert(all.end(), node.boundaries.begin(), node.boundaries.end());
    std::erase_if(all, [&](Index one) { return !goes_by_itself(one); });
    return all;
  }

  // In depth, with a list instead of calls: a file has up to thousands of nodes in a row.
  void walk(Index from) {
    std::vector<Step> open{{from, behind(from)}};
    places_[from] = Place::on_the_way;
    while (!open.empty()) {
      Step& step = open.back();
      if (step.next.empty()) {
        places_[step.node] = Place::behind;
        open.pop_back();
        continue;
      }
      const Index next = step.next.back();
      step.next.pop_back();
      if (places_[next] == Place::on_the_way) found_.push_back(next);
      if (places_[next] != Place::ahead) continue;
      places_[next] = Place::on_the_way;
      open.push_back({next, behind(next)});
    }
  }

  const Definition& definition_;
  std::vector<Place> places_;
  std::vector<Index> found_;
};

}  // namespace

void check_circles(const Definition& definition, Findings& findings) {
  std::vector<Index> circles = Circles(definition).found();
  std::sort(circles.begin(), circles.end());
  circles.erase(std::unique(circles.begin(), circles.end()), circles.end());
  for (const Index one : circles) {
    findings.push_back(
        {definition.nodes[one].id, fail(ErrorKind::invalid, "process.circle_by_itself"), true});
  }
}

}  // namespace jishi::workflow
