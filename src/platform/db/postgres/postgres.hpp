#pragma once
// A database of a PostgreSQL server (15 or later), over libpq.

#include "platform/db/engine.hpp"

namespace jishi::db::postgres {

/// Throws Failure (lost) when there is nobody to connect to. A connection that is lost later is
/// opened again when it next begins something.
std::unique_ptr<Connection> connect(const std::string& url, Access access);

}  // namespace jishi::db::postgres
