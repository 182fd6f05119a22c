#include "app/commands.hpp"
#include "app/commands/verify_screen.hpp"
#include "app/table.hpp"
#include "ledger/backup/move_store.hpp"

namespace jishi::app {

namespace {

void print(const Context& context, const std::string& place, const Moved& moved) {
  if (context.settings.json) {
    context.console.line(
        boost::json::serialize(boost::json::object{{"to", place},
                                                   {"store", moved.after.store_id},
                                                   {"tables", moved.copied.tables},
                                                   {"rows", moved.copied.rows},
                                                   {"facts", moved.after.facts},
                                                   {"root", to_hex(moved.after.root)},
                                                   {"signatures_checked", !moved.after.no_key}}));
    return;
  }
  context.console.line(context.say("app.migrate_done", {{"place", place},
                                                        {"tables", grouped(moved.copied.tables)},
                                                        {"rows", grouped(moved.copied.rows)},
                                                        {"facts", grouped(moved.after.facts)},
                                                        {"root", to_hex(moved.after.root)}}));
  context.console.line(context.say("app.migrate_next"));
}

}  // namespace

Result<Status> run_migrate(const Context& context, const MigrateOptions& options) {
  const StoreOptions from = store_options(context);
  StoreOptions to = from;
  to.database.clear();
  if (db::is_postgres_url(options.to)) {
    to.database = options.to;
  } else {
    to.folder = options.to;
  }
  VerifyScreen screen(context);
  const auto moved = move_store(from, to, screen);
  context.console.clear_progress();
  if (!moved) return moved.error();
  if (!moved->done) {
    screen.print_misfits(moved->before);
    context.console.note(context.say("app.migrate_refused"));
    return Status::refused;
  }
  print(context, to.database.empty() ? options.to : Store::engine_of(to)->place(), *moved);
  if (moved->after.no_key) {
    context.console.note(
        context.say("app.verify_no_signatures", {{"reason", context.say(*moved->after.no_key)}}));
    return Status::refused;
  }
  return Status::done;
}

}  // namespace jishi::app
