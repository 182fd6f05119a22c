#include "app/bench/http/served.hpp"

#include <charconv>

namespace jishi::app::bench {

namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr std::string_view kAddress = "http://127.0.0.1:";
constexpr std::string_view kPassword = "seven words that nobody else would choose";

unsigned short port_in(const std::string& line) {
  unsigned short port = 0;
  if (const auto at = line.find(kAddress); at != line.npos)
    std::from_chars(line.data() + at + kAddress.size(), line.data() + line.size(), port);
  return port;
}

}  // namespace

std::optional<Served> Served::start(const Office& office, const std::filesystem::path& log) {
  std::vector<std::string> words{office.program};
  words.insert(words.end(), office.arguments.begin(), office.arguments.end());
  words.insert(words.end(), {"serve", "--port", "0", "--rate", "0", "--account-rate", "0"});
  const Stopwatch watch;
  auto process = Child::start(std::move(words), log);
  if (!process) return std::nullopt;
  Served served(std::move(*process));
  while (served.port_ == 0) {
    const auto line = served.process_.line(kPatience);
    if (!line) return std::nullopt;
    served.port_ = port_in(*line);
  }
  std::string request;
  served.sender_.get(request, "/healthz");
  if (ask(served.port_, request).status != 200) return std::nullopt;
  served.start_s_ = watch.seconds();
  return served;
}

Result<Done> Served::sign_in(const Office& office) {
  std::string request;
  const boost::json::object asked{{"token", office.link}, {"password", kPassword}};
  sender_.post(request, "/api/v1/sessions/by-link", {}, boost::json::serialize(asked));
  const Answer answer = ask(port_, request);
  boost::system::error_code error;
  const auto body = boost::json::parse(answer.body, error);
  const auto* csrf = error ? nullptr : body.as_object().if_contains("csrf");
  if (csrf == nullptr)
    return fail(ErrorKind::refused, "bench.no_sign_in", {{"answer", answer.body}});
  sender_.headers = fmt::format("Cookie: jishi_session={}\r\nX-CSRF-Token: {}\r\n",
                                answer.cookie("jishi_session"), csrf->as_string().c_str());
  return Done{};
}

}  // namespace jishi::app::bench
