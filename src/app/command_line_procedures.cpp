// The commands of expressions, decisions and processes.
#include "app/command_line_parser.hpp"
#include "app/commands/election_verify.hpp"

namespace jishi::app {

namespace {

constexpr std::string_view kExpression = "--expression=";

bool takes_value(std::string_view option) {
  constexpr std::string_view kOptions[] = {"--context", "--now",  "--lang", "--data",
                                           "--db",      "--keys", "--pack", "--cipher"};
  return std::find(std::begin(kOptions), std::end(kOptions), option) != std::end(kOptions);
}

// `--json`, but not `--10`: the names of options begin with a letter.
bool is_option(std::string_view word) {
  const char first = word.size() > 2 && word.starts_with("--") ? word[2] : '\0';
  return word == "-h" || (first >= 'a' && first <= 'z');
}

// An expression may look like an option (`-5 + 3`) or be the name of a command: the first word
// behind `feel` that is neither option nor value of one is marked as what it is.
void mark_expression(std::vector<std::string>& words) {
  const auto feel = std::find(words.begin(), words.end(), "feel");
  for (auto word = feel == words.end() ? feel : feel + 1; word != words.end(); ++word) {
    if (*word == "--") return;  // what follows is no option in any case
    if (takes_value(*word)) {
      if (++word == words.end()) return;
    } else if (!is_option(*word)) {
      // An empty one is no missing one: a blank keeps it, and is as little of an expression.
      if (word->empty()) *word = " ";
      word->insert(0, kExpression);
      return;
    }
  }
}

}  // namespace

// The words of a call, the last one first, as CLI11 wants them.
std::vector<std::string> Parser::words_of(int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  // Only where `feel` is the command: before it stand nothing but options.
  const auto command = [&] {
    for (auto word = words.begin(); word != words.end(); ++word) {
      if (takes_value(*word) && word + 1 != words.end()) {
        ++word;
      } else if (!word->starts_with("-")) {
        return *word;
      }
    }
    return std::string();
  }();
  if (command == "feel") mark_expression(words);
  std::reverse(words.begin(), words.end());
  return words;
}

void Parser::declare_procedures() {
  const auto feel = std::make_shared<FeelOptions>();
  auto* made = command(app_, "feel", "app.about_feel", feel, run_feel);
  text_option(made, "EXPRESSION,--expression", feel->expression, "app.option_expression")
      ->required();
  text_option(made, "--context", feel->context, "app.option_feel_context")->type_name("JSON");
  text_option(made, "--now", feel->now, "app.option_now");

  const auto decide = std::make_shared<DecideOptions>();
  made = command(app_, "decide", "app.about_decide", decide, run_decide);
  text_option(made, "FILE", decide->file, "app.option_model_file")->required();
  text_option(made, "--decision", decide->decision, "app.option_decision");
  text_option(made, "--context", decide->context, "app.option_inputs")->type_name("JSON");
  text_option(made, "--now", decide->now, "app.option_now");

  auto* process = app_.add_subcommand("process", say("app.about_process"));
  process->fallthrough()->group(say("app.help_commands"));
  process->require_subcommand(1);
  process->get_help_ptr()->group(say("app.help_options"));

  const auto check = std::make_shared<ProcessCheckOptions>();
  made = command(*process, "check", "app.about_process_check", check, run_process_check);
  made->add_option("FILE", check->files, say("app.option_process_files"))
      ->required()
      ->type_name(say("app.type_file"));

  const auto roundtrip = std::make_shared<ProcessRoundtripOptions>();
  made = command(*process, "roundtrip", "app.about_process_roundtrip", roundtrip,
                 run_process_roundtrip);
  text_option(made, "IN", roundtrip->in, "app.option_process_in")->required();
  text_option(made, "OUT", roundtrip->out, "app.option_process_out")->required();

  const auto run = std::make_shared<ProcessRunOptions>();
  made = command(*process, "run", "app.about_process_run", run, run_process_run);
  text_option(made, "FILE", run->file, "app.option_process_in")->required();
  text_option(made, "--script", run->script, "app.option_script")->required();
  text_option(made, "--process", run->process, "app.option_process");
  text_option(made, "--now", run->now, "app.option_now");

  auto* election = app_.add_subcommand("election", say("app.about_election"));
  election->fallthrough()->group(say("app.help_commands"));
  election->require_subcommand(1);
  election->get_help_ptr()->group(say("app.help_options"));
  const auto verify = std::make_shared<ElectionVerifyOptions>();
  made = command(*election, "verify", "app.about_election_verify", verify, run_election_verify);
  text_option(made, "FILE", verify->file, "app.option_election_file")->required();
  text_option(made, "--root", verify->root, "app.option_election_root")
      ->check([this](const std::string& word) {
        constexpr std::size_t kDigits = 64;  // of SHA-256
        const bool root = word.size() == kDigits &&
                          word.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        return root ? std::string() : say("app.usage_root", {{"value", word}});
      });
}

}  // namespace jishi::app
