#include "app/bench/bench.hpp"

#include "app/bench/machine.hpp"
#include "app/bench/page.hpp"
#include "app/bench/run.hpp"
#include "app/interrupt.hpp"
#include "app/nearest.hpp"

namespace jishi::app {

namespace {

using bench::Figure;
using bench::Group;

struct KnownGroup {
  std::string_view name;
  std::string_view title;  // code of its text, without `bench.`
  Result<Done> (*run)(bench::Run& run);
};
constexpr KnownGroup kGroups[] = {
    {"start", "group_start", bench::bench_start},
    {"merkle", "group_merkle", bench::bench_merkle},
    {"commands", "group_commands", bench::bench_commands},
    {"import_csv", "group_import_csv", bench::bench_import_csv},
    {"import_xlsx", "group_import_xlsx", bench::bench_import_xlsx},
    {"demo", "group_demo", bench::bench_demo},
    {"city", "group_city", bench::bench_city},
    {"registry", "group_registry", bench::bench_registry},
    {"search", "group_search", bench::bench_search},
    {"divisions", "group_divisions", bench::bench_divisions},
    {"http", "group_http", bench::bench_http},
    {"procedures", "group_procedures", bench::bench_procedures},
};

std::vector<const KnownGroup*> wanted_groups(const BenchOptions& options) {
  std::vector<const KnownGroup*> wanted;
  for (const KnownGroup& group : kGroups) {
    const bool named =
        std::find(options.groups.begin(), options.groups.end(), group.name) != options.groups.end();
    if (options.groups.empty() || named) wanted.push_back(&group);
  }
  return wanted;
}

std::optional<Error> refuse(const BenchOptions& options) {
  const auto known = bench_groups();
  for (const std::string& name : options.groups) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return fail(ErrorKind::invalid, "bench.unknown_group",
                {{"group", name}, {"groups", list_of(known)}});
  }
  if (options.scale >= kMinBenchScale && options.scale <= 1) return std::nullopt;
  return fail(ErrorKind::invalid, "bench.scale_out_of_bounds",
              {{"least", fmt::format("{}", kMinBenchScale)}});
}

void print_machine(const Context& context, const bench::MachineFacts& machine, double scale) {
  if (context.settings.json) {
    boost::json::object facts;
    for (const auto& [name, value] : machine) facts[name.substr(name.find('_') + 1)] = value;
    facts["scale"] = scale;
    context.console.line(boost::json::serialize(boost::json::object{{"machine", facts}}));
    return;
  }
  for (const auto& [name, value] : machine) {
    context.console.line(fmt::format("  {}: {}", context.say("bench." + name), value));
  }
  context.console.line(fmt::format("  {}: {}", context.say("bench.machine_scale"), scale));
}

void print_group(const Context& context, const Group& group) {
  if (context.settings.json) {
    for (const Figure& figure : group.figures) {
      context.console.line(boost::json::serialize(bench::json_of(group, figure)));
    }
    return;
  }
  std::string lines = bench::table_of(context.settings.language, group);
  lines.pop_back();
  context.console.line();
  context.console.line(group.name + ": " + context.say("bench." + group.title));
  context.console.line();
  context.console.line(lines);
}

Result<Group> run_group(const Context& context, const BenchOptions& options,
                        const KnownGroup& known, const std::atomic<bool>& cancelled) {
  const bench::TemporaryFolder folder;
  Group group{std::string(known.name), std::string(known.title), {}};
  bench::Run run{context, options, folder.path(), cancelled, group.figures};
  // A note, because that also shows the figures so far.
  context.console.note(context.say("bench.running", {{"group", group.name}}));
  const auto done = known.run(run);
  if (!done) return done.error();
  return group;
}

}  // namespace

std::vector<std::string> bench_groups() {
  std::vector<std::string> names;
  for (const KnownGroup& group : kGroups) names.emplace_back(group.name);
  return names;
}

Result<Status> run_bench(const Context& context, const BenchOptions& options) {
  if (const auto error = refuse(options)) return *error;
  const Interruptible interruptible;
  const auto machine = bench::machine_facts(context.clock, std::filesystem::temp_directory_path());
  print_machine(context, machine, options.scale);
  std::vector<Group> groups;
  for (const KnownGroup* known : wanted_groups(options)) {
    auto group = run_group(context, options, *known, interruptible.asked());
    if (!group && interruptible.asked()) return Status::interrupted;
    if (!group) return group.error();
    print_group(context, *group);
    groups.push_back(std::move(*group));
  }
  if (options.write.empty()) return Status::done;
  const auto written = bench::write_page(options.write, machine, options.scale, groups);
  if (!written) return written.error();
  context.console.note(context.say("bench.written", {{"file", options.write}}));
  return Status::done;
}

namespace bench {

Result<std::unique_ptr<Store>> Run::make_store(std::string_view name) const {
  StoreOptions wanted;
  wanted.folder = folder / name;
  wanted.keys_folder = folder / "keys";
  return Store::open(wanted, context.clock);
}

std::string with_schema(const std::string& url, std::string_view schema) {
  const bool has_options = url.find('?') != url.npos;
  return fmt::format("{}{}options=-csearch_path%3D{}", url, has_options ? "&" : "?", schema);
}

Date bench_day() {
  return *make_date(2026, 6, 30);
}

}  // namespace bench

}  // namespace jishi::app
