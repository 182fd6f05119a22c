#include "modules/intake/batches/batches.hpp"

#include "modules/intake/batches/batches.sql.hpp"

namespace jishi::intake {

namespace {

struct BatchRow {
  Id id = kNoId;
  std::int64_t started = 0;
  std::int64_t finished = 0;
  std::string source;
  Id actor = kNoId;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (), (id, started, finished, source, actor, state))

Batch with_sheets(db::Reader& reader, BatchRow row) {
  Batch batch{
      row.id, row.started, row.finished, std::move(row.source), row.actor, row.state == "undone",
      {}};
  batch.sheets = reader.all<BatchSheet>(sql::batches::sheets, row.id);
  return batch;
}

}  // namespace

std::vector<Batch> batches(Store& store, int limit) {
  return store.read([&](db::Reader& reader) {
    std::vector<Batch> list;
    const int most = std::clamp(limit, 0, kMaxListedBatches);
    for (BatchRow& row : reader.all<BatchRow>(sql::batches::list, most))
      list.push_back(with_sheets(reader, std::move(row)));
    return list;
  });
}

std::optional<Batch> batch(Store& store, Id id) {
  return store.read([&](db::Reader& reader) -> std::optional<Batch> {
    auto row = reader.one<BatchRow>(sql::batches::by_id, id);
    if (!row) return std::nullopt;
    return with_sheets(reader, std::move(*row));
  });
}

}  // namespace jishi::intake
