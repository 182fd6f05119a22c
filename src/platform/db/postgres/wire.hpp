#pragma once
// Values as PostgreSQL's wire carries them, binary wherever its form is plain.

#include <libpq-fe.h>

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/db/connection.hpp"

namespace jishi::db::postgres {

/// The types whose binary form is known here (pg_type.dat: their numbers never change).
enum : Oid {
  kBool = 16,
  kBytea = 17,
  kChar = 18,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kOid = 26,
  kJson = 114,
  kFloat4 = 700,
  kFloat8 = 701,
  kUnknown = 705,
  kVarchar = 1043,
  kNumeric = 1700
};

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, FreeResult>;

/// The parameters of one execution, in the types that the prepared statement has for them.
class Parameters {
 public:
  Parameters(std::span<const Parameter> values, std::span<const Oid> types);
  /// Values that are in their binary form already.
  explicit Parameters(std::vector<std::string> values);

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

  /// The same for the same values and different for others.
  void append_to(std::string& key) const;

 private:
  void add_integer(std::int64_t value, Oid type);
  void add_real(double value, Oid type);
  void add_bytes(std::string_view bytes, bool binary);
  void own(std::string text, bool binary);

  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::deque<std::string> owned_;
};

/// The rows of a result, decoded as they are asked for.
class Rows : public Cursor {
 public:
  void hold(ResultPtr result);
  void drop() {
    if (shown_ != nullptr) hold(nullptr);
  }
  /// As hold(), of a result that is kept elsewhere.
  void show(const PGresult* result);
  int size() const { return size_; }

  bool next() override;
  int columns() const override { return columns_; }
  bool is_null(int column) const override { return PQgetisnull(shown_, row_, column) != 0; }
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  std::string_view raw(int column) const;
  Oid type(int column) const { return PQftype(shown_, column); }

  ResultPtr result_;  // what is shown, where it is kept here
  const PGresult* shown_ = nullptr;
  int size_ = 0;
  int columns_ = 0;
  int row_ = -1;
  mutable std::deque<std::string> converted_;  // texts of numbers of this row
};

/// An integer as the wire carries it: most significant byte first.
void append_big_endian(std::string& bytes, std::uint64_t value, int width);

}  // namespace jishi::db::postgres
