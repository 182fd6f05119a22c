#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/json.hpp"
#include "modules/division/division.hpp"

namespace jishi::app {

Result<Status> run_load_divisions(const Context& context, const LoadDivisionsOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto loaded = division::load(**store, kOwner, options.folder);
  if (!loaded) return loaded.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(to_json(*loaded)));
    return Status::done;
  }
  context.console.line(
      context.say(loaded->unchanged ? "app.divisions_unchanged" : "app.divisions_loaded",
                  {{"count", grouped(loaded->nodes)}}));
  return Status::done;
}

}  // namespace jishi::app
