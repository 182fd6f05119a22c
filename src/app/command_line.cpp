#include "app/command_line.hpp"

#include "app/bench/bench.hpp"
#include "app/command_line_parser.hpp"
#include "app/folders.hpp"
#include "app/nearest.hpp"

namespace jishi::app {

namespace {

// --lang has to be known before the others are read, because help and refusals speak it.
Language language_of_call(int argc, char** argv) {
  constexpr std::string_view kOption = "--lang";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == kOption && i + 1 < argc) return language_of(argv[i + 1]);
    if (word.starts_with("--lang=")) return language_of(word.substr(kOption.size() + 1));
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return language_of(value);
  }
  return language_of({});
}

}  // namespace

void Parser::declare_settings() {
  app_.require_subcommand(1);
  const std::string folder = say("app.type_folder");
  app_.add_option("--data", data_, say("app.option_data"))->type_name(folder);
  app_.add_option("--db", line_.settings.database, say("app.option_db"))->type_name("URL");
  app_.add_option("--keys", keys_, say("app.option_keys"))->type_name(folder);
  app_.add_option("--pack", pack_, say("app.option_pack"))->type_name(folder);
  app_.add_option("--lang", language_word_, say("app.option_lang"))
      ->type_name("zh|en")
      ->check([this](const std::string& word) {
        const bool known = word.starts_with("zh") || word.starts_with("en");
        return known ? std::string() : say("app.usage_lang", {{"value", word}});
      });
  app_.add_flag("--json", line_.settings.json, say("app.option_json"));
  app_.add_option("--cipher", cipher_, say("app.option_cipher"))
      ->type_name("aes-256-gcm|sm4-ctr-hmac-sm3")
      ->check([this](const std::string& word) {
        const bool known = crypto::suite_named(word).has_value();
        return known ? std::string() : say("app.usage_cipher", {{"value", word}});
      });
  app_.set_version_flag("--version", "jishi " JISHI_VERSION, say("app.option_version"));
}

void Parser::declare_daily_commands() {
  const auto lights = std::make_shared<LightsOptions>();
  auto* made = command(app_, "lights", "app.about_lights", lights, run_lights);
  date_option(made, lights->as_of);
  made->add_flag("--summary", lights->summary, say("app.option_summary"));
  text_option(made, "--rule", lights->rule, "app.option_rule");
  made->add_option("--level", lights->level, say("app.option_level"))
      ->type_name("red|yellow")
      ->check([this](const std::string& word) {
        const bool known = word == "red" || word == "yellow";
        return known ? std::string() : say("app.usage_level", {{"value", word}});
      });

  const auto why = std::make_shared<WhyOptions>();
  made = command(app_, "why", "app.about_why", why, run_why);
  text_option(made, "RULE", why->rule, "app.option_rule")->required();
  text_option(made, "SUBJECT", why->subject, "app.option_subject")->required();
  date_option(made, why->as_of);

  const auto report = std::make_shared<ReportOptions>();
  made = command(app_, "report", "app.about_report", report, run_report);
  text_option(made, "--organisation", report->organisation, "app.option_organisation");
  date_option(made, report->as_of);

  const auto search = std::make_shared<SearchOptions>();
  made = command(app_, "search", "app.about_search", search, run_search);
  made->add_option("WORDS", search->words, say("app.option_words"))
      ->required()
      ->type_name(say("app.type_text"));
  text_option(made, "--organisation", search->organisation, "app.option_organisation");
  made->add_flag("--best", search->best, say("app.option_best"));

  const auto rules = std::make_shared<RulesOptions>();
  made = command(app_, "rules", "app.about_rules", rules, run_rules);
  const auto set = std::make_shared<SetParameterOptions>();
  auto* below = command(*made, "set", "app.about_rules_set", set, run_set_parameter);
  text_option(below, "RULE", set->rule, "app.option_rule")->required();
  text_option(below, "PARAM", set->parameter, "app.option_parameter")->required();
  text_option(below, "ORG", set->organisation, "app.option_organisation")->required();
  below->add_option("VALUE", set->value, say("app.option_value"))
      ->required()
      ->type_name(say("app.type_number"));
}

void Parser::declare_intake_commands() {
  const auto import = std::make_shared<ImportOptions>();
  auto* made = command(app_, "import", "app.about_import", import, run_import);
  made->add_option("FILE", import->files, say("app.option_files"))
      ->required()
      ->type_name(say("app.type_file"));
  auto* dry = made->add_flag("--dry-run", import->dry_run, say("app.option_dry_run"));
  text_option(made, "--source", import->source, "app.option_source");
  made->add_option("--rank", import->rank, say("app.option_rank"))
      ->type_name(say("app.type_number"));
  made->add_option("--map", import->mapping, say("app.option_map"))
      ->type_name(say("app.type_mapping"))
      ->allow_extra_args(false);
  text_option(made, "--refused", import->refused, "app.option_refused")->excludes(dry);

  const auto demo = std::make_shared<DemoOptions>();
  made = command(app_, "demo", "app.about_demo", demo, run_demo);
  made->add_option("--members", demo->members, say("app.option_members"))
      ->type_name(say("app.type_number"));
  made->add_option("--seed", demo->seed, say("app.option_seed"))->type_name(say("app.type_number"));
  made->add_flag("--cases", demo->cases, say("app.option_demo_cases"));
  date_option(made, demo->as_of);
  auto* folder = made->add_option("--workbooks", demo->workbooks, say("app.option_workbooks"))
                     ->type_name(say("app.type_folder"));
  made->add_option("--format", demo->format, say("app.option_format"))
      ->type_name("xlsx|csv")
      ->needs(folder)
      ->check([this](const std::string& word) {
        const bool known = word == "xlsx" || word == "csv";
        return known ? std::string() : say("app.usage_format", {{"value", word}});
      });
}

void Parser::declare_queue_commands() {
  const auto batches = std::make_shared<BatchesOptions>();
  command(app_, "batches", "app.about_batches", batches, run_batches);

  const auto undo = std::make_shared<UndoOptions>();
  auto* made = command(app_, "undo", "app.about_undo", undo, run_undo);
  number_argument(made, "BATCH", undo->batch, "app.option_batch");

  const auto divisions = std::make_shared<LoadDivisionsOptions>();
  made = app_.add_subcommand("structure", say("app.about_structure"));
  made->fallthrough()->group(say("app.help_commands"));
  made->require_subcommand(1);
  made->get_help_ptr()->group(say("app.help_options"));
  made = made->add_subcommand("load", say("app.about_structure"));
  made->fallthrough()->require_subcommand(1);
  made = command(*made, "division", "app.about_structure", divisions, run_load_divisions);
  text_option(made, "FOLDER", divisions->folder, "app.option_divisions")->required();

  const auto refused = std::make_shared<RefusedOptions>();
  made = command(app_, "refused", "app.about_refused", refused, run_refused);
  number_argument(made, "BATCH", refused->batch, "app.option_batch");
  text_option(made, "FILE", refused->file, "app.option_out")->required();

  const auto accept = std::make_shared<AcceptOptions>();
  made = command(app_, "accept", "app.about_accept", accept, run_accept);
  number_argument(made, "BATCH", accept->batch, "app.option_batch");
  number_argument(made, "SHEET", accept->sheet, "app.option_sheet");
  number_argument(made, "ROW", accept->row, "app.option_row");
  text_option(made, "--reason", accept->reason, "app.option_reason")->required();

  const auto conflicts = std::make_shared<ConflictsOptions>();
  made = command(app_, "conflicts", "app.about_conflicts", conflicts, run_conflicts);
  for (const bool take : {false, true}) {
    const auto decide = std::make_shared<DecideConflictOptions>();
    decide->take = take;
    auto* below = command(*made, take ? "take" : "keep",
                          take ? "app.about_conflicts_take" : "app.about_conflicts_keep", decide,
                          run_decide_conflict);
    number_argument(below, "NUMBER", decide->conflict, "app.option_conflict");
  }
}

void Parser::declare_duplicates() {
  const auto duplicates = std::make_shared<DuplicatesOptions>();
  auto* made = command(app_, "duplicates", "app.about_duplicates", duplicates, run_duplicates);
  for (const bool same : {true, false}) {
    const auto decide = std::make_shared<DecideDuplicateOptions>();
    decide->same = same;
    auto* below = command(*made, same ? "same" : "different",
                          same ? "app.about_duplicates_same" : "app.about_duplicates_different",
                          decide, run_decide_duplicate);
    number_argument(below, "FIRST", decide->first, "app.option_pair");
    number_argument(below, "SECOND", decide->second, "app.option_pair");
  }
  const auto find = std::make_shared<FindDuplicatesOptions>();
  auto* below = command(*made, "find", "app.about_duplicates_find", find, run_find_duplicates);
  text_option(below, "--organisation", find->organisation, "app.option_organisation");

  for (const bool apart : {false, true}) {
    const auto merge = std::make_shared<MergePersonsOptions>();
    merge->apart = apart;
    below = command(*made, apart ? "unmerge" : "merge",
                    apart ? "app.about_duplicates_unmerge" : "app.about_duplicates_merge", merge,
                    run_merge_persons);
    text_option(below, "KEEP", merge->keep, "app.option_keep")->required();
    text_option(below, "DROP", merge->drop, "app.option_drop")->required();
    below->add_flag("--preview", merge->preview, say("app.option_preview"));
    if (!apart) text_option(below, "--reason", merge->reason, "app.option_merge_reason");
  }
}

void Parser::declare_bench() {
  const auto bench = std::make_shared<BenchOptions>();
  auto* made = command(app_, "bench", "app.about_bench", bench, run_bench);
  made->add_option("GROUP", bench->groups, say("app.option_bench_groups"))
      ->type_name(say("app.type_text"));
  made->add_option("--scale", bench->scale, say("app.option_bench_scale"))
      ->type_name(say("app.type_number"));
  text_option(made, "--write", bench->write, "app.option_bench_write");
  text_option(made, "--postgres", bench->postgres, "app.option_bench_postgres");
  text_option(made, "--divisions", bench->divisions, "app.option_bench_divisions");
  text_option(made, "--program", bench->program, "app.option_bench_program");
}

void Parser::declare_upkeep_commands() {
  const auto work = std::make_shared<DoOptions>();
  auto* made = command(app_, "do", "app.about_do", work, run_do);
  text_option(made, "COMMAND", work->command, "app.option_command");
  text_option(made, "JSON", work->json, "app.option_command_json");
  made->add_flag("--preview", work->preview, say("app.option_preview"));

  const auto verify = std::make_shared<VerifyOptions>();
  made = command(app_, "verify", "app.about_verify", verify, run_verify);
  auto* proof = made->add_option("--proof", verify->proof, say("app.option_proof"))
                    ->type_name(say("app.type_number"));
  made->add_option("--consistency", verify->consistency, say("app.option_consistency"))
      ->expected(2)
      ->type_name(say("app.type_number"))
      ->excludes(proof);

  const auto backup = std::make_shared<BackupOptions>();
  made = command(app_, "backup", "app.about_backup", backup, run_backup);
  text_option(made, "FILE", backup->file, "app.option_backup_file");

  const auto restore = std::make_shared<RestoreOptions>();
  made = command(app_, "restore", "app.about_restore", restore, run_restore);
  text_option(made, "FILE", restore->file, "app.option_restore_file")->required();
  made->add_flag("--replace", restore->replace, say("app.option_replace"));

  const auto migrate = std::make_shared<MigrateOptions>();
  made = command(app_, "migrate", "app.about_migrate", migrate, run_migrate);
  made->add_option("--to", migrate->to, say("app.option_migrate_to"))
      ->required()
      ->type_name("URL|" + say("app.type_folder"));

  const auto doctor = std::make_shared<DoctorOptions>();
  command(app_, "doctor", "app.about_doctor", doctor, run_doctor);
}

void Parser::declare_user_commands() {
  auto* user =
      command(app_, "user", "app.about_user", std::make_shared<UserListOptions>(), run_user_list);
  const auto login = [this](CLI::App* made, std::string& target) {
    text_option(made, "LOGIN", target, "app.option_login")->required();
  };
  const auto add = std::make_shared<UserAddOptions>();
  auto* made = command(*user, "add", "app.about_user_add", add, run_user_add);
  login(made, add->login);
  text_option(made, "--name", add->name, "app.option_user_name");
  text_option(made, "--person", add->person, "app.option_user_person");

  const auto grant = std::make_shared<UserGrantOptions>();
  made = command(*user, "grant", "app.about_user_grant", grant, run_user_grant);
  login(made, grant->login);
  text_option(made, "ROLE", grant->role, "app.option_role")->required();
  text_option(made, "ORGANISATION", grant->organisation, "app.option_role_at");
  text_option(made, "--structure", grant->structure, "app.option_role_in");

  const auto link = std::make_shared<UserOptions>();
  login(command(*user, "link", "app.about_user_link", link, run_user_link), link->login);

  command(*user, "list", "app.about_user", std::make_shared<UserListOptions>(), run_user_list);

  for (const bool enabled : {false, true}) {
    const auto set = std::make_shared<UserEnableOptions>();
    set->enabled = enabled;
    login(
        command(*user, enabled ? "enable" : "disable",
                enabled ? "app.about_user_enable" : "app.about_user_disable", set, run_user_enable),
        set->login);
  }

  const auto end = std::make_shared<UserOptions>();
  login(command(*user, "end-sessions", "app.about_user_end_sessions", end, run_user_end_sessions),
        end->login);
}

void Parser::declare_server() {
  const auto serve = std::make_shared<ServeOptions>();
  auto* made = command(app_, "serve", "app.about_serve", serve, run_serve);
  made->add_option("--address", serve->address, say("app.option_address"))
      ->type_name(say("app.type_text"));
  made->add_option("--port", serve->port, say("app.option_port"))
      ->type_name(say("app.type_number"));
  auto* certificate =
      made->add_option("--certificate", serve->certificate, say("app.option_certificate"))
          ->type_name(say("app.type_text"));
  made->add_option("--certificate-key", serve->certificate_key, say("app.option_certificate_key"))
      ->type_name(say("app.type_text"))
      ->needs(certificate);
  made->add_flag("--trust-front", serve->trust_front, say("app.option_trust_front"));
  made->add_option("--host", serve->hosts, say("app.option_host"))
      ->type_name(say("app.type_text"))
      ->allow_extra_args(false);
  made->add_flag("--log-requests", serve->log_requests, say("app.option_log_requests"));
  rate_option(made, "--rate", serve->rate, "app.option_rate");
  rate_option(made, "--account-rate", serve->account_rate, "app.option_account_rate");
  made->add_option("--web", serve->web, say("app.option_web"))->type_name(say("app.type_folder"));
  made->add_option("--boundary", serve->boundary, say("app.option_boundary"))
      ->type_name(say("app.type_text"));
  made->add_option("--payments", serve->payments, say("app.option_payments"))
      ->type_name(say("app.type_text"));

  const auto openapi = std::make_shared<OpenapiOptions>();
  command(app_, "openapi", "app.about_openapi", openapi, run_openapi);
}

void Parser::settle_settings() {
  Settings& settings = line_.settings;
  settings.data = data_;
  if (settings.database.empty()) settings.database = default_database();
  if (!settings.database.empty() && !db::is_postgres_url(settings.database)) {
    throw CLI::ValidationError(say("app.usage_db", {{"value", settings.database}}));
  }
  if (!cipher_.empty()) settings.cipher = crypto::suite_named(cipher_).value_or(settings.cipher);
  settings.keys = keys_.empty() ? default_keys_folder() : std::filesystem::path(keys_);
  settings.pack = pack_.empty() ? default_pack_folder() : std::filesystem::path(pack_);
}

// The command that was called, the one farthest below.
const CLI::App* Parser::chosen() const {
  const CLI::App* command = &app_;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return command;
}

std::string Parser::help() const {
  std::string text = app_.help();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

static bool is(const CLI::ParseError& error, CLI::ExitCodes kind) {
  return error.get_exit_code() == static_cast<int>(kind);
}

// CLI11 speaks English: what it says is put into words by its kind.
std::string Parser::refusal(const CLI::ParseError& error) const {
  const CLI::App* command = chosen();
  std::string call = command->get_name();
  for (const CLI::App* above = command->get_parent(); above != nullptr;
       above = above->get_parent()) {
    call.insert(0, above->get_name() + " ");
  }
  const std::string hint = say("app.usage_hint", {{"call", call}});
  std::string reason = error.what();
  const auto extras = app_.remaining(true);
  // `process` alone, or with a word that is none of its own.
  const bool lacks =
      command->get_require_subcommand_min() > 0 && command->get_subcommands().empty();
  std::vector<std::string> names;
  for (const CLI::App* known : (lacks ? *command : app_).get_subcommands(nullptr)) {
    names.push_back(known->get_name());
  }
  if (command == &app_ && extras.empty() && is(error, CLI::ExitCodes::RequiredError)) return help();
  const bool astray = command == &app_ || lacks;
  if (is(error, CLI::ExitCodes::ExtrasError) || (astray && !extras.empty())) {
    reason = say("app.usage_unknown", {{"words", list_of(extras)}});
    const auto nearest = nearest_names(extras.front(), names);
    if (astray && !nearest.empty()) {
      reason += say("app.usage_nearest", {{"names", list_of(nearest)}});
    }
  } else if (is(error, CLI::ExitCodes::RequiredError)) {
    constexpr std::string_view kRequired = " is required";
    if (reason.ends_with(kRequired)) reason.resize(reason.size() - kRequired.size());
    reason = say("app.usage_missing", {{"reason", lacks ? list_of(names) : reason}});
  } else if (!is(error, CLI::ExitCodes::ValidationError)) {
    reason = say("app.usage_wrong", {{"reason", reason}});
  }
  return reason + "\n" + hint;
}

CommandLine read_command_line(int argc, char** argv) {
  return Parser(language_of_call(argc, argv)).read(argc, argv);
}

}  // namespace jishi::app
