#include "platform/http/server.hpp"

#include <openssl/rand.h>

#include <thread>

#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/ssl.hpp>

#include "platform/http/connection.hpp"

namespace jishi::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

struct Workers::Pool {
  explicit Pool(unsigned count) : threads(count) {}
  asio::thread_pool threads;
};

Workers::Workers(unsigned threads, std::size_t most_waiting)
    : pool_(std::make_unique<Pool>(threads)), most_waiting_(most_waiting) {
}

Workers::~Workers() {
  pool_->threads.join();
}

bool Workers::submit(std::function<void()> work) {
  if (waiting_.fetch_add(1) >= most_waiting_) {
    --waiting_;
    return false;
  }
  asio::post(pool_->threads, [this, work = std::move(work)] {
    --waiting_;
    work();
  });
  return true;
}

Response refuse(const Shared& shared, const Request& request, int status, std::string_view code,
                Arguments arguments) {
  const ErrorKind kind = status == 404   ? ErrorKind::not_found
                         : status == 429 ? ErrorKind::limited
                         : status >= 500 ? ErrorKind::unavailable
                                         : ErrorKind::invalid;
  return shared.options.refusal(request, Refusal{status, fail(kind, code, std::move(arguments))});
}

std::string new_request_id() {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kIds = 64;  // asked for at once: the generator takes a lock
  thread_local std::array<unsigned char, 8 * kIds> bytes{};
  thread_local std::size_t next = kIds;
  if (next == kIds) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
      throw std::runtime_error("RAND_bytes failed");
    next = 0;
  }
  std::string id;
  id.reserve(16);
  for (std::size_t i = 0; i < 8; ++i) {
    const unsigned char byte = bytes[next * 8 + i];
    id += kHex[byte >> 4U];
    id += kHex[byte & 0xFU];
  }
  ++next;
  return id;
}

namespace {

Response plain_refusal(const Request&, const Refusal& refusal) {
  Response response;
  response.status = refusal.status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = refusal.error.code + "\n";
  return response;
}

/// One thread with its connections.
struct Loop {
  explicit Loop(std::shared_ptr<Shared> owner)
      : shared(std::move(owner)), context(1), acceptor(context) {}

  asio::awaitable<void> accept(std::shared_ptr<asio::ssl::context> tls) {
    constexpr auto kTuple = asio::experimental::as_tuple(asio::use_awaitable);
    while (!shared->stopping) {
      auto [error, socket] = co_await acceptor.async_accept(kTuple);
      if (error == asio::error::operation_aborted) co_return;
      if (error) {  // out of descriptors, for instance: wait, do not spin
        asio::steady_timer pause(context, std::chrono::milliseconds(50));
        (void)co_await pause.async_wait(kTuple);
        continue;
      }
      error_code gone;
      const auto peer = socket.remote_endpoint(gone);
      if (gone) continue;
      std::string address = peer.address().to_string();
      if (!shared->connections.enter(address)) continue;  // closed at once
      asio::co_spawn(context,
                     serve_connection(shared, handles, std::move(socket), tls, std::move(address)),
                     asio::detached);
    }
  }

  void stop_quiet() {
    error_code ignored;
    acceptor.close(ignored);
    for (Handle& handle : handles) {
      if (!handle.busy && handle.close) handle.close();
    }
  }

  void stop_all() {
    for (Handle& handle : handles) {
      if (handle.close) handle.close();
    }
  }

  std::shared_ptr<Shared> shared;
  asio::io_context context;
  tcp::acceptor acceptor;
  Handles handles;
  std::thread thread;
};

class BeastServer final : public Server {
 public:
  explicit BeastServer(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  ~BeastServer() override { stop(std::chrono::seconds(1)); }

  Result<Done> start();
  unsigned short port() const override { return port_; }
  std::size_t connections() const override { return shared_->connections.count(); }
  std::size_t waiting() const override { return shared_->workers.waiting(); }
  void stop(std::chrono::milliseconds patience) override;

 private:
  Result<std::shared_ptr<asio::ssl::context>> tls() const;
  Result<Done> listen(Loop& loop, const tcp::endpoint& endpoint);
  std::size_t open_now();
  bool drained(std::chrono::steady_clock::time_point until);

  std::shared_ptr<Shared> shared_;
  std::vector<std::unique_ptr<Loop>> loops_;
  unsigned short port_ = 0;
  bool stopped_ = false;
};

Result<std::shared_ptr<asio::ssl::context>> BeastServer::tls() const {
  const ServerOptions& options = shared_->options;
  if (options.certificate_file.empty()) return std::shared_ptr<asio::ssl::context>();
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                       asio::ssl::context::no_tlsv1_1);
  error_code error;
  context->use_certificate_chain_file(options.certificate_file, error);
  if (!error) context->use_private_key_file(options.key_file, asio::ssl::context::pem, error);
  if (error)
    return fail(ErrorKind::unavailable, "http.certificate",
                {{"file", options.certificate_file}, {"message", error.message()}});
  return context;
}

Result<Done> BeastServer::listen(Loop& loop, const tcp::endpoint& endpoint) {
  using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
  error_code error;
  loop.acceptor.open(endpoint.protocol(), error);
  if (!error) loop.acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  // The loops of this process share the port; another process must not.
  if (!error && loops_.size() > 1) loop.acceptor.set_option(ReusePort(true), error);
  if (!error) loop.acceptor.bind(endpoint, error);
  if (!error) loop.acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return Done{};
  const Arguments arguments{{"address", endpoint.address().to_string()},
                            {"port", std::to_string(endpoint.port())},
                            {"message", error.message()}};
  if (error == asio::error::address_in_use)
    return fail(ErrorKind::unavailable, "http.address_in_use", arguments);
  return fail(ErrorKind::unavailable, "http.bind", arguments);
}

Result<Done> BeastServer::start() {
  const ServerOptions& options = shared_->options;
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    return fail(ErrorKind::invalid, "http.bind",
                {{"address", options.address},
                 {"port", std::to_string(options.port)},
                 {"message", error.message()}});
  const auto context = tls();
  if (!context) return context.error();
  const unsigned count =
      options.loops != 0 ? options.loops : std::max(1U, std::thread::hardware_concurrency());
  // Asked for without sharing first: SO_REUSEPORT would let a second server in silently.
  if (options.port != 0) {
    asio::io_context probe_context;
    tcp::acceptor probe(probe_context);
    const tcp::endpoint wanted(address, options.port);
    probe.open(wanted.protocol(), error);
    probe.set_option(tcp::acceptor::reuse_address(true), error);
    probe.bind(wanted, error);
    if (error == asio::error::address_in_use)
      return fail(ErrorKind::unavailable, "http.address_in_use",
                  {{"address", options.address}, {"port", std::to_string(options.port)}});
  }
  for (unsigned i = 0; i < count; ++i) loops_.push_back(std::make_unique<Loop>(shared_));
  port_ = options.port;
  for (auto& loop : loops_) {
    if (const auto listening = listen(*loop, tcp::endpoint(address, port_)); !listening)
      return listening;
    if (port_ == 0) port_ = loop->acceptor.local_endpoint(error).port();
  }
  for (auto& loop : loops_) {
    asio::co_spawn(loop->context, loop->accept(*context), asio::detached);
    loop->thread = std::thread([&context = loop->context] {
      const auto guard = asio::make_work_guard(context);
      context.run();
    });
  }
  return Done{};
}

std::size_t BeastServer::open_now() {
  return shared_->connections.count();
}

bool BeastServer::drained(std::chrono::steady_clock::time_point until) {
  while (open_now() > 0) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

void BeastServer::stop(std::chrono::milliseconds patience) {
  if (stopped_) return;
  stopped_ = true;
  shared_->stopping = true;
  for (auto& loop : loops_) asio::post(loop->context, [&loop = *loop] { loop.stop_quiet(); });
  if (!drained(std::chrono::steady_clock::now() + patience)) {
    for (auto& loop : loops_) asio::post(loop->context, [&loop = *loop] { loop.stop_all(); });
    (void)drained(std::chrono::steady_clock::now() + std::chrono::seconds(2));
  }
  for (auto& loop : loops_) loop->context.stop();
  for (auto& loop : loops_) {
    if (loop->thread.joinable()) loop->thread.join();
  }
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, std::vector<Route> routes) {
  if (!options.refusal) options.refusal = plain_refusal;
  if (options.upload_folder.empty()) options.upload_folder = std::filesystem::temp_directory_path();
  std::filesystem::create_directories(options.upload_folder);
  auto server = std::make_unique<BeastServer>(
      std::make_shared<Shared>(std::move(options), std::move(routes)));
  if (const auto started = server->start(); !started) return started.error();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace jishi::http
