#pragma once
// The OLE2 container (MS-CFB) that .xls and encrypted .xlsx files are, as far as finding and
// copying a stream. Every number in it is checked before it is used.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jishi::sheets {

/// Little-endian numbers at a place in bytes; 0 beyond their end.
std::uint32_t u8(std::string_view bytes, std::size_t at);
std::uint32_t u16(std::string_view bytes, std::size_t at);
std::uint32_t u32(std::string_view bytes, std::size_t at);
double f64(std::string_view bytes, std::size_t at);

class CompoundFile {
 public:
  enum class Fault { none, damaged, truncated };

  /// Reads the container's directory from the whole file, which must outlive this object.
  explicit CompoundFile(std::string_view file);

  /// Why the container cannot be used; else `none`.
  Fault fault() const { return fault_; }
  /// Whether the top storage has a stream of that name (case counts not).
  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// A copy of a stream of the top storage; nothing when it is missing or its chain is broken, and
  /// fault() then tells which.
  std::optional<std::string> stream(std::string_view name);

 private:
  struct Entry {
    std::string name;  // in lower case
    std::uint32_t start = 0;
    std::uint64_t size = 0;
  };

  void read_header();
  void read_table();
  void read_directory();
  void read_entries(std::string_view directory);
  const Entry* find(std::string_view name) const;
  std::string_view sector(std::uint32_t number);
  std::string chain(std::uint32_t start, std::uint64_t size);
  std::string mini_chain(std::uint32_t start, std::uint64_t size);
  void broken(Fault fault);

  std::string_view file_;
  Fault fault_ = Fault::none;
  unsigned sector_bits_ = 9;
  unsigned mini_bits_ = 6;
  std::uint32_t mini_cutoff_ = 4096;
  std::vector<std::uint32_t> table_;       // the next sector of each
  std::vector<std::uint32_t> mini_table_;  // the same for the small streams
  std::string mini_stream_;
  std::vector<Entry> entries_;
};

}  // namespace jishi::sheets
