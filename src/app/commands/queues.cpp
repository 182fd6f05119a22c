#include "app/commands.hpp"
#include "app/commands/refresh.hpp"
#include "app/table.hpp"
#include "base/json.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::app {

namespace {

using intake::OpenConflict;
using intake::PossibleDuplicate;
using intake::Side;

std::string subject_text(const OpenConflict& conflict) {
  return conflict.name.empty() ? std::to_string(conflict.subject) : conflict.name;
}

std::string value_of(const Codes& codes, Language language, const OpenConflict& conflict,
                     const std::string& text, const std::string& source) {
  const auto value =
      insight::value_text(codes, language, conflict.field, boost::json::string(text));
  return fmt::format("{} ({})", value, source);
}

void print_conflicts(const Context& context, const Codes& codes,
                     const std::vector<OpenConflict>& conflicts) {
  const Language language = context.settings.language;
  Table table({{context.say("app.title_number")},
               {context.say("app.title_subject")},
               {context.say("app.title_field")},
               {context.say("app.title_stands")},
               {context.say("app.title_other")}});
  for (const OpenConflict& conflict : conflicts) {
    table.row({std::to_string(conflict.id), subject_text(conflict),
               insight::column_title(language, conflict.field),
               value_of(codes, language, conflict, conflict.value, conflict.source),
               value_of(codes, language, conflict, conflict.other, conflict.other_source)});
  }
  context.console.line(table.text() + "\n" + context.say("app.conflicts_next"));
}

// What tells a person apart, or where a refused row stands.
std::string side_text(const Context& context, const Side& side) {
  std::string text = side.name;
  for (const std::string* part :
       {&side.number, &side.citizen_id, &side.birth, &side.phone, &side.organisation}) {
    if (!part->empty()) text += " " + *part;
  }
  if (side.person != kNoId) return text;
  const std::string place = side.sheet.empty() ? side.file : side.file + " · " + side.sheet;
  return text +
         context.say("app.duplicate_row", {{"place", place}, {"row", std::to_string(side.row)}});
}

std::string reason_text(const Context& context, const std::string& reason) {
  if (reason == "name_phone") return context.say("app.reason_name_phone");
  if (reason == "name_birth") return context.say("app.reason_name_birth");
  if (reason == "similar_id") return context.say("app.reason_similar_id");
  if (reason == "likely") return context.say("app.reason_likely");
  return reason;
}

void print_duplicates(const Context& context, const std::vector<PossibleDuplicate>& pairs) {
  for (const PossibleDuplicate& pair : pairs) {
    const std::string reason = pair.state == "same" ? context.say("app.duplicate_waits")
                                                    : reason_text(context, pair.reason);
    context.console.line(fmt::format("{} {}  {}", pair.first, pair.second, reason));
    context.console.line("    " + printable(side_text(context, pair.one)));
    context.console.line("    " + printable(side_text(context, pair.other)));
  }
  context.console.line();
  context.console.line(context.say("app.duplicates_next"));
}

template <class Item>
void print_json(const Context& context, const std::vector<Item>& items) {
  for (const Item& item : items) {
    context.console.line(boost::json::serialize(jishi::to_json(item)));
  }
}

}  // namespace

Result<Status> run_conflicts(const Context& context, const ConflictsOptions&) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  auto store = open_store(context);
  if (!store) return store.error();
  const auto conflicts = intake::conflicts(**store);
  if (context.settings.json) {
    print_json(context, conflicts);
  } else if (conflicts.empty()) {
    context.console.line(context.say("app.conflicts_none"));
  } else {
    print_conflicts(context, *codes, conflicts);
  }
  return Status::done;
}

Result<Status> run_decide_conflict(const Context& context, const DecideConflictOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto decided = intake::decide_conflict(**store, kOwner, options.conflict, options.take);
  if (!decided) return decided.error();
  if (const auto refreshed = refresh_lights(context, **store); !refreshed) {
    return refreshed.error();
  }
  return Status::done;
}

Result<Status> run_duplicates(const Context& context, const DuplicatesOptions&) {
  auto store = open_store(context);
  if (!store) return store.error();
  auto pairs = intake::possible_duplicates(**store);
  for (PossibleDuplicate& pair : intake::similar_rows(**store)) pairs.push_back(std::move(pair));
  if (context.settings.json) {
    print_json(context, pairs);
  } else if (pairs.empty()) {
    context.console.line(context.say("app.duplicates_none"));
  } else {
    print_duplicates(context, pairs);
  }
  return Status::done;
}

Result<Status> run_decide_duplicate(const Context& context, const DecideDuplicateOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto decided =
      intake::decide_duplicate(**store, kOwner, options.first, options.second, options.same);
  if (!decided) return decided.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*decided)));
    return Status::done;
  }
  context.console.line(context.say("app.duplicate_decided"));
  if (decided->merger) {
    context.console.line(
        context.say("app.merge_next", {{"keep", std::to_string(decided->merger->keep)},
                                       {"drop", std::to_string(decided->merger->drop)}}));
  }
  return Status::done;
}

Result<Status> run_accept(const Context& context, const AcceptOptions& options) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  auto store = open_store(context);
  if (!store) return store.error();
  const auto accepted = intake::accept_refused_row(
      **store, kOwner, *codes, {options.batch, options.sheet, options.row}, options.reason);
  if (!accepted) return accepted.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*accepted)));
  } else {
    context.console.line(context.say("app.accepted", {{"batch", std::to_string(accepted->batch)}}));
  }
  if (const auto refreshed = refresh_lights(context, **store); !refreshed) {
    return refreshed.error();
  }
  return Status::done;
}

}  // namespace jishi::app
