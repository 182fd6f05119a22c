#pragma once
#include <filesystem>
#include <memory>

#include "platform/db/engine.hpp"

namespace jishi::db {

/// Opens (and with Access::write creates) a SQLite file in WAL mode with `synchronous=FULL`.
std::unique_ptr<Connection> open_sqlite(const std::filesystem::path& file, Access access);

/// Copies a consistent state of the store behind `source`, also while it is written to, into a new
/// file.
void copy_sqlite(const std::filesystem::path& source, const std::filesystem::path& target);

/// SQLite's own look at a file; empty when all is well, else its first complaints.
std::string check_sqlite(Connection& connection);

}  // namespace jishi::db
