#include <unistd.h>

#include <csignal>

#include "app/commands.hpp"
#include "app/first_account.hpp"
#include "app/folders.hpp"
#include "app/scratch_folder.hpp"
#include "app/server/service.hpp"

namespace jishi::app {

namespace {

/// Waits for Ctrl-C, a request to end or SIGHUP, on the thread that asks: the others leave these
/// signals alone. To be made before any thread.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    struct sigaction hangup {};
    // Whoever started it with nohup does not want to hear of it.
    if (::sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
      sigaddset(&set_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_{};
};

bool is_near(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

/// The names that are answered for; none: any. Who listens on this machine alone, without a front
/// that knows better, has no other: a page of elsewhere whose name was made to lead here gets
/// nothing.
std::vector<std::string> hosts_of(const ServeOptions& options) {
  std::vector<std::string> hosts;
  if (options.hosts.empty() && (!is_near(options.address) || options.trust_front)) return hosts;
  for (std::string host : options.hosts) {
    std::transform(host.begin(), host.end(), host.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    hosts.push_back(std::move(host));
  }
  hosts.insert(hosts.end(), {"localhost", "127.0.0.1", "::1", options.address});
  return hosts;
}

/// Uploads and exports that a program that was killed left behind: nobody waits for them.
void remove_leftovers(const std::filesystem::path& uploads) {
  std::error_code ignored;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(uploads, ignored)) {
    if (entry.is_regular_file(ignored)) files.push_back(entry.path());
  }
  for (const auto& file : files) std::filesystem::remove(file, ignored);
}

std::string address_of(const ServeOptions& options, unsigned short port) {
  const bool six = options.address.find(':') != std::string::npos;
  return std::string(options.certificate.empty() ? "http://" : "https://") +
         (six ? "[" + options.address + "]" : options.address) + ":" + std::to_string(port);
}

/// The workbench of --web or the one that came with the program; none where it was not built.
Result<std::optional<http::StaticFiles>> web_files(const ServeOptions& options) {
  const std::filesystem::path folder =
      options.web ? std::filesystem::path(*options.web) : default_web_folder();
  if (folder.empty()) return std::optional<http::StaticFiles>();
  auto files = http::StaticFiles::load(folder);
  if (!files) return files.error();
  return std::optional(std::move(*files));
}

/// What has no route: a file of the workbench, or one of its pages.
http::Handler fallback_of(const std::optional<http::StaticFiles>& web) {
  if (!web) return nullptr;
  return [&web](http::Request& request) {
    if (auto found = web->answer(request)) return std::move(*found);
    return api::write_refusal(request, {404, fail(ErrorKind::not_found, "http.not_found")});
  };
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
  server.hosts = hosts_of(options);
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

std::string yes_or_no(bool on) {
  return on ? "1" : "0";
}

/// What the command line decides, for whoever looks at the settings.
std::vector<StartSetting> settings_of(const ServeOptions& options) {
  const ServeOptions usual;
  const bool open = !is_local(options);
  const double rate = open && !options.trust_front ? kRateOfAddress : 0;
  const double account_rate = open ? kRateOfAccount : 0;
  const auto number = [](double value) { return fmt::format("{}", value); };
  return {
      {"address", "system.setting_address", options.address, usual.address},
      {"port", "system.setting_port", std::to_string(options.port), std::to_string(usual.port)},
      {"hosts", "system.setting_hosts", fmt::format("{}", fmt::join(options.hosts, " ")), ""},
      {"certificate", "system.setting_certificate", options.certificate, ""},
      {"trust_front", "system.setting_trust_front", yes_or_no(options.trust_front), "0"},
      {"rate", "system.setting_rate", number(options.rate.value_or(rate)), number(rate)},
      {"account_rate", "system.setting_account_rate",
       number(options.account_rate.value_or(account_rate)), number(account_rate)},
      {"log_requests", "system.setting_log_requests", yes_or_no(options.log_requests), "0"},
      {"boundary", "system.setting_boundary", options.boundary, ""},
      {"payments", "system.setting_payments", options.payments, usual.payments},
  };
}

/// The boundaries of the map that was named.
Result<std::optional<http::Document>> boundary_of(const ServeOptions& options) {
  if (options.boundary.empty()) return std::optional<http::Document>();
  auto text = load_boundary(options.boundary);
  if (!text) return text.error();
  return std::optional(http::Document(std::move(*text)));
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
  const auto made = make_first_account(identity);
  if (!made) return made.error();
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

/// Until the server is to end. By SIGHUP a certificate is read anew; without one it is the end,
/// too: the terminal has been closed.
void wait_for_end(const Context& context, const ServeOptions& options, const Signals& signals,
                  http::Server& server) {
  while (signals.wait() == SIGHUP && !options.certificate.empty()) {
    const auto read = server.reload_certificate();
    context.console.note(read ? context.say("app.certificate_read") : context.say(read.error()));
    context.console.flush();
  }
}

}  // namespace

Result<Status> run_serve(const Context& context, const ServeOptions& options) {
  const Signals signals;
  if (::geteuid() == 0) context.console.note(context.say("app.serve_as_root"));
  auto store = open_store(context, true);
  if (!store) return store.error();
  const auto web = web_files(options);
  if (!web) return web.error();
  auto service = Service::open(context, **store, *web ? &**web : nullptr);
  if (!service) return service.error();
  auto boundary = boundary_of(options);
  if (!boundary) return boundary.error();
  if (const auto chosen = (*service)->pay_through(options.payments); !chosen) return chosen.error();
  (*service)->started_with(std::move(*boundary), settings_of(options));
  (*service)->limit_accounts(options.account_rate.value_or(is_local(options) ? 0 : kRateOfAccount));
  remove_leftovers(context.settings.data / "uploads");
  http::ServerOptions wanted = server_options(options, context, **service);
  wanted.fallback = fallback_of(*web);
  auto server = http::Server::start(std::move(wanted), (*service)->http_routes());
  if (!server) return server.error();
  (*service)->watch(**server);
  (*service)->begin();
  const std::string address = address_of(options, (*server)->port());
  context.console.line(context.say("app.serving", {{"address", address}}));
  if (const auto told = print_first_link(context, (*service)->identity(), address); !told)
    return told.error();
  context.console.line(context.say("app.serve_stop"));
  context.console.flush();
  wait_for_end(context, options, signals, **server);
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
