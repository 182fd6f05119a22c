// Cases go along with organisations that move, whichever way they moved.

#include "modules/workflow/mergers/follow_moves.hpp"

#include "modules/workflow/cases/test_cases.hpp"

namespace jishi::workflow {
namespace {

constexpr Statement kPlace{"test.place",
                           "select organisation from workflow_task where state = 'open'"};
constexpr Statement kHanded{"test.handed",
                            "select count(*) from workflow_case_event where verb = 'hand_over'"};
constexpr Statement kActor{"test.actor",
                           "select account from workflow_case_event where verb = 'hand_over'"};

class FollowMoves : public testing::Test {
 protected:
  void SetUp() override {
    room.deploy(kStartAndEnd +
                element("userTask", "t", "", "jishi:role=\"secretary\" jishi:at=\"superior\"") +
                chain({"s", "t", "e"}));
    other = room.found("B", registry::Reference("R"));
    const auto started = room.start();
    ASSERT_TRUE(started);
    one = started->case_id;
    EXPECT_EQ(room.ask<Id>(kPlace), room.top);
  }

  std::string superior() {
    return room.store->read([&](db::Reader& reader) {
      const auto held = held_case(*room.store, reader, room.office(), one);
      return *variables_of(held->state).entry("superior")->text();
    });
  }

  CaseRoom room;
  Id other = kNoId;
  Id one = kNoId;
};

TEST_F(FollowMoves, AMoveByACommandAsTheCommandLineMakesIt) {
  MoveFollower follower(*room.store, room.office(), {});
  follower.follow();
  EXPECT_EQ(superior(), std::to_string(room.top));
  registry::MoveOrganisation command;
  command.organisation = registry::Reference("A");
  command.parent = registry::Reference("B");
  ASSERT_TRUE(registry::move_organisation(*room.store, Actor{9}, command));
  EXPECT_EQ(follower.follow(), 1U);
  EXPECT_TRUE(follower.is_done());
  EXPECT_EQ(superior(), std::to_string(other));
  EXPECT_EQ(room.ask<Id>(kPlace), other);
  EXPECT_EQ(room.ask<Id>(kActor), 9);
  EXPECT_EQ(follower.follow(), 0U);
}

TEST_F(FollowMoves, AMoveByAnImportAlsoWhenNothingRanThen) {
  registry::OrganisationRecord record;
  record.parent = other;
  const auto done = room.store->write(Actor{7}, [&](Transaction& tx) -> Result<Done> {
    const auto held = registry::organisation(tx, room.branch);
    record.code = held->code;
    record.name = held->name;
    record.kind = held->kind;
    registry::record_organisation(tx, registry::manual_origin(tx), room.branch, record);
    registry::rebuild_ancestry(tx, registry::kPartyStructure);
    return Done{};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(superior(), std::to_string(room.top));
  room.store.close();
  ASSERT_TRUE(room.store.open());
  Timekeeper(*room.store, room.office()).follow_moves();
  EXPECT_EQ(superior(), std::to_string(other));
  Timekeeper(*room.store, room.office()).follow_moves();
  EXPECT_EQ(room.ask(kHanded), 1);
}

}  // namespace
}  // namespace jishi::workflow
