#include <csignal>

#include "app/commands.hpp"
#include "app/scratch_folder.hpp"
#include "app/server/service.hpp"

namespace jishi::app {

namespace {

/// Waits for Ctrl-C or a request to end, on the thread that asks: the others leave these signals
/// alone. To be made before any thread.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_{};
};

std::string address_of(const ServeOptions& options, unsigned short port) {
  const bool six = options.address.find(':') != std::string::npos;
  return std::string(options.certificate.empty() ? "http://" : "https://") +
         (six ? "[" + options.address + "]" : options.address) + ":" + std::to_string(port);
}

// Where others reach the server: an office behind one address may hold a hundred people, and a
// front counts addresses itself; of an account a page asks for some ten things at once.
constexpr double kRateOfAddress = 200;
constexpr double kRateOfAccount = 100;

/// Whether nobody but this machine reaches the server.
bool is_local(const ServeOptions& options) {
  const bool loopback = options.address.starts_with("127.") || options.address == "::1";
  return loopback && !options.trust_front;
}

/// The pattern of the route, never its ids or what was searched for.
void log_request(const log::Log& log, const http::Access& access) {
  constexpr int kFailed = 500;
  const boost::json::object fields{
      {"request", access.request_id}, {"method", http::name_of(access.method)},
      {"route", access.pattern},      {"status", access.status},
      {"bytes", access.bytes},        {"microseconds", access.took.count()}};
  access.status < kFailed ? log.info("request", fields) : log.warning("request", fields);
}

http::ServerOptions server_options(const ServeOptions& options, const Context& context,
                                   Service& service) {
  http::ServerOptions server;
  server.address = options.address;
  server.port = options.port;
  server.certificate_file = options.certificate;
  server.key_file = options.certificate_key;
  server.trust_front = options.trust_front;
  const double usual = is_local(options) || options.trust_front ? 0 : kRateOfAddress;
  server.requests_per_second_per_address = options.rate.value_or(usual);
  server.upload_folder = context.settings.data / "uploads";
  server.refusal = api::write_refusal;
  server.on_access = [&service, all = options.log_requests](const http::Access& access) {
    service.metrics().count(access);
    if (all) log_request(service.log(), access);
  };
  return server;
}

/// The account with which somebody signs in first, the secretary of the whole; nothing where it
/// has signed in, or where others are there: whoever made those handed out their links, and a new
/// one would make the one before void.
Result<std::optional<identity::Account>> first_account(identity::Identity& identity) {
  api::Caller owner;
  owner.owner = true;
  const auto known = identity.accounts(owner, "", 2);
  if (!known) return known.error();
  if (known->size() == 1 && known->front().state == identity::AccountState::invited)
    return std::optional(known->front());
  if (!known->empty()) return std::optional<identity::Account>();
  const auto made = identity.add_account(owner, {"secretary", std::nullopt, std::nullopt, {}});
  if (!made) return made.error();
  identity::GrantRole role;
  role.account = made->id;
  role.role = "secretary";
  if (const auto granted = identity.grant_role(owner, role); !granted) return granted.error();
  return std::optional(*made);
}

/// As long as nobody ever signed in, a link by which somebody can.
Result<Done> print_first_link(const Context& context, identity::Identity& identity,
                              const std::string& address) {
  const auto account = first_account(identity);
  if (!account) return account.error();
  if (!*account) return Done{};
  api::Caller owner;
  owner.owner = true;
  const auto link = identity.make_link(owner, (*account)->id);
  if (!link) return link.error();
  constexpr std::int64_t kHour = 3'600'000;
  const std::int64_t hours = (link->expires - context.clock.now_ms() + kHour / 2) / kHour;
  context.console.line(context.say(
      "app.first_link", {{"address", address + link->path}, {"hours", std::to_string(hours)}}));
  return Done{};
}

}  // namespace

Result<Status> run_serve(const Context& context, const ServeOptions& options) {
  const EndSignals signals;
  auto store = open_store(context, true);
  if (!store) return store.error();
  auto service = Service::open(context, **store);
  if (!service) return service.error();
  (*service)->limit_accounts(options.account_rate.value_or(is_local(options) ? 0 : kRateOfAccount));
  auto server =
      http::Server::start(server_options(options, context, **service), (*service)->http_routes());
  if (!server) return server.error();
  (*service)->watch(**server);
  (*service)->begin();
  const std::string address = address_of(options, (*server)->port());
  context.console.line(context.say("app.serving", {{"address", address}}));
  if (const auto told = print_first_link(context, (*service)->identity(), address); !told)
    return told.error();
  context.console.line(context.say("app.serve_stop"));
  context.console.flush();
  signals.wait();
  context.console.line(context.say("app.serve_stopping"));
  context.console.flush();
  (*server)->stop();
  return Status::done;
}

Result<Status> run_openapi(const Context& context, const OpenapiOptions&) {
  const ScratchFolder scratch;
  StoreOptions options;
  options.folder = scratch.path() / "data";
  options.keys_folder = scratch.path() / "keys";
  auto store = Store::open(options, context.clock);
  if (!store) return store.error();
  auto service = Service::open(context, **store);
  if (!service) return service.error();
  std::string text = openapi_text((*service)->operations(), context.settings.language);
  text.pop_back();
  context.console.line(text);
  return Status::done;
}

}  // namespace jishi::app
