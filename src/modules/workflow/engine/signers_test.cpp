// Steps that several sign: jointly, any one of them, one after the other; those who are added.
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

TEST(Signers, JointSignature) {
  Case one = signed_by("joint");
  EXPECT_EQ(one.act(Verb::claim, "t", "a"), "has_signers");
  EXPECT_EQ(one.approve("t", "x"), "not_signer");
  EXPECT_EQ(one.approve("t", "c"), "done");
  EXPECT_EQ(one.approve("t", "c"), "signed_already");
  EXPECT_EQ(one.act(Verb::withdraw, "", "c"), "done");
  EXPECT_EQ(one.approve("t", "c"), "done");
  EXPECT_EQ(one.approve("t", "a"), "done");
  EXPECT_EQ(one.act(Verb::withdraw, "", "c"), "acted_already");
  EXPECT_EQ(one.open(), "t");
  Case no = one;
  EXPECT_EQ(one.approve("t", "b"), "done");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.variable("outcome"), "\"approved\"");
  EXPECT_EQ(no.act(Verb::reject, "t", "b"), "done");
  EXPECT_EQ(no.variable("outcome"), "\"rejected\"");
}

TEST(Signers, OneWhoHasSignedDoesNotSignForAnother) {
  Case one = signed_by("joint");
  one.approve("t", "c");
  EXPECT_EQ(one.act(Verb::transfer, "t", "a", "c"), "signed_already");
  EXPECT_EQ(one.act(Verb::add_signer, "t", "a", "c", "after"), "signed_already");
  EXPECT_EQ(one.act(Verb::transfer, "t", "a", "x"), "done");
  EXPECT_EQ(one.approve("t", "x"), "done");
  EXPECT_EQ(one.approve("t", "b"), "done");
  EXPECT_EQ(one.open(), "z");
}

TEST(Signers, OneWhoWasPassedOverMayBeAskedAgain) {
  Case one = signed_by("any");
  EXPECT_EQ(one.act(Verb::add_signer, "t", "a", "d", "after"), "done");
  EXPECT_EQ(one.approve("t", "a"), "done");
  EXPECT_EQ(one.act(Verb::transfer, "t", "d", "b"), "done");
  EXPECT_EQ(one.approve("t", "c"), "signed_already");
  EXPECT_EQ(one.approve("t", "b"), "done");
  EXPECT_EQ(one.open(), "z");
}

TEST(Signers, ASignedTaskThatIsGoneBackToIsSignedAgainByAll) {
  Case one = signed_by("joint");
  for (const char* person : {"a", "b", "c"}) one.approve("t", person);
  EXPECT_EQ(one.act(Verb::send_back, "z", "li", "", "previous"), "done");
  EXPECT_EQ(one.open(), "t");
  EXPECT_EQ(one.state.tasks[0].signers.size(), 3);
  for (const char* person : {"a", "b", "c"}) EXPECT_EQ(one.approve("t", person), "done");
  EXPECT_EQ(one.act(Verb::withdraw, "", "c"), "done");
  EXPECT_EQ(one.state.tasks[0].signers.size(), 3);
}

TEST(Signers, AnyOneSignature) {
  Case one = signed_by("any");
  EXPECT_EQ(one.approve("t", "b"), "done");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.approve("t", "a"), "task_closed");
}

TEST(Signers, SequentialSignature) {
  Case one = signed_by("sequential");
  EXPECT_EQ(one.approve("t", "b"), "not_your_turn");
  for (const char* person : {"a", "b", "c"}) EXPECT_EQ(one.approve("t", person), "done");
  EXPECT_EQ(one.open(), "z");
}

TEST(Signers, AddAndRemoveSigners) {
  Case one = three_steps();
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "li", ""), "person_missing");
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "li", "li"), "signer_already");
  Case before = one;
  EXPECT_EQ(before.act(Verb::add_signer, "draft", "li", "wang", "before"), "done");
  EXPECT_EQ(before.approve("draft", "li"), "not_your_turn");
  EXPECT_EQ(before.approve("draft", "wang"), "done");
  EXPECT_EQ(before.approve("draft", "li"), "done");
  EXPECT_EQ(before.open(), "check");
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "li", "wang", "after"), "done");
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "li", "wang"), "signer_already");
  EXPECT_EQ(one.approve("draft", "wang"), "not_your_turn");
  EXPECT_EQ(one.approve("draft", "li"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.approve("draft", "wang"), "done");
  EXPECT_EQ(one.open(), "check");
  Case joint = signed_by("joint");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "x", "a"), "not_signer");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "a", "x"), "no_such_signer");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "a", ""), "person_missing");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "a", "b"), "not_added_by_you");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "li", "b"), "done");
  EXPECT_EQ(joint.approve("t", "a"), "done");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "c", "a"), "signed_already");
  EXPECT_EQ(joint.act(Verb::remove_signer, "t", "li", "c"), "done");
  EXPECT_EQ(joint.open(), "z");
  Case none = signed_by("joint");
  for (const char* person : {"a", "b"}) {
    EXPECT_EQ(none.act(Verb::remove_signer, "t", "li", person), "done");
  }
  EXPECT_EQ(none.act(Verb::remove_signer, "t", "li", "c"), "last_signer");
  EXPECT_EQ(none.approve("t", "c"), "done");
  EXPECT_EQ(none.open(), "z");
}

TEST(Signers, WhoeverIsAddedToAJointSignatureComesBeforeOrAfterOneAlone) {
  Case one = signed_by("joint");
  EXPECT_EQ(one.act(Verb::add_signer, "t", "a", "q", "before"), "done");
  Case removed = one;
  EXPECT_EQ(removed.act(Verb::remove_signer, "t", "a", "q"), "done");
  EXPECT_EQ(removed.approve("t", "a"), "done");
  EXPECT_EQ(one.approve("t", "a"), "not_your_turn");
  Case others = one;
  for (const char* person : {"b", "c"}) EXPECT_EQ(others.approve("t", person), "done");
  EXPECT_EQ(others.approve("t", "a"), "not_your_turn");
  EXPECT_EQ(one.approve("t", "q"), "done");
  Case back = one;
  EXPECT_EQ(back.act(Verb::withdraw, "t", "q"), "done");
  EXPECT_EQ(back.approve("t", "a"), "not_your_turn");
  for (const char* person : {"a", "b", "c"}) EXPECT_EQ(one.approve("t", person), "done");
  EXPECT_EQ(one.open(), "z");
  Case after = signed_by("joint");
  EXPECT_EQ(after.act(Verb::add_signer, "t", "a", "q", "after"), "done");
  EXPECT_EQ(after.approve("t", "q"), "not_your_turn");
  EXPECT_EQ(after.approve("t", "a"), "done");
  back = after;
  EXPECT_EQ(back.act(Verb::withdraw, "t", "a"), "done");
  EXPECT_EQ(back.approve("t", "q"), "not_your_turn");
  for (const char* person : {"q", "b", "c"}) EXPECT_EQ(after.approve("t", person), "done");
  EXPECT_EQ(after.open(), "z");
}

TEST(Signers, WhomAnAddedSignerAddsComesBeforeTheFirstToo) {
  Case one = signed_by("joint");
  one.act(Verb::add_signer, "t", "a", "q", "before");
  EXPECT_EQ(one.act(Verb::add_signer, "t", "q", "r", "after"), "done");
  EXPECT_EQ(one.approve("t", "r"), "not_your_turn");
  EXPECT_EQ(one.approve("t", "q"), "done");
  EXPECT_EQ(one.approve("t", "a"), "not_your_turn");
  Case removed = one;
  EXPECT_EQ(one.approve("t", "r"), "done");
  EXPECT_EQ(one.approve("t", "a"), "done");
  EXPECT_EQ(removed.act(Verb::remove_signer, "t", "li", "r"), "done");
  EXPECT_EQ(removed.approve("t", "a"), "done");
  // Who is taken away leaves those whom they added to whoever added them.
  Case left = signed_by("joint");
  left.act(Verb::add_signer, "t", "a", "q", "before");
  left.act(Verb::add_signer, "t", "q", "r", "before");
  EXPECT_EQ(left.act(Verb::remove_signer, "t", "a", "q"), "done");
  EXPECT_EQ(left.approve("t", "a"), "not_your_turn");
  EXPECT_EQ(left.act(Verb::remove_signer, "t", "a", "r"), "done");
  EXPECT_EQ(left.approve("t", "a"), "done");
}

TEST(Signers, StagesOfBeforeAreOnlyTheAddersOwn) {
  Case one = signed_by("joint");
  one.act(Verb::add_signer, "t", "a", "q", "before");
  // As it was kept before: the adder waited for all the others.
  for (Signer& signer : one.state.tasks[0].signers) signer.stage = signer.person == "a" ? 1 : 0;
  EXPECT_EQ(one.approve("t", "a"), "not_your_turn");
  EXPECT_EQ(one.approve("t", "q"), "done");
  EXPECT_EQ(one.approve("t", "a"), "done");
}

TEST(Signers, AStepEndsWhereTheLastWhoHadToSignIsTakenAway) {
  Case one = signed_by("joint");
  one.act(Verb::add_signer, "t", "c", "q", "after");
  for (const char* person : {"a", "b", "c"}) EXPECT_EQ(one.approve("t", person), "done");
  EXPECT_EQ(one.open(), "t");
  Event asked;
  asked.verb = Verb::remove_signer;
  asked.actor = "c";
  asked.person = "q";
  asked.task = one.task("t");
  EXPECT_FALSE(refuse_verb(one.definition(), one.definition().processes.front(), one.state, asked));
  Case by_initiator = one;
  EXPECT_EQ(by_initiator.act(Verb::remove_signer, "t", "li", "q"), "done");
  EXPECT_EQ(one.act(Verb::remove_signer, "t", "c", "q"), "done");
  for (Case* each : {&one, &by_initiator}) {
    EXPECT_EQ(each->open(), "z");
    EXPECT_EQ(each->variable("outcome"), "\"approved\"");
    EXPECT_EQ(each->act(Verb::withdraw, "", "c"), "done");
    EXPECT_EQ(each->open(), "t");
    EXPECT_EQ(each->approve("t", "a"), "signed_already");
    EXPECT_EQ(each->approve("t", "c"), "done");
    EXPECT_EQ(each->open(), "z");
  }
  Case plain = three_steps();
  plain.act(Verb::add_signer, "draft", "li", "wang", "after");
  plain.approve("draft", "li");
  EXPECT_EQ(plain.act(Verb::remove_signer, "draft", "li", "wang"), "done");
  EXPECT_EQ(plain.open(), "check");
}

TEST(Signers, ASignerIsRemovedByWhoAddedThem) {
  Case one = three_steps();
  one.act(Verb::claim, "draft", "zhao");
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "zhao", "wang", "before"), "done");
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "wang", "qian", "before"), "done");
  EXPECT_EQ(one.act(Verb::remove_signer, "draft", "wang", "zhao"), "not_added_by_you");
  EXPECT_EQ(one.act(Verb::remove_signer, "draft", "zhao", "qian"), "not_added_by_you");
  EXPECT_EQ(one.act(Verb::remove_signer, "draft", "wang", "qian"), "done");
  EXPECT_EQ(one.act(Verb::remove_signer, "draft", "zhao", "wang"), "done");
  EXPECT_EQ(one.state.tasks[0].assignee, "zhao");
  // Whoever is given the step has those whom it was asked to have signed with.
  EXPECT_EQ(one.act(Verb::add_signer, "draft", "zhao", "wang", "after"), "done");
  EXPECT_EQ(one.act(Verb::transfer, "draft", "zhao", "sun"), "done");
  EXPECT_EQ(one.act(Verb::remove_signer, "draft", "zhao", "wang"), "not_signer");
  EXPECT_EQ(one.act(Verb::remove_signer, "draft", "sun", "wang"), "done");
  EXPECT_EQ(one.approve("draft", "sun"), "done");
}

TEST(Signers, OneOfSeveralSignaturesIsTakenBack) {
  Case any = signed_by("any");
  EXPECT_EQ(any.act(Verb::add_signer, "t", "a", "d", "after"), "done");
  EXPECT_EQ(any.approve("t", "a"), "done");
  EXPECT_EQ(any.act(Verb::withdraw, "t", "a"), "done");
  EXPECT_EQ(any.act(Verb::remove_signer, "t", "a", "d"), "done");
  EXPECT_EQ(any.approve("t", "b"), "done");
  EXPECT_EQ(any.open(), "z");
  Case before = signed_by("any");
  EXPECT_EQ(before.act(Verb::add_signer, "t", "a", "d", "before"), "done");
  EXPECT_EQ(before.approve("t", "b"), "not_your_turn");
  EXPECT_EQ(before.approve("t", "d"), "done");
  EXPECT_EQ(before.approve("t", "b"), "done");
  EXPECT_EQ(before.open(), "z");
  Case joint = signed_by("joint");
  joint.act(Verb::remove_signer, "t", "li", "c");
  joint.act(Verb::add_signer, "t", "a", "d", "after");
  for (const char* person : {"a", "b", "d"}) EXPECT_EQ(joint.approve("t", person), "done");
  EXPECT_EQ(joint.act(Verb::withdraw, "t", "d"), "done");
  EXPECT_EQ(joint.state.tasks[0].signers.size(), 3);
  EXPECT_EQ(joint.approve("t", "a"), "signed_already");
  EXPECT_EQ(joint.approve("t", "d"), "done");
  EXPECT_EQ(joint.open(), "z");
}

TEST(Signers, AStepThatOthersSignedTooComesBackToWhoAskedThem) {
  Case one = three_steps();
  one.act(Verb::claim, "draft", "li");
  one.act(Verb::add_signer, "draft", "li", "wang", "after");
  one.approve("draft", "li");
  one.approve("draft", "wang");
  Case back = one;
  EXPECT_EQ(back.act(Verb::send_back, "check", "zhao", "", "previous"), "done");
  EXPECT_EQ(back.state.tasks[0].assignee, "li");
  EXPECT_EQ(one.act(Verb::withdraw, "draft", "wang"), "done");
  EXPECT_EQ(one.approve("draft", "li"), "signed_already");
  EXPECT_EQ(one.approve("draft", "wang"), "done");
  EXPECT_EQ(one.open(), "check");
}

TEST(Signers, ASignatureStandsOnceTheNextHasAddedSomebody) {
  Case one = signed_by("sequential");
  EXPECT_EQ(one.approve("t", "a"), "done");
  EXPECT_EQ(one.act(Verb::add_signer, "t", "b", "d", "before"), "done");
  EXPECT_EQ(one.act(Verb::withdraw, "t", "a"), "acted_already");
}

TEST(Signers, WhoIsAloneAgainMayDelegate) {
  Case one = three_steps();
  one.act(Verb::add_signer, "draft", "li", "wang", "after");
  EXPECT_EQ(one.act(Verb::delegate, "draft", "li", "zhao"), "has_signers");
  one.act(Verb::remove_signer, "draft", "li", "wang");
  EXPECT_EQ(one.act(Verb::delegate, "draft", "li", "zhao"), "done");
}

TEST(Signers, SignersHaveToBePersons) {
  Case one(kStartAndEnd + element("userTask", "t", "", "jishi:signers=\"people\"") +
           chain({"s", "t", "e"}));
  for (const char* people : {"[]", "[1]", R"(["a","a"])", "null", "[\"\"]"}) {
    EXPECT_EQ(one.start("{\"people\":" + std::string(people) + "}"), "signers_value") << people;
  }
  EXPECT_EQ(one.start(R"({"people":"a"})"), "done");
}

}  // namespace
}  // namespace jishi::workflow
