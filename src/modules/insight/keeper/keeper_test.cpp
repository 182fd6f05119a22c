#include "modules/insight/keeper/keeper.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/insight/rules/test_pack.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {
namespace {

constexpr Actor kTester{7};

class Rebuilding : public ::testing::Test {
 protected:
  Rebuilding() {
    pack_.add_rule();
    for (const char* code : {"A", "B", "C"}) {
      registry::CreateOrganisation command;
      command.name = code;
      command.code = code;
      command.kind = "branch";
      (void)registry::create_organisation(*store_, kTester, command);
    }
    InsightOptions options;
    options.pack = pack_.folder();
    options.threads = 1;
    keeper_.emplace(*store_, std::move(*Insight::open(*store_, options)),
                    [this](const Error& error) { failed_ = error.code; });
  }

  /// The lights of today, or the code of the refusal.
  std::string asked() {
    const auto lights =
        keeper_->ask([this](Insight& insight) { return insight.lights(store_->clock().today()); });
    return lights ? std::to_string(lights->size()) : lights.error().code;
  }

  TestPack pack_;
  TestStore store_;
  std::string failed_;
  std::optional<Keeper> keeper_;
};

TEST_F(Rebuilding, SaysTheSameAfterwards) {
  EXPECT_EQ(asked(), "3");
  double last = 0;
  LongWork work;
  work.progress = [&](double part) {
    EXPECT_GT(part, last);
    last = part;
  };
  ASSERT_TRUE(keeper_->rebuild(work));
  EXPECT_GT(last, 0.5);
  EXPECT_LE(last, 1);
  EXPECT_EQ(asked(), "3");
}

TEST_F(Rebuilding, WhoAsksMeanwhileIsToldToComeAgain) {
  std::string meanwhile;
  LongWork work;
  work.progress = [&](double) { meanwhile = asked(); };
  ASSERT_TRUE(keeper_->rebuild(work));
  EXPECT_EQ(meanwhile, "insight.rebuilding");
}

TEST_F(Rebuilding, CancelledItLeavesTheMartsAsTheyWere) {
  int steps = 0;
  LongWork work;
  work.cancelled = [&] { return ++steps > 2; };
  const auto done = keeper_->rebuild(work);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "insight.rebuild_cancelled");
  EXPECT_EQ(asked(), "3");
  // And they follow on from where they were.
  registry::CreateOrganisation command;
  command.name = "D";
  command.code = "D";
  command.kind = "branch";
  ASSERT_TRUE(registry::create_organisation(*store_, kTester, command));
  const auto followed = keeper_->ask([](Insight& insight) { return insight.catch_up(); });
  ASSERT_TRUE(followed);
  EXPECT_EQ(asked(), "4");
  EXPECT_EQ(failed_, "");
}

}  // namespace
}  // namespace jishi::insight
