#include "platform/duck/id_list.hpp"

#include <algorithm>

#include "platform/duck/state.hpp"

namespace jishi::duck {

struct IdListState {
  std::vector<std::int64_t> ids;
};

namespace {

using Shared = std::shared_ptr<IdListState>;

// What the planner is to expect: few beside any mart.
constexpr idx_t kExpectedIds = 50;

/// How far one statement has read.
struct Reading {
  Shared list;
  std::size_t next = 0;
};

void bind(duckdb_bind_info info) {
  const LogicalType type(duckdb_create_logical_type(DUCKDB_TYPE_BIGINT));
  duckdb_bind_add_result_column(info, "id", type.handle);
  duckdb_bind_set_cardinality(info, kExpectedIds, false);
}

void start(duckdb_init_info info) {
  const auto* list = static_cast<Shared*>(duckdb_init_get_extra_info(info));
  duckdb_init_set_max_threads(info, 1);
  duckdb_init_set_init_data(info, new Reading{*list},
                            [](void* data) { delete static_cast<Reading*>(data); });
}

void read(duckdb_function_info info, duckdb_data_chunk output) {
  auto& reading = *static_cast<Reading*>(duckdb_function_get_init_data(info));
  const auto& ids = reading.list->ids;
  const auto count = std::min<std::size_t>(duckdb_vector_size(), ids.size() - reading.next);
  auto* values =
      static_cast<std::int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(output, 0)));
  std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(reading.next), count, values);
  reading.next += count;
  duckdb_data_chunk_set_size(output, count);
}

}  // namespace

Result<IdList> IdList::define(Connection& connection, const std::string& name) {
  const auto refused = [&](const std::string& why) {
    return error_of(DUCKDB_ERROR_CATALOG, "the table function " + name + " " + why,
                    connection.state_->database->file);
  };
  // The engine would say yes and keep the old one.
  auto named = connection.prepare("select 1 from duckdb_functions() where function_name = $1");
  if (!named) return named.error();
  auto taken = named->query(name);
  if (!taken) return taken.error();
  if (taken->next()) return refused("is there already");
  auto state = std::make_shared<IdListState>();
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, name.c_str());
  duckdb_table_function_set_extra_info(function, new Shared(state),
                                       [](void* data) { delete static_cast<Shared*>(data); });
  duckdb_table_function_set_bind(function, bind);
  duckdb_table_function_set_init(function, start);
  duckdb_table_function_set_function(function, read);
  const auto defined = duckdb_register_table_function(connection.state_->handle, function);
  duckdb_destroy_table_function(&function);
  if (defined == DuckDBError) return refused("was not made");
  return IdList(std::move(state));
}

void IdList::set(std::vector<std::int64_t> ids) {
  state_->ids = std::move(ids);
}

}  // namespace jishi::duck
