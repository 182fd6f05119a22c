// Which thread a request is answered on.

#include <future>

#include "platform/http/test_server.hpp"

namespace jishi::http {
namespace {

TEST(ServerThreads, AQuickReadIsAnsweredWhileEveryWorkerWaits) {
  std::promise<void> go;
  std::atomic<int> waiting{0};
  std::vector<Route> routes;
  const auto wait = [&, gone = go.get_future().share()](Request&) {
    ++waiting;
    gone.wait();
    return text_response("late");
  };
  const auto answer = [](Request&) { return text_response("at once"); };
  routes.push_back(test_route(Method::get, "/late", wait, BodyKind::none, Run::on_worker));
  routes.push_back(test_route(Method::get, "/quick", answer, BodyKind::none, Run::on_reader));
  const TestServer server(std::move(routes));
  std::vector<std::future<std::string>> late;
  for (int i = 0; i < 5; ++i) {  // one more than the workers of a TestServer
    late.push_back(std::async(std::launch::async, [&server] {
      return server.ask("GET /late HTTP/1.1\r\nHost: x\r\n\r\n").body;
    }));
  }
  EXPECT_TRUE(becomes([&] { return waiting == 4 && server.server->waiting() == 1; }));
  EXPECT_EQ(server.ask("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n").body, "at once");
  go.set_value();
  for (auto& one : late) EXPECT_EQ(one.get(), "late");
}

}  // namespace
}  // namespace jishi::http
