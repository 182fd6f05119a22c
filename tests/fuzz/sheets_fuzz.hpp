#pragma once
// What the fuzz targets of spreadsheets share: the bytes become a file in memory, every sheet of it
// is read, and what the readers promise of their cells is checked.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "platform/sheets/sheets.hpp"
#include "platform/sheets/utf8.hpp"

namespace jishi::sheets::fuzz {

/// A file that is only in memory, with a path for the libraries that need one.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("fuzz", 0)) {}
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  void set(std::string_view bytes) const {
    if (::ftruncate(descriptor_, 0) != 0) std::abort();
    if (::pwrite(descriptor_, bytes.data(), bytes.size(), 0) != std::ssize(bytes)) std::abort();
  }

 private:
  int descriptor_;
};

class CheckingSink final : public RowSink {
 public:
  bool row(std::uint32_t number, std::span<const Cell> cells) override {
    if (number == 0 || cells.empty() || cells.back().kind == Cell::Kind::empty) std::abort();
    for (const Cell& cell : cells) {
      if (valid_utf8_prefix(cell.text) != cell.text.size()) std::abort();
      if (cell.text.empty() != (cell.kind == Cell::Kind::empty)) std::abort();
    }
    return true;
  }
};

/// Small limits, so that the fuzzer looks for faults and not for long files.
inline Limits small_limits() {
  Limits limits;
  limits.workbook_bytes = 16U << 20U;
  limits.shared_string_bytes = 1U << 20U;
  limits.row_bytes = 1U << 18U;
  limits.text_length = 1000;
  limits.workbook_rows = 70'000;
  return limits;
}

inline void read_all(std::string_view bytes) {
  static const MemoryFile file;
  file.set(bytes);
  const auto workbook = open(file.path(), small_limits(), "fuzz");
  if (!workbook) return;
  CheckingSink sink;
  for (std::size_t i = 0; i < (*workbook)->sheets().size() && i < 8; ++i) {
    (void)(*workbook)->read(i, sink).has_value();
  }
}

}  // namespace jishi::sheets::fuzz
