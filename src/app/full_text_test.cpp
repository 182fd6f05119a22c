// Whatever happens to activities and organisations, the index that followed it holds what one holds
// that is made anew: imports, undone ones, corrections, moves.

#include <gtest/gtest.h>

#include <random>

#include "modules/intake/import/office_for_test.hpp"
#include "modules/orglife/orglife.hpp"
#include "platform/fulltext/test_contents.hpp"

namespace jishi::app {
namespace {

using intake::testing::Office;

constexpr Actor kTester{7};

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {
    office_.write(
        "o.csv", "组织代码,组织名称,上级组织代码,组织类别\nR,根,,党委\nA,甲,R,支部\nB,乙,R,支部\n");
    EXPECT_TRUE(office_.import({"o.csv"}).report);
  }

  void step() {
    switch (below(7)) {
      case 0: import(); break;
      case 1: undo(); break;
      case 2:
      case 3: record(); break;
      case 4: change(); break;
      case 5: move(); break;
      default: follow(); break;
    }
  }

  void follow() { EXPECT_TRUE(full_text_.catch_up()); }

  std::string contents() {
    std::string all;
    const auto folder = orglife::FullText::folder_of(office_.store());
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      all += fulltext::contents_of(entry.path());
    return all;
  }

  std::string contents_made_anew() {
    EXPECT_TRUE(full_text_.rebuild({}));
    return contents();
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  template <class Value>
  Value pick(const std::vector<Value>& from) {
    return from[below(from.size())];
  }
  std::string pick(std::initializer_list<std::string> from) {
    return pick(std::vector<std::string>(from));
  }

  // Two sources speak of the same few activities, so that they change and contradict each other.
  void import() {
    std::string text = "组织代码,活动类别,日期,主题,地点\n";
    for (std::size_t rows = 1 + below(4); rows > 0; --rows)
      text += pick({"A", "B", "R"}) + "," + pick({"党课", "主题党日"}) + "," +
              pick({"2026-01-10", "2026-02-10"}) + "," + pick({"学习", "换届大会"}) + "," +
              pick({"", "室一", "室二"}) + "\n";
    const std::string file = fmt::format("{}.csv", ++files_);
    office_.write(file, text);
    Office::How how;
    how.source = pick({"one", "two"});
    const auto outcome = office_.import({file}, how);
    ASSERT_TRUE(outcome.report);
    batches_.push_back(outcome.report->batch);
  }

  void undo() {
    if (batches_.empty()) return;
    (void)intake::undo_batch(office_.store(), kTester, batches_.back());
    batches_.pop_back();
  }

  orglife::ActivityRecord any(Id organisation) {
    topic_ = pick({"学习", "换届大会", "2026 meeting"});
    place_ = pick({"", "室三"});
    orglife::ActivityRecord made;
    made.organisation = organisation;
    made.kind = below(2) == 0 ? "lecture" : "theme_day";
    made.held_on = *make_date(2026, below(2) == 0 ? 1 : 2, 10);
    made.topic = topic_;
    made.place = place_;
    return made;
  }

  std::vector<Id> organisations() {
    static constexpr Statement kAll{"test.all", "select id from registry_organisation order by id"};
    return office_.store().read([](db::Reader& reader) { return reader.all<Id>(kAll); });
  }

  void record() {
    const auto made = any(pick(organisations()));
    (void)office_.store().write(kTester, [&](Transaction& tx) {
      return Result(orglife::record_activity(tx, registry::manual_origin(tx), made));
    });
  }

  void change() {
    static constexpr Statement kAll{"test.all", "select id from orglife_activity order by id"};
    const auto known =
        office_.store().read([](db::Reader& reader) { return reader.all<Id>(kAll); });
    if (known.empty()) return;
    const Id activity = pick(known);
    const bool correct = below(2) == 0;
    const auto made = any(pick(organisations()));
    (void)office_.store().write(kTester, [&](Transaction& tx) {
      return correct ? orglife::correct_activity(tx, activity, made)
                     : orglife::withdraw_activity(tx, activity);
    });
  }

  void move() {
    registry::MoveOrganisation command;
    command.organisation = pick({"A", "B"});
    command.parent = pick({"R", "A", "B"});
    (void)registry::move_organisation(office_.store(), kTester, command);
  }

  std::mt19937 random_;
  Office office_;
  orglife::FullText full_text_{office_.store(), intake::testing::pack_codes(), {}};
  std::vector<Id> batches_;
  std::string topic_;
  std::string place_;
  int files_ = 0;
};

class FullTextHistories : public testing::TestWithParam<unsigned> {};

TEST_P(FullTextHistories, FollowedOrMadeAnewTheIndexHoldsTheSame) {
  History history(GetParam());
  std::size_t most = 0;
  for (int i = 1; i <= 60; ++i) {
    history.step();
    if (i % 10 != 0) continue;
    history.follow();
    const std::string followed = history.contents();
    most = std::max(most, followed.size());
    ASSERT_EQ(followed, history.contents_made_anew()) << "seed " << GetParam() << ", step " << i;
  }
  EXPECT_GT(most, 0U) << "a history without activities shows nothing";
}

INSTANTIATE_TEST_SUITE_P(Seeds, FullTextHistories, testing::Range(1U, 9U));

}  // namespace
}  // namespace jishi::app
