#pragma once

namespace jishi::app {

/// Runs the command line and returns the exit status: 0 done, 1 refused input, 2 wrong usage, 3
/// internal failure.
int run(int argc, char** argv);

}  // namespace jishi::app
