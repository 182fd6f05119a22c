#include "modules/identity/identity.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "modules/identity/facts.hpp"
#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

TEST(Gate, AStrangerMayNothing) {
  Office office;
  const Id branch = office.found("A");
  const Id person = office.join("M1", branch);
  const auto stranger = must(office->caller(office.request()));
  EXPECT_TRUE(stranger.stranger());
  for (const api::PermissionEntry& entry : api::kPermissions) {
    EXPECT_FALSE(office->may(stranger, entry.name, branch)) << entry.name;
    EXPECT_FALSE(office->may(stranger, entry.name, kNoId)) << entry.name;
    EXPECT_FALSE(office->may_somewhere(stranger, entry.name)) << entry.name;
    EXPECT_TRUE(office->places(stranger, entry.name).empty()) << entry.name;
    EXPECT_FALSE(office->may_see_person(stranger, entry.name, person)) << entry.name;
  }
  EXPECT_EQ(code_of(office->accounts(stranger, "", 10)), "identity.sign_in_first");
  EXPECT_EQ(code_of(office->add_account(stranger, {"x", {}, {}, {}})), "identity.sign_in_first");
  EXPECT_EQ(code_of(office->sessions(stranger)), "identity.sign_in_first");
  EXPECT_EQ(code_of(office->sign_out(stranger)), "identity.sign_in_first");
}

TEST(Gate, ASessionLastsUntilItIsIdleOldOrEnded) {
  SessionLimits limits;
  limits.idle_ms = 30 * kMinute;
  limits.longest_ms = 2 * 60 * kMinute;
  Office office(limits);
  office.enrol("wang");
  const auto ask = [&](const SignedIn& signed_in) {
    return code_of(office->caller(office.request(signed_in.cookies)));
  };
  auto signed_in = must(office.sign_in("wang"));
  office.pass(limits.idle_ms - 1);
  EXPECT_EQ(ask(signed_in), "");
  office.pass(limits.idle_ms - 1);
  EXPECT_EQ(ask(signed_in), "") << "it was used in between";
  office.pass(limits.idle_ms);
  EXPECT_EQ(ask(signed_in), "identity.session_ended") << "idle";

  signed_in = must(office.sign_in("wang"));
  for (std::int64_t at = 0; at + 10 * kMinute < limits.longest_ms; at += 10 * kMinute) {
    office.pass(10 * kMinute);
    EXPECT_EQ(ask(signed_in), "") << at;
    office->keep_up();
  }
  office.pass(10 * kMinute);
  EXPECT_EQ(ask(signed_in), "identity.session_ended") << "as long as any may last";

  signed_in = must(office.sign_in("wang"));
  must(office->sign_out(must(office->caller(office.request(signed_in.cookies)))));
  EXPECT_EQ(ask(signed_in), "identity.session_ended") << "signed out";
}

TEST(Gate, TokensThatAreNoneAreRefused) {
  Office office;
  office.enrol("wang");
  const auto signed_in = must(office.sign_in("wang"));
  auto request = office.request(signed_in.cookies);
  const std::string token = request.cookies.front().second;
  for (const std::string& wrong :
       {std::string("x"), std::string(64, '0'), token + "0", token.substr(1),
        std::string(100'000, 'a'), std::string("' or 1=1 --")}) {
    request.cookies.front().second = wrong;
    const auto caller = office->caller(request);
    EXPECT_TRUE(!caller || caller->stranger()) << wrong.substr(0, 70);
  }
  request.cookies.front() = {"jishi_session", token};
  EXPECT_FALSE(must(office->caller(request)).stranger());
  request.secure = true;
  EXPECT_TRUE(must(office->caller(request)).stranger()) << "by TLS only the cookie of TLS counts";
  request.cookies.front().first = "__Host-jishi_session";
  EXPECT_FALSE(must(office->caller(request)).stranger());
  for (const char* header : {"", "Basic d2FuZzp4", "Bearer ", "Bearer jishi_", "Bearer jishi_00"}) {
    request.headers = {{"authorization", header}};
    EXPECT_EQ(code_of(office->caller(request)), "identity.credential_unknown") << header;
  }
}

TEST(Gate, AWriteByCookieNeedsTheTokenOfItsSession) {
  Office office;
  office.enrol("wang");
  office.enrol("li");
  const auto wang = must(office.sign_in("wang"));
  const auto li = must(office.sign_in("li"));
  using http::Method;
  for (const Method method : {Method::post, Method::put, Method::patch, Method::del}) {
    auto request = office.request(wang.cookies, method);
    EXPECT_EQ(code_of(office->caller(request)), "identity.csrf_missing");
    for (const std::string& wrong : {std::string(), li.csrf, wang.csrf.substr(1), wang.csrf + "0",
                                     request.cookies.front().second}) {
      request.headers = {{"x-csrf-token", wrong}};
      EXPECT_EQ(code_of(office->caller(request)), "identity.csrf_missing") << wrong;
    }
    request.headers = {{"x-csrf-token", wang.csrf}};
    EXPECT_EQ(code_of(office->caller(request)), "");
  }
  for (const Method method : {Method::get, Method::options}) {
    EXPECT_EQ(code_of(office->caller(office.request(wang.cookies, method))), "");
  }
  EXPECT_EQ(office->csrf_of(must(office->caller(office.request(wang.cookies)))), wang.csrf);
  EXPECT_EQ(office->csrf_of(must(office->caller(office.request()))), "");
}

TEST(Gate, SaysWhichSessionsAndTokensHaveEnded) {
  Office office;
  office.found("A");
  const Id wang = office.enrol("wang");
  office.grant(wang, "secretary", "A");
  const auto here = office.caller("wang");
  const auto there = office.caller("wang");
  const auto token = must(office->make_token(
      here, {"export", {"registry.read"}, office.store.clock.today() + std::chrono::days(1)}));
  const std::vector<Id> all{here.session, there.session, token.id, Id{99}};
  EXPECT_EQ(office->ended_of(all), std::vector<Id>{Id{99}});
  must(office->end_session(here, there.session));
  EXPECT_EQ(office->ended_of(all), (std::vector<Id>{there.session, Id{99}}));
  office.pass(33 * kMinute);
  EXPECT_EQ(office->ended_of({here.session, token.id}), std::vector<Id>{here.session}) << "idle";
  must(office->set_enabled(owner(), wang, false));
  EXPECT_EQ(office->ended_of({token.id}), std::vector<Id>{token.id});
  EXPECT_TRUE(office->ended_of({}).empty());
}

TEST(Gate, TheWordBeforeATokenIsTakenInAnyCase) {
  Office office;
  office.found("A");
  office.grant(office.enrol("wang"), "secretary", "A");
  const auto token = must(office->make_token(
      office.caller("wang"),
      {"export", {"registry.read"}, office.store.clock.today() + std::chrono::days(1)}));
  auto request = office.request();
  for (const char* word : {"Bearer ", "bearer ", "BEARER "}) {
    request.headers = {{"authorization", word + token.token}};
    EXPECT_TRUE(must(office->caller(request)).by_token) << word;
  }
}

TEST(Gate, ADisabledAccountIsOutAtOnce) {
  Office office;
  const Id wang = office.enrol("wang");
  const auto signed_in = must(office.sign_in("wang"));
  EXPECT_EQ(code_of(office->caller(office.request(signed_in.cookies))), "");
  must(office->set_enabled(owner(), wang, false));
  EXPECT_EQ(code_of(office->caller(office.request(signed_in.cookies))), "identity.session_ended");
  EXPECT_EQ(code_of(office.sign_in("wang")), "identity.sign_in_refused");
  must(office->set_enabled(owner(), wang, true));
  EXPECT_EQ(code_of(office->caller(office.request(signed_in.cookies))), "identity.session_ended")
      << "sessions do not come back";
  EXPECT_EQ(code_of(office.sign_in("wang")), "");
}

TEST(Gate, ARoleThatAsksForASecondFactorGivesNothingWithoutIt) {
  Office office;
  const Id branch = office.found("A");
  const Id wang = office.enrol("wang");
  office.grant(wang, "higher_staff", "A");
  const auto signed_in = must(office.sign_in("wang"));
  EXPECT_TRUE(signed_in.must_enrol);
  const auto caller = must(office->caller(office.request(signed_in.cookies)));
  EXPECT_TRUE(caller.must_enrol);
  EXPECT_FALSE(office->may(caller, "registry.read", branch));
  EXPECT_FALSE(office->may_somewhere(caller, "registry.read"));
  EXPECT_TRUE(office->places(caller, "registry.read").empty());
}

TEST(Gate, WhatIsHeldCountsThereAndBelowAndOnItsDays) {
  Office office;
  const Id city = office.found("CITY");
  const Id east = office.found("EAST", "CITY");
  const Id west = office.found("WEST", "CITY");
  const Id branch = office.found("E1", "EAST");
  const Id wang = office.enrol("wang");
  GrantRole asked;
  asked.account = wang;
  asked.role = "secretary";
  asked.organisation = registry::Reference("EAST");
  asked.from = office.store.clock.today() + std::chrono::days(1);
  asked.until = asked.from;
  must(office->grant_role(owner(), asked));
  auto caller = office.caller("wang");
  const auto seen = [&] {
    std::vector<bool> answers;
    for (const Id id : {city, east, west, branch, Id{99}, kNoId}) {
      answers.push_back(office->may(caller, "registry.write", id));
    }
    return answers;
  };
  const std::vector<bool> nothing(6, false);
  EXPECT_EQ(seen(), nothing) << "not yet";
  office.pass(24 * 60 * kMinute);
  EXPECT_EQ(seen(), (std::vector<bool>{false, true, false, true, false, false}));
  EXPECT_EQ(office->places(caller, "registry.write"), std::vector<Id>{east});
  EXPECT_FALSE(office->may(caller, "registry.rite", east)) << "no such permission";
  EXPECT_FALSE(office->may(caller, "system.manage", east));
  office.pass(24 * 60 * kMinute);
  EXPECT_EQ(seen(), nothing) << "no more";
}

TEST(Gate, AGrantCountsAndEndsAtOnce) {
  Office office;
  const Id branch = office.found("A");
  const Id wang = office.enrol("wang");
  const auto caller = office.caller("wang");
  EXPECT_FALSE(office->may(caller, "registry.read", branch));
  const Grant grant = office.grant(wang, "secretary", "A");
  EXPECT_TRUE(office->may(caller, "registry.read", branch));
  must(office->end_grant(owner(), grant.id));
  EXPECT_FALSE(office->may(caller, "registry.read", branch));
  EXPECT_EQ(code_of(office->end_grant(owner(), grant.id)), "identity.grant_unknown");
  EXPECT_EQ(office.facts(fact::kRoleGranted, wang), 1);
  EXPECT_EQ(office.facts(fact::kRoleEnded, wang), 1);
}

TEST(Gate, AfterAMoveTheOldSuperiorIsOutAtOnce) {
  Office office;
  office.found("EAST");
  office.found("WEST");
  const Id branch = office.found("E1", "EAST");
  const Id person = office.join("M1", branch);
  office.grant(office.enrol("east"), "secretary", "EAST");
  office.grant(office.enrol("west"), "secretary", "WEST");
  const auto east = office.caller("east");
  const auto west = office.caller("west");
  EXPECT_TRUE(office->may(east, "registry.read", branch));
  EXPECT_TRUE(office->may_see_person(east, "registry.read", person));
  EXPECT_FALSE(office->may(west, "registry.read", branch));
  EXPECT_FALSE(office->may_see_person(west, "registry.read", person));
  office.move(branch, "WEST");
  EXPECT_FALSE(office->may(east, "registry.read", branch));
  EXPECT_FALSE(office->may_see_person(east, "registry.read", person));
  EXPECT_TRUE(office->may(west, "registry.read", branch));
  EXPECT_TRUE(office->may_see_person(west, "registry.read", person));
}

TEST(Gate, AMemberSeesOneselfAloneAndSuperiorsTheirPeople) {
  Office office;
  const Id east = office.found("EAST");
  const Id west = office.found("WEST");
  const Id one = office.join("M1", east);
  const Id other = office.join("M2", east);
  office.grant(office.enrol("one", registry::Reference("M1")), "member", "EAST");
  office.grant(office.enrol("clerk"), "case_worker", "EAST");
  const auto member = office.caller("one");
  EXPECT_EQ(member.person, one);
  EXPECT_TRUE(office->may_see_person(member, "self.read", one));
  EXPECT_TRUE(office->may_see_person(member, "registry.read", one));
  EXPECT_TRUE(office->may_see_person(member, "registry.unmask", one));
  EXPECT_FALSE(office->may_see_person(member, "registry.write", one));
  EXPECT_FALSE(office->may_see_person(member, "registry.read", other));
  EXPECT_FALSE(office->may(member, "self.read", east));
  EXPECT_TRUE(office->may_somewhere(member, "self.read"));
  EXPECT_TRUE(office->places(member, "self.read").empty());
  const auto clerk = office.caller("clerk");
  EXPECT_TRUE(office->may_see_person(clerk, "registry.read", one));
  EXPECT_FALSE(office->may_see_person(clerk, "registry.unmask", one));
  office.transfer(one, west);
  EXPECT_FALSE(office->may_see_person(clerk, "registry.read", one));
  EXPECT_TRUE(office->may_see_person(clerk, "registry.read", other));
}

TEST(Gate, ARoleOfOneOrganisationDoesNotReachBelow) {
  Office office;
  const Id committee = office.found("A");
  const Id branch = office.found("A1", "A");
  const Id leaf = office.found("B");
  const Id wang = office.enrol("wang");
  office.grant(wang, "committee_member", "A");
  office.grant(wang, "committee_member", "B");
  const auto caller = office.caller("wang");
  EXPECT_TRUE(office->may(caller, "registry.read", committee));
  EXPECT_FALSE(office->may(caller, "registry.read", branch));
  EXPECT_EQ(office->places(caller, "registry.read"), std::vector<Id>{leaf})
      << "a place has all below it; where nothing is below, the organisation is all of that";
  EXPECT_EQ(office->scope(caller, "registry.read").size(), 2U);
}

TEST(Gate, PlacesDoNotStandBelowEachOtherAndTheWholeIsItsTops) {
  Office office;
  const Id city = office.found("CITY");
  const Id other = office.found("OTHER");
  office.found("EAST", "CITY");
  const Id wang = office.enrol("wang");
  office.grant(wang, "secretary", "EAST");
  office.grant(wang, "deputy_secretary", "CITY");
  office.grant(wang, "case_worker", "CITY");
  const auto caller = office.caller("wang");
  EXPECT_EQ(office->places(caller, "registry.read"), std::vector<Id>{city});
  office.grant(wang, "auditor");
  EXPECT_EQ(office->places(caller, "registry.read"), (std::vector<Id>{city, other}));
  EXPECT_TRUE(office->may(caller, "registry.read", other));
  EXPECT_FALSE(office->may(caller, "registry.read", Id{99}));
}

TEST(Gate, ARoleInOneStructureCountsInThatOneOnly) {
  Office office;
  const Id party = office.found("P");
  const Id grid = office.found("G", {}, "grid");
  const Id wang = office.enrol("wang");
  GrantRole asked;
  asked.account = wang;
  asked.role = "case_worker";
  asked.organisation = registry::Reference("G");
  asked.structure = "party";
  EXPECT_EQ(code_of(office->grant_role(owner(), asked)), "identity.organisation_not_in_structure");
  asked.structure = "gird";
  EXPECT_EQ(code_of(office->grant_role(owner(), asked)), "registry.unknown_structure");
  asked.structure = "grid";
  must(office->grant_role(owner(), asked));
  const auto caller = office.caller("wang");
  EXPECT_TRUE(office->may(caller, "registry.read", grid));
  EXPECT_FALSE(office->may(caller, "registry.read", party));
  EXPECT_TRUE(office->places(caller, "registry.read").empty()) << "those of the Party's structure";
  ASSERT_EQ(office->scope(caller, "registry.read").size(), 1U);
  EXPECT_EQ(office->scope(caller, "registry.read").front().structure, "grid");
}

TEST(Gate, ManyAskWhileRolesAndSessionsComeAndGo) {
  Office office;
  const Id east = office.found("EAST");
  const Id west = office.found("WEST");
  const Id branch = office.found("E1", "EAST");
  const Id wang = office.enrol("wang");
  const auto signed_in = must(office.sign_in("wang"));
  std::atomic<bool> over{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (!over) {
        const auto caller = office->caller(office.request(signed_in.cookies));
        if (!caller) continue;
        office->may(*caller, "registry.read", branch);
        office->places(*caller, "registry.read");
      }
    });
  }
  const auto caller = must(office->caller(office.request(signed_in.cookies)));
  for (int round = 0; round < 30; ++round) {
    const Grant grant = office.grant(wang, "secretary", "EAST");
    EXPECT_TRUE(office->may(caller, "registry.read", branch)) << round;
    office.move(branch, west);
    EXPECT_FALSE(office->may(caller, "registry.read", branch)) << round;
    office.move(branch, east);
    EXPECT_TRUE(office->may(caller, "registry.read", branch)) << round;
    must(office->end_grant(owner(), grant.id));
    EXPECT_FALSE(office->may(caller, "registry.read", branch)) << round;
  }
  must(office->sign_out_everywhere(caller, true));
  EXPECT_EQ(code_of(office->caller(office.request(signed_in.cookies))), "identity.session_ended");
  over = true;
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace jishi::identity
