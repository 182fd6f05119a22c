#include <gtest/gtest.h>

#include "modules/identity/facts.hpp"
#include "modules/identity/second_factor/totp.hpp"
#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

http::Request from(std::string address) {
  http::Request request;
  request.remote_address = std::move(address);
  return request;
}

TEST(SignIn, RefusesAllThatIsWrongInTheSameWords) {
  Office office;
  office.enrol("wang");
  office.add("invited");
  must(office->set_enabled(owner(), office.enrol("gone"), false));
  const std::pair<const char*, std::string> cases[] = {{"nobody", std::string(kPassword)},
                                                       {"wang", "another password"},
                                                       {"wang", ""},
                                                       {"", std::string(kPassword)},
                                                       {"invited", std::string(kPassword)},
                                                       {"invited", ""},
                                                       {"gone", std::string(kPassword)},
                                                       {"wang", std::string(100'000, 'x')},
                                                       {"%' or 1=1", std::string(kPassword)}};
  for (const auto& [login, password] : cases) {
    const auto signed_in = office.sign_in(login, password);
    ASSERT_FALSE(signed_in) << login;
    EXPECT_EQ(signed_in.error(), fail(ErrorKind::unauthenticated, "identity.sign_in_refused"))
        << login;
  }
  EXPECT_EQ(code_of(office.sign_in("wang")), "");
  EXPECT_EQ(code_of(office.sign_in(" ＷＡＮＧ ")), "") << "however it was typed";
}

TEST(SignIn, TheCookieIsForThisSiteOnlyAndNotForScripts) {
  Office office;
  office.enrol("wang");
  http::Request request = from("203.0.113.9");
  auto signed_in = must(office.sign_in("wang", kPassword, request));
  EXPECT_TRUE(signed_in.cookies[0].second.starts_with("jishi_session="));
  EXPECT_TRUE(signed_in.cookies[0].second.ends_with("; Path=/; HttpOnly; SameSite=Lax"));
  request.secure = true;
  signed_in = must(office.sign_in("wang", kPassword, request));
  for (const auto& [name, cookie] : signed_in.cookies) {
    EXPECT_EQ(name, "Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-jishi_")) << cookie;
    EXPECT_NE(cookie.find("; Path=/; HttpOnly; SameSite=Lax; Secure"), cookie.npos) << cookie;
  }
  EXPECT_TRUE(Identity::forget_session(request).second.ends_with("; Max-Age=0"));
}

TEST(SignIn, TheSessionChangesAndTheOneBeforeEnds) {
  Office office;
  office.enrol("wang");
  office.enrol("li");
  const auto first = must(office.sign_in("wang"));
  const auto second = must(office.sign_in("li", kPassword, office.request(first.cookies)));
  EXPECT_NE(first.cookies[0].second, second.cookies[0].second);
  EXPECT_EQ(code_of(office->caller(office.request(first.cookies))), "identity.session_ended");
  EXPECT_EQ(must(office->caller(office.request(second.cookies))).account, second.account.id);
  EXPECT_EQ(office.facts(fact::kSignedOut, first.account.id), 1);
}

TEST(SignIn, NobodyIsKeptOutByTheFailuresOfOthers) {
  Office office;
  office.enrol("wang");
  const auto known = must(office.sign_in("wang", kPassword, from("203.0.113.9")));
  for (int i = 0; i < kFreeOfName; ++i) {
    EXPECT_EQ(code_of(office.sign_in("wang", "a wrong password", from("198.51.100.7"))),
              "identity.sign_in_refused");
  }
  EXPECT_EQ(code_of(office.sign_in("wang", kPassword, from("198.51.100.8"))), "identity.wait")
      << "even the right password, from where it was guessed";
  EXPECT_EQ(code_of(office.sign_in("wang", kPassword, from("192.0.2.1"))), "") << "elsewhere";
  auto device = office.request(known.cookies);
  device.remote_address = "198.51.100.7";
  EXPECT_EQ(code_of(office.sign_in("wang", kPassword, device)), "") << "a device that is known";
  device.cookies.back().second = std::string(64, '0');
  EXPECT_EQ(code_of(office.sign_in("wang", kPassword, device)), "identity.wait")
      << "one that is made up";
  office.pass(kLongestDelayMs);
  EXPECT_EQ(code_of(office.sign_in("wang", kPassword, from("198.51.100.7"))), "");
}

TEST(SignIn, ADeviceOfAnotherAccountIsNotKnown) {
  Office office;
  office.enrol("wang");
  office.enrol("attacker");
  const auto own = must(office.sign_in("attacker"));
  const auto device = office.request(own.cookies);
  for (int i = 0; i < kFreeOfName; ++i) {
    EXPECT_EQ(code_of(office.sign_in("wang", "a wrong password", device)),
              "identity.sign_in_refused");
  }
  EXPECT_EQ(code_of(office.sign_in("wang", "a wrong password", device)), "identity.wait");
}

TEST(SignIn, IsTheLedgersBusinessWithoutTheNamesOfStrangers) {
  Office office;
  const Id wang = office.enrol("wang");
  must(office.sign_in("wang"));
  EXPECT_EQ(office.facts(fact::kSignedIn, wang), 2) << "by the link, and now";
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(office.sign_in("wang", "wrong"));
    EXPECT_FALSE(office.sign_in("stranger" + std::to_string(i), "wrong"));
  }
  EXPECT_EQ(office.facts(fact::kSignInRefused, wang), 1);
  EXPECT_EQ(office.facts(fact::kSignInRefused, kNoId), 1);
  office.pass(kMinute);
  office->keep_up();
  EXPECT_EQ(office.facts(fact::kSignInRefused, wang), 2) << "the rest of the minute, together";
  static constexpr Statement kTold{"test.told",
                                   "select count(*) from ledger_fact where kind = 81 and (payload "
                                   "<> '' or amount not in (1, 3))"};
  office.store->read([](db::Reader& reader) {
    EXPECT_EQ(reader.one<int>(kTold), 0);
    return 0;
  });
}

TEST(SignIn, RefusedPermissionsAreNotedOnceAMinute) {
  Office office;
  const Id wang = office.enrol("wang");
  const auto caller = office.caller("wang");
  for (int i = 0; i < 1'000; ++i) office->note_refusal(caller, "/api/v1/persons/{person}");
  EXPECT_EQ(office.facts(fact::kPermissionRefused, wang), 1);
  office->note_refusal(caller, "/api/v1/accounts");
  EXPECT_EQ(office.facts(fact::kPermissionRefused, wang), 2) << "of another route";
  office.pass(kMinute);
  office->keep_up();
  EXPECT_EQ(office.facts(fact::kPermissionRefused, wang), 3);
  office->keep_up();
  EXPECT_EQ(office.facts(fact::kPermissionRefused, wang), 3);
}

TEST(SignIn, SessionsAreListedAndEnded) {
  Office office;
  office.enrol("wang");
  office.enrol("li");
  http::Request request = from("203.0.113.9");
  request.headers = {{"user-agent", "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/120.0"}};
  const auto here = must(office.sign_in("wang", kPassword, request));
  const auto there = must(office.sign_in("wang", kPassword, from("2001:db8:1:2::7")));
  const auto caller = must(office->caller(office.request(here.cookies)));
  const auto sessions = must(office->sessions(caller));
  ASSERT_EQ(sessions.size(), 3U) << "with that of the link";
  EXPECT_EQ(sessions[0].address, "2001:db8:1::/48");
  EXPECT_EQ(sessions[1].address, "203.0.113.*");
  EXPECT_EQ(sessions[1].agent, "Firefox · Windows");
  EXPECT_TRUE(sessions[1].current);
  EXPECT_FALSE(sessions[0].current);
  const auto li = office.caller("li");
  EXPECT_EQ(code_of(office->end_session(li, sessions[0].id)), "identity.session_unknown")
      << "of another";
  EXPECT_EQ(code_of(office->caller(office.request(there.cookies))), "");
  must(office->end_session(caller, sessions[0].id));
  EXPECT_EQ(code_of(office->caller(office.request(there.cookies))), "identity.session_ended");
  EXPECT_EQ(must(office->sign_out_everywhere(caller, false)), 1);
  EXPECT_EQ(code_of(office->caller(office.request(here.cookies))), "");
  EXPECT_EQ(must(office->sign_out_everywhere(caller, true)), 1);
  EXPECT_EQ(code_of(office->caller(office.request(here.cookies))), "identity.session_ended");
}

// Another Identity over the same store learns of nothing but the ledger, as another process does.
TEST(SignIn, WhatAnotherProcessEndedIsOut) {
  Office office;
  const Id wang = office.enrol("wang");
  IdentityOptions options;
  options.pack = JISHI_SOURCE_DIR "/packs/party";
  options.password_cost = {1, 8192};
  const auto other = must(Identity::open(*office.store, options));
  const auto ask = [&](const SignedIn& signed_in) {
    const auto request = office.request(signed_in.cookies);
    const std::string here = code_of(office->caller(request));
    const std::string there = code_of(other->caller(request));
    EXPECT_EQ(here, there);
    return there;
  };
  const auto first = must(office.sign_in("wang"));
  EXPECT_EQ(ask(first), "");
  const auto second = must(office.sign_in("wang", kPassword, office.request(first.cookies)));
  EXPECT_EQ(ask(first), "identity.session_ended") << "replaced";
  EXPECT_EQ(ask(second), "");
  const auto third = must(office.sign_in("wang"));
  EXPECT_EQ(ask(third), "");
  const auto caller = must(office->caller(office.request(third.cookies)));
  auto renewed = third;
  renewed.cookies.front() = Identity::renewed_session(
      http::Request{},
      must(office->change_password(caller, {std::string(kPassword), "完全不一样的一句话"})));
  EXPECT_EQ(ask(second), "identity.session_ended") << "the password changed";
  EXPECT_EQ(ask(third), "identity.session_ended") << "its own token, too";
  EXPECT_EQ(ask(renewed), "");
  must(office->end_sessions_of(owner(), wang));
  EXPECT_EQ(ask(renewed), "identity.session_ended");
}

TEST(SignIn, OfTooManySessionsTheOldestGivesWay) {
  Office office;
  office.enrol("wang");
  std::vector<SignedIn> all;
  for (int i = 0; i <= Sessions::kMaxOfAccount; ++i) {
    all.push_back(must(office.sign_in("wang")));
    EXPECT_EQ(code_of(office->caller(office.request(all.back().cookies))), "");
  }
  EXPECT_EQ(code_of(office->caller(office.request(all[0].cookies))), "identity.session_ended");
  EXPECT_EQ(code_of(office->caller(office.request(all[1].cookies))), "");
}

TEST(Links, WorkOnceForATimeAndForTheRightAccount) {
  Office office;
  const Id wang = office.add("wang");
  const auto use = [&](const std::string& token, std::string_view password = kPassword) {
    return code_of(office->use_link(from("203.0.113.9"), {token, std::string(password), {}}));
  };
  EXPECT_EQ(use("made-up"), "identity.link_void");
  EXPECT_EQ(use(""), "identity.link_void");
  EXPECT_EQ(code_of(office->make_link(owner(), 99)), "identity.account_unknown");
  const std::string replaced = office.link(wang);
  const std::string token = office.link(wang);
  EXPECT_EQ(use(replaced), "identity.link_void") << "a later one was made";
  EXPECT_EQ(use(token, "short"), "identity.password_short");
  EXPECT_EQ(use(token, "wang wang wang"), "identity.password_like_login");
  EXPECT_EQ(must(office->show_link(token)).login, "wang");
  EXPECT_EQ(use(token), "");
  EXPECT_EQ(use(token), "identity.link_void") << "used";
  EXPECT_EQ(code_of(office->show_link(token)), "identity.link_void");
  const std::string late = office.link(wang);
  office.pass(24 * 60 * kMinute);
  EXPECT_EQ(use(late), "identity.link_void") << "expired";
  const std::string disabled = office.link(wang);
  must(office->set_enabled(owner(), wang, false));
  EXPECT_EQ(use(disabled), "identity.link_void");
  EXPECT_EQ(code_of(office->make_link(owner(), wang)), "identity.account_is_disabled");
}

TEST(Links, AResetEndsWhatWasOpen) {
  Office office;
  const Id wang = office.enrol("wang");
  const auto before = must(office.sign_in("wang"));
  must(office->use_link(from("203.0.113.9"), {office.link(wang), "完全不一样的一句话", {}}));
  EXPECT_EQ(code_of(office->caller(office.request(before.cookies))), "identity.session_ended");
  EXPECT_EQ(code_of(office.sign_in("wang")), "identity.sign_in_refused");
  EXPECT_EQ(code_of(office.sign_in("wang", "完全不一样的一句话")), "");
}

TEST(ChangePassword, NeedsTheOneBeforeAndEndsOtherSessions) {
  Office office;
  const Id wang = office.enrol("wang");
  const auto here = must(office.sign_in("wang"));
  const auto there = must(office.sign_in("wang"));
  const auto caller = must(office->caller(office.request(here.cookies)));
  const std::string held(kPassword);
  EXPECT_EQ(code_of(office->change_password(caller, {"wrong", "完全不一样的一句话"})),
            "identity.password_wrong");
  EXPECT_EQ(code_of(office->change_password(caller, {held, "short"})), "identity.password_short");
  const auto renewed = must(office->change_password(caller, {held, "完全不一样的一句话"}));
  EXPECT_EQ(code_of(office->caller(office.request(here.cookies))), "identity.session_ended")
      << "whoever held its token is out";
  const auto goes_on = must(office->caller(
      office.request({Identity::renewed_session(http::Request{}, renewed)}, http::Method::get)));
  EXPECT_EQ(goes_on.session, caller.session);
  EXPECT_EQ(office->csrf_of(goes_on), here.csrf) << "a page that is open goes on";
  EXPECT_EQ(code_of(office->caller(office.request(there.cookies))), "identity.session_ended");
  EXPECT_EQ(office.facts(fact::kPasswordChanged, wang), 2);
  for (int i = 0; i < kFreeOfName; ++i) {
    EXPECT_EQ(code_of(office->change_password(caller, {"wrong", held})), "identity.password_wrong");
  }
  EXPECT_EQ(code_of(office->change_password(caller, {"完全不一样的一句话", held})),
            "identity.wait");
}

/// An account whose authenticator is set up, and what it shows.
class WithFactor : public testing::Test {
 protected:
  WithFactor() : wang(office.enrol("wang")) {
    caller = office.caller("wang");
    must(office->propose_second_factor(caller, std::string(kPassword)));
    secret = proposed_secret();
    recovery = must(office->confirm_second_factor(caller, code())).codes;
    office.pass(kStepMs);
  }

  std::string proposed_secret() {
    return *office.store->read([&](db::Reader& reader) -> Result<std::string> {
      static constexpr Statement kSealed{"test.totp",
                                         "select totp from identity_account where id = $1"};
      const auto sealed = reader.one<Blob>(kSealed, wang);
      return office.store->keys().cipher().open(*sealed, "identity totp " + std::to_string(wang));
    });
  }
  std::string code(std::int64_t steps = 0) {
    return code_at(secret, office.store.clock.now_ms() / kStepMs + steps);
  }
  std::string sign_in(std::optional<std::string> given, const std::string& address = "192.0.2.1") {
    return code_of(office->sign_in(from(address), {"wang", std::string(kPassword), given}));
  }

  Office office;
  Id wang;
  api::Caller caller;
  std::string secret;
  std::vector<std::string> recovery;
};

TEST_F(WithFactor, ACodeIsNeededAndCountsOnce) {
  EXPECT_EQ(sign_in(std::nullopt), "identity.code_needed");
  EXPECT_EQ(sign_in(""), "identity.code_wrong");
  EXPECT_EQ(sign_in(code(2)), "identity.code_wrong");
  EXPECT_EQ(code_of(office->sign_in(from("192.0.2.1"), {"wang", "wrong", code()})),
            "identity.sign_in_refused");
  EXPECT_EQ(sign_in(code()), "");
  EXPECT_EQ(sign_in(code()), "identity.code_wrong") << "taken already";
  EXPECT_EQ(sign_in(code(1)), "") << "a clock that is ahead";
  EXPECT_EQ(sign_in(code(-1)), "identity.code_wrong") << "earlier than one that was taken";
}

TEST_F(WithFactor, TheSessionGoesOnWithAnotherTokenOnceItIsOnOrOff) {
  const auto signed_in =
      must(office->sign_in(from("192.0.2.1"), {"wang", std::string(kPassword), code()}));
  office.pass(kStepMs);
  const auto before = must(office->caller(office.request(signed_in.cookies)));
  const auto off = must(office->drop_second_factor(before, {std::string(kPassword), code()}));
  EXPECT_EQ(code_of(office->caller(office.request(signed_in.cookies))), "identity.session_ended");
  const auto cookie_of = [&](const NewToken& renewed) {
    return office.request({Identity::renewed_session(http::Request{}, renewed)});
  };
  EXPECT_EQ(must(office->caller(cookie_of(off))).session, before.session);
  must(office->propose_second_factor(before, std::string(kPassword)));
  secret = proposed_secret();
  const auto on = must(office->confirm_second_factor(before, code()));
  EXPECT_EQ(code_of(office->caller(cookie_of(off))), "identity.session_ended");
  EXPECT_EQ(must(office->caller(cookie_of(on))).session, before.session);
}

TEST_F(WithFactor, ARecoveryCodeCountsOnce) {
  ASSERT_EQ(recovery.size(), 10U);
  std::string typed = recovery[3];
  std::transform(typed.begin(), typed.end(), typed.begin(), [](char sign) {
    return sign == '-' ? ' ' : static_cast<char>(std::tolower(sign));
  });
  EXPECT_EQ(sign_in(typed), "");
  EXPECT_EQ(sign_in(recovery[3]), "identity.code_wrong");
  EXPECT_EQ(sign_in(recovery[4]), "");
}

TEST_F(WithFactor, CodesCannotBeTriedOutFromEverywhere) {
  for (int i = 0; i < kFreeOfName; ++i) {
    EXPECT_EQ(sign_in("000000", "198.51." + std::to_string(i) + ".1"), "identity.code_wrong");
  }
  EXPECT_EQ(sign_in("000000", "198.51.100.1"), "identity.wait");
}

TEST_F(WithFactor, ALinkDoesNotGoRoundIt) {
  const std::string token = office.link(wang);
  const auto use = [&](std::optional<std::string> given) {
    return code_of(office->use_link(from("192.0.2.1"), {token, std::string(kPassword), given}));
  };
  EXPECT_EQ(use(std::nullopt), "identity.code_needed");
  EXPECT_EQ(use("000000"), "identity.code_wrong");
  EXPECT_EQ(use(code()), "");
}

TEST_F(WithFactor, IsDroppedByItsOwnerWithProofOrResetByAnAdministrator) {
  const std::string held(kPassword);
  EXPECT_EQ(code_of(office->propose_second_factor(caller, held)), "identity.second_factor_is_on");
  EXPECT_EQ(code_of(office->drop_second_factor(caller, {"wrong", code()})),
            "identity.password_wrong");
  EXPECT_EQ(code_of(office->drop_second_factor(caller, {held, {}})), "identity.code_wrong");
  EXPECT_EQ(code_of(office->reset_second_factor(caller, wang)), "identity.not_permitted");
  EXPECT_EQ(code_of(office->renew_recovery_codes(caller, {held, code()})), "");
  EXPECT_EQ(sign_in(recovery[0]), "identity.code_wrong") << "void since they were renewed";
  EXPECT_EQ(code_of(office->drop_second_factor(caller, {held, code(1)})), "");
  EXPECT_EQ(sign_in(std::nullopt), "");
  EXPECT_EQ(code_of(office->drop_second_factor(caller, {held, {}})),
            "identity.second_factor_is_off");
  EXPECT_EQ(office.facts(fact::kSecondFactorOn, wang), 1);
  EXPECT_EQ(office.facts(fact::kSecondFactorOff, wang), 1);
}

TEST_F(WithFactor, OpensWhatARoleAsksItFor) {
  const Id branch = office.found("A");
  office.grant(wang, "higher_staff", "A");
  EXPECT_TRUE(office->may(caller, "registry.read", branch));
  must(office->reset_second_factor(owner(), wang));
  const auto again = office.caller("wang");
  EXPECT_TRUE(again.must_enrol);
  EXPECT_FALSE(office->may(again, "registry.read", branch));
}

TEST(SecondFactor, IsProposedToWhoeverKnowsThePasswordAndConfirmedByACode) {
  Office office;
  office.enrol("wang");
  const auto caller = office.caller("wang");
  EXPECT_EQ(code_of(office->confirm_second_factor(caller, "000000")),
            "identity.second_factor_not_proposed");
  EXPECT_EQ(code_of(office->propose_second_factor(caller, "wrong")), "identity.password_wrong");
  const auto proposed = must(office->propose_second_factor(caller, std::string(kPassword)));
  EXPECT_EQ(proposed.secret.size(), 32U);
  EXPECT_NE(proposed.uri.find("secret=" + proposed.secret), std::string::npos);
  EXPECT_EQ(code_of(office->confirm_second_factor(caller, "00000x")), "identity.code_wrong");
  EXPECT_EQ(code_of(office.sign_in("wang")), "") << "it does not count before it is confirmed";
}

}  // namespace
}  // namespace jishi::identity
