#include "platform/http/server.hpp"

#include <sys/stat.h>

#include <csignal>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include "platform/http/loop.hpp"

namespace jishi::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

// How long connections that were cut may take to notice it.
constexpr std::chrono::seconds kCut{2};
constexpr std::chrono::milliseconds kLook{2};

Error unusable(std::string_view code, const std::string& file, std::string message) {
  return fail(ErrorKind::unavailable, code, {{"file", file}, {"message", std::move(message)}});
}

bool is_readable_by_all(const std::string& file) {
  struct stat status {};
  return ::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0;
}

// Its password would be asked for at a terminal that a service does not have.
Result<Done> use_key(asio::ssl::context& context, const std::string& file) {
  if (is_readable_by_all(file)) return unusable("http.key_readable_by_all", file, {});
  error_code error;
  context.set_password_callback(
      [](std::size_t, asio::ssl::context::password_purpose) { return std::string(); }, error);
  if (!error) context.use_private_key_file(file, asio::ssl::context::pem, error);
  if (error) return unusable("http.certificate_key", file, error.message());
  return Done{};
}

/// The certificate of the options, read anew; nullptr where there is none.
Result<Certificate::Context> read_certificate(const ServerOptions& options) {
  if (options.certificate_file.empty()) return Certificate::Context();
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // idle connections hold none
  constexpr std::string_view kSessions = "jishi";
  SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>(kSessions.data()),
                                 static_cast<unsigned>(kSessions.size()));
  error_code error;
  context->use_certificate_chain_file(options.certificate_file, error);
  if (error) return unusable("http.certificate", options.certificate_file, error.message());
  const bool apart = !options.key_file.empty();
  const auto usable = use_key(*context, apart ? options.key_file : options.certificate_file);
  if (!usable) return usable.error();
  return context;
}

Error cannot_bind(const ServerOptions& options, std::string_view code, const error_code& error) {
  return fail(ErrorKind::unavailable, code,
              {{"address", options.address},
               {"port", std::to_string(options.port)},
               {"message", error.message()}});
}

/// Whether another program has the address: SO_REUSEPORT would let us in beside our own kind.
error_code taken(const tcp::endpoint& wanted) {
  asio::io_context context;
  tcp::acceptor probe(context);
  error_code error;
  probe.open(wanted.protocol(), error);
  if (!error) probe.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) probe.bind(wanted, error);
  return error;
}

class AsioServer final : public Server {
 public:
  AsioServer(ServerOptions options, std::vector<Route> routes)
      : shared_(std::make_shared<Shared>(std::move(options), std::move(routes))),
        certificate_(std::make_shared<Certificate>()) {}
  ~AsioServer() override { stop(std::chrono::seconds(1)); }

  Result<Done> start();
  Result<Done> reload_certificate() override;
  unsigned short port() const override { return port_; }
  std::size_t connections() const override { return shared_->connections.count(); }
  std::size_t waiting() const override {
    return shared_->readers.waiting() + shared_->workers.waiting();
  }
  void stop(std::chrono::milliseconds patience) override;

 private:
  Result<Done> listen(const asio::ip::address& address);
  bool drained(std::chrono::milliseconds patience) const;

  const std::shared_ptr<Shared> shared_;
  const std::shared_ptr<Certificate> certificate_;
  std::vector<std::unique_ptr<Loop>> loops_;
  unsigned short port_ = 0;
  bool stopped_ = false;
};

Result<Done> AsioServer::start() {
  const ServerOptions& options = shared_->options;
  if (const auto certificate = reload_certificate(); !certificate) return certificate;
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) return cannot_bind(options, "http.bind", error);
  if (options.port != 0) {
    const error_code why = taken({address, options.port});
    if (why == asio::error::address_in_use) return cannot_bind(options, "http.address_in_use", why);
    if (why) return cannot_bind(options, "http.bind", why);
  }
  const unsigned count =
      options.loops != 0 ? options.loops : std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < count; ++i)
    loops_.push_back(std::make_unique<Loop>(shared_, certificate_));
  if (const auto listening = listen(address); !listening) return listening;
  for (auto& loop : loops_) loop->start();
  return Done{};
}

Result<Done> AsioServer::listen(const asio::ip::address& address) {
  port_ = shared_->options.port;
  for (auto& loop : loops_) {
    const auto listening = loop->listen({address, port_}, loops_.size() > 1);
    if (!listening) return listening;
    port_ = loop->port();
  }
  return Done{};
}

Result<Done> AsioServer::reload_certificate() {
  auto context = read_certificate(shared_->options);
  if (!context) return context.error();
  certificate_->set(std::move(*context));
  return Done{};
}

bool AsioServer::drained(std::chrono::milliseconds patience) const {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (shared_->connections.count() > 0) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(kLook);
  }
  return true;
}

void AsioServer::stop(std::chrono::milliseconds patience) {
  if (stopped_) return;
  stopped_ = true;
  shared_->stopping = true;
  for (auto& loop : loops_) loop->retire();
  if (!drained(patience)) {
    for (auto& loop : loops_) loop->cut();
    // Handlers that run hold what the caller takes down next: they are waited for, always.
    shared_->readers.stop();
    shared_->workers.stop();
    (void)drained(kCut);
  }
  shared_->readers.stop();
  shared_->workers.stop();
  for (auto& loop : loops_) loop->stop();
  shared_->readers.drop();
  shared_->workers.drop();
  loops_.clear();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, std::vector<Route> routes) {
  // A peer that has gone is an error of the write, not the program's end.
  std::signal(SIGPIPE, SIG_IGN);
  if (options.upload_folder.empty()) options.upload_folder = std::filesystem::temp_directory_path();
  std::error_code error;
  std::filesystem::create_directories(options.upload_folder, error);
  if (error) {
    return fail(ErrorKind::unavailable, "http.upload_folder",
                {{"folder", options.upload_folder.string()}, {"message", error.message()}});
  }
  auto server = std::make_unique<AsioServer>(std::move(options), std::move(routes));
  if (const auto started = server->start(); !started) return started.error();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace jishi::http
