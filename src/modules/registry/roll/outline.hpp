#pragma once
// Today's tree of a structure in memory, in the order in which an outline is printed: all that
// stands below an organisation follows it without a gap, so that a subtree is an interval.

#include "modules/registry/roll/scope.hpp"

namespace jishi::registry {

/// First and last but one place of a subtree.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool holds(std::uint32_t place) const { return place >= begin && place < end; }
};

class Outline {
 public:
  static constexpr std::uint32_t kNowhere = 0xFFFF'FFFF;

  struct Node {
    Id id = kNoId;
    Id parent = kNoId;
    std::string code;
    std::string name;
    std::string kind;
    bool ended = false;
    std::uint32_t end = 0;    // where its subtree ends
    std::uint32_t above = 0;  // the place of its parent, or kNowhere
    int depth = 0;
  };

  /// Reads the tree as it stands today; `today` tells what has ended.
  static Outline load(db::Reader& reader, std::string_view structure, Date today);

  const std::vector<Node>& nodes() const { return nodes_; }
  /// The place of an organisation, or kNowhere.
  std::uint32_t place_of(Id organisation) const;
  /// An organisation and all below it; empty when it stands nowhere.
  Span subtree(Id organisation) const;
  /// What a scope covers: disjoint, in order.
  std::vector<Span> spans(const Scope& scope) const;
  /// How many living organisations stand in a span.
  std::int64_t living(Span span) const { return living_[span.end] - living_[span.begin]; }

 private:
  std::vector<Node> nodes_;
  std::unordered_map<Id, std::uint32_t> places_;
  std::vector<std::int64_t> living_;  // before each place
};

/// Whether a place is in one of the spans, which are disjoint and in order.
bool within(const std::vector<Span>& spans, std::uint32_t place);

/// The same for many places: one look for each, however many spans there are.
class SpanSet {
 public:
  SpanSet(std::vector<Span> spans, const Outline& outline);

  bool holds(std::uint32_t place) const {
    if (held_.empty()) return only_.holds(place);
    return place < held_.size() && held_[place] != 0;
  }
  const std::vector<Span>& spans() const { return spans_; }

 private:
  std::vector<Span> spans_;
  Span only_;                       // where there is one, or none
  std::vector<std::uint8_t> held_;  // by place, where there are several
};

/// The parts of `spans` that lie in `span`.
std::vector<Span> cut(const std::vector<Span>& spans, Span span);

}  // namespace jishi::registry
