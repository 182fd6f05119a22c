// Procedure 1 in the store, from the application to the end of the probation, by the process of the
// pack; years pass by the clock.

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

TEST(DevelopmentBegins, NobodyElseBeginsIt) {
  CaseRoom room(operations());
  room.deploy_of_pack("development.bpmn");
  const auto refused = room.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "workflow.not_your_start");
}

TEST(DevelopmentBegins, AnApplicantIsRecommendedNoEarlierThanThreeMonthsAfterTheApplication) {
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

/// Plays one case of the pack's process by the clock.
class Development : public testing::Test {
 protected:
  void SetUp() override {
    let_begin(room);
    room.deploy_of_pack("development.bpmn");
    contacts = fmt::format(R"(["{}", "{}"])", room.full_member("P1", "王强"),
                           room.full_member("P2", "李娜"));
    const auto started = room.start();
    ASSERT_TRUE(started) << started.error().code;
    one = started->case_id;
  }

  /// Does a step; the code of what was refused otherwise.
  std::string step(const std::string& element, const std::string& variables,
                   Verb verb = Verb::approve) {
    const auto done = room.act(one, element, verb, variables);
    return done ? room.open_tasks() : done.error().code;
  }
  /// The clock goes to a day, and what waits for one by then happens.
  std::string until(const std::string& day) {
    const Moment then = Moment{to_days(*parse_iso_date(day))} * kDay - 8 * 3'600'000;
    room.store.clock.set_ms(then);
    while (room.run_due() > 0) {
    }
    return room.open_tasks();
  }
  /// From the application to the approval of the reception.
  void receive();
  /// From the approval to the day on which the probation is over.
  void serve_probation();
  std::string stage(const std::string& name) {
    static constexpr Statement kStage{
        "test.stage",
        "select m.stage || ' ' || m.status from registry_membership m"
        " join registry_person p on p.id = m.person where p.name = $1"};
    return room.ask<std::string>(kStage, name);
  }

  CaseRoom room{operations()};
  std::string contacts;
  Id one = kNoId;
};

void Development::receive() {
  EXPECT_EQ(step("register", R"({"applicant_name": "张三", "born_on": "2000-05-01",
                                 "citizen": true, "applied_on": "2026-03-01"})"),
            "talk");
  EXPECT_EQ(step("talk", R"({"talked_on": "2026-03-01", "talked_by": ["王强"]})"), "");
  EXPECT_EQ(until("2026-06-01"), "recommend");
  step("recommend", R"({"recommended_by": "members", "recommended_on": "2026-06-01"})");
  step("decide_activist", R"({"activist_on": "2026-06-02"})");
  EXPECT_EQ(step("file_activist", R"({"filed_on": "2026-06-02"})"), "contacts");
  EXPECT_EQ(step("contacts", fmt::format(R"({{"contacts": {}}})", contacts)), "");
  EXPECT_EQ(until("2026-12-01"), "");
  EXPECT_EQ(until("2026-12-02"), "review");
  EXPECT_EQ(step("review", R"({"reviewed_on": "2026-12-02", "review_notes": "踏实",
                               "ready": true})"),
            "");
  EXPECT_EQ(until("2027-06-02"), "review");
  EXPECT_EQ(step("review", R"({"reviewed_on": "2027-06-02", "review_notes": "成熟",
                               "ready": true})"),
            "hear");
  EXPECT_EQ(step("hear", R"({"opinions": "同意", "notice_from": "2027-06-02"})"), "");
  EXPECT_EQ(until("2027-06-08"), "");
  EXPECT_EQ(until("2027-06-11"), "decide_object");
  step("decide_object", R"({"object_on": "2027-06-11"})");
  step("agree_object", R"({"agreed_on": "2027-06-11"})");
  step("introducers", fmt::format(R"({{"introducers": {}}})", contacts));
  step("political_review",
       R"({"political_reviewed_on": "2027-06-11", "political_conclusion": "合格"})");
  step("training", R"({"trained_on": "2027-06-11", "training_days": 3})");
  step("branch_review", R"({"branch_reviewed_on": "2027-06-11"})");
  step("pre_review", R"({"pre_reviewed_on": "2027-06-11"})");
  step("petition", R"({"petition_on": "2027-06-11"})");
  step("meeting", R"({"held_on": "2027-06-11", "due": 20, "present": 15, "written": 1,
                      "yes": 14, "no": 1, "abstain": 1})");
  step("send_up", R"({"sent_on": "2027-06-11"})");
  EXPECT_EQ(step("talk_before", R"({"talked_before_on": "2027-06-11", "talk_opinion": "同意"})"),
            "approve");
  EXPECT_EQ(step("approve", R"({"approved_on": "2027-06-11"})"), "file_admission assign");
}

void Development::serve_probation() {
  step("file_admission", R"({"filed_on": "2027-06-12"})");
  step("assign", R"({"assigned_on": "2027-06-12"})");
  EXPECT_EQ(step("oath", R"({"oath_on": "2027-06-12"})"), "");
  EXPECT_EQ(until("2027-12-10"), "");
  EXPECT_EQ(until("2027-12-11"), "probation_review");
  EXPECT_EQ(step("probation_review", R"({"probation_reviewed_on": "2027-12-11",
                                         "probation_notes": "良好"})"),
            "");
  EXPECT_EQ(until("2028-06-10"), "");
  EXPECT_EQ(until("2028-06-11"), "ask_confirmation");
}

TEST_F(Development, AnApplicantBecomesAFullMember) {
  receive();
  EXPECT_EQ(stage("张三"), "probationary normal");
  serve_probation();
  EXPECT_EQ(step("ask_confirmation", R"({"asked_on": "2028-06-11"})"), "process.not_assignee")
      << "it is the member's own";
  room.party = {9, room.person_of(one)};
  EXPECT_EQ(step("ask_confirmation", R"({"asked_on": "2028-06-11"})"), "confirmation_meeting");
  room.party = {7, kNoId};
  EXPECT_EQ(step("confirmation_meeting", R"({"held_on": "2028-06-11", "due": 20, "present": 12,
                                             "written": 0, "yes": 11, "no": 0, "abstain": 1,
                                             "motion": "confirm"})"),
            "approve_confirmation");
  EXPECT_EQ(step("approve_confirmation", R"({"confirmation_approved_on": "2028-06-11",
                                             "confirmed_on": "2028-06-11"})"),
            "archive");
  EXPECT_EQ(stage("张三"), "full normal");
  EXPECT_EQ(step("archive", R"({"archived_on": "2028-06-11", "archive_place": "party_file"})"), "");
  EXPECT_EQ(room.status_of(one), "completed");
}

TEST_F(Development, AProbationIsExtendedAndThenCancelled) {
  receive();
  serve_probation();
  room.party = {9, room.person_of(one)};
  step("ask_confirmation", R"({"asked_on": "2028-06-11"})");
  room.party = {7, kNoId};
  const auto meeting = [&](const std::string& day, const std::string& motion) {
    return step("confirmation_meeting",
                fmt::format(R"({{"held_on": "{}", "due": 20, "present": 12, "written": 0,
                                 "yes": 11, "no": 0, "abstain": 1, "motion": {}}})",
                            day, motion));
  };
  EXPECT_EQ(meeting("2028-06-11", R"("extend", "extend_months": 3)"), "confirmation_meeting")
      << "an extension is of six to twelve months";
  EXPECT_EQ(meeting("2028-06-11", R"("extend", "extend_months": 6)"), "approve_confirmation");
  EXPECT_EQ(step("approve_confirmation", R"({"confirmation_approved_on": "2028-06-11"})"), "");
  static constexpr Statement kUntil{"test.until",
                                    "select probation_until from registry_membership m"
                                    " join registry_person p on p.id = m.person where p.name = $1"};
  EXPECT_EQ(to_iso(room.ask<Date>(kUntil, "张三")), "2028-12-11") << "the roll knows as well";
  EXPECT_EQ(until("2028-12-10"), "");
  EXPECT_EQ(until("2028-12-11"), "ask_confirmation");
  room.party = {9, room.person_of(one)};
  step("ask_confirmation", R"({"asked_on": "2028-12-11"})");
  room.party = {7, kNoId};
  EXPECT_EQ(meeting("2028-12-11", R"("extend", "extend_months": 6)"), "confirmation_meeting")
      << "it is extended once";
  EXPECT_EQ(meeting("2028-12-11", R"("cancel")"), "approve_confirmation");
  EXPECT_EQ(step("approve_confirmation", R"({"confirmation_approved_on": "2028-12-11"})"), "");
  EXPECT_EQ(stage("张三"), "probationary left");
  EXPECT_EQ(room.status_of(one), "completed");
}

}  // namespace
}  // namespace jishi::workflow
