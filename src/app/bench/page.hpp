#pragma once
#include <filesystem>
#include <vector>

#include "app/bench/figure.hpp"
#include "app/bench/machine.hpp"

namespace jishi::app::bench {

/// Writes the figures as a page in Markdown (English, with a summary in Chinese). Sections of the
/// page before that no group makes stay. Error: bench.unwritable.
Result<Done> write_page(const std::filesystem::path& file, const MachineFacts& machine,
                        double scale, const std::vector<Group>& groups);

}  // namespace jishi::app::bench
