#include "platform/duck/database.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <mutex>
#include <set>
#include <stdexcept>

#include "platform/duck/state.hpp"

namespace jishi::duck {

namespace {

/// The files that this process has open. DuckDB's own lock holds between processes only.
class OpenFiles {
 public:
  bool add(const std::string& file) {
    const std::lock_guard lock(mutex_);
    return files_.insert(file).second;
  }
  void remove(const std::string& file) {
    const std::lock_guard lock(mutex_);
    files_.erase(file);
  }

 private:
  std::mutex mutex_;
  std::set<std::string> files_;
};

OpenFiles& open_files() {
  static OpenFiles files;
  return files;
}

Error locked(const std::string& file, std::string_view pid) {
  return fail(ErrorKind::conflict, "platform.duck_locked",
              {{"file", file}, {"pid", std::string(pid)}});
}

/// The process that DuckDB's message names, as in `… is held in /usr/bin/jishi (PID 7769). …`.
std::string_view pid_in(std::string_view message) {
  constexpr std::string_view kMark = "(PID ";
  const auto start = message.find(kMark);
  if (start == message.npos) return "?";
  message.remove_prefix(start + kMark.size());
  return message.substr(0, message.find(')'));
}

bool says_damaged(std::string_view message) {
  for (const std::string_view sign :
       {"not a valid DuckDB database file", "Corrupt database file", "Could not read enough bytes",
        "Failure while replaying WAL", "Serialization Error", "with version number", "FATAL Error",
        "INTERNAL Error"}) {
    if (message.find(sign) != message.npos) return true;
  }
  return false;
}

ErrorKind kind_of(duckdb_error_type type) {
  switch (type) {
    case DUCKDB_ERROR_TRANSACTION: return ErrorKind::conflict;
    case DUCKDB_ERROR_PERMISSION: return ErrorKind::forbidden;
    case DUCKDB_ERROR_IO:
    case DUCKDB_ERROR_OUT_OF_MEMORY:
    case DUCKDB_ERROR_FATAL:
    case DUCKDB_ERROR_INTERNAL: return ErrorKind::unavailable;
    default: return ErrorKind::invalid;
  }
}

using Settings = std::vector<std::pair<const char*, std::string>>;

Settings settings_of(const Options& options) {
  Settings settings;
  // An unknown extension would otherwise be looked for in the network.
  settings.emplace_back("autoinstall_known_extensions", "false");
  settings.emplace_back("autoload_known_extensions", "false");
  // Prepared statements would go on with the statistics of the day they were planned: an empty
  // table would stay empty for them.
  settings.emplace_back("disabled_optimizers", "statistics_propagation,cte_filter_pusher");
  if (options.threads > 0) settings.emplace_back("threads", std::to_string(options.threads));
  if (!options.memory_limit.empty()) settings.emplace_back("memory_limit", options.memory_limit);
  if (!options.temp_directory.empty()) {
    settings.emplace_back("temp_directory", options.temp_directory);
  }
  if (options.read_only) settings.emplace_back("access_mode", "READ_ONLY");
  // Last: without external access the engine refuses to change temp_directory.
  settings.emplace_back("enable_external_access", options.external_access ? "true" : "false");
  return settings;
}

struct Config {
  duckdb_config handle = nullptr;

  Config() { must(duckdb_create_config(&handle), "create_config"); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config() { duckdb_destroy_config(&handle); }
};

Result<Done> open_handle(DatabaseState& state, const Options& options) {
  const Config config;
  for (const auto& [name, value] : settings_of(options)) {
    if (duckdb_set_config(config.handle, name, value.c_str()) == DuckDBError) {
      const auto message = fmt::format("{} = {}", name, value);
      return error_of(DUCKDB_INVALID_CONFIGURATION, message, state.file);
    }
  }
  const char* file = state.file.empty() ? nullptr : state.file.c_str();
  char* message = nullptr;
  if (duckdb_open_ext(file, &state.handle, config.handle, &message) == DuckDBError) {
    const std::string said = message == nullptr ? "" : message;
    duckdb_free(message);
    return error_of(DUCKDB_ERROR_IO, said, state.file);
  }
  return Done{};
}

}  // namespace

DatabaseState::~DatabaseState() {
  duckdb_close(&handle);
  if (registered) open_files().remove(file);
}

Error error_of(duckdb_error_type type, std::string_view message, const std::string& file) {
  const Arguments arguments{{"file", file}, {"message", std::string(message)}};
  if (type == DUCKDB_ERROR_INTERRUPT) {
    return fail(ErrorKind::refused, "platform.duck_interrupted");
  }
  if (message.find("Could not set lock on file") != message.npos) {
    return locked(file, pid_in(message));
  }
  if (!file.empty() && says_damaged(message)) {
    return fail(ErrorKind::unavailable, "platform.duck_damaged", arguments);
  }
  return fail(kind_of(type), "platform.duck_failed", arguments);
}

void must(duckdb_state state, const char* what) {
  if (state == DuckDBError) throw std::logic_error(fmt::format("duckdb: {} failed", what));
}

Result<Database> Database::open(const std::filesystem::path& file, const Options& options) {
  auto state = std::make_shared<DatabaseState>();
  state->file = std::filesystem::weakly_canonical(std::filesystem::absolute(file));
  state->registered = open_files().add(state->file);
  if (!state->registered) return locked(state->file, std::to_string(::getpid()));
  return start(std::move(state), options);
}

Result<Database> Database::in_memory(const Options& options) {
  return start(std::make_shared<DatabaseState>(), options);
}

Result<Database> Database::start(std::shared_ptr<DatabaseState> state, const Options& options) {
  if (auto opened = open_handle(*state, options); !opened) return opened.error();
  const Database database(std::move(state));
  auto connection = database.connect();
  if (!connection) return connection.error();
  if (auto done = connection->execute("SET lock_configuration = true"); !done) return done.error();
  return database;
}

Result<Connection> Database::connect() const {
  auto state = std::make_shared<ConnectionState>();
  state->database = state_;
  if (duckdb_connect(state_->handle, &state->handle) == DuckDBError) {
    return error_of(DUCKDB_ERROR_CONNECTION, "connect failed", state_->file);
  }
  return Connection(std::move(state));
}

}  // namespace jishi::duck
