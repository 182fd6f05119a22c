#pragma once

#include <functional>
#include <string>

#include "app/context.hpp"

namespace jishi::app {

/// What the words behind `jishi` ask for.
struct CommandLine {
  Settings settings;
  /// The command; empty when there is only `text` to be printed and `status` to end with.
  std::function<Result<Status>(const Context&)> run;
  std::string text;
  Status status = Status::done;
};

/// Reads the command line. What it lacks comes from the environment, and from where the program
/// stands.
CommandLine read_command_line(int argc, char** argv);

}  // namespace jishi::app
