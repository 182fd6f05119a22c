#include <random>

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/dues/dues.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/marts/marts.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::insight {
namespace {

constexpr Actor kTester{7};
constexpr std::int64_t kDayMs = 86'400'000;

struct LitRow {
  std::string rule;
  Id subject = kNoId;
  Id organisation = kNoId;
  int version = 0;
  std::string level;
  std::optional<Date> since;
  std::optional<Date> due;
  std::string evidence;
};
BOOST_DESCRIBE_STRUCT(LitRow, (),
                      (rule, subject, organisation, version, level, since, due, evidence))

std::string dated(const std::optional<Date>& date) {
  return date ? to_iso(*date) : "-";
}

/// A light as one line, by rule and subject.
using Lines = std::map<std::string, std::string>;

std::string line_of(Id organisation, int version, const std::string& level,
                    const std::optional<Date>& since, const std::optional<Date>& due,
                    boost::json::object evidence) {
  evidence.erase("rows");
  return fmt::format("{} v{} {} {} {} {}", organisation, version, level, dated(since), dated(due),
                     boost::json::serialize(evidence));
}

/// A store to which anything may happen, and the lights that follow.
class History {
 public:
  explicit History(unsigned seed) : store_(*make_date(2026, 6, 27)), random_(seed) { open(); }

  void open() {
    insight_.reset();
    InsightOptions options;
    options.pack = JISHI_SOURCE_DIR "/packs/party";
    options.threads = 1;
    options.merge_at = 15;
    options.notice = [this](const std::string& said) { notices_.push_back(said); };
    auto opened = Insight::open(*store_, options);
    if (!opened) throw std::runtime_error(opened.error().code);
    insight_ = std::move(*opened);
  }

  void rebuild_marts() {
    insight_.reset();
    std::filesystem::remove(store_.options().folder / "marts.duckdb");
    open();
  }

  std::string step();

  Insight::Changes refresh() {
    const auto changes = insight_->refresh(kTester);
    if (!changes) throw std::runtime_error(changes.error().code);
    return *changes;
  }

  Lines stored(bool rows = false) {
    static constexpr Statement kAll{"test.lights",
                                    "select rule, subject, organisation, version, level, since,"
                                    " due, evidence from insight_light"};
    Lines lines;
    store_->read([&](db::Reader& reader) {
      reader.each<LitRow>(kAll, [&](const LitRow& row) {
        auto evidence = boost::json::parse(row.evidence).as_object();
        const std::string found = boost::json::serialize(evidence["rows"]);
        lines[fmt::format("{} {}", row.rule, row.subject)] =
            line_of(row.organisation, row.version, row.level, row.since, row.due, evidence) +
            (rows ? found : "");
      });
    });
    return lines;
  }

  Lines evaluated() {
    const auto lights = insight_->lights(store_.clock.today());
    if (!lights) throw std::runtime_error(lights.error().code);
    Lines lines;
    for (const Light& light : *lights)
      lines[fmt::format("{} {}", light.rule, light.subject_id)] = line_of(
          light.organisation, light.version, light.level, light.since, light.due, light.evidence);
    return lines;
  }

  /// As if no light had been looked at yet today: everything is evaluated anew.
  void forget_position() {
    static constexpr Statement kForget{"test.forget", "update insight_state set day = day - 1"};
    write([&](Transaction& tx) { tx.run(kForget); });
  }

 private:
  template <class Work>
  void write(Work&& work) {
    (void)store_->write(kTester, [&](Transaction& tx) -> Result<Done> {
      work(tx);
      return Done{};
    });
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(unsigned percent) { return below(100) < percent; }
  Id any(const std::vector<Id>& ids) { return ids.empty() ? kNoId : ids[below(ids.size())]; }
  Date day(int back) {
    return store_.clock.today() - std::chrono::days(below(static_cast<std::size_t>(back)));
  }
  registry::Origin origin(Transaction& tx) { return registry::manual_origin(tx); }

  void add_organisation();
  void change_organisation();
  void add_member();
  void change_member();
  void move_member();
  void withdraw_person();
  void add_post();
  void change_post();
  void add_activity();
  void change_activity();
  void add_payment();
  void withdraw_payment();
  void set_parameter();
  void doubt();
  void next_day() { store_.clock.set_ms(store_.clock.now_ms() + kDayMs); }

  orglife::ActivityRecord activity_record();

  TestStore store_;
  std::mt19937 random_;
  std::unique_ptr<Insight> insight_;
  std::vector<std::string> notices_;
  std::vector<Id> organisations_;
  std::vector<Id> persons_;
  std::vector<Id> posts_;
  std::vector<Id> activities_;
  std::vector<dues::PaymentRecord> payments_;
  int number_ = 0;
};

void History::add_organisation() {
  static constexpr std::string_view kKinds[] = {"branch", "branch", "joint_branch", "committee",
                                                "general_branch"};
  const std::string code = fmt::format("O{}", ++number_);
  registry::OrganisationRecord record;
  record.code = code;
  record.name = code;
  record.kind = kKinds[below(5)];
  if (!organisations_.empty() && chance(80)) record.parent = any(organisations_);
  if (chance(50)) record.founded = day(900);
  if (chance(50)) record.elected = day(2200);
  write([&](Transaction& tx) {
    organisations_.push_back(
        registry::record_organisation(tx, origin(tx), std::nullopt, record).id);
    registry::rebuild_ancestry(tx, registry::kPartyStructure);
  });
}

void History::change_organisation() {
  const Id id = any(organisations_);
  if (id == kNoId) return;
  registry::OrganisationRecord record;
  if (chance(30)) record.ended = day(40);
  if (chance(40)) record.elected = day(2200);
  if (chance(20)) record.kind = "branch";
  if (chance(30)) {
    registry::MoveOrganisation move;
    move.organisation = id;
    move.parent = any(organisations_);
    (void)registry::move_organisation(*store_, kTester, move);
    return;
  }
  write([&](Transaction& tx) {
    if (chance(20)) {
      registry::put_organisation_fields(tx, id, {{"ended", ""}, {"founded", ""}});
      return;
    }
    registry::record_organisation(tx, origin(tx), id, record);
  });
}

void History::add_member() {
  const Id organisation = any(organisations_);
  if (organisation == kNoId) return;
  const std::string number = fmt::format("P{}", ++number_);
  registry::MemberRecord record;
  record.number = number;
  record.name = number;
  record.organisation = organisation;
  record.stage = chance(70) ? "full" : "probationary";
  record.joined = day(chance(60) ? 3000 : 420);
  record.status = chance(90) ? "normal" : "deceased";
  if (chance(10)) record.lost_since = day(300);
  const auto sealed = registry::seal_identity(*store_, record);
  write([&](Transaction& tx) {
    persons_.push_back(registry::record_member(tx, origin(tx), std::nullopt, record, sealed).id);
  });
}

void History::change_member() {
  const Id person = any(persons_);
  if (person == kNoId) return;
  static constexpr const char* kStatus[] = {"normal", "suspended", "transferred_out", "left"};
  write([&](Transaction& tx) {
    switch (below(4)) {
      case 0: registry::put_member_fields(tx, person, {{"status", kStatus[below(4)]}}); break;
      case 1:
        registry::put_member_fields(tx, person, {{"stage", chance(50) ? "full" : "probationary"}});
        break;
      case 2:
        registry::put_member_fields(tx, person,
                                    {{"lost_since", chance(50) ? to_iso(day(300)) : ""}});
        break;
      default: registry::put_member_fields(tx, person, {{"joined", to_iso(day(1000))}});
    }
  });
}

void History::move_member() {
  const Id person = any(persons_);
  const Id to = any(organisations_);
  if (person == kNoId) return;
  write([&](Transaction& tx) {
    const auto before = registry::move_member(tx, origin(tx), person, to, day(5));
    // Now and then the move is taken back.
    if (before && chance(30))
      registry::put_member_fields(tx, person, {{"organisation", std::to_string(*before)}});
  });
}

void History::withdraw_person() {
  const Id person = any(persons_);
  if (person == kNoId) return;
  std::erase(persons_, person);
  write([&](Transaction& tx) { registry::withdraw_person(tx, person); });
}

void History::add_post() {
  registry::PostRecord record;
  record.person = any(persons_);
  record.organisation = any(organisations_);
  if (record.person == kNoId) return;
  record.title = chance(70) ? "secretary" : "committee_member";
  record.from = day(600);
  if (chance(40)) record.to = record.from + std::chrono::days(below(400));
  write(
      [&](Transaction& tx) { posts_.push_back(registry::record_post(tx, origin(tx), record).id); });
}

void History::change_post() {
  const Id post = any(posts_);
  if (post == kNoId) return;
  write([&](Transaction& tx) {
    if (chance(40)) {
      registry::withdraw_post(tx, post);
    } else {
      registry::put_post_fields(tx, post, {{"to", chance(60) ? to_iso(day(200)) : ""}});
    }
  });
}

orglife::ActivityRecord History::activity_record() {
  static constexpr std::string_view kKinds[] = {"members_meeting", "committee_meeting", "theme_day",
                                                "lecture", "life_meeting"};
  orglife::ActivityRecord record;
  record.organisation = any(organisations_);
  record.kind = kKinds[below(5)];
  record.held_on = day(120);
  if (chance(20)) record.period = period_of(PeriodKind::quarter, day(200));
  if (chance(20)) record.period = period_of(PeriodKind::year, day(400));
  return record;
}

void History::add_activity() {
  const auto record = activity_record();
  if (record.organisation == kNoId) return;
  write([&](Transaction& tx) {
    activities_.push_back(orglife::record_activity(tx, origin(tx), record).id);
  });
}

void History::change_activity() {
  const Id activity = any(activities_);
  if (activity == kNoId) return;
  const auto record = activity_record();
  (void)store_->write(kTester, [&](Transaction& tx) {
    return chance(50) ? orglife::withdraw_activity(tx, activity)
                      : orglife::correct_activity(tx, activity, record);
  });
}

void History::add_payment() {
  const Id person = any(persons_);
  if (person == kNoId) return;
  const int this_month = month_index(store_.clock.today());
  // A run of months, so that some members are in order.
  const int last = this_month - static_cast<int>(below(8));
  write([&](Transaction& tx) {
    for (int month = last - static_cast<int>(below(6)); month <= last; ++month) {
      dues::PaymentRecord record{person, month, 1000, std::nullopt};
      if (chance(20)) record.paid_on = day(60);
      dues::record_payment(tx, origin(tx), registry::organisation_of(tx, person).value_or(kNoId),
                           record);
      payments_.push_back(record);
    }
  });
}

void History::withdraw_payment() {
  if (payments_.empty()) return;
  const auto record = payments_[below(payments_.size())];
  (void)store_->write(kTester, [&](Transaction& tx) { return dues::withdraw_payment(tx, record); });
}

void History::set_parameter() {
  static constexpr std::pair<const char*, const char*> kParameters[] = {
      {"dues/unpaid", "yellow_months"},
      {"registry/branch_too_small", "min_full"},
      {"orglife/theme_day", "warn_days"},
      {"registry/branch_too_large", "max_members"}};
  if (organisations_.empty()) return;
  const auto& [rule, parameter] = kParameters[below(4)];
  const auto set = insight_->set_parameter(
      kTester,
      {rule, parameter, fmt::format("O{}", 1 + below(4)), static_cast<std::int64_t>(1 + below(5))});
  (void)set;  // the organisation may have another code
}

void History::doubt() {
  static constexpr Statement kSet{
      "test.doubt",
      "insert into intake_doubt (subject_kind, subject, batch, rows) values ($1, $2, 1, $3)"
      " on conflict (subject_kind, subject) do update set rows = excluded.rows"};
  static constexpr Statement kClear{"test.no_doubt",
                                    "delete from intake_doubt where subject_kind = $1"};
  const bool person = chance(50);
  const Id subject = any(person ? persons_ : organisations_);
  if (subject == kNoId) return;
  write([&](Transaction& tx) {
    const char* kind = person ? "person" : "organisation";
    if (chance(70)) {
      tx.run(kSet, kind, subject, below(4) + 1);
    } else {
      tx.run(kClear, kind);
    }
    tx.fact(FactKind{60}, store_.clock.today(), kNoId);  // an import
  });
}

std::string History::step() {
  const struct {
    unsigned weight;
    const char* name;
    void (History::*act)();
  } kSteps[] = {{8, "add organisation", &History::add_organisation},
                {6, "change organisation", &History::change_organisation},
                {16, "add member", &History::add_member},
                {12, "change member", &History::change_member},
                {8, "move member", &History::move_member},
                {2, "withdraw person", &History::withdraw_person},
                {8, "add post", &History::add_post},
                {6, "change post", &History::change_post},
                {12, "add activity", &History::add_activity},
                {8, "change activity", &History::change_activity},
                {12, "add payment", &History::add_payment},
                {6, "withdraw payment", &History::withdraw_payment},
                {4, "set parameter", &History::set_parameter},
                {4, "doubt", &History::doubt},
                {1, "next day", &History::next_day}};
  unsigned all = 0;
  for (const auto& step : kSteps) all += step.weight;
  auto picked = static_cast<unsigned>(below(all));
  for (const auto& step : kSteps) {
    if (picked < step.weight) {
      (this->*step.act)();
      return step.name;
    }
    picked -= step.weight;
  }
  return "";
}

class Histories : public ::testing::TestWithParam<unsigned> {};

// The lights that were kept step by step are those that a look at everything gives.
TEST_P(Histories, incremental_and_full_lights_agree) {
  constexpr int kSteps = 70;
  History history(GetParam());
  std::string done;
  for (int step = 0; step < kSteps; ++step) {
    done += "\n" + history.step();
    if (step % 3 == 0) done += ", " + history.step();
    if (step % 4 == 3) continue;  // several steps at once
    history.refresh();
    ASSERT_EQ(history.stored(), history.evaluated()) << "seed " << GetParam() << ":" << done;
    if (step % 20 == 18) {
      done += "\nmarts made anew";
      history.rebuild_marts();
      ASSERT_EQ(history.stored(), history.evaluated()) << "seed " << GetParam() << ":" << done;
    }
    done.clear();
  }
  EXPECT_GT(history.stored().size(), 10U) << "a history without lights shows nothing";
  history.refresh();
  const Lines before = history.stored(true);
  history.forget_position();
  const auto changes = history.refresh();
  EXPECT_EQ(changes.lit + changes.changed + changes.out, 0);
  EXPECT_EQ(history.stored(true), before);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Histories, ::testing::Range(1U, 7U));

}  // namespace
}  // namespace jishi::insight
