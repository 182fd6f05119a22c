#include "platform/db/postgres/bulk.hpp"

#include <bit>

#include "platform/db/dialect.hpp"

namespace jishi::db::postgres {

namespace {

constexpr std::size_t kPortion = 1 << 16;  // bytes sent at a time

class Copy final : public BulkWriter {
 public:
  Copy(Link& link, const Table& table) : link_(link), columns_(table.columns) {
    std::string names;
    for (const Table::Column& column : columns_) {
      names += (names.empty() ? "" : ", ") + quoted_name(column.name);
    }
    link_.begin_copy(
        fmt::format("copy {} ({}) from stdin (format binary)", quoted_name(table.name), names));
    bytes_.append("PGCOPY\n\377\r\n\0", 11);
    append_big_endian(bytes_, 0, 4);  // flags
    append_big_endian(bytes_, 0, 4);  // no more of a head
  }
  ~Copy() override {
    if (!finished_) link_.abandon_copy();
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  void add(std::span<const Parameter> row) override {
    append_big_endian(bytes_, columns_.size(), 2);
    for (std::size_t i = 0; i < columns_.size(); ++i) add_value(row[i], columns_[i].kind);
    if (bytes_.size() >= kPortion) send();
  }

  void finish() override {
    finished_ = true;
    append_big_endian(bytes_, 0xFFFF, 2);
    send();
    link_.end_copy();
  }

 private:
  void send() {
    link_.copy(bytes_);
    bytes_.clear();
  }

  void add_bytes(std::string_view bytes) {
    append_big_endian(bytes_, bytes.size(), 4);
    bytes_ += bytes;
  }

  void add_number(std::uint64_t value) {
    append_big_endian(bytes_, 8, 4);
    append_big_endian(bytes_, value, 8);
  }

  void add_value(const Parameter& value, ColumnKind kind) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      if (kind == ColumnKind::integer) return add_number(static_cast<std::uint64_t>(*integer));
    } else if (const auto* real = std::get_if<double>(&value)) {
      if (kind == ColumnKind::real) return add_number(std::bit_cast<std::uint64_t>(*real));
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      if (kind == ColumnKind::text || kind == ColumnKind::bytes) return add_bytes(*text);
    } else if (const auto* blob = std::get_if<BlobView>(&value)) {
      if (kind == ColumnKind::bytes) return add_bytes(blob->bytes);
    } else {
      return append_big_endian(bytes_, 0xFFFFFFFF, 4);
    }
    throw Failure(FailureKind::other, "copy: a value is not of its column's kind");
  }

  Link& link_;
  std::vector<Table::Column> columns_;
  std::string bytes_;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<BulkWriter> bulk_into(Link& link, const Table& table) {
  return std::make_unique<Copy>(link, table);
}

}  // namespace jishi::db::postgres
