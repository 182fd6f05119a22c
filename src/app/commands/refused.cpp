#include "app/commands.hpp"
#include "app/table.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::app {

Result<Status> run_refused(const Context& context, const RefusedOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto rows =
      intake::write_refused(**store, options.batch, options.file, context.settings.language);
  if (!rows) return rows.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(boost::json::object{
        {"batch", std::to_string(options.batch)}, {"file", options.file}, {"rows", *rows}}));
  } else {
    context.console.line(
        context.say("app.refused_written", {{"rows", grouped(*rows)}, {"file", options.file}}));
  }
  return Status::done;
}

}  // namespace jishi::app
