// Lists, counts and searches over the members of a city of a million, in memory and beside plain
// SQL over the same tables.

#include "modules/registry/registry.hpp"
#include "app/bench/city_files.hpp"
#include "app/bench/planted.hpp"
#include "app/bench/run.hpp"
#include "app/bench/slowest.hpp"
#include "modules/dossier/dossier.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::app::bench {

namespace {

using namespace jishi::registry;

constexpr std::int64_t kMembers = 1'000'000;
constexpr double kExpectedListMs = 20;
constexpr double kExpectedSearchMs = 30;
constexpr double kExpectedCountMs = 1;
constexpr double kExpectedDossierUs = 60;
constexpr double kExpectedDuplicatesS = 30;
constexpr double kExpectedFound = 0.95;  // of recall and precision
constexpr std::size_t kDossiers = 20'000;

class NoImportObserver final : public intake::ImportObserver {
 public:
  void refused(const intake::Refusal&) override {}
  void progress(std::int64_t, double) override {}
};

Result<Done> fill(Run& run, Store& store) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  const auto codes = pack_codes(run.context);
  if (!codes) return codes.error();
  const demo::Shares shares = demo::load_shares(*pack / "demo");
  const demo::CityPlan plan{run.scaled(kMembers, demo::kMinMembers), 1, run.context.clock.today(),
                            1};
  const auto files = write_city_files(shares, plan, *codes, run.folder, demo::WorkbookFormat::csv);
  if (!files) return files.error();
  NoImportObserver observer;
  intake::ImportRequest request;
  request.files = {files->organisations, files->members};
  const auto report =
      intake::import_workbooks(store, kOwner, request, *codes, observer, run.cancelled);
  if (!report) return report.error();
  return Done{};
}

constexpr Statement kTop{"bench_top",
                         "select id from registry_organisation order by code_key limit 1"};
constexpr Statement kPlainList{
    "bench_plain_list",
    "select p.id, p.name from registry_ancestry a"
    " join registry_membership m on m.organisation = a.organisation and m.valid_to is null"
    " join registry_person p on p.id = m.person"
    " where a.structure = 'party' and a.ancestor = $1 order by p.name, p.id limit 50"};

struct PlainRow {
  Id person = kNoId;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(PlainRow, (), (person, name))

/// What a list may be narrowed to: nothing, much, little, and what has to look at names.
std::vector<std::pair<std::string, MemberFilter>> filters() {
  std::vector<std::pair<std::string, MemberFilter>> filters(4);
  filters[1].first = ", filtered";
  filters[1].second.status = "normal";
  filters[1].second.sex = "female";
  filters[1].second.born_from = make_date(1990, 1, 1);
  filters[2].first = ", of a few";
  filters[2].second.education = "doctorate";
  filters[2].second.joined_to = make_date(1970, 1, 1);
  filters[3].first = ", by an initial";
  filters[3].second.name = "z";
  return filters;
}

/// The end of a page of the list of an organisation: the same place in any list of this order.
std::string deep_within(db::Reader& reader, Roll& roll, Id organisation, MemberOrder order,
                        bool descending) {
  const std::array<Id, 1> places{organisation};
  MemberQuery query{{}, order, descending, "", 50};
  query.filter.organisation = organisation;
  const auto page = members_page(reader, roll, Scope{places}, query);
  return page ? page->next : "";
}

/// Lists in every order and direction, with every filter, the first page and one from deep within.
void time_lists(db::Reader& reader, Roll& roll, const Scope& scope, Id middle,
                const std::string& whose, Slowest& slowest) {
  for (const MemberOrder order : {MemberOrder::name, MemberOrder::birth, MemberOrder::joined,
                                  MemberOrder::number, MemberOrder::organisation}) {
    for (const bool descending : {false, true}) {
      const std::string deep = deep_within(reader, roll, middle, order, descending);
      for (const auto& [name, filter] : filters()) {
        const std::string what = fmt::format("order {}{}{}{}", static_cast<int>(order),
                                             descending ? " descending" : "", name, whose);
        MemberQuery query{filter, order, descending, "", 50};
        slowest.ask(what, [&] { (void)members_page(reader, roll, scope, query); });
        query.after = deep;
        slowest.ask(what + ", deep", [&] { (void)members_page(reader, roll, scope, query); });
      }
    }
  }
}

/// Every organisation that has none below it, as a place of its own; and one in the middle with
/// some hundred members.
std::pair<std::vector<Id>, Id> small_places(db::Reader& reader, Roll& roll) {
  constexpr std::size_t kMostPlaces = 20'000;
  constexpr std::int64_t kMembersWithin = 200;
  return roll.look(reader, [](const Roll& held) {
    const RollTree& tree = held.in(kPartyStructure);
    const auto& nodes = tree.outline().nodes();
    std::vector<Id> leaves;
    for (std::uint32_t place = 0; place < nodes.size() && leaves.size() < kMostPlaces; ++place) {
      if (nodes[place].end == place + 1) leaves.push_back(nodes[place].id);
    }
    auto middle = static_cast<std::uint32_t>(nodes.size() / 2);
    while (nodes[middle].above != Outline::kNowhere &&
           tree.members_in({middle, nodes[middle].end}, true) < kMembersWithin)
      middle = nodes[middle].above;
    return std::pair(std::move(leaves), nodes[middle].id);
  });
}

/// Microseconds of CPU of one dossier, over many persons.
double time_dossiers(db::Reader& reader, const crypto::Keys& keys, Roll& roll, const Scope& scope) {
  std::vector<Id> persons;
  roll.look(reader, [&](const Roll& held) {
    const std::size_t step = std::max<std::size_t>(held.rows().size() / kDossiers, 1);
    for (std::size_t i = 0; i < held.rows().size(); i += step) {
      persons.push_back(held.rows()[i].person);
    }
    return true;
  });
  const CpuWatch cpu;
  for (const Id person : persons) (void)dossier::dossier_of(reader, keys, scope, person);
  return cpu.seconds() * 1e6 / static_cast<double>(persons.size());
}

void time_duplicates(Run& run, std::span<const Traits> persons) {
  const Planted planted(persons);
  SearchOfPairs search;
  search.slip_of_ids = [&](Id first, Id second) { return planted.slip_of_ids(first, second); };
  std::vector<LikelyPair> pairs;
  double grown_mb = 0;
  double seconds = 0;
  const CpuWatch cpu;
  double cpu_seconds = 0;
  {
    const MemoryPeak peak;
    seconds = seconds_of([&] { pairs = likely_pairs(planted.persons(), search); });
    cpu_seconds = cpu.seconds();
    grown_mb = peak.grown_mb();
  }
  const Planted::Score score = planted.score(pairs);
  run.figures.push_back(
      {.name = "duplicates",
       .unit = "s",
       .measured = seconds,
       .expected = Expected{Sense::at_most, kExpectedDuplicatesS},
       .note = fmt::format("{} persons, {} records planted, {} pairs named, {:.1f} s of CPU",
                           planted.persons().size(), planted.count(), pairs.size(), cpu_seconds)});
  run.figures.push_back({.name = "duplicates_memory", .unit = "MB", .measured = grown_mb});
  run.figures.push_back({.name = "duplicates_recall",
                         .unit = "",
                         .measured = score.recall,
                         .expected = Expected{Sense::at_least, kExpectedFound},
                         .note = score.by_mistake});
  run.figures.push_back({.name = "duplicates_precision",
                         .unit = "",
                         .measured = score.precision,
                         .expected = Expected{Sense::at_least, kExpectedFound},
                         .note = score.by_stranger});
}

void time_searches(db::Reader& reader, const crypto::Keys& keys, Roll& roll, const Scope& scope,
                   const std::string& whose, Slowest& slowest) {
  for (const char* typed :
       {"张", "张伟", "z", "w", "zh", "zhang", "zhangw", "zhangwei", "zw", "zhang伟", "wxm",
        "ouyang", "11", "3101", "13800138000", "幸福社区", "xfsq", "x", "qqqqqq"}) {
    slowest.ask(typed + whose, [&] { (void)find(reader, keys, roll, scope, {typed, kNoId, 20}); });
  }
}

}  // namespace

Result<Done> bench_registry(Run& run) {
  auto store = run.make_store("registry");
  if (!store) return store.error();
  if (const auto filled = fill(run, **store); !filled) return filled.error();
  if (const auto on = run.go_on(); !on) return on.error();
  Roll roll(run.context.clock);
  (*store)->read([&](db::Reader& reader) {
    const std::array<Id, 1> places{reader.one<Id>(kTop).value_or(kNoId)};
    const Scope scope{places};
    double grown_mb = 0;
    double load = 0;
    {
      const MemoryPeak peak;
      load = seconds_of([&] { roll.catch_up(reader); });
      grown_mb = peak.grown_mb();
    }
    const std::string note = fmt::format("{} members", roll.rows().size());
    run.figures.push_back({.name = "roll_load", .unit = "s", .measured = load, .note = note});
    run.figures.push_back({.name = "roll_memory", .unit = "MB", .measured = grown_mb});
    const auto [leaves, middle] = small_places(reader, roll);
    const std::string whose = fmt::format(", scope of {} places", leaves.size());
    const Scope scattered{leaves};
    Slowest lists;
    time_lists(reader, roll, scope, middle, "", lists);
    time_lists(reader, roll, scattered, middle, whose, lists);
    const double plain = seconds_of([&] { (void)reader.all<PlainRow>(kPlainList, places[0]); });
    run.figures.push_back({.name = "list_page",
                           .unit = "ms",
                           .measured = lists.milliseconds,
                           .expected = Expected{Sense::at_most, kExpectedListMs},
                           .baselines = {{"by_plain_sql", plain * 1'000}},
                           .note = "slowest: " + lists.slowest});
    Slowest searches;
    time_searches(reader, (*store)->keys(), roll, scope, "", searches);
    time_searches(reader, (*store)->keys(), roll, scattered, whose, searches);
    run.figures.push_back({.name = "search",
                           .unit = "ms",
                           .measured = searches.milliseconds,
                           .expected = Expected{Sense::at_most, kExpectedSearchMs},
                           .note = "slowest: " + searches.slowest});
    Slowest counts;
    counts.ask("top", [&] { (void)branches(reader, roll, scope, {places[0], "", 50}); });
    run.figures.push_back({.name = "children_counted",
                           .unit = "ms",
                           .measured = counts.milliseconds,
                           .expected = Expected{Sense::at_most, kExpectedCountMs}});
    run.figures.push_back({.name = "dossier",
                           .unit = "µs",
                           .measured = time_dossiers(reader, (*store)->keys(), roll, scope),
                           .expected = Expected{Sense::at_most, kExpectedDossierUs},
                           .note = "CPU; of a city without activities and dues"});
    Gathered gathered;
    const double gather = seconds_of([&] { gathered.gather(reader, roll, scope); });
    run.figures.push_back({.name = "duplicates_gathered", .unit = "s", .measured = gather});
    time_duplicates(run, gathered.persons());
    return true;
  });
  return Done{};
}

}  // namespace jishi::app::bench
