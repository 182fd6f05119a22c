#include "modules/intake/rows.hpp"

#include <algorithm>

namespace jishi::intake {

std::string_view name_of(SheetKind kind) {
  switch (kind) {
    case SheetKind::organisations: return "organisations";
    case SheetKind::members: return "members";
    case SheetKind::posts: return "posts";
    case SheetKind::activities: return "activities";
    case SheetKind::dues: return "dues";
  }
  return {};
}

bool ReadRow::refused() const {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return problem.refuses; });
}

}  // namespace jishi::intake
