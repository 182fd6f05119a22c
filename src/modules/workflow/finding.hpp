#pragma once
// What is wrong with a file, element by element.

#include <string>
#include <vector>

#include "base/result.hpp"

namespace jishi::workflow {

/// One thing that is refused, or only warned of.
struct Finding {
  std::string element;  // its id; where it has none, its name or kind and line
  Error error;
  bool warning = false;
};

using Findings = std::vector<Finding>;

/// Whether any finding refuses the file.
inline bool refused(const Findings& findings) {
  for (const Finding& finding : findings) {
    if (!finding.warning) return true;
  }
  return false;
}

}  // namespace jishi::workflow
