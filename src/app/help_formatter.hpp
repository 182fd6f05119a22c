#pragma once
// How the command line's help is laid out. For command_line.cpp alone.

#include <CLI/CLI.hpp>

#include "app/table.hpp"

namespace jishi::app {

/// CLI11's help with columns that count a Chinese character as two places.
class HelpFormatter final : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool positional) const override {
    return two_columns(make_option_name(option, positional) + make_option_opts(option),
                       make_option_desc(option));
  }
  std::string make_subcommand(const CLI::App* command) const override {
    return two_columns(command->get_name(), command->get_description());
  }

 private:
  static std::string two_columns(const std::string& name, const std::string& about) {
    constexpr std::size_t kWidth = 26;
    const std::size_t width = display_width(name);
    const std::string room(width < kWidth ? kWidth - width : 2, ' ');
    return "  " + name + room + about + "\n";
  }
};

}  // namespace jishi::app
