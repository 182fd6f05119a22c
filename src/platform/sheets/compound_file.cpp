#include "platform/sheets/compound_file.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {

namespace {

constexpr std::size_t kHeader = 512;
constexpr std::size_t kEntry = 128;
constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // numbers beyond are marks
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::size_t kMaxEntries = 100'000;
constexpr std::uint64_t kNoSize = ~std::uint64_t{0};

std::uint64_t little_endian(std::string_view bytes, std::size_t at, unsigned count) {
  if (at > bytes.size() || bytes.size() - at < count) return 0;
  std::uint64_t value = 0;
  for (unsigned i = 0; i < count; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return value;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

std::uint32_t u8(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(little_endian(bytes, at, 1));
}

std::uint32_t u16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(little_endian(bytes, at, 2));
}

std::uint32_t u32(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(little_endian(bytes, at, 4));
}

double f64(std::string_view bytes, std::size_t at) {
  return std::bit_cast<double>(little_endian(bytes, at, 8));
}

CompoundFile::CompoundFile(std::string_view file) : file_(file) {
  read_header();
  if (fault_ == Fault::none) read_table();
  if (fault_ == Fault::none) read_directory();
}

void CompoundFile::broken(Fault fault) {
  if (fault_ == Fault::none) fault_ = fault;
}

void CompoundFile::read_header() {
  if (file_.size() < kHeader) return broken(Fault::truncated);
  sector_bits_ = u16(file_, 0x1E);
  mini_bits_ = u16(file_, 0x20);
  mini_cutoff_ = u32(file_, 0x38);
  const bool usual =
      (sector_bits_ == 9 || sector_bits_ == 12) && mini_bits_ >= 4 && mini_bits_ <= 9;
  if (!usual) broken(Fault::damaged);
}

std::string_view CompoundFile::sector(std::uint32_t number) {
  const std::uint64_t at = (std::uint64_t{number} + 1) << sector_bits_;
  if (number >= kLastSector || at >= file_.size()) {
    broken(number >= kLastSector ? Fault::damaged : Fault::truncated);
    return {};
  }
  return file_.substr(at, std::size_t{1} << sector_bits_);
}

/// The sectors that hold the table are listed in the header and, for large files, in a chain.
void CompoundFile::read_table() {
  const std::size_t per_sector = (std::size_t{1} << sector_bits_) / 4;
  const std::uint64_t sectors = file_.size() >> sector_bits_;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < 109; ++i) places.push_back(u32(file_, 0x4C + 4 * i));
  std::uint32_t next = u32(file_, 0x44);
  for (std::uint64_t i = 0; next < kLastSector && i <= sectors; ++i) {
    const std::string_view list = sector(next);
    if (fault_ != Fault::none) return;
    for (std::size_t j = 0; j + 1 < per_sector; ++j) places.push_back(u32(list, 4 * j));
    next = u32(list, 4 * (per_sector - 1));
  }
  for (const std::uint32_t place : places) {
    if (place >= kLastSector) continue;
    if (table_.size() > sectors + per_sector) return broken(Fault::damaged);
    const std::string_view part = sector(place);
    if (fault_ != Fault::none) return;
    for (std::size_t j = 0; j < per_sector; ++j) {
      table_.push_back(4 * j + 4 <= part.size() ? u32(part, 4 * j) : kNone);
    }
  }
}

std::string CompoundFile::chain(std::uint32_t start, std::uint64_t size) {
  std::string bytes;
  if (size != kNoSize) {
    if (size > file_.size()) {
      broken(Fault::truncated);
      return bytes;
    }
    bytes.reserve(size + (std::size_t{1} << sector_bits_));
  }
  std::uint32_t at = start;
  while (at != kEndOfChain && bytes.size() < size) {
    const std::string_view part = sector(at);
    if (fault_ != Fault::none) return bytes;
    bytes.append(part);
    // A chain that is longer than the file goes in a circle.
    if (at >= table_.size() || bytes.size() > file_.size()) {
      broken(Fault::damaged);
      return bytes;
    }
    at = table_[at];
  }
  if (size == kNoSize) return bytes;
  if (bytes.size() < size) broken(Fault::truncated);
  bytes.resize(std::min<std::uint64_t>(bytes.size(), size));
  return bytes;
}

std::string CompoundFile::mini_chain(std::uint32_t start, std::uint64_t size) {
  std::string bytes;
  std::uint32_t at = start;
  while (at != kEndOfChain && bytes.size() < size) {
    const std::uint64_t place = std::uint64_t{at} << mini_bits_;
    if (at >= mini_table_.size() || place >= mini_stream_.size() ||
        bytes.size() > mini_stream_.size()) {
      broken(Fault::damaged);
      return bytes;
    }
    bytes.append(mini_stream_, place, std::size_t{1} << mini_bits_);
    at = mini_table_[at];
  }
  if (bytes.size() < size) broken(Fault::damaged);
  bytes.resize(std::min<std::uint64_t>(bytes.size(), size));
  return bytes;
}

void CompoundFile::read_directory() {
  const std::string directory = chain(u32(file_, 0x30), kNoSize);
  if (fault_ != Fault::none) return;
  if (directory.size() < kEntry || directory.size() / kEntry > kMaxEntries) {
    return broken(Fault::damaged);
  }
  const std::string mini_table =
      u32(file_, 0x40) == 0 ? std::string{} : chain(u32(file_, 0x3C), kNoSize);
  for (std::size_t at = 0; at + 4 <= mini_table.size(); at += 4) {
    mini_table_.push_back(u32(mini_table, at));
  }
  if (!mini_table_.empty()) mini_stream_ = chain(u32(directory, 0x74), u32(directory, 0x78));
  read_entries(directory);
}

/// Walks the tree of the top storage's children; embedded workbooks lie deeper and must not count.
void CompoundFile::read_entries(std::string_view directory) {
  const std::size_t count = directory.size() / kEntry;
  std::vector<std::uint32_t> waiting{u32(directory, 0x4C)};
  std::set<std::uint32_t> seen;
  while (!waiting.empty()) {
    const std::uint32_t number = waiting.back();
    waiting.pop_back();
    if (number >= count || !seen.insert(number).second) continue;
    const std::string_view entry = directory.substr(number * kEntry, kEntry);
    waiting.push_back(u32(entry, 0x44));
    waiting.push_back(u32(entry, 0x48));
    constexpr std::uint32_t kStream = 2;
    if (u8(entry, 0x42) != kStream) continue;
    const std::size_t length = std::clamp<std::size_t>(u16(entry, 0x40), 2, 64) - 2;
    std::string name;
    append_utf16le(name, entry.substr(0, length));
    entries_.push_back({lower_case(name), u32(entry, 0x74), u32(entry, 0x78)});
  }
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const std::string lower = lower_case(name);
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.name == lower; });
  return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::string> CompoundFile::stream(std::string_view name) {
  const Entry* entry = find(name);
  if (entry == nullptr || fault_ != Fault::none) return std::nullopt;
  std::string bytes = entry->size < mini_cutoff_ ? mini_chain(entry->start, entry->size)
                                                 : chain(entry->start, entry->size);
  if (fault_ != Fault::none) return std::nullopt;
  return bytes;
}

}  // namespace jishi::sheets
