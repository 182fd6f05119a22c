// Words among the activities of a city: a million of them, in 20,000 branches.

#include "app/bench/run.hpp"
#include "modules/demo/demo.hpp"
#include "modules/demo/random.hpp"
#include "modules/demo/shares.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::app::bench {

namespace {

using orglife::ActivityOrder;

constexpr std::int64_t kActivities = 1'000'000;
constexpr std::int64_t kOfBranch = 50;
constexpr std::int64_t kBranchesOfStreet = 100;
constexpr std::int64_t kStreetsOfDistrict = 20;
constexpr double kExpectedMs = 30;
constexpr int kRounds = 5;
constexpr int kRows = 50;

constexpr Statement kAdd{
    "bench_add_activity",
    "insert into orglife_activity (id, organisation, kind, held_on, period, topic, place, due,"
    " present, others, source, batch) values ($1, $2, $3, $4, '', $5, $6, null, null, '', 0, 0)"};
constexpr Statement kLike{
    "bench_like",
    "select id from orglife_activity where (topic like $1 or place like $1)"
    " and (topic like $2 or place like $2) order by held_on desc, id desc limit 51"};

/// The organisations whose parts of the tree are searched.
struct Places {
  Id city = kNoId;
  Id district = kNoId;
  Id street = kNoId;
};

Id add_organisation(Transaction& tx, Id parent, std::string_view kind, std::int64_t number) {
  const std::string name = fmt::format("{}{}", kind, number);
  registry::OrganisationRecord record;
  record.code = name;
  record.name = name;
  record.kind = kind;
  if (parent != kNoId) record.parent = parent;
  return registry::record_organisation(tx, registry::manual_origin(tx), std::nullopt, record).id;
}

/// A branch's activities of two years, one every two weeks.
void add_activities(Transaction& tx, const demo::TopicLists& topics, Id branch, demo::Rng& rng) {
  const std::pair<const char*, const std::vector<std::string>*> kinds[] = {
      {"members_meeting", &topics.members_meeting},
      {"committee_meeting", &topics.committee_meeting},
      {"group_meeting", &topics.group_meeting},
      {"lecture", &topics.lecture},
      {"theme_day", &topics.theme_day}};
  const auto pick = [&](const auto& list) -> const auto& {
    return list[rng.below(static_cast<std::uint32_t>(std::size(list)))];
  };
  for (int i = 0; i < kOfBranch; ++i) {
    const auto& [kind, list] = pick(kinds);
    const Date held_on = bench_day() - std::chrono::days(14 * i + rng.between(0, 13));
    const std::string topic = fmt::format("{}（第{}期）", pick(*list), rng.between(1, 99));
    tx.run(kAdd, tx.new_id(), branch, kind, held_on, topic, pick(topics.places));
  }
}

Result<Places> fill(Run& run, Store& store, std::int64_t branches) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  const demo::Shares shares = demo::load_shares(*pack / "demo");
  return store.write_alone(kOwner, [&](Transaction& tx) -> Result<Places> {
    Places last;
    last.city = add_organisation(tx, kNoId, "committee", 0);
    for (std::int64_t branch = 0; branch < branches; ++branch) {
      if (const auto on = run.go_on(); !on) return on.error();
      const std::int64_t street = branch / kBranchesOfStreet;
      if (branch % (kBranchesOfStreet * kStreetsOfDistrict) == 0)
        last.district = add_organisation(tx, last.city, "district", street);
      if (branch % kBranchesOfStreet == 0)
        last.street = add_organisation(tx, last.district, "street", street);
      demo::Rng rng(1, demo::Stream::activity, static_cast<std::uint32_t>(branch));
      const Id made = add_organisation(tx, last.street, "branch", branch);
      add_activities(tx, shares.topics, made, rng);
    }
    registry::rebuild_ancestry(tx, registry::kPartyStructure);
    return last;
  });
}

class Searches {
 public:
  Searches(Store& store, registry::Roll& roll, orglife::FullText& full_text, const CodeSet& kinds)
      : store_(store), roll_(roll), full_text_(full_text), kinds_(kinds) {}

  Result<Done> ask(Id place, const std::string& words, ActivityOrder order) {
    orglife::ActivityFilter filter;
    filter.q = words;
    filter.order = order;
    filter.limit = kRows;
    return store_.read([&](db::Reader& reader) -> Result<Done> {
      return roll_.look(reader, [&](const registry::Roll& roll) -> Result<Done> {
        const Stopwatch watch;
        const registry::Outline& outline = roll.in(registry::kPartyStructure).outline();
        const std::vector<registry::Span> spans{outline.subtree(place)};
        const auto page = orglife::search_activities(reader, full_text_, kinds_, Language::zh,
                                                     filter, orglife::within_spans(outline, spans));
        if (!page) return page.error();
        took_ms_.push_back(watch.milliseconds());
        if (took_ms_.back() > slowest_ms_) {
          slowest_ms_ = took_ms_.back();
          slowest_ = words;
        }
        return Done{};
      });
    });
  }

  const std::vector<double>& took_ms() const { return took_ms_; }
  const std::string& slowest() const { return slowest_; }

 private:
  Store& store_;
  registry::Roll& roll_;
  orglife::FullText& full_text_;
  const CodeSet& kinds_;
  std::vector<double> took_ms_;
  double slowest_ms_ = 0;
  std::string slowest_;
};

constexpr std::string_view kWords[] = {"党课",         "主题党日", "学习",        "党章 条款",
                                       "党员大会",     "志愿服务", "第33期",      "会议室 发展",
                                       "\"讲党课\"",   "党",       "Party*",      "义诊",
                                       "谈心谈话 第7", "文化礼堂", "没有这样的词"};

/// The same by looking at every row; two words at most, as the statement has it.
double like_p99_ms(Store& store) {
  std::vector<double> took_ms;
  constexpr std::pair<const char*, const char*> kPatterns[] = {
      {"%党课%", "%"}, {"%党章%", "%条款%"}, {"%会议室%", "%发展%"}, {"%没有这样的词%", "%"}};
  for (const auto& words : kPatterns) {
    for (int round = 0; round < kRounds; ++round) {
      const Stopwatch watch;
      (void)store.read(
          [&](db::Reader& reader) { return reader.all<Id>(kLike, words.first, words.second); });
      took_ms.push_back(watch.milliseconds());
    }
  }
  return quantile(std::move(took_ms), 0.99);
}

double megabytes_in(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return static_cast<double>(bytes) / 1e6;
}

/// One more activity, until the index has it durable.
Result<double> time_one_more(Store& store, orglife::FullText& full_text, Id branch) {
  const auto recorded = store.write(kOwner, [&](Transaction& tx) {
    orglife::ActivityRecord made;
    made.organisation = branch;
    made.kind = "lecture";
    made.held_on = bench_day();
    made.topic = "再来一次";
    return Result(orglife::record_activity(tx, registry::manual_origin(tx), made));
  });
  if (!recorded) return recorded.error();
  const Stopwatch watch;
  if (const auto done = full_text.catch_up(); !done) return done.error();
  return watch.milliseconds();
}

}  // namespace

Result<Done> bench_search(Run& run) {
  const auto codes = pack_codes(run.context);
  if (!codes) return codes.error();
  auto store = run.make_store("search");
  if (!store) return store.error();
  const std::int64_t branches = run.scaled(kActivities / kOfBranch, 1);
  const auto places = fill(run, **store, branches);
  if (!places) return places.error();
  orglife::FullText full_text(**store, *codes, {});
  LongWork work;
  work.cancelled = [&run] { return run.cancelled.load(); };
  const Stopwatch building;
  if (const auto made = full_text.catch_up(work); !made) return made.error();
  const double seconds = building.seconds();
  const std::string size = fmt::format("{} activities", branches * kOfBranch);
  run.figures.push_back({.name = "index_build",
                         .unit = "rows/s",
                         .measured = static_cast<double>(branches * kOfBranch) / seconds,
                         .note = size});
  run.figures.push_back({.name = "index_size",
                         .unit = "MB",
                         .measured = megabytes_in(orglife::FullText::folder_of(**store))});
  registry::Roll roll(run.context.clock);
  Searches searches(**store, roll, full_text, codes->set("activity_kind"));
  for (const std::string_view words : kWords) {
    if (const auto on = run.go_on(); !on) return on.error();
    for (const Id place : {places->city, places->district, places->street}) {
      for (const ActivityOrder order : {ActivityOrder::latest, ActivityOrder::best}) {
        for (int round = 0; round < kRounds; ++round) {
          if (const auto asked = searches.ask(place, std::string(words), order); !asked)
            return asked;
        }
      }
    }
  }
  run.figures.push_back({.name = "full_text_search",
                         .unit = "ms",
                         .measured = quantile(searches.took_ms(), 0.99),
                         .expected = Expected{Sense::at_most, kExpectedMs},
                         .baselines = {{"by_like", like_p99_ms(**store)}},
                         .note = "p99; slowest: " + searches.slowest()});
  const auto one_more = time_one_more(**store, full_text, places->street);
  if (!one_more) return one_more.error();
  run.figures.push_back({.name = "index_follow", .unit = "ms", .measured = *one_more});
  return Done{};
}

}  // namespace jishi::app::bench
