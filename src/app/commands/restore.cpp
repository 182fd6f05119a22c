#include "app/commands.hpp"
#include "app/commands/verify_screen.hpp"
#include "app/table.hpp"
#include "ledger/backup/backup.hpp"

namespace jishi::app {

namespace {

std::string place_of(const Context& context) {
  const StoreOptions options = store_options(context);
  return options.database.empty() ? options.folder.string() : Store::engine_of(options)->place();
}

void print_json(const Context& context, const Restored& restored) {
  const Verification& verification = restored.verification;
  context.console.line(boost::json::serialize(boost::json::object{
      {"folder", place_of(context)},
      {"store", verification.store_id},
      {"files", restored.kept_files},
      {"facts", verification.facts},
      {"root", to_hex(verification.root)},
      {"kept_beside", restored.kept_beside ? boost::json::value(restored.kept_beside->string())
                                           : boost::json::value(nullptr)},
      {"key_file", verification.key_file.string()},
      {"key_found", !verification.no_key}}));
}

void print_words(const Context& context, const Restored& restored) {
  context.console.line(
      context.say("app.restore_done", {{"folder", place_of(context)},
                                       {"facts", grouped(restored.verification.facts)},
                                       {"root", to_hex(restored.verification.root)}}));
  if (restored.kept_files > 0) {
    context.console.line(
        context.say("app.backup_files", {{"count", grouped(restored.kept_files)}}));
  }
  if (restored.kept_beside) {
    context.console.line(
        context.say("app.restore_kept", {{"file", restored.kept_beside->string()}}));
  }
}

}  // namespace

Result<Status> run_restore(const Context& context, const RestoreOptions& options) {
  VerifyScreen screen(context);
  const auto restored = restore({options.file, store_options(context), options.replace}, screen);
  context.console.clear_progress();
  if (!restored) return restored.error();
  if (!restored->done) {
    screen.print_misfits(restored->verification);
    context.console.note(context.say("app.restore_refused"));
    return Status::refused;
  }
  if (context.settings.json) {
    print_json(context, *restored);
  } else {
    print_words(context, *restored);
  }
  if (restored->verification.no_key) {
    context.console.note(context.say("app.restore_no_key",
                                     {{"reason", context.say(*restored->verification.no_key)}}));
    return Status::refused;
  }
  // Opening it is the last check: the signed head once more, and the schema brought up to date.
  const auto store = open_store(context);
  if (!store) return store.error();
  return Status::done;
}

}  // namespace jishi::app
