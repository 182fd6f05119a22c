#include "api/dispatch.hpp"

#include <gtest/gtest.h>

#include "api/test_gate.hpp"
#include "ledger/test_store.hpp"
#include "platform/http/conditional.hpp"

namespace jishi::api {
namespace {

/// Three routes, and requests to them by accounts of which each may send one in ten seconds.
class Requests : public ::testing::Test {
 protected:
  Requests() {
    dispatch.rate = &rate;
    const auto hold = [](Call&, const Nothing&) { return Result(Acknowledged{}); };
    routes.get<Nothing>("/own", {"test.own", {}, own_account()}, hold);
    routes.get<Nothing>("/open", {"test.open", {}, open_to_all()}, hold);
    routes.get<Nothing>("/stream", {"test.stream", {}, own_account()}, hold).metered = false;
  }

  http::Response send(std::size_t route, const std::string& account, const std::string& language) {
    http::Request request;
    request.headers = {{"account", account}, {"accept-language", language}};
    return serve(dispatch, routes.all()[route], request);
  }
  int status(std::size_t route, const std::string& account) {
    return send(route, account, "zh").status;
  }

  TestStore store;
  TestGate gate;
  Codes codes;
  AccountRate rate{0.1};
  Routes routes;
  Exporting exporting{codes, {}, {}};
  Dispatch dispatch{*store, gate, exporting, {}, {}, nullptr};
};

TEST_F(Requests, OfAnAccountAreCountedWhateverTheyComeBy) {
  EXPECT_EQ(status(0, "11"), 200);
  EXPECT_EQ(status(0, "11"), 429);
  EXPECT_EQ(status(0, "12"), 200);
  const auto refused = send(0, "11", "en");
  EXPECT_EQ(http::find_header(refused, "Retry-After"), "10");
  EXPECT_NE(std::get<std::string>(refused.body).find("api.too_many_requests"), std::string::npos);
  EXPECT_NE(std::get<std::string>(refused.body).find("try again in 10 s"), std::string::npos);
}

TEST_F(Requests, OfWhatIsOpenToAllAndOfStreamsAreNot) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(status(1, "11"), 200);
    EXPECT_EQ(status(2, "11"), 200);
  }
  EXPECT_EQ(status(0, "11"), 200);
  EXPECT_EQ(status(1, "11"), 200);
}

TEST_F(Requests, AreNotCountedWithoutALimit) {
  dispatch.rate = nullptr;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(status(0, "11"), 200);
}

/// Routes whose store goes away while they answer.
class Away : public Requests {
 protected:
  Away() {
    dispatch.rate = nullptr;
    const auto fail_once = [this](Call&, const Nothing&) {
      if (++calls == 1) throw db::Failure(kind, "gone");
      return Result(Acknowledged{});
    };
    routes.get<Nothing>("/asked", {"test.asked", {}, own_account()}, fail_once);
    routes.act<Nothing>(http::Method::post, "/done", {"test.done", {}, own_account()}, fail_once);
  }

  int calls = 0;
  db::FailureKind kind = db::FailureKind::lost;
};

TEST_F(Away, WhatIsOnlyAskedIsAskedOnceMore) {
  EXPECT_EQ(status(3, "11"), 200);
  EXPECT_EQ(calls, 2);
}

TEST_F(Away, WhatMayHaveBeenDoneIsNot) {
  const auto refused = send(4, "11", "en");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(http::find_header(refused, "Retry-After"), "2");
  EXPECT_EQ(calls, 1);
}

TEST_F(Away, WhoeverIsBusyIsNotAskedAgainAtOnce) {
  kind = db::FailureKind::busy;
  EXPECT_EQ(status(3, "11"), 503);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace jishi::api
