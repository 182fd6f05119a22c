#include "platform/http/loop.hpp"

#include <sys/socket.h>

#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>

#include "platform/http/connection.hpp"

namespace jishi::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr auto kTuple = asio::experimental::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kPauseAfterFailure{50};

// A connection too many is told so, as far as that takes no waiting.
void turn_away(tcp::socket& socket) {
  const std::string answer =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nX-Request-Id: " + new_request_id() +
      "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  [[maybe_unused]] const auto sent =
      ::send(socket.native_handle(), answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  error_code ignored;
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

// An IPv4 peer of a socket for both is known by its own address, as everywhere else.
asio::ip::address plain_address(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

void ignore_failure(const std::exception_ptr&) {
  // What broke (memory, descriptors) took one connection with it, and nothing else.
}

}  // namespace

Member::Member(Loop& loop) : loop_(loop), place_(loop.members_.insert(loop.members_.end(), this)) {
}

Member::~Member() {
  loop_.members_.erase(place_);
}

Loop::Loop(std::shared_ptr<Shared> shared, std::shared_ptr<const Certificate> certificate)
    : shared_(std::move(shared)), certificate_(std::move(certificate)) {
}

Loop::~Loop() {
  stop();
}

Result<Done> Loop::listen(const tcp::endpoint& endpoint, bool with_others) {
  using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
  error_code error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && with_others) acceptor_.set_option(ReusePort(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return Done{};
  const Arguments arguments{{"address", endpoint.address().to_string()},
                            {"port", std::to_string(endpoint.port())},
                            {"message", error.message()}};
  if (error == asio::error::address_in_use)
    return fail(ErrorKind::unavailable, "http.address_in_use", arguments);
  return fail(ErrorKind::unavailable, "http.bind", arguments);
}

unsigned short Loop::port() const {
  error_code ignored;
  return acceptor_.local_endpoint(ignored).port();
}

void Loop::start() {
  asio::co_spawn(context_, accept(), ignore_failure);
  asio::co_spawn(context_, sweep(), ignore_failure);
  thread_ = std::thread([this] {
    const auto guard = asio::make_work_guard(context_);
    context_.run();
  });
}

asio::awaitable<void> Loop::accept() {
  while (!shared_->stopping) {
    auto [error, socket] = co_await acceptor_.async_accept(kTuple);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {  // out of descriptors, for instance: wait, do not spin
      asio::steady_timer pause(context_, kPauseAfterFailure);
      (void)co_await pause.async_wait(kTuple);
      continue;
    }
    take(std::move(socket));
  }
}

void Loop::take(tcp::socket socket) {
  error_code gone;
  const auto peer = socket.remote_endpoint(gone);
  if (gone) return;
  std::string address = plain_address(peer.address()).to_string();
  if (!shared_->connections.enter(address)) {
    turn_away(socket);
    return;
  }
  Opened opened{std::move(socket), certificate_->get(), std::move(address), shared_};
  asio::co_spawn(context_, serve_connection(*this, std::move(opened)), ignore_failure);
}

asio::awaitable<void> Loop::sweep() {
  asio::steady_timer timer(context_);
  while (true) {
    timer.expires_after(kSweep);
    const auto [cancelled] = co_await timer.async_wait(kTuple);
    if (cancelled) co_return;
    const auto now = Deadline::Clock::now();
    for (auto place = members_.begin(); place != members_.end();) {
      Member& member = **place++;
      if (member.deadline.at > now) continue;
      member.deadline.never();
      member.deadline.passed = true;
      member.expire();
    }
  }
}

void Loop::for_each(void (Member::*what)()) {
  for (auto place = members_.begin(); place != members_.end();) ((**place++).*what)();
}

void Loop::retire() {
  asio::post(context_, [this] {
    error_code ignored;
    acceptor_.close(ignored);
    for_each(&Member::retire);
  });
}

void Loop::cut() {
  asio::post(context_, [this] { for_each(&Member::cut); });
}

void Loop::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace jishi::http
