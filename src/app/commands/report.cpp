#include "app/commands.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

using insight::StructureCount;

/// The official order of dimensions; each band's code belongs to the code set beside it.
struct Dimension {
  std::string_view name;
  std::string_view title;
  std::string_view set;
};
constexpr std::array<Dimension, 7> kDimensions{{
    {"stage", "app.dimension_stage", "member_stage"},
    {"sex", "app.dimension_sex", "sex"},
    {"ethnic_group", "app.dimension_ethnic_group", "ethnic_group"},
    {"age", "app.dimension_age", "age_band"},
    {"education", "app.dimension_education", "education_band"},
    {"occupation", "app.dimension_occupation", "occupation"},
    {"joined_period", "app.dimension_joined_period", "joined_period"},
}};

std::string band_label(const Context& context, const Codes& codes, const Dimension& dimension,
                       const std::string& band) {
  const auto label = codes.set(dimension.set).label(band, context.settings.language);
  if (label == band && band == "unknown") return context.say("app.band_unknown");
  return std::string(label);
}

std::string share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "—";
  return fmt::format("{:.1f}%", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

// In the order that the bands have in their code set, which is that of the official tables.
void sort_bands(std::vector<StructureCount>& counts, const CodeSet& set) {
  const auto place = [&](const StructureCount& count) {
    const auto& entries = set.entries();
    return std::find_if(entries.begin(), entries.end(),
                        [&](const CodeEntry& entry) { return entry.code == count.band; }) -
           entries.begin();
  };
  std::stable_sort(counts.begin(), counts.end(),
                   [&](const StructureCount& left, const StructureCount& right) {
                     return place(left) < place(right);
                   });
}

void print_dimension(const Context& context, const Codes& codes, const Dimension& dimension,
                     std::vector<StructureCount> counts) {
  sort_bands(counts, codes.set(dimension.set));
  std::int64_t whole = 0;
  for (const StructureCount& count : counts) whole += count.members;
  Table table({{context.say(dimension.title)},
               {context.say("app.title_members"), Align::right},
               {context.say("app.title_share"), Align::right}});
  for (const StructureCount& count : counts) {
    table.row({band_label(context, codes, dimension, count.band), grouped(count.members),
               share(count.members, whole)});
  }
  context.console.line();
  std::string lines = table.text();
  lines.pop_back();
  context.console.line(lines);
}

void print_json(const Context& context, const std::vector<StructureCount>& counts) {
  for (const StructureCount& count : counts) {
    context.console.line(boost::json::serialize(boost::json::object{
        {"dimension", count.dimension}, {"band", count.band}, {"members", count.members}}));
  }
}

}  // namespace

Result<Status> run_report(const Context& context, const ReportOptions& options) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  auto store = open_store(context);
  if (!store) return store.error();
  auto insight = open_insight(context, **store);
  if (!insight) return insight.error();
  const Date as_of = options.as_of.value_or(context.clock.today());
  const auto counts = (*insight)->structure(options.organisation, as_of);
  if (!counts) return counts.error();
  if (context.settings.json) {
    print_json(context, *counts);
    return Status::done;
  }
  std::map<std::string, std::vector<StructureCount>> by_dimension;
  for (const StructureCount& count : *counts) by_dimension[count.dimension].push_back(count);
  std::int64_t members = 0;
  for (const StructureCount& count : by_dimension["stage"]) members += count.members;
  const std::string place =
      options.organisation.empty() ? context.say("app.report_everyone") : options.organisation;
  context.console.line(
      context.say("app.report_title",
                  {{"place", place}, {"as_of", to_iso(as_of)}, {"members", grouped(members)}}));
  for (const Dimension& dimension : kDimensions) {
    const auto found = by_dimension.find(std::string(dimension.name));
    if (found == by_dimension.end() || found->second.empty()) continue;
    print_dimension(context, *codes, dimension, std::move(found->second));
  }
  return Status::done;
}

}  // namespace jishi::app
