#include "app/commands.hpp"
#include "app/commands/import_screen.hpp"
#include "app/commands/refresh.hpp"
#include "app/interrupt.hpp"
#include "app/scratch_folder.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

Result<intake::ImportRequest> request_of(const ImportOptions& options) {
  intake::ImportRequest request;
  for (const std::string& file : options.files) {
    // Before a store is made for nothing.
    if (!std::filesystem::exists(file)) {
      return fail(ErrorKind::not_found, "app.no_such_file", {{"file", file}});
    }
    request.files.emplace_back(file);
  }
  request.source = options.source;
  request.rank = options.rank;
  request.dry_run = options.dry_run;
  for (const std::string& pair : options.mapping) {
    const auto at = pair.find('=');
    if (at == pair.npos || at == 0) {
      return fail(ErrorKind::invalid, "app.mapping_invalid", {{"mapping", pair}});
    }
    request.mapping.emplace_back(pair.substr(0, at), pair.substr(at + 1));
  }
  return request;
}

// A dry run without a store leaves none behind.
Result<std::unique_ptr<Store>> open_for_import(const Context& context, bool dry_run,
                                               const ScratchFolder& scratch) {
  const bool there = Store::engine_of(store_options(context))->exists();
  if (there || !dry_run) return open_store(context, true);
  StoreOptions options;
  options.folder = scratch.path() / "data";
  options.keys_folder = scratch.path() / "keys";
  return Store::open(options, context.clock);
}

void print_next_steps(const Context& context, const ImportOptions& options,
                      const intake::ImportReport& report) {
  Console& console = context.console;
  if (options.dry_run) {
    console.line(context.say("app.import_was_dry"));
    return;
  }
  const std::string batch = std::to_string(report.batch);
  if (report.refused > 0 && options.refused.empty()) {
    console.line(context.say("app.import_next_refused", {{"batch", batch}}));
  }
  if (report.changed) console.line(context.say("app.import_next_undo", {{"batch", batch}}));
  const bool taken = std::any_of(report.sheets.begin(), report.sheets.end(),
                                 [](const auto& sheet) { return sheet.accepted > 0; });
  if (taken) console.line(context.say("app.import_next_lights"));
}

Result<Done> write_refused_rows(const Context& context, Store& store, const ImportOptions& options,
                                const intake::ImportReport& report) {
  if (options.refused.empty() || report.refused == 0) return Done{};
  const auto rows =
      intake::write_refused(store, report.batch, options.refused, context.settings.language);
  if (!rows) return rows.error();
  context.console.note(
      context.say("app.refused_written", {{"rows", grouped(*rows)}, {"file", options.refused}}));
  return Done{};
}

}  // namespace

Result<Status> run_import(const Context& context, const ImportOptions& options) {
  const auto request = request_of(options);
  if (!request) return request.error();
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  // Until the store is closed: Ctrl-C while it closes must not look as if nothing had been kept.
  const Interruptible interruptible;
  const ScratchFolder scratch;
  auto store = open_for_import(context, options.dry_run, scratch);
  if (!store) return store.error();

  ImportScreen screen(context);
  const auto report =
      intake::import_workbooks(**store, kOwner, *request, *codes, screen, interruptible.asked());
  context.console.clear_progress();
  if (!report) return report.error();
  if (context.settings.json) {
    screen.print_sheets(*report);
  } else {
    screen.print_summary(*report);
    context.console.line();
  }
  // A dry run never names a file (command_line.cpp).
  if (const auto written = write_refused_rows(context, **store, options, *report); !written) {
    return written.error();
  }
  // Once the import is kept, Ctrl-C only spares the look at the lights: the next one makes up for
  // it.
  if (!options.dry_run && report->changed && !interruptible.asked()) {
    if (const auto refreshed = refresh_lights(context, **store); !refreshed) {
      context.console.note(context.say("app.import_kept_lights_not"));
      return refreshed.error();
    }
  }
  if (!context.settings.json) print_next_steps(context, options, *report);
  return report->clean() ? Status::done : Status::refused;
}

}  // namespace jishi::app
