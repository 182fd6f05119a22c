// Development goes with the person who moves: the case, its task and what was said stay together.

#include "modules/workflow/mergers/hand_over.hpp"

#include "modules/workflow/cases/test_cases.hpp"

namespace jishi::workflow {
namespace {

constexpr Statement kAccount{
    "test.account",
    "insert into identity_account (id, login, login_key, name, state, language, totp_state,"
    " totp_step, made, made_by) values (7, 'li', 'li', '李娜', 'active', 'zh', 'off', 0, 0, 0)"};
constexpr Statement kGrant{
    "test.grant",
    "insert into identity_grant (id, account, role, organisation, structure, valid_from, made,"
    " made_by) values ($1, 7, 'organisation_member', $2, 'party', 0, 0, 0)"};
constexpr Statement kPlace{"test.place", "select organisation from workflow_case where id = $1"};
constexpr Statement kTaskPlace{"test.task_place",
                               "select organisation from workflow_task where case_id = $1"};
constexpr Statement kDesk{"test.desk",
                          "select count(*) from workflow_desk d join workflow_task t"
                          " on t.id = d.task where t.case_id = $1 and d.owner = $2"};
constexpr Statement kEvents{"test.events",
                            "select count(*) from workflow_case_event"
                            " where case_id = $1 and verb = 'hand_over'"};
constexpr Statement kAbout{"test.about", "update workflow_case set person = $2 where id = $1"};

TEST(FollowPerson, DevelopmentGoesToTheNewBranch) {
  CaseRoom room(operations());
  const Id other = room.found("B", registry::Reference("R"));
  const Id person = room.full_member("M1", "张三");
  ASSERT_TRUE(room.store->write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(kAccount);
    tx.run(kGrant, 8, room.branch);
    tx.run(kGrant, 9, other);
    return Done{};
  }));
  room.deploy_of_pack("development.bpmn");
  const auto begun = room.start();
  ASSERT_TRUE(begun) << begun.error().code;
  const Id one = begun->case_id;
  ASSERT_EQ(room.ask<Id>(kTaskPlace, one), room.branch);
  const auto moved = room.store->write(Actor{7}, [&](Transaction& tx) {
    tx.run(kAbout, one, person);
    return follow_person(tx, room.office(), person, room.branch, other, kNoId);
  });
  ASSERT_TRUE(moved) << moved.error().code;
  EXPECT_EQ(*moved, 1);
  EXPECT_EQ(room.ask<Id>(kPlace, one), other);
  EXPECT_EQ(room.ask<Id>(kTaskPlace, one), other);
  EXPECT_EQ(room.ask(kDesk, one, other), 1);
  EXPECT_EQ(room.ask(kDesk, one, room.branch), 0);
  EXPECT_EQ(room.ask(kEvents, one), 1);
  // It goes on where it stood.
  ASSERT_TRUE(room.act(one, room.open_tasks(), Verb::approve,
                       R"({"applicant_name": "张三", "born_on": "2000-05-01", "citizen": true,
                           "applied_on": "2026-03-01"})"));
  EXPECT_EQ(room.open_tasks(), "talk");
  // Whoever moves by the case itself does not take it along.
  const auto none = room.store->write(Actor{7}, [&](Transaction& tx) {
    return follow_person(tx, room.office(), person, other, room.branch, one);
  });
  ASSERT_TRUE(none);
  EXPECT_EQ(*none, 0);
}

}  // namespace
}  // namespace jishi::workflow
