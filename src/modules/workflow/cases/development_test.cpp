// Procedure 1 in the store: from the application to the day on which the branch may recommend, by
// the process of the pack; half a year and more passes by the clock.

#include "modules/workflow/cases/test_cases.hpp"

namespace jishi::workflow {
namespace {

constexpr Statement kStages{"test.stages",
                            "select count(*) from registry_membership where stage = $1"};

// A start event asks who begins: here the tester holds the role at the branch.
void let_begin(CaseRoom& room) {
  static constexpr Statement kAccount{
      "test.account",
      "insert into identity_account (id, login, login_key, name, state, language, totp_state,"
      " totp_step, made, made_by) values (7, 'li', 'li', '李娜', 'active', 'zh', 'off', 0, 0, 0)"};
  static constexpr Statement kGrant{
      "test.grant",
      "insert into identity_grant (id, account, role, organisation, structure, valid_from, made,"
      " made_by) values (8, 7, 'organisation_member', $1, 'party', 0, 0, 0)"};
  const auto done = room.store->write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(kAccount);
    tx.run(kGrant, room.branch);
    return Done{};
  });
  ASSERT_TRUE(done);
}

TEST(Development, NobodyElseBeginsIt) {
  CaseRoom room(operations());
  room.deploy_of_pack("development.bpmn");
  const auto refused = room.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "workflow.not_your_start");
}

TEST(Development, AnApplicantIsRecommendedNoEarlierThanThreeMonthsAfterTheApplication) {
  CaseRoom room(operations());
  let_begin(room);
  room.deploy_of_pack("development.bpmn");
  const auto started = room.start();
  ASSERT_TRUE(started) << started.error().code;
  const Id one = started->case_id;
  const std::string first = room.open_tasks();
  // Under eighteen, or without a day of birth: asked again.
  ASSERT_TRUE(room.act(one, first, Verb::approve,
                       R"({"applicant_name": "张三", "born_on": "2012-05-01", "citizen": true,
                           "applied_on": "2026-03-01"})"));
  EXPECT_EQ(room.open_tasks(), first);
  ASSERT_TRUE(room.act(one, first, Verb::approve,
                       R"({"applicant_name": "张三", "born_on": "2000-05-01", "citizen": true,
                           "applied_on": "2026-03-01"})"));
  const std::string talk = room.open_tasks();
  EXPECT_NE(talk, first);
  room.pass(14 * kDay);
  ASSERT_TRUE(
      room.act(one, talk, Verb::approve, R"({"talked_on": "2026-03-15", "talked_by": ["王强"]})"));
  EXPECT_EQ(room.open_tasks(), "");
  room.pass(77 * kDay - 1);  // 2026-06-01 is the day
  EXPECT_EQ(room.run_due() > 0 && !room.open_tasks().empty(), false);
  room.pass(kDay);
  room.run_due();
  const std::string recommend = room.open_tasks();
  EXPECT_FALSE(recommend.empty());
  ASSERT_TRUE(room.act(one, recommend, Verb::approve,
                       R"({"recommended_by": "youth_league", "recommended_on": "2026-06-02"})"));
  EXPECT_NE(room.open_tasks(), recommend);
  EXPECT_EQ(room.ask(kStages, "probationary"), 0);
}

}  // namespace
}  // namespace jishi::workflow
