#pragma once
// The same work by the store's engine alone: what is left for everything above it.

#include "app/bench/run.hpp"
#include "platform/db/engine.hpp"

namespace jishi::app::bench {

/// The row that commands of the bench write.
inline constexpr std::string_view kBareTable =
    "create table bench_row (id bigint primary key, organisation bigint not null,"
    " happened integer not null, text text not null)";
inline constexpr Statement kBareInsert{
    "bench_insert",
    "insert into bench_row (id, organisation, happened, text) values ($1, $2, $3, $4)"};
inline constexpr std::string_view kBareText = "三会一课：支部党员大会";

/// Rows a second into a table of its own, `batch` to a durable transaction.
double bare_inserts(const std::filesystem::path& file, std::int64_t batch, double seconds);

/// Rows of persons a second by primary key, by as many threads as there are processors on an
/// engine in this process, by `threads` on a server.
double bare_reads(const db::Engine& engine, const std::vector<Id>& persons, double seconds);

/// Rows a second into a table of a server that is made and dropped, one to a durable transaction,
/// by kBareThreads connections.
double bare_server_inserts(const db::Engine& engine, double seconds);

inline constexpr std::size_t kBareThreads = 16;

}  // namespace jishi::app::bench
