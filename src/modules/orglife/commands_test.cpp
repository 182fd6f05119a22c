#include "modules/orglife/commands.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "ledger/test_store.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {
namespace {

constexpr Actor kTester{7};

Date day(int year, unsigned month, unsigned of_month) {
  return *make_date(year, month, of_month);
}

Id found(Store& store, std::string code) {
  registry::CreateOrganisation command;
  command.name = code;
  command.code = code;
  command.kind = "branch";
  command.on = day(2001, 1, 1);
  return registry::create_organisation(store, kTester, command)->organisations.front().organisation;
}

Id join(Store& store, std::string_view number, Id organisation) {
  registry::MemberRecord record;
  record.number = number;
  record.name = number;
  record.organisation = organisation;
  record.stage = "full";
  record.joined = day(2005, 1, 1);
  const auto sealed = registry::seal_identity(store, record);
  const auto made = store.write(kTester, [&](Transaction& tx) {
    return Result<registry::Recorded>(
        registry::record_member(tx, registry::manual_origin(tx), std::nullopt, record, sealed));
  });
  return made->id;
}

const Date kToday = day(2026, 3, 1);

TEST(RefuseEntry, Table) {
  const std::pair<std::string, std::function<void(EntryView&)>> cases[] = {
      {"", [](EntryView&) {}},
      {"", [](EntryView& view) { view.ended = kToday + std::chrono::days(1); }},
      {"orglife.kind_missing", [](EntryView& view) { view.kind.clear(); }},
      {"orglife.date_in_future",
       [](EntryView& view) { view.held_on = kToday + std::chrono::days(1); }},
      {"orglife.organisation_ended", [](EntryView& view) { view.ended = kToday; }},
      {"orglife.count_negative", [](EntryView& view) { view.present = -1; }},
      {"orglife.too_many_participants",
       [](EntryView& view) { view.participants = kMaxParticipants + 1; }},
  };
  for (const auto& [verdict, change] : cases) {
    EntryView view{"lecture", kToday, kToday, {}, 10, 8};
    change(view);
    const auto refusal = refuse_entry(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

class ActivityCommands : public testing::Test {
 protected:
  std::string call(std::string_view name, const std::string& text) {
    const auto entries = commands();
    const auto done = find_command(entries, name)->run(*store, kTester, *parse_json(text));
    if (!done) return done.error().code;
    activity = std::string(done->at("activity").as_string());
    return std::string(done->at("outcome").as_string());
  }
  int count(const Statement& statement) {
    return store->read([&](db::Reader& reader) { return *reader.one<int>(statement); });
  }

  TestStore store{kToday};
  Id branch = found(*store, "A");
  Id member = join(*store, "M1", branch);
  std::string activity;
};

TEST_F(ActivityCommands, RecordCorrectWithdraw) {
  static constexpr Statement kRoster{"test.roster", "select count(*) from orglife_attendance"};
  static constexpr Statement kHeld{"test.held", "select count(*) from orglife_activity"};
  const std::string entry =
      R"({"organisation":"A","kind":"lecture","held_on":"2026-02-01","topic":"党课","due":3)";
  EXPECT_EQ(call("orglife.record_activity", entry + R"(,"participants":["M1"]})"), "created");
  EXPECT_EQ(count(kRoster), 1);
  EXPECT_EQ(call("orglife.record_activity", entry + "}"), "unchanged");
  EXPECT_EQ(call("orglife.record_activity", entry + R"(,"present":2,"period":"2026Q1"})"),
            "changed");
  EXPECT_EQ(call("orglife.record_activity", entry + R"(,"participants":["M2"]})"),
            "registry.person_not_found");
  EXPECT_EQ(call("orglife.correct_activity", R"({"activity":")" + activity +
                                                 R"(","as":{"organisation":"A","kind":"theme_day",)"
                                                 R"("held_on":"2026-02-02"}})"),
            "changed");
  EXPECT_EQ(count(kRoster), 0);
  EXPECT_EQ(call("orglife.withdraw_activity", R"({"activity":")" + activity + "\"}"), "changed");
  EXPECT_EQ(count(kHeld), 0);
  EXPECT_EQ(call("orglife.withdraw_activity", R"({"activity":")" + activity + "\"}"),
            "orglife.activity_missing");
}

TEST_F(ActivityCommands, ACorrectionDoesNotTakeAnothersPlace) {
  EXPECT_EQ(call("orglife.record_activity",
                 R"({"organisation":"A","kind":"lecture","held_on":"2026-02-01"})"),
            "created");
  EXPECT_EQ(call("orglife.record_activity",
                 R"({"organisation":"A","kind":"lecture","held_on":"2026-02-02"})"),
            "created");
  EXPECT_EQ(call("orglife.correct_activity", R"({"activity":")" + activity +
                                                 R"(","as":{"organisation":"A","kind":"lecture",)"
                                                 R"("held_on":"2026-02-01"}})"),
            "orglife.activity_exists");
}

}  // namespace
}  // namespace jishi::orglife
