#pragma once
// Streams of events: many that are idle, and one on which lights change.

#include "app/bench/http/served.hpp"

namespace jishi::app::bench {

/// Lets this process, and those it starts, open so many files; as many as it may.
std::size_t raise_file_limit(std::size_t files);

/// Waits, for a while, until the server's followers have caught up.
void wait_until_ready(const Served& served);

/// The memory of the server with `count` open streams on which nothing happens.
void measure_streams(Run& run, const Office& office, const Served& served, std::string_view engine,
                     std::size_t count);

/// How soon a fact that changes a light is known to a subscriber, while many facts come in.
void measure_lights(Run& run, const Office& office, const Served& served, std::string_view engine);

}  // namespace jishi::app::bench
