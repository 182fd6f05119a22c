#pragma once
// DuckDB, which holds the marts. This folder is the only place that knows its C interface.

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "platform/duck/connection.hpp"

namespace jishi::duck {

struct Options {
  unsigned threads = 0;                    ///< 0: one for each core
  std::string memory_limit{};              ///< such as `2GB`; empty: 80 % of the memory
  std::filesystem::path temp_directory{};  ///< for work larger than memory; empty: beside the file
  bool external_access = false;            ///< SQL may read and write other files
  bool read_only = false;
};

/// One open DuckDB database. Copies are the same database; it is closed when the last copy and
/// everything made from it are gone. Its settings are locked: SQL cannot change them.
class Database {
 public:
  /// Opens a file, or creates it. Refused with `platform.duck_locked` while this or another process
  /// has it open (two handles in one process would lose rows silently), and with
  /// `platform.duck_damaged` when it is no DuckDB file or one that cannot be read.
  static Result<Database> open(const std::filesystem::path& file, const Options& options = {});

  static Result<Database> in_memory(const Options& options = {});

  /// A new connection. One thread at a time may use it; several connections work side by side.
  Result<Connection> connect() const;

 private:
  explicit Database(std::shared_ptr<DatabaseState> state) : state_(std::move(state)) {}
  static Result<Database> start(std::shared_ptr<DatabaseState> state, const Options& options);

  std::shared_ptr<DatabaseState> state_;
};

}  // namespace jishi::duck
