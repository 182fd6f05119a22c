#include "modules/identity/access/access.hpp"

#include <gtest/gtest.h>

#include "modules/identity/facts.hpp"
#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

class OfAccess : public testing::Test {
 protected:
  OfAccess()
      : east(office.found("EAST")),
        west(office.found("WEST")),
        person(office.join("M1", east)),
        giver_account(office.enrol("giver")),
        taker_account(office.enrol("taker")) {
    office.grant(giver_account, "secretary", "EAST");
    office.grant(taker_account, "secretary", "WEST");
    giver = office.caller("giver");
    taker = office.caller("taker");
  }

  GiveAccess asked(int days = 3) { return {taker_account, "M1", "组织关系转接核对", days}; }
  bool sees() { return office->may_see_person(taker, "registry.read", person); }

  Office office;
  Id east;
  Id west;
  Id person;
  Id giver_account;
  Id taker_account;
  api::Caller giver;
  api::Caller taker;
};

TEST_F(OfAccess, IsGivenByWhoeverMayReadThePersonAlone) {
  EXPECT_EQ(code_of(office->give_access({}, asked())), "identity.sign_in_first");
  auto own = asked();
  own.account = giver_account;
  EXPECT_EQ(code_of(office->give_access(taker, own)), "registry.person_not_found")
      << "whoever is out of scope does not learn that there is such a person";
  auto unknown = asked();
  unknown.person = "M9";
  EXPECT_EQ(code_of(office->give_access(taker, unknown)), "registry.person_not_found");
  EXPECT_EQ(code_of(office->give_access(giver, own)), "identity.not_oneself");
  must(office->give_access(giver, asked()));
  auto on = asked();
  on.account = office.enrol("third");
  office.grant(on.account, "secretary", "WEST");
  EXPECT_EQ(code_of(office->give_access(taker, on)), "registry.person_not_found")
      << "what was given for a time is not handed on";
}

TEST_F(OfAccess, NeedsReasonEndAndSomeoneWhoMayHaveIt) {
  auto without = asked();
  without.reason = " 看 ";
  EXPECT_EQ(code_of(office->give_access(giver, without)), "identity.reason_length");
  EXPECT_EQ(code_of(office->give_access(giver, asked(0))), "identity.access_days");
  EXPECT_EQ(code_of(office->give_access(giver, asked(kMaxAccessDays + 1))), "identity.access_days");
  auto nobody = asked();
  nobody.account = 99;
  EXPECT_EQ(code_of(office->give_access(giver, nobody)), "identity.account_unknown");
  nobody.account = office.enrol("admin");
  office.grant(nobody.account, "audit_admin");
  EXPECT_EQ(code_of(office->give_access(giver, nobody)), "identity.access_without_role");
}

TEST_F(OfAccess, ShowsThePersonMaskedUntilItsEnd) {
  EXPECT_FALSE(sees());
  const Access access = must(office->give_access(giver, asked()));
  EXPECT_TRUE(sees());
  EXPECT_FALSE(office->may_see_person(taker, "registry.unmask", person));
  EXPECT_FALSE(office->may_see_person(taker, "registry.write", person));
  EXPECT_FALSE(office->may(taker, "registry.read", east));
  office.pass(access.expires - office.store.clock.now_ms() - 1);
  EXPECT_TRUE(sees());
  office.pass(1);
  EXPECT_FALSE(sees());
  EXPECT_EQ(code_of(office->end_access(giver, access.id)), "identity.access_unknown") << "over";
}

TEST_F(OfAccess, IsToldAndTakenBackAtOnce) {
  const Access access = must(office->give_access(giver, asked()));
  ASSERT_EQ(must(office->notices(taker)).size(), 2U);
  EXPECT_EQ(must(office->notices(taker)).back().kind, "link_made") << "of the first sign-in";
  EXPECT_EQ(must(office->notices(taker)).front().kind, "access_granted");
  EXPECT_EQ(must(office->notices_of(giver, east)).front().subject, access.id);
  EXPECT_EQ(code_of(office->notices_of(taker, east)), "registry.not_found");
  EXPECT_EQ(must(office->accesses_to(giver, person)).front().reason, access.reason);
  EXPECT_EQ(code_of(office->accesses_to(taker, person)), "registry.person_not_found");
  EXPECT_EQ(must(office->accesses(taker)).size(), 1U);
  const auto stranger = office.enrol("stranger");
  office.grant(stranger, "secretary", "WEST");
  EXPECT_EQ(code_of(office->end_access(office.caller("stranger"), access.id)),
            "identity.access_unknown");
  EXPECT_TRUE(sees());
  must(office->end_access(giver, access.id));
  EXPECT_FALSE(sees());
  EXPECT_EQ(must(office->notices(taker)).front().kind, "access_ended");
  EXPECT_EQ(office.facts(fact::kAccessGranted, taker_account), 1);
  EXPECT_EQ(office.facts(fact::kAccessEnded, taker_account), 1);
}

TEST_F(OfAccess, ALookLeavesItsFactFirst) {
  const auto look = [&](const api::Caller& caller, std::vector<std::string> fields,
                        std::string purpose, const char* whom = "M1") {
    return office->look(caller, {whom, std::move(fields), std::move(purpose)});
  };
  const auto facts = [&] { return office.facts(fact::kPersonalDataSeen, giver_account); };
  EXPECT_EQ(code_of(look({}, {"phone"}, "电话通知开会")), "registry.person_not_found");
  EXPECT_EQ(code_of(look(taker, {"phone"}, "电话通知开会")), "registry.person_not_found");
  EXPECT_EQ(code_of(look(giver, {"phone"}, "电话通知开会", "M9")), "registry.person_not_found");
  EXPECT_EQ(code_of(look(giver, {"phone"}, " ? ")), "identity.purpose_length");
  EXPECT_EQ(code_of(look(giver, {"phone"}, std::string(1'000, 'x'))), "identity.purpose_length");
  EXPECT_EQ(code_of(look(giver, {}, "电话通知开会")), "identity.field_count");
  EXPECT_EQ(code_of(look(giver, {"phone", "thoughts"}, "电话通知开会")), "identity.field_unknown");
  EXPECT_EQ(facts(), 0) << "nothing was shown";
  const auto seen = must(look(giver, {"phone", "citizen_id"}, "电话通知开会"));
  EXPECT_EQ(seen[0].value, "13800138000");
  EXPECT_EQ(seen[1].value, "11010519491231002X");
  EXPECT_EQ(facts(), 1);
  static constexpr Statement kPayload{
      "test.payload", "select payload from ledger_fact where kind = 97 and person = $1"};
  const auto payload = office.store->read(
      [&](db::Reader& reader) { return *reader.one<std::string>(kPayload, person); });
  EXPECT_EQ(payload, R"({"fields":["phone","citizen_id"],"purpose":"电话通知开会"})");
}

}  // namespace
}  // namespace jishi::identity
