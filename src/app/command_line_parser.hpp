#pragma once
// The command line's inside. CLI11 is large: it is known in the files that include this one only.

#include <CLI/CLI.hpp>

#include <charconv>

#include "app/command_line.hpp"
#include "app/commands.hpp"
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

/// Declares all options and commands and reads a call.
class Parser {
 public:
  explicit Parser(Language language) : language_(language), app_(say("app.about"), "jishi") {
    line_.settings.language = language;
    label();
    declare_settings();
    declare_daily_commands();
    declare_intake_commands();
    declare_queue_commands();
    declare_duplicates();
    declare_upkeep_commands();
    declare_user_commands();
    declare_server();
    declare_procedures();
    declare_bench();
  }

  CommandLine read(int argc, char** argv) {
    try {
      app_.parse(words_of(argc, argv));
      settle_settings();
    } catch (const CLI::CallForHelp&) {
      end(help(), Status::done);
    } catch (const CLI::CallForAllHelp&) {
      end(help(), Status::done);
    } catch (const CLI::CallForVersion& version) {
      end(version.what(), Status::done);
    } catch (const CLI::ParseError& error) {
      end(refusal(error), Status::usage);
    }
    return std::move(line_);
  }

 private:
  std::string say(std::string_view code, const Arguments& arguments = {}) const {
    return jishi::say(language_, code, arguments);
  }

  void end(std::string text, Status status) {
    line_.run = nullptr;
    line_.text = std::move(text);
    line_.status = status;
  }

  // A command, whose options its struct holds until it is run.
  template <class Options>
  CLI::App* command(CLI::App& above, const char* name, std::string_view about,
                    const std::shared_ptr<Options>& options,
                    Result<Status> (*run)(const Context&, const Options&)) {
    CLI::App* made = above.add_subcommand(name, say(about));
    made->fallthrough()->group(say("app.help_commands"));
    made->get_help_ptr()->group(say("app.help_options"));
    made->callback([this, options, run] {
      // The callback of the command above comes after that of the one below.
      if (line_.run) return;
      line_.run = [options, run](const Context& context) { return run(context, *options); };
    });
    return made;
  }

  void date_option(CLI::App* command, std::optional<Date>& target) {
    command
        ->add_option_function<std::string>(
            "--as-of",
            [this, &target](const std::string& text) {
              target = parse_iso_date(text);
              if (!target) {
                throw CLI::ValidationError(say("app.usage_date", {{"value", text}}));
              }
            },
            say("app.option_as_of"))
        ->type_name(say("app.type_date"));
  }

  template <class Number>
  void number_argument(CLI::App* command, const char* name, Number& target,
                       std::string_view about) {
    command->add_option(name, target, say(about))->required()->type_name(say("app.type_number"));
  }

  /// Requests a second; 0 lifts the limit.
  void rate_option(CLI::App* command, const char* name, std::optional<double>& target,
                   std::string_view about) {
    constexpr double kMost = 1e6;
    command->add_option(name, target, say(about))
        ->type_name(say("app.type_number"))
        ->check([this](const std::string& word) {
          double rate = 0;
          const char* end = word.data() + word.size();
          const bool whole = std::from_chars(word.data(), end, rate).ptr == end;
          const bool known = whole && rate >= 0 && rate <= kMost;
          return known ? std::string() : say("app.usage_rate", {{"value", word}});
        });
  }

  CLI::Option* text_option(CLI::App* command, const char* name, std::string& target,
                           std::string_view about) {
    return command->add_option(name, target, say(about))->type_name(say("app.type_text"));
  }

  // Commands take these over from the program as they are declared.
  void label() {
    const auto formatter = std::make_shared<HelpFormatter>();
    formatter->label("OPTIONS", say("app.help_options"));
    formatter->label("Positionals", say("app.help_positionals"));
    formatter->label("SUBCOMMAND", say("app.help_command"));
    formatter->label("Usage", say("app.help_usage"));
    formatter->label("REQUIRED", say("app.help_required"));
    formatter->label("Needs", say("app.help_needs"));
    formatter->label("Excludes", say("app.help_excludes"));
    app_.formatter(formatter);
    app_.option_defaults()->group(say("app.help_options"));
    app_.set_help_flag("-h,--help", say("app.option_help"));
  }

  void declare_settings();
  void declare_daily_commands();
  void declare_intake_commands();
  void declare_queue_commands();
  void declare_duplicates();
  void declare_upkeep_commands();
  void declare_server();
  void declare_user_commands();
  void declare_bench();
  void declare_procedures();
  static std::vector<std::string> words_of(int argc, char** argv);
  void settle_settings();
  std::string help() const;
  std::string refusal(const CLI::ParseError& error) const;
  const CLI::App* chosen() const;

  Language language_;
  CommandLine line_;
  CLI::App app_;
  std::string data_ = "data";
  std::string keys_;
  std::string pack_;
  std::string language_word_;
  std::string cipher_;
};

}  // namespace jishi::app
