#include "app/commands.hpp"
#include "app/commands/refresh.hpp"
#include "app/table.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::app {

namespace {

using boost::json::object;

struct Sums {
  std::int64_t rows = 0;
  std::int64_t accepted = 0;
  std::int64_t open = 0;
};

Sums sums_of(const intake::Batch& batch) {
  Sums sums;
  for (const intake::BatchSheet& sheet : batch.sheets) {
    sums.rows += sheet.rows;
    sums.accepted += sheet.accepted;
    sums.open += sheet.open;
  }
  return sums;
}

object batch_object(const intake::Batch& batch) {
  const auto or_null = [](const std::optional<std::string>& text) {
    return text ? boost::json::value(boost::json::string(*text)) : boost::json::value(nullptr);
  };
  boost::json::array sheets;
  for (const intake::BatchSheet& sheet : batch.sheets) {
    sheets.push_back(object{{"sheet_number", sheet.sheet},
                            {"file", sheet.file},
                            {"sheet", or_null(sheet.name)},
                            {"kind", or_null(sheet.kind)},
                            {"rows", sheet.rows},
                            {"accepted", sheet.accepted},
                            {"refused", sheet.refused},
                            {"unchanged", sheet.unchanged},
                            {"open", sheet.open}});
  }
  return {{"batch", std::to_string(batch.id)},
          {"started_ms", batch.started_ms},
          {"finished_ms", batch.finished_ms},
          {"source", batch.source},
          {"undone", batch.undone},
          {"sheets", std::move(sheets)}};
}

}  // namespace

Result<Status> run_batches(const Context& context, const BatchesOptions&) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto batches = intake::batches(**store);
  if (context.settings.json) {
    for (const intake::Batch& batch : batches) {
      context.console.line(boost::json::serialize(batch_object(batch)));
    }
    return Status::done;
  }
  if (batches.empty()) {
    context.console.line(context.say("app.batches_none"));
    return Status::done;
  }
  Table table({{context.say("app.title_batch")},
               {context.say("app.title_time")},
               {context.say("app.title_source")},
               {context.say("app.title_rows"), Align::right},
               {context.say("app.title_accepted"), Align::right},
               {context.say("app.title_open"), Align::right},
               {context.say("app.title_state")}});
  for (const intake::Batch& batch : batches) {
    const Sums sums = sums_of(batch);
    table.row({std::to_string(batch.id), minute_text(batch.started_ms), batch.source,
               grouped(sums.rows), grouped(sums.accepted), grouped(sums.open),
               context.say(batch.undone ? "app.batch_undone" : "app.batch_done")});
  }
  context.console.line(table.text() + "\n" + context.say("app.batches_next"));
  return Status::done;
}

Result<Status> run_undo(const Context& context, const UndoOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto undone = intake::undo_batch(**store, kOwner, options.batch);
  if (!undone) return undone.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(object{{"organisations", undone->organisations},
                                                       {"persons", undone->persons},
                                                       {"posts", undone->posts},
                                                       {"activities", undone->activities},
                                                       {"payments", undone->payments},
                                                       {"fields", undone->fields}}));
  } else {
    context.console.line(
        context.say("app.undone", {{"batch", std::to_string(options.batch)},
                                   {"organisations", grouped(undone->organisations)},
                                   {"persons", grouped(undone->persons)},
                                   {"posts", grouped(undone->posts)},
                                   {"activities", grouped(undone->activities)},
                                   {"payments", grouped(undone->payments)},
                                   {"fields", grouped(undone->fields)}}));
  }
  if (const auto refreshed = refresh_lights(context, **store); !refreshed) {
    return refreshed.error();
  }
  return Status::done;
}

}  // namespace jishi::app
