#include <sys/resource.h>

#include "app/commands.hpp"
#include "app/commands/refresh.hpp"
#include "app/interrupt.hpp"
#include "app/person_references.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

using registry::MergedStay;
using registry::PersonsMerged;

/// The most memory this process has had, in MB.
std::int64_t peak_mb() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

Result<std::vector<Id>> places_of(Store& store, const std::string& organisation) {
  return store.read([&](db::Reader& reader) -> Result<std::vector<Id>> {
    if (organisation.empty()) return registry::roots(reader, registry::kPartyStructure);
    const auto meant = registry::organisation_meant(reader, organisation);
    if (!meant) return meant.error();
    return std::vector{*meant};
  });
}

void print_fields(const Context& context, const Codes& codes, const PersonsMerged& merged) {
  if (merged.fields.empty()) return;
  const Language language = context.settings.language;
  Table table({{context.say("app.title_field")},
               {context.say("app.title_kept")},
               {context.say("app.title_dropped")},
               {context.say("app.title_result")}});
  const auto value = [&](const std::string& field, const std::string& text) {
    return insight::value_text(codes, language, field, boost::json::string(text));
  };
  for (const auto& field : merged.fields) {
    const bool kept = field.stands == registry::Kept::kept;
    table.row({insight::column_title(language, field.field), value(field.field, field.kept),
               value(field.field, field.dropped),
               context.say(kept ? "app.merge_kept_stands" : "app.merge_dropped_stands") +
                   (field.waits ? context.say("app.merge_waits") : "")});
  }
  context.console.line(table.text());
}

void print_stays(const Context& context, std::string_view title,
                 const std::vector<MergedStay>& stays) {
  if (stays.empty()) return;
  context.console.line(context.say(title));
  for (const MergedStay& stay : stays) {
    context.console.line(
        printable(fmt::format("  {} – {}  {}", to_iso(stay.from), stay.to ? to_iso(*stay.to) : "",
                              stay.organisation_name)));
  }
}

std::string kind_text(const Context& context, const std::string& what) {
  constexpr std::string_view kKinds[] = {
      "app.moved_posts",      "app.moved_conflicts",    "app.moved_possible_duplicates",
      "app.moved_attendance", "app.moved_payments",     "app.moved_accounts",
      "app.moved_accesses",   "app.moved_similar_rows", "app.moved_doubts",
      "app.moved_measures",   "app.moved_grades",       "app.moved_notices",
      "app.moved_bases",      "app.moved_cases",        "app.moved_letters",
      "app.moved_tasks",      "app.moved_orders",       "app.moved_notes"};
  for (const std::string_view code : kKinds) {
    if (code.substr(code.find('_') + 1) == what) return context.say(code);
  }
  return what;
}

void print_references(const Context& context, const PersonsMerged& merged) {
  std::vector<std::string> moved;
  for (const auto& references : merged.references) {
    if (references.moved == 0 && references.shared == 0) continue;
    std::string text = kind_text(context, references.what) + " " + grouped(references.moved);
    if (references.shared > 0)
      text += context.say("app.merge_shared", {{"count", grouped(references.shared)}});
    moved.push_back(std::move(text));
  }
  if (moved.empty()) return;
  const auto separator = context.settings.language == Language::zh ? "，" : ", ";
  context.console.line(
      context.say("app.merge_moved", {{"list", fmt::format("{}", fmt::join(moved, separator))}}));
}

Arguments persons_of(const MergePersonsOptions& options) {
  return {{"keep", options.keep}, {"drop", options.drop}};
}

void print_merged(const Context& context, const Codes& codes, const MergePersonsOptions& options,
                  const PersonsMerged& merged) {
  context.console.line(
      context.say(options.preview ? "app.merge_preview" : "app.merged", persons_of(options)));
  print_fields(context, codes, merged);
  print_stays(context, "app.merge_memberships", merged.memberships);
  print_stays(context, "app.merge_left_out", merged.left_out);
  print_references(context, merged);
  if (!options.preview) context.console.line(context.say("app.merged_undo", persons_of(options)));
}

/// Runs a command, or previews it.
template <class Work>
auto run_or_preview(Store& store, bool preview, const Work& work) {
  return preview ? store.rehearse(kOwner, work) : store.write(kOwner, work);
}

Result<Done> unmerge(const Context& context, Store& store, const MergePersonsOptions& options) {
  const auto done = run_or_preview(store, options.preview, [&](Transaction& tx) {
    return registry::unmerge_persons(tx, person_references(), {options.keep, options.drop});
  });
  if (!done) return done.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*done)));
  } else {
    context.console.line(
        context.say(options.preview ? "app.unmerge_preview" : "app.unmerged", persons_of(options)));
  }
  return Done{};
}

Result<Done> merge(const Context& context, Store& store, const MergePersonsOptions& options) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  const registry::MergePersons command{options.keep, options.drop, options.reason};
  const auto done = run_or_preview(store, options.preview, [&](Transaction& tx) {
    return registry::merge_persons(tx, person_references(), command);
  });
  if (!done) return done.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*done)));
  } else {
    print_merged(context, *codes, options, *done);
  }
  return Done{};
}

}  // namespace

Result<Status> run_find_duplicates(const Context& context, const FindDuplicatesOptions& options) {
  const Interruptible interruptible;
  auto store = open_store(context);
  if (!store) return store.error();
  const auto places = places_of(**store, options.organisation);
  if (!places) return places.error();
  registry::Roll roll(context.clock);
  const auto begun = std::chrono::steady_clock::now();
  const auto found = registry::search_duplicates(
      **store, kOwner, roll, registry::Scope{*places}, [&](double part) {
        if (context.console.progress_due()) {
          const auto percent = std::to_string(static_cast<int>(part * 100));
          context.console.progress(context.say("app.search_progress", {{"percent", percent}}));
        }
        return !interruptible.asked();
      });
  context.console.clear_progress();
  if (!found) return found.error();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  if (context.settings.json) {
    auto told = jishi::to_json(*found).as_object();
    told["seconds"] = seconds;
    told["peak_mb"] = peak_mb();
    context.console.line(boost::json::serialize(told));
    return Status::done;
  }
  context.console.line(context.say("app.search_done", {{"persons", grouped(found->persons)},
                                                       {"pairs", grouped(found->pairs)},
                                                       {"added", grouped(found->added)},
                                                       {"seconds", fmt::format("{:.1f}", seconds)},
                                                       {"memory", grouped(peak_mb())}}));
  if (found->added > 0) context.console.line(context.say("app.search_next"));
  return Status::done;
}

Result<Status> run_merge_persons(const Context& context, const MergePersonsOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  const auto done =
      options.apart ? unmerge(context, **store, options) : merge(context, **store, options);
  if (!done) return done.error();
  if (options.preview) return Status::done;
  if (const auto refreshed = refresh_lights(context, **store); !refreshed) {
    return refreshed.error();
  }
  return Status::done;
}

}  // namespace jishi::app
