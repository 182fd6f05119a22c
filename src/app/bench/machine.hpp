#pragma once
// The machine and the program that were measured.

#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "base/clock.hpp"

namespace jishi::app::bench {

/// Names (codes of their texts, without `bench.`) and values, in the order in which they are shown.
using MachineFacts = std::vector<std::pair<std::string, std::string>>;

/// `folder`: where the bench works; its file system is what durable commands wait for.
MachineFacts machine_facts(const Clock& clock, const std::filesystem::path& folder);

}  // namespace jishi::app::bench
