#include "platform/fulltext/excerpt.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace jishi::fulltext {

namespace {

constexpr std::string_view kCut = "…";

/// The place so many signs after another, or the end.
std::size_t forward(std::string_view text, std::size_t at, std::size_t signs) {
  for (; signs > 0 && at < text.size(); --signs) at += first_code_point(text.substr(at)).length;
  return at;
}

/// The place so many signs before another, or the beginning.
std::size_t backward(std::string_view text, std::size_t at, std::size_t signs) {
  for (; signs > 0 && at > 0; --signs) {
    do {
      --at;
    } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  }
  return at;
}

/// Hits as bytes of the text, in order and apart.
std::vector<Extent> extents_of(const PlainText& plain, std::vector<Hit> hits) {
  std::sort(hits.begin(), hits.end(),
            [](const Hit& left, const Hit& right) { return left.begin < right.begin; });
  std::vector<Extent> extents;
  for (const Hit& hit : hits) {
    const Extent extent{plain.extents[hit.begin].begin, plain.extents[hit.end - 1].end};
    if (!extents.empty() && extent.begin <= extents.back().end) {
      extents.back().end = std::max(extents.back().end, extent.end);
    } else {
      extents.push_back(extent);
    }
  }
  return extents;
}

}  // namespace

std::vector<Segment> excerpt(std::string_view text, const PlainText& plain, std::vector<Hit> hits) {
  const auto extents = extents_of(plain, std::move(hits));
  std::size_t from = 0;
  if (!extents.empty() && forward(text, 0, kMostShown) < text.size())
    from = backward(text, extents.front().begin, kShownBefore);
  const std::size_t to = forward(text, from, kMostShown);
  std::vector<Segment> segments;
  const auto add = [&](std::size_t begin, std::size_t end, bool hit) {
    if (begin < end) segments.push_back({std::string(text.substr(begin, end - begin)), hit});
  };
  if (from > 0) segments.push_back({std::string(kCut), false});
  std::size_t at = from;
  for (const Extent& extent : extents) {
    if (extent.begin >= to) break;
    add(at, extent.begin, false);
    at = std::min<std::size_t>(extent.end, to);
    add(extent.begin, at, true);
  }
  add(at, to, false);
  if (to < text.size()) segments.push_back({std::string(kCut), false});
  return segments;
}

}  // namespace jishi::fulltext
