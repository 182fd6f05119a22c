#include <gtest/gtest.h>

#include "modules/identity/facts.hpp"
#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

class OfToken : public testing::Test {
 protected:
  OfToken() : branch(office.found("A")), wang(office.enrol("wang")) {
    office.grant(wang, "secretary", "A");
    caller = office.caller("wang");
  }

  MakeToken asked(std::vector<std::string> permissions, int days = 30) {
    return {"nightly", std::move(permissions),
            office.store.clock.today() + std::chrono::days(days)};
  }
  http::Request bearer(const std::string& token) {
    http::Request request = office.request({}, http::Method::post);
    request.headers = {{"authorization", "Bearer " + token}};
    return request;
  }

  Office office;
  Id branch;
  Id wang;
  api::Caller caller;
};

TEST_F(OfToken, IsNotMadeForWhatIsNotHeld) {
  EXPECT_EQ(code_of(office->make_token(caller, asked({"system.manage"}))),
            "identity.permission_not_held");
  EXPECT_EQ(code_of(office->make_token(caller, asked({"registry.read", "no.such"}))),
            "identity.permission_not_held");
  EXPECT_EQ(code_of(office->make_token(caller, asked({}))), "identity.token_for_nothing");
  EXPECT_EQ(code_of(office->make_token(caller, asked({"registry.read"}, -1))),
            "identity.token_days");
  EXPECT_EQ(code_of(office->make_token(caller, asked({"registry.read"}, kMaxTokenDays + 1))),
            "identity.token_days");
  MakeToken nameless = asked({"registry.read"});
  nameless.name = "  ";
  EXPECT_EQ(code_of(office->make_token(caller, nameless)), "identity.token_name");
  EXPECT_EQ(code_of(office->make_token({}, asked({"registry.read"}))), "identity.sign_in_first");
}

TEST_F(OfToken, GivesItsPermissionsOnlyAndNeverMoreThanTheAccountHas) {
  const auto made = must(office->make_token(caller, asked({"registry.read"})));
  const auto program = must(office->caller(bearer(made.token)));
  EXPECT_TRUE(program.by_token);
  EXPECT_EQ(program.account, wang);
  EXPECT_TRUE(office->may(program, "registry.read", branch)) << "without a CSRF token";
  EXPECT_FALSE(office->may(program, "registry.write", branch));
  EXPECT_FALSE(office->may_somewhere(program, "dues.write"));
  EXPECT_TRUE(office->places(program, "registry.write").empty());
  for (const Grant& grant : must(office->grants(owner(), wang))) {
    must(office->end_grant(owner(), grant.id));
  }
  EXPECT_FALSE(office->may(program, "registry.read", branch)) << "the account no longer may";
}

TEST_F(OfToken, DoesNotSpeakForTheOwnerOfTheAccount) {
  const auto made = must(office->make_token(caller, asked({"registry.read"})));
  const auto program = must(office->caller(bearer(made.token)));
  const std::string held(kPassword);
  const std::string refused = "identity.not_by_token";
  EXPECT_EQ(code_of(office->make_token(program, asked({"registry.read"}))), refused);
  EXPECT_EQ(code_of(office->tokens(program)), refused);
  EXPECT_EQ(code_of(office->revoke_token(program, made.id)), refused);
  EXPECT_EQ(code_of(office->sessions(program)), refused);
  EXPECT_EQ(code_of(office->sign_out(program)), refused);
  EXPECT_EQ(code_of(office->sign_out_everywhere(program, true)), refused);
  EXPECT_EQ(code_of(office->change_password(program, {held, held + held})), refused);
  EXPECT_EQ(code_of(office->propose_second_factor(program, held)), refused);
}

TEST_F(OfToken, EndsOnItsDayWhenRevokedAndWithTheAccount) {
  const auto ask = [&](const TokenMade& made) {
    return code_of(office->caller(bearer(made.token)));
  };
  const auto revoked = must(office->make_token(caller, asked({"registry.read"})));
  EXPECT_EQ(ask(revoked), "");
  office.enrol("li");
  EXPECT_EQ(code_of(office->revoke_token(office.caller("li"), revoked.id)),
            "identity.token_unknown");
  must(office->revoke_token(caller, revoked.id));
  EXPECT_EQ(ask(revoked), "identity.credential_unknown");
  EXPECT_EQ(office.facts(fact::kTokenRevoked, wang), 1);

  const auto today = must(office->make_token(caller, asked({"registry.read"}, 0)));
  EXPECT_EQ(ask(today), "");
  office.pass(16 * 60 * kMinute - 1);
  EXPECT_EQ(ask(today), "") << "the day ends at midnight in China";
  office.pass(1);
  EXPECT_EQ(ask(today), "identity.credential_unknown");

  caller = office.caller("wang");
  const auto kept = must(office->make_token(caller, asked({"registry.read"})));
  must(office->set_enabled(owner(), wang, false));
  EXPECT_EQ(ask(kept), "identity.credential_unknown");
  must(office->set_enabled(owner(), wang, true));
  EXPECT_EQ(ask(kept), "");
  office.pass(2 * kMinute);
  EXPECT_EQ(ask(kept), "");
  office->keep_up();
  caller = office.caller("wang");
  EXPECT_EQ(must(office->tokens(caller)).front().last_used, office.store.clock.now_ms());
}

TEST_F(OfToken, AreFew) {
  for (int i = 0; i < kMaxTokens; ++i) {
    must(office->make_token(caller, asked({"registry.read"})));
  }
  EXPECT_EQ(code_of(office->make_token(caller, asked({"registry.read"}))),
            "identity.too_many_tokens");
}

}  // namespace
}  // namespace jishi::identity
