#include "modules/registry/roll/outline.hpp"

#include "modules/registry/roll/outline.sql.hpp"

namespace jishi::registry {

namespace {

struct LinkRow {
  Id id = kNoId;
  Id parent = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  std::optional<Date> ended;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (id, parent, code, name, kind, ended))

}  // namespace

Outline Outline::load(db::Reader& reader, std::string_view structure, Date today) {
  auto rows = reader.all<LinkRow>(sql::outline::links_today, structure);
  std::unordered_map<Id, std::vector<std::uint32_t>> below;
  std::unordered_map<Id, bool> known;
  known.reserve(rows.size());
  for (const LinkRow& row : rows) known.emplace(row.id, true);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    below[known.contains(rows[i].parent) ? rows[i].parent : kNoId].push_back(i);
  }
  Outline outline;
  outline.nodes_.reserve(rows.size());
  outline.places_.reserve(rows.size());
  struct Step {
    Id parent;
    std::uint32_t place;  // of the parent
    std::size_t next;     // of its children
  };
  std::vector<Step> line{{kNoId, kNowhere, 0}};
  while (!line.empty()) {
    Step& step = line.back();
    const auto children = below.find(step.parent);
    if (children == below.end() || step.next == children->second.size()) {
      if (step.place != kNowhere) {
        outline.nodes_[step.place].end = static_cast<std::uint32_t>(outline.nodes_.size());
      }
      line.pop_back();
      continue;
    }
    LinkRow& row = rows[children->second[step.next++]];
    const auto place = static_cast<std::uint32_t>(outline.nodes_.size());
    outline.places_.emplace(row.id, place);
    outline.nodes_.push_back({row.id, row.parent, std::move(row.code), std::move(row.name),
                              std::move(row.kind), row.ended && *row.ended <= today, place + 1,
                              step.place, static_cast<int>(line.size()) - 1});
    line.push_back({row.id, place, 0});  // `step` is not looked at any more
  }
  outline.living_.reserve(outline.nodes_.size() + 1);
  outline.living_.push_back(0);
  for (const Node& node : outline.nodes_) {
    outline.living_.push_back(outline.living_.back() + (node.ended ? 0 : 1));
  }
  return outline;
}

std::uint32_t Outline::place_of(Id organisation) const {
  const auto found = places_.find(organisation);
  return found == places_.end() ? kNowhere : found->second;
}

Span Outline::subtree(Id organisation) const {
  const std::uint32_t place = place_of(organisation);
  if (place == kNowhere) return {};
  return {place, nodes_[place].end};
}

std::vector<Span> Outline::spans(const Scope& scope) const {
  std::vector<Span> spans;
  for (const Id organisation : scope.places) {
    const Span span = subtree(organisation);
    if (span.begin < span.end) spans.push_back(span);
  }
  for (const Id organisation : scope.own) {
    const std::uint32_t place = place_of(organisation);
    if (place != kNowhere) spans.push_back({place, place + 1});
  }
  std::sort(spans.begin(), spans.end(), [](const Span& left, const Span& right) {
    return std::pair(left.begin, right.end) < std::pair(right.begin, left.end);
  });
  // Subtrees lie within each other or apart.
  std::vector<Span> apart;
  for (const Span& span : spans) {
    if (apart.empty() || span.begin >= apart.back().end) apart.push_back(span);
  }
  return apart;
}

bool within(const std::vector<Span>& spans, std::uint32_t place) {
  const auto next =
      std::upper_bound(spans.begin(), spans.end(), place,
                       [](std::uint32_t one, const Span& span) { return one < span.begin; });
  return next != spans.begin() && std::prev(next)->holds(place);
}

SpanSet::SpanSet(std::vector<Span> spans, const Outline& outline) : spans_(std::move(spans)) {
  if (spans_.size() == 1) only_ = spans_.front();
  if (spans_.size() <= 1) return;
  held_.resize(outline.nodes().size());
  for (const Span& span : spans_) {
    std::fill(held_.begin() + span.begin, held_.begin() + span.end, std::uint8_t{1});
  }
}

std::vector<Span> cut(const std::vector<Span>& spans, Span span) {
  std::vector<Span> parts;
  for (const Span& one : spans) {
    const Span part{std::max(one.begin, span.begin), std::min(one.end, span.end)};
    if (part.begin < part.end) parts.push_back(part);
  }
  return parts;
}

}  // namespace jishi::registry
