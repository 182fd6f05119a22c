// The list of administrative divisions: the real one where it is there, else one of its shape.

#include "modules/division/division.hpp"

#include <fstream>

#include "app/bench/run.hpp"
#include "app/bench/slowest.hpp"

namespace jishi::app::bench {

namespace {

using division::Division;

constexpr double kExpectedChildrenMs = 5;
constexpr double kExpectedSearchMs = 30;
constexpr double kExpectedCountMs = 1;
constexpr std::string_view kUsualFolder = "build/deps/divisions";

constexpr Statement kWidest{"bench_widest",
                            "select parent from division_node where parent <> 0 group by parent"
                            " order by count(*) desc, parent limit 1"};
constexpr Statement kPlainChildren{"bench_plain_children",
                                   "select id, parent, code, name, level, below from division_node"
                                   " where parent = $1 order by code"};
constexpr Statement kPlainSearch{"bench_plain_search",
                                 "select id, parent, code, name, level, below from division_node"
                                 " where name like '%阳%' order by level, id limit 20"};
constexpr Statement kPlainCount{
    "bench_plain_count",
    "with recursive below (id) as (select id from division_node where parent = $1"
    " union all select n.id from below join division_node n on n.parent = below.id)"
    " select count(*) from below"};

/// Five files in the shape of the published list: some 21 places in each, on five levels.
std::filesystem::path made_up(const Run& run) {
  constexpr std::array<std::string_view, 5> kFiles{"provinces", "cities", "areas", "streets",
                                                   "villages"};
  constexpr std::array<std::string_view, 6> kNames{"朝阳", "城关", "重阳", "乐山", "六安", "长安"};
  const auto folder = run.folder / "divisions";
  std::filesystem::create_directories(folder);
  std::array<std::ofstream, 5> files;
  for (std::size_t i = 0; i < files.size(); ++i) {
    files[i].open(folder / (std::string(kFiles[i]) + ".csv"));
    files[i] << "code,name\n";
  }
  const std::int64_t provinces = run.scaled(31, 1);
  std::size_t turn = 0;
  const auto add = [&](std::size_t level, const std::string& code) {
    ++turn;
    files[level] << code << ',' << kNames[turn % kNames.size()] << turn << '\n';
  };
  for (std::int64_t province = 11; province < 11 + provinces; ++province) {
    add(0, fmt::format("{:02}", province));
    for (int city = 1; city <= 11; ++city) {
      add(1, fmt::format("{:02}{:02}", province, city));
      for (int area = 1; area <= 9; ++area) {
        add(2, fmt::format("{:02}{:02}{:02}", province, city, area));
        for (int street = 1; street <= 14; ++street) {
          add(3, fmt::format("{:02}{:02}{:02}{:03}", province, city, area, street));
          for (int village = 1; village <= 15; ++village)
            add(4, fmt::format("{:02}{:02}{:02}{:03}{:03}", province, city, area, street, village));
        }
      }
    }
  }
  return folder;
}

std::filesystem::path folder_of(const Run& run, std::string& note) {
  if (!run.options.divisions.empty()) return run.options.divisions;
  const std::filesystem::path usual(kUsualFolder);
  if (run.options.scale == 1 && std::filesystem::exists(usual / "villages.csv")) return usual;
  note = ", made up: run tools/fetch-divisions for the real ones";
  return made_up(run);
}

Slowest time_children(db::Reader& reader, Id widest) {
  Slowest slowest;
  for (const Id parent : {kNoId, widest}) {
    std::string after;
    for (int page = 1;; ++page) {
      slowest.ask(fmt::format("page {} below {}", page, parent),
                  [&] { (void)division::children(reader, parent, after, division::kMaxPage); });
      after = division::children(reader, parent, after, division::kMaxPage)->next;
      if (after.empty()) break;
    }
  }
  return slowest;
}

Slowest time_searches(db::Reader& reader, division::Gazetteer& gazetteer, Id widest) {
  Slowest slowest;
  // A letter is the beginning of every second name's initials, and nobody's whole name.
  for (const char* typed : {"z", "zh", "朝", "朝阳", "cy", "chaoyang", "chaoy", "changan",
                            "zhongyang", "11", "110101", "xq", "qqqqqq", "村委会", "y"}) {
    for (const Id below : {kNoId, widest})
      slowest.ask(typed, [&] { (void)gazetteer.search(reader, typed, below, 20); });
  }
  return slowest;
}

void measure(Run& run, db::Reader& reader, const std::string& note) {
  const Id widest = reader.one<Id>(kWidest).value_or(kNoId);
  const auto largest = division::children(reader, kNoId, "", division::kMaxPage)->rows.front().id;
  const Slowest children = time_children(reader, widest);
  Slowest plain;
  plain.ask("", [&] { (void)reader.all<Division>(kPlainChildren, widest); });
  run.figures.push_back({.name = "division_children",
                         .unit = "ms",
                         .measured = children.milliseconds,
                         .expected = Expected{Sense::at_most, kExpectedChildrenMs},
                         .baselines = {{"by_plain_sql", plain.milliseconds}},
                         .note = "slowest: " + children.slowest + note});
  division::Gazetteer gazetteer;
  const double first = seconds_of([&] { (void)gazetteer.search(reader, "z", kNoId, 20); });
  const Slowest searches = time_searches(reader, gazetteer, widest);
  plain = {};
  plain.ask("", [&] { (void)reader.all<Division>(kPlainSearch); });
  run.figures.push_back({.name = "division_search",
                         .unit = "ms",
                         .measured = searches.milliseconds,
                         .expected = Expected{Sense::at_most, kExpectedSearchMs},
                         .baselines = {{"by_plain_sql", plain.milliseconds}},
                         .note = "slowest: " + searches.slowest});
  run.figures.push_back({.name = "division_first_search", .unit = "s", .measured = first});
  Slowest counts;
  counts.ask("", [&] { (void)division::find(reader, largest)->below; });
  plain = {};
  plain.ask("", [&] { (void)reader.one<std::int64_t>(kPlainCount, largest); });
  run.figures.push_back({.name = "division_count",
                         .unit = "ms",
                         .measured = counts.milliseconds,
                         .expected = Expected{Sense::at_most, kExpectedCountMs},
                         .baselines = {{"by_plain_sql", plain.milliseconds}}});
}

}  // namespace

Result<Done> bench_divisions(Run& run) {
  auto store = run.make_store("divisions");
  if (!store) return store.error();
  std::string note;
  const auto folder = folder_of(run, note);
  Result<division::Loaded> loaded = division::Loaded{};
  const double seconds = seconds_of([&] { loaded = division::load(**store, kOwner, folder); });
  if (!loaded) return loaded.error();
  if (const auto on = run.go_on(); !on) return on.error();
  run.figures.push_back({.name = "divisions_load",
                         .unit = "s",
                         .measured = seconds,
                         .note = fmt::format("{} divisions", loaded->nodes) + note});
  (*store)->read([&](db::Reader& reader) {
    measure(run, reader, note);
    return true;
  });
  return Done{};
}

}  // namespace jishi::app::bench
