#include "modules/workflow/measures/measures.hpp"

#include "modules/workflow/cases/test_cases.hpp"

namespace jishi::workflow {
namespace {

Date day(int year, unsigned month, unsigned of_month) {
  return *make_date(year, month, of_month);
}

TEST(Measures, AreTakenOfMembershipsTheyFit) {
  const Date today = day(2026, 3, 1);
  const std::optional<Date> open = day(2026, 8, 1);
  struct Attempt {
    MeasureKind kind;
    std::string status;
    int days;
    std::optional<Date> correcting;
    std::string verdict;
  };
  const Attempt attempts[] = {
      {MeasureKind::stop, "normal", 0, {}, "done"},
      {MeasureKind::stop, "normal", 1, {}, "workflow.measure_in_future"},
      {MeasureKind::stop, "suspended", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::stop, "left", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::stop, "", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::restore, "suspended", 0, {}, "done"},
      {MeasureKind::restore, "normal", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::restore, "left", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::correct, "normal", 0, {}, "done"},
      {MeasureKind::correct, "normal", 0, open, "workflow.correction_open"},
      {MeasureKind::correct, "suspended", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::advise_leave, "normal", 0, open, "done"},
      {MeasureKind::advise_leave, "deceased", 0, {}, "workflow.measure_unfit"},
      {MeasureKind::remove, "suspended", 0, {}, "done"},
      {MeasureKind::remove, "transferred_out", 0, {}, "workflow.measure_unfit"},
  };
  for (const Attempt& one : attempts) {
    const auto refused = refuse_measure(
        {one.kind, one.status, today + std::chrono::days(one.days), today, one.correcting});
    EXPECT_EQ(refused ? refused->code : "done", one.verdict) << one.status;
  }
}

class MeasuresTaken : public testing::Test {
 protected:
  void SetUp() override { person = room.full_member("P1", "张三"); }

  std::string take(MeasureKind kind, std::optional<Date> until = {}, Id organisation = kNoId) {
    const auto done = room.store->write(Actor{7}, [&](Transaction& tx) {
      return take_measure(tx, {1, person, organisation == kNoId ? room.branch : organisation, kind,
                               approved, "7号", until});
    });
    return done ? "done" : done.error().code;
  }
  std::string lift(Date on) {
    const auto done = room.store->write(
        Actor{7}, [&](Transaction& tx) { return end_correction(tx, person, on); });
    return done ? "done" : done.error().code;
  }
  std::string status() {
    return room.store->read([&](db::Reader& reader) {
      return registry::member_field(reader, room.store->keys(), person, "status").value_or("");
    });
  }

  CaseRoom room;
  Id person = kNoId;
  const Date approved = day(2026, 2, 1);
};

TEST_F(MeasuresTaken, AMembershipIsStoppedAndRestored) {
  EXPECT_EQ(take(MeasureKind::stop, {}, room.top), "registry.member_elsewhere");
  EXPECT_EQ(status(), "normal");
  EXPECT_EQ(take(MeasureKind::stop), "done");
  EXPECT_EQ(status(), "suspended");
  EXPECT_EQ(take(MeasureKind::stop), "workflow.measure_unfit");
  EXPECT_EQ(take(MeasureKind::restore), "done");
  EXPECT_EQ(status(), "normal");
  EXPECT_EQ(room.facts_of(fact::kMembershipSuspended), 1);
  EXPECT_EQ(room.facts_of(fact::kMembershipRestored), 1);
}

TEST_F(MeasuresTaken, APeriodToCorrectOneselfIsLiftedOnce) {
  EXPECT_EQ(lift(approved), "workflow.correction_missing");
  EXPECT_EQ(take(MeasureKind::correct, day(2026, 8, 1)), "done");
  EXPECT_EQ(take(MeasureKind::correct, day(2026, 9, 1)), "workflow.correction_open");
  EXPECT_EQ(status(), "normal");
  EXPECT_EQ(lift(day(2026, 2, 20)), "done");
  EXPECT_EQ(lift(day(2026, 2, 20)), "workflow.correction_missing");
  EXPECT_EQ(room.facts_of(fact::kCorrectionChanged), 2);
}

TEST_F(MeasuresTaken, WhoWasRemovedIsBarredForATime) {
  const auto barred = [&] {
    return room.store->read([&](db::Reader& reader) { return barred_until(reader, person); });
  };
  EXPECT_EQ(take(MeasureKind::correct, day(2026, 8, 1)), "done");
  EXPECT_FALSE(barred());
  EXPECT_EQ(take(MeasureKind::remove, day(2031, 2, 1)), "done");
  EXPECT_EQ(status(), "left");
  EXPECT_EQ(barred(), day(2031, 2, 1));
  EXPECT_EQ(lift(approved), "workflow.correction_missing") << "it ended with the membership";
  EXPECT_EQ(take(MeasureKind::restore), "workflow.measure_unfit");
}

}  // namespace
}  // namespace jishi::workflow
