#include "app/nearest.hpp"

#include <algorithm>
#include <numeric>

namespace jishi::app {

namespace {

constexpr std::size_t kMaxNames = 3;

// How many letters have to be put in, taken out or replaced.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view written,
                                       const std::vector<std::string>& names) {
  constexpr std::size_t kMaxWritten = 100;
  if (written.empty() || written.size() > kMaxWritten) return {};
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& name : names) {
    // Part of a name counts as nearly the name: `theme_day` for `orglife/theme_day`.
    const bool part = name.find(written) != name.npos;
    const std::size_t far = part ? 1 : distance(written, name);
    if (far <= 1 + written.size() / 3) ranked.emplace_back(far, name);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> nearest;
  for (auto& [far, name] : ranked) {
    if (nearest.size() < kMaxNames) nearest.push_back(std::move(name));
  }
  return nearest;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace jishi::app
