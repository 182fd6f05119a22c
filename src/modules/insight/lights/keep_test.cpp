#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/rules/test_pack.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {
namespace {

constexpr Actor kTester{7};

/// A branch that lights with fewer than two members and clears with four.
class Keep : public ::testing::Test {
 protected:
  Keep() {
    pack_.add_rule(
        replaced(TestPack::rule(), "AS members\n", "AS members, count(m.person) < 4 AS keep\n"));
    InsightOptions options;
    options.pack = pack_.folder();
    options.threads = 1;
    auto opened = Insight::open(*store_, options);
    if (!opened) throw std::runtime_error(opened.error().code);
    insight_ = std::move(*opened);
    branch_ = record([](registry::OrganisationRecord& record) {
      record.code = "B";
      record.name = "B";
      record.kind = "branch";
    });
  }

  Id record(const std::function<void(registry::OrganisationRecord&)>& fill) {
    registry::OrganisationRecord record;
    fill(record);
    return store_
        ->write(kTester,
                [&](Transaction& tx) {
                  return Result<registry::Recorded>(registry::record_organisation(
                      tx, registry::manual_origin(tx), std::nullopt, record));
                })
        ->id;
  }

  void add_member() {
    const std::string number = fmt::format("P{}", ++number_);
    registry::MemberRecord record;
    record.number = number;
    record.name = number;
    record.organisation = branch_;
    record.stage = "full";
    record.joined = *make_date(2020, 1, 1);
    const auto sealed = registry::seal_identity(*store_, record);
    persons_.push_back(store_
                           ->write(kTester,
                                   [&](Transaction& tx) {
                                     return Result<registry::Recorded>(
                                         registry::record_member(tx, registry::manual_origin(tx),
                                                                 std::nullopt, record, sealed));
                                   })
                           ->id);
  }

  void remove_member() {
    (void)store_->write(kTester, [&](Transaction& tx) -> Result<Done> {
      registry::withdraw_person(tx, persons_.back());
      return Done{};
    });
    persons_.pop_back();
  }

  /// lit, changed, out of a refresh
  std::array<std::int64_t, 3> refresh() {
    const auto changes = insight_->refresh(kTester);
    if (!changes) throw std::runtime_error(changes.error().code);
    return {changes->lit, changes->changed, changes->out};
  }

  std::vector<Light> lights(int days_on = 0) {
    return *insight_->lights(store_.clock.today() + std::chrono::days(days_on));
  }

  using Changed = std::array<std::int64_t, 3>;
  TestPack pack_;
  TestStore store_;
  std::unique_ptr<Insight> insight_;
  Id branch_ = kNoId;
  std::vector<Id> persons_;
  int number_ = 0;
};

TEST_F(Keep, a_lit_light_stays_as_it_was_until_more_is_done) {
  add_member();
  EXPECT_EQ(refresh(), (Changed{1, 0, 0}));
  add_member();
  add_member();  // three: in order, but not yet enough
  EXPECT_EQ(refresh(), (Changed{0, 0, 0}));
  ASSERT_EQ(lights().size(), 1U);
  EXPECT_EQ(lights().front().level, "red");
  EXPECT_EQ(lights().front().evidence.at("members"), 1);
  EXPECT_EQ(lights().front().evidence.at("rows").as_array().size(), 1U);
  EXPECT_EQ(lights(1).size(), 0U) << "as of another day nothing is kept";
  add_member();
  EXPECT_EQ(refresh(), (Changed{0, 0, 1}));
  EXPECT_TRUE(lights().empty());
}

TEST_F(Keep, what_is_not_lit_is_not_lit_by_keep) {
  for (int i = 0; i < 4; ++i) add_member();
  EXPECT_EQ(refresh(), (Changed{0, 0, 0}));
  remove_member();
  EXPECT_EQ(refresh(), (Changed{0, 0, 0}));
  EXPECT_TRUE(lights().empty());
  remove_member();
  remove_member();
  EXPECT_EQ(refresh(), (Changed{1, 0, 0}));
}

TEST_F(Keep, kept_lights_stay_when_all_is_looked_at_on_the_next_day) {
  add_member();
  refresh();
  add_member();
  store_.clock.set_ms(store_.clock.now_ms() + 86'400'000);
  EXPECT_EQ(refresh(), (Changed{0, 0, 0}));
  EXPECT_EQ(lights().size(), 1U);
}

}  // namespace
}  // namespace jishi::insight
