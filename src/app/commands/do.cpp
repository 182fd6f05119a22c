#include "app/commands.hpp"
#include "app/modules.hpp"
#include "app/nearest.hpp"

namespace jishi::app {

namespace {

void list_commands(const Context& context, const std::vector<CommandEntry>& commands) {
  for (const CommandEntry& entry : commands) {
    std::vector<std::string> fields(entry.fields.begin(), entry.fields.end());
    if (context.settings.json) {
      boost::json::array names(fields.begin(), fields.end());
      context.console.line(
          boost::json::serialize(boost::json::object{{"command", entry.name},
                                                     {"summary", context.say(entry.summary)},
                                                     {"fields", std::move(names)}}));
      continue;
    }
    context.console.line(std::string(entry.name) + "  " + context.say(entry.summary));
    context.console.line("    " + list_of(fields));
  }
}

Error unknown_command(const std::vector<CommandEntry>& commands, const std::string& name) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const CommandEntry& entry : commands) names.emplace_back(entry.name);
  const auto nearest = nearest_names(name, names);
  return fail(ErrorKind::not_found, "app.command_unknown",
              {{"command", name}, {"names", list_of(nearest.empty() ? names : nearest)}});
}

}  // namespace

Result<Status> run_do(const Context& context, const DoOptions& options) {
  const auto commands = all_commands();
  if (options.command.empty()) {
    list_commands(context, commands);
    return Status::done;
  }
  const CommandEntry* entry = find_command(commands, options.command);
  if (entry == nullptr) return unknown_command(commands, options.command);
  const auto json = parse_json(options.json.empty() ? "{}" : options.json);
  if (!json) return json.error();
  if (const auto codes = pack_codes(context); !codes) return codes.error();
  auto store = open_store(context);
  if (!store) return store.error();
  const auto done =
      options.preview ? entry->preview(**store, kOwner, *json) : entry->run(**store, kOwner, *json);
  if (!done) return done.error();
  context.console.line(boost::json::serialize(*done));
  if (options.preview) context.console.note(context.say("app.do_preview"));
  return Status::done;
}

}  // namespace jishi::app
