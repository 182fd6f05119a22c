// Requests as bytes: what the server takes, refuses, and how the connection goes on.

#include "platform/http/test_server.hpp"

namespace jishi::http {
namespace {

using namespace std::chrono_literals;

const std::string kHost = "Host: x\r\n";

std::vector<Route> echo_routes() {
  std::vector<Route> routes;
  const auto echo = [](Request& request) { return text_response(request.body); };
  routes.push_back(test_route(Method::get, "/", [](Request&) { return text_response("root"); }));
  routes.push_back(test_route(Method::get, "/say/{word}", [](Request& request) {
    return text_response(std::string(*request.segment("word")));
  }));
  routes.push_back(test_route(Method::post, "/echo", echo, BodyKind::json, Run::on_worker));
  routes.push_back(test_route(Method::put, "/say/{word}", echo, BodyKind::json));
  routes[2].body_limit = 100;
  return routes;
}

ServerOptions impatient() {
  ServerOptions options;
  options.header_timeout = 1s;
  options.idle_timeout = 1s;
  return options;
}

std::string post(const std::string& headers, const std::string& body) {
  return "POST /echo HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\n" + headers +
         "\r\n" + body;
}

std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\n" + kHost + headers + "\r\n";
}

TEST(ServerFraming, RefusesInItsOwnWords) {
  const TestServer server(echo_routes());
  const std::string json = "Content-Type: application/json\r\n";
  const std::tuple<std::string, int, std::string> cases[] = {
      {post("Content-Length: 1\r\nContent-Length: 2\r\n", "12"), 400, "http.malformed"},
      {post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400,
       "http.malformed"},
      {post("Transfer-Encoding: chunked\r\n", "z\r\n"), 400, "http.malformed"},
      {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400, "http.malformed"},
      {get("/", "X: a\r\n b\r\n"), 400, "http.malformed"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "http.host_missing"},
      {get("/", kHost), 400, "http.host_missing"},
      {"GET / HTTP/2.0\r\n\r\n", 505, "http.version"},
      {"BREW / HTTP/1.1\r\n" + kHost + "\r\n", 501, "http.method_unknown"},
      {"CONNECT x:1 HTTP/1.1\r\n" + kHost + "\r\n", 501, "http.method_unknown"},
      {get("/", "X: " + std::string(20'000, 'x') + "\r\n"), 431, "http.header_too_large"},
      {get("/?" + std::string(9'000, 'x')), 414, "http.target_too_long"},
      {get("/../etc/passwd"), 400, "http.target_invalid"},
      {get("/say/%ff"), 400, "http.target_invalid"},
      {get("/say/\xff"), 400, "http.target_invalid"},
      {get("/", "X: \xff\r\n"), 400, "http.not_utf8"},
      {get("/nothing"), 404, "http.not_found"},
      {post("Content-Length: 3\r\n", "\"\xff\""), 400, "http.not_utf8"},
      {post("Content-Length: 101\r\n", std::string(101, ' ')), 413, "http.body_too_large"},
      {post("Transfer-Encoding: chunked\r\n", "65\r\n" + std::string(101, ' ') + "\r\n0\r\n\r\n"),
       413, "http.body_too_large"},
      {post("Content-Length: 2\r\nContent-Encoding: gzip\r\n", "{}"), 415, "http.encoding"},
      {post("Content-Length: 2\r\nExpect: tea\r\n", "{}"), 417, "http.expectation"},
      {"POST /echo HTTP/1.1\r\n" + kHost +
           "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
       415, "http.json_expected"},
      {"POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 2\r\n\r\n{}", 415,
       "http.json_expected"},
      {get("/", json + "Content-Length: 2\r\n") + "{}", 400, "http.no_body_here"},
  };
  for (const auto& [request, status, code] : cases) {
    const auto answer = server.ask(request);
    EXPECT_EQ(answer.status(), status) << request.substr(0, 100);
    EXPECT_EQ(answer.body, code + "\n") << request.substr(0, 100);
    EXPECT_EQ(answer.header("X-Request-Id").size(), 16U);
  }
  EXPECT_EQ(server.ask(get("/")).body, "root");
}

TEST(ServerFraming, AHostIsANameAndNothingElse) {
  const TestServer server(echo_routes());
  for (const std::string host : {"", "a b", "me@x", "x/y", "x:port", "x, y", "[::1", "<x>"}) {
    const auto answer = server.ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    EXPECT_EQ(answer.status(), 400) << host;
    EXPECT_EQ(answer.body, "http.host_invalid\n") << host;
  }
  for (const std::string host : {"x", "X.example:8080", "127.0.0.1:1", "[::1]:80"})
    EXPECT_EQ(server.ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status(), 200) << host;
}

TEST(ServerFraming, AnswersForItsOwnNamesWhereItHasSome) {
  ServerOptions options;
  options.hosts = {"jishi.example", "::1"};
  const TestServer server(echo_routes(), options);
  const auto ask = [&](const std::string& target, const std::string& host) {
    return server.ask("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  };
  EXPECT_EQ(ask("/", "jishi.example").status(), 200);
  EXPECT_EQ(ask("/", "JISHI.example:8080").status(), 200);
  EXPECT_EQ(ask("/", "[::1]:8080").status(), 200);
  EXPECT_EQ(ask("http://jishi.example/", "evil.example").status(), 200) << "the target's counts";
  for (const std::string host : {"evil.example", "jishi.example.evil.example", "127.0.0.1"}) {
    EXPECT_EQ(ask("/", host).status(), 421) << host;
    EXPECT_EQ(ask("/", host).body, "http.misdirected\n") << host;
  }
  EXPECT_EQ(ask("http://evil.example/", "jishi.example").status(), 421);
  EXPECT_EQ(ask("/nothing", "evil.example").status(), 421) << "and nothing is told of routes";
}

TEST(ServerFraming, WhoeverIsNotLetInSendsNoLargeBody) {
  auto routes = echo_routes();
  std::atomic<int> asked{0};
  std::atomic<int> served{0};
  routes[2].body_limit = 1U << 20;
  routes[2].admission = [&](Request& request) -> std::optional<Response> {
    ++asked;
    if (request.header("authorization")) return std::nullopt;
    Response refused = text_response("who are you");
    refused.status = 401;
    return refused;
  };
  routes[2].handler = [&](Request& request) {
    ++served;
    return text_response(std::to_string(request.body.size()));
  };
  const TestServer server(std::move(routes));
  const std::string large(100'000, ' ');
  const auto length = [](std::size_t bytes) {
    return fmt::format("Content-Length: {}\r\n", bytes);
  };
  // The answer comes before the body does.
  for (const std::string& headers :
       {length(1U << 20), std::string("Transfer-Encoding: chunked\r\n"),
        "Expect: 100-continue\r\n" + length(2)}) {
    TestClient client(server.port());
    client.send(post(headers, ""));
    const auto answer = client.answer();
    EXPECT_EQ(answer.status(), 401) << headers;
    EXPECT_EQ(answer.header("Connection"), "close") << headers;
  }
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(served, 0);
  EXPECT_EQ(server.ask(post(length(large.size()) + "Authorization: x\r\n", large)).body, "100000");
  EXPECT_EQ(asked, 4);
  EXPECT_EQ(server.ask(post(length(2), "{}")).body, "2") << "a small one is read whoever sends it";
  EXPECT_EQ(asked, 4);
}

TEST(ServerFraming, AllBodiesTogetherAreBounded) {
  auto routes = echo_routes();
  routes[2].body_limit = 1U << 20;
  ServerOptions options;
  options.max_body_memory = 300'000;
  const TestServer server(std::move(routes), options);
  const std::string half(200'000, ' ');
  const auto whole = [&](const std::string& body) {
    return post(fmt::format("Content-Length: {}\r\n", body.size()), body);
  };
  const std::string held = whole(half);
  // Of the two one has no room: the other, once the bytes of the first are there. Who is refused
  // while still sending may find the connection closed before the answer.
  EXPECT_TRUE(becomes([&] {
    TestClient slow(server.port());
    slow.send(std::string_view(held).substr(0, held.size() - 1));
    const int other = server.ask(held).status();
    return (other == 503 || other == 0) && slow.ask(" ").status() == 200;
  }));
  EXPECT_TRUE(becomes([&] { return server.ask(whole(std::string(50'000, ' '))).status() == 200; }));
  EXPECT_TRUE(becomes([&] { return server.ask(whole(half)).status() == 200; }))
      << "it is given back while the connection idles";
}

TEST(ServerFraming, ClosesAfterWhatItCannotFrame) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  client.send(post("Content-Length: 1\r\nContent-Length: 2\r\n", "12") + get("/"));
  client.end();
  const std::string all = client.read_all();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 400"));
  EXPECT_NE(all.find("Connection: close"), all.npos);
  EXPECT_EQ(all.find("root"), all.npos);
}

TEST(ServerFraming, GoesOnAfterARefusalWithoutABody) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  EXPECT_EQ(client.ask(get("/nothing")).status(), 404);
  EXPECT_EQ(client.ask(get("/%zz")).status(), 400);
  EXPECT_EQ(client.ask("BREW / HTTP/1.1\r\n" + kHost + "\r\n").status(), 501);
  EXPECT_EQ(client.ask(get("/")).body, "root");
}

TEST(ServerFraming, AnswersPipelinedRequestsInTheirOrder) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  std::string requests;
  for (int i = 0; i < 20; ++i) {
    requests += get("/say/" + std::to_string(i));
    requests += post("Content-Length: 2\r\n", fmt::format("{:2}", i));
    requests += post("Transfer-Encoding: chunked\r\n", "1;x=y\r\n[\r\n1\r\n]\r\n0\r\nT: t\r\n\r\n");
  }
  client.send(requests);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.answer().body, std::to_string(i));
    EXPECT_EQ(client.answer().body, fmt::format("{:2}", i));
    EXPECT_EQ(client.answer().body, "[]");
  }
}

TEST(ServerFraming, TakesRequestsByteByByte) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  const std::string request =
      post("Transfer-Encoding: chunked\r\n", "3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n");
  for (const char& byte : request) client.send({&byte, 1});
  EXPECT_EQ(client.answer().body, "[1,2]");
}

TEST(ServerFraming, KeepsAndClosesConnectionsAsAsked) {
  const TestServer server(echo_routes());
  const auto closes = [&](const std::string& request) {
    TestClient client(server.port());
    client.send(request + get("/say/again"));
    client.end();
    return client.read_all().find("again") == std::string::npos;
  };
  EXPECT_FALSE(closes(get("/")));
  EXPECT_TRUE(closes(get("/", "Connection: close\r\n")));
  EXPECT_TRUE(closes("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_FALSE(closes("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(ServerFraming, TellsWhoWaitsToGoOnOnlyWhereItWillTakeTheBody) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
  EXPECT_EQ(client.read_to("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("{}").body, "{}");
  client.send(post("Content-Length: 200\r\nExpect: 100-continue\r\n", ""));
  EXPECT_EQ(client.answer().status(), 413);
}

TEST(ServerFraming, HeadHasTheHeaderOfGetAndNoBody) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  const auto head = client.ask("HEAD / HTTP/1.1\r\n" + kHost + "\r\n");
  EXPECT_EQ(head.status(), 200);
  EXPECT_EQ(head.header("Content-Length"), "4");
  EXPECT_EQ(client.ask("HEAD /nothing HTTP/1.1\r\n" + kHost + "\r\n").status(), 404);
  EXPECT_EQ(client.ask(get("/")).body, "root");
}

TEST(ServerFraming, SaysWhichMethodsThereAre) {
  const TestServer server(echo_routes());
  TestClient client(server.port());
  const auto wrong = client.ask("DELETE /say/x HTTP/1.1\r\n" + kHost + "\r\n");
  EXPECT_EQ(wrong.status(), 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, PUT, OPTIONS");
  const auto asked = client.ask("OPTIONS /say/x HTTP/1.1\r\n" + kHost + "\r\n");
  EXPECT_EQ(asked.status(), 204);
  EXPECT_EQ(asked.header("Allow"), "GET, HEAD, PUT, OPTIONS");
  EXPECT_EQ(asked.header("Content-Length"), "(none)");
  const auto whole = client.ask("OPTIONS * HTTP/1.1\r\n" + kHost + "\r\n");
  EXPECT_EQ(whole.status(), 204);
  EXPECT_EQ(whole.header("Allow"), "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  EXPECT_EQ(client.ask("OPTIONS /nothing HTTP/1.1\r\n" + kHost + "\r\n").status(), 404);
}

TEST(ServerFraming, DoesNotWaitForeverForAHeaderOrABody) {
  auto routes = echo_routes();
  routes[2].time_limit = 300ms;
  const TestServer server(std::move(routes), impatient());
  TestClient header(server.port());
  TestClient silent(server.port());
  TestClient idle(server.port());
  TestClient body(server.port());
  header.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(idle.ask(get("/")).status(), 200);
  body.send(post("Content-Length: 2\r\n", "{"));
  const auto late_body = body.answer();
  EXPECT_EQ(late_body.status(), 408);
  EXPECT_EQ(late_body.body, "http.body_timeout\n");
  const auto late_header = header.answer();
  EXPECT_EQ(late_header.status(), 408);
  EXPECT_EQ(late_header.body, "http.header_timeout\n");
  EXPECT_EQ(late_header.header("Connection"), "close");
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_EQ(idle.read_all(), "");
}

TEST(ServerFraming, AHeaderThatDripsIsNotWaitedForEither) {
  const TestServer server(echo_routes(), impatient());
  TestClient client(server.port());
  const auto until = std::chrono::steady_clock::now() + 4s;
  client.send("GET / HTTP/1.1\r\n");
  std::atomic<bool> answered{false};
  std::thread drip([&] {
    while (!answered && std::chrono::steady_clock::now() < until) {
      client.send("X: y\r\n");
      std::this_thread::sleep_for(100ms);
    }
  });
  EXPECT_EQ(client.answer().status(), 408);
  answered = true;
  drip.join();
}

TEST(ServerFraming, ARefusalOfALargeBodyArrives) {
  const TestServer server(echo_routes());
  const std::string body(1 << 20, 'x');
  for (int i = 0; i < 5; ++i) {
    const auto answer = server.ask(post(fmt::format("Content-Length: {}\r\n", body.size()), body));
    EXPECT_EQ(answer.status(), 413);
  }
}

}  // namespace
}  // namespace jishi::http
