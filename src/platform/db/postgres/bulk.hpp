#pragma once
// COPY in its binary form.

#include "platform/db/postgres/link.hpp"

namespace jishi::db::postgres {

std::unique_ptr<BulkWriter> bulk_into(Link& link, const Table& table);

}  // namespace jishi::db::postgres
