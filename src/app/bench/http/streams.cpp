#include "app/bench/http/streams.hpp"

#include <sys/resource.h>
#include <sys/socket.h>

#include <charconv>

namespace jishi::app::bench {

namespace {

constexpr double kExpectedMb = 150;
constexpr std::chrono::seconds kSettles{1};
constexpr std::chrono::milliseconds kLookEvery{50};
constexpr int kLooks = 6'000;  // five minutes: an index of a whole city is made

/// Opens a stream and reads its header; not open() where it is refused.
Socket open_stream(unsigned short port, std::string_view token) {
  const Sender sender{fmt::format("Authorization: Bearer {}\r\n", token)};
  std::string request;
  sender.get(request, "/api/v1/events");
  Socket socket = Socket::to(port);
  if (!socket.open() || !socket.send(request)) return {};
  std::string header;
  std::array<char, 4096> buffer;
  while (header.find("\r\n\r\n") == header.npos) {
    const auto size = ::recv(socket.handle(), buffer.data(), buffer.size(), 0);
    if (size <= 0) return {};
    header.append(buffer.data(), static_cast<std::size_t>(size));
  }
  if (!header.starts_with("HTTP/1.1 200")) return {};
  return socket;
}

/// What /metrics says under a name.
double metric(unsigned short port, std::string_view name) {
  std::string request;
  Sender{}.get(request, "/metrics");
  const Answer answer = ask(port, request);
  const std::string line = "\n" + std::string(name) + " ";
  const auto at = answer.body.find(line);
  if (at == answer.body.npos) return 0;
  return std::strtod(answer.body.c_str() + at + line.size(), nullptr);
}

}  // namespace

std::size_t raise_file_limit(std::size_t files) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= files) return limit.rlim_cur;
  const rlimit more{files, std::max<rlim_t>(files, limit.rlim_max)};
  if (::setrlimit(RLIMIT_NOFILE, &more) == 0) return files;
  limit.rlim_cur = std::min<rlim_t>(files, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

void wait_until_ready(const Served& served) {
  std::string request;
  Sender{}.get(request, "/readyz");
  const auto ready = [&] {
    return ask(served.port(), request).status == 200 &&
           metric(served.port(), "jishi_full_text_behind") == 0 &&
           metric(served.port(), "jishi_lights_behind") == 0;
  };
  for (int look = 0; look < kLooks && !ready(); ++look) std::this_thread::sleep_for(kLookEvery);
}

void measure_streams(Run& run, const Office& office, const Served& served, std::string_view engine,
                     std::size_t count) {
  const double before_mb = served.process().resident_mb();
  std::vector<Socket> streams;
  const Stopwatch opening;
  for (std::size_t i = 0; i < count && !run.cancelled; ++i) {
    Socket stream = open_stream(served.port(), office.tokens[i / kStreamsPerAccount]);
    if (!stream.open()) break;
    streams.push_back(std::move(stream));
  }
  const double opened_s = opening.seconds();
  std::this_thread::sleep_for(kSettles);
  const double with_mb = served.process().resident_mb();
  run.figures.push_back(
      {.name = "http_streams_memory",
       .unit = "MB",
       .measured = with_mb,
       .expected = Expected{Sense::at_most, kExpectedMb},
       .what = std::string(engine),
       .note = fmt::format("the whole process with {} idle streams of {} accounts, {:.0f} of which "
                           "it counts itself, opened in {:.1f} s; {:.1f} MB before",
                           streams.size(), office.tokens.size(),
                           metric(served.port(), "jishi_live_listeners"), opened_s, before_mb)});
}

}  // namespace jishi::app::bench
