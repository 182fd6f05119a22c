#include "ledger/backup/copy_store.hpp"

#include <cstring>
#include <deque>

#include "ledger/backup/kept_files.hpp"
#include "platform/db/dialect.hpp"
#include "platform/db/migrations.hpp"

namespace jishi {

namespace {

constexpr std::int64_t kProgressEvery = 1 << 14;

/// What a table holds, whatever the order of its rows.
struct Content {
  std::int64_t rows = 0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  void add(const Hash& row) {
    ++rows;
    low += number_at(row, 0);
    high += number_at(row, sizeof low);
  }
  bool operator==(const Content&) const = default;

 private:
  static std::uint64_t number_at(const Hash& hash, std::size_t at) {
    std::uint64_t number = 0;
    std::memcpy(&number, hash.data() + at, sizeof number);
    return number;
  }
};

db::Parameter value_of(const db::Cursor& row, int column, db::ColumnKind kind) {
  if (row.is_null(column)) return std::monostate{};
  switch (kind) {
    case db::ColumnKind::integer: return row.integer(column);
    case db::ColumnKind::real: return row.real(column);
    case db::ColumnKind::text: return row.bytes(column);
    case db::ColumnKind::bytes: return db::BlobView{row.bytes(column)};
  }
  return std::monostate{};
}

Hash digest_of(std::span<const db::Parameter> row) {
  std::string bytes;
  for (const db::Parameter& value : row) {
    bytes += static_cast<char>('0' + value.index());
    if (const auto* integer = std::get_if<std::int64_t>(&value)) bytes += std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&value)) bytes += fmt::format("{}", *real);
    std::string_view text;
    if (const auto* words = std::get_if<std::string_view>(&value)) text = *words;
    if (const auto* blob = std::get_if<db::BlobView>(&value)) text = blob->bytes;
    bytes += fmt::format(":{}:", text.size());
    bytes += text;
  }
  return sha256(bytes);
}

class StoreCopy {
 public:
  StoreCopy(const db::Engine& from, const db::Engine& to, VerifyObserver& observer)
      : from_(from.open(db::Access::read)),
        to_(to.open(db::Access::write)),
        from_engine_(from),
        to_engine_(to),
        observer_(observer) {}

  Result<Copied> run() {
    from_->begin_read();
    to_->begin_write();
    auto copied = copy_all();
    if (copied) {
      to_->commit();
    } else {
      to_->rollback();
    }
    from_->rollback();
    return copied;
  }

 private:
  Result<Copied> copy_all() {
    if (!to_->tables().empty()) {
      return fail(ErrorKind::conflict, "ledger.database_not_empty",
                  {{"database", to_engine_.place()}});
    }
    const auto steps = db::applied_steps(*from_, all_migrations(), to_engine_);
    const auto known = db::plan_migrations(*from_, all_migrations(), from_engine_);
    if (!known) return known.error();
    db::apply_steps(*to_, steps, to_engine_);
    const auto tables = from_->tables();
    for (const db::Table& table : tables) of_ += count(table);
    Copied copied;
    for (const db::Table& table : tables) {
      if (table.name == db::kMigrationTable || table.name == kKeptFilesTable) continue;
      const Content content = copy(table);
      if (content != read_back(table)) {
        return fail(ErrorKind::unavailable, "ledger.copy_differs", {{"table", table.name}});
      }
      ++copied.tables;
      copied.rows += content.rows;
    }
    return copied;
  }

  Content copy(const db::Table& table) {
    // A step of the schema may have put rows there.
    to_->script("delete from " + db::quoted_name(table.name));
    const auto writer = to_->bulk(table);
    const Content content =
        walk(*from_, table, [&](std::span<const db::Parameter> row) { writer->add(row); });
    writer->finish();
    return content;
  }

  Content read_back(const db::Table& table) {
    return walk(*to_, table, [](std::span<const db::Parameter>) {});
  }

  template <class Visit>
  Content walk(db::Connection& connection, const db::Table& table, Visit visit) {
    Content content;
    std::vector<db::Parameter> row(table.columns.size());
    db::Cursor& rows =
        connection.walk(statement("select " + names_of(table) + " from ", table), {});
    while (rows.next()) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = value_of(rows, static_cast<int>(i), table.columns[i].kind);
      }
      content.add(digest_of(row));
      visit(std::span<const db::Parameter>(row));
      // Each row is read twice: from where it is and from where it was put.
      if (++done_ % kProgressEvery == 0) observer_.progress(done_ / 2, of_);
    }
    return content;
  }

  std::int64_t count(const db::Table& table) {
    db::Cursor& rows = from_->execute(statement("select count(*) from ", table), {});
    return rows.next() ? rows.integer(0) : 0;
  }

  static std::string names_of(const db::Table& table) {
    std::string names;
    for (const auto& column : table.columns) {
      names += (names.empty() ? "" : ", ") + db::quoted_name(column.name);
    }
    return names;
  }

  // Connections know statements by their addresses: they stand as long as the connections.
  const Statement& statement(std::string sql, const db::Table& table) {
    texts_.push_back(std::move(sql) + db::quoted_name(table.name));
    return statements_.emplace_back(Statement{"ledger_copy", texts_.back()});
  }

  std::deque<std::string> texts_;
  std::deque<Statement> statements_;
  std::unique_ptr<db::Connection> from_;
  std::unique_ptr<db::Connection> to_;
  const db::Engine& from_engine_;
  const db::Engine& to_engine_;
  VerifyObserver& observer_;
  std::int64_t done_ = 0;
  std::int64_t of_ = 0;
};

}  // namespace

Result<Copied> copy_store(const db::Engine& from, const db::Engine& to, VerifyObserver& observer) {
  if (!from.exists())
    return fail(ErrorKind::refused, "ledger.not_a_store", {{"file", from.place()}});
  return StoreCopy(from, to, observer).run();
}

}  // namespace jishi
