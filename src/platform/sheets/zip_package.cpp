#include "platform/sheets/zip_package.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include <zip.h>

namespace jishi::sheets {

namespace {

// Far above any workbook (a part a sheet, drawing or picture). Asked before libzip reads the
// directory, which it holds in memory.
constexpr std::uint64_t kMaxParts = 20'000;

constexpr std::size_t kEndRecord = 22;       // without its comment
constexpr std::size_t kZip64Locator = 20;    // stands before the end record
constexpr std::size_t kZip64EndRecord = 56;  // at the place that the locator names
constexpr std::size_t kLongestComment = 65'535;

std::uint64_t little_endian(const char* bytes, unsigned count) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < count; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return value;
}

bool read_at(std::FILE* file, std::uint64_t at, char* buffer, std::size_t size) {
  return ::fseeko(file, static_cast<off_t>(at), SEEK_SET) == 0 &&
         std::fread(buffer, 1, size, file) == size;
}

/// The number of parts that a zip64 directory states, if a locator before `end_at` leads to one.
std::uint64_t zip64_parts(std::FILE* file, std::uint64_t end_at) {
  char locator[kZip64Locator];
  char end[kZip64EndRecord];
  if (end_at < kZip64Locator || !read_at(file, end_at - kZip64Locator, locator, sizeof locator) ||
      std::memcmp(locator, "PK\6\7", 4) != 0 ||
      !read_at(file, little_endian(locator + 8, 8), end, sizeof end)) {
    return 0;
  }
  return std::max(little_endian(end + 24, 8), little_endian(end + 32, 8));
}

/// The greatest number of parts that any end record of the archive states. All that libzip could
/// choose from are asked, since a hostile file may hold several.
std::uint64_t stated_parts(const std::filesystem::path& path, std::uint64_t file_size) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  const std::uint64_t tail_size =
      std::min<std::uint64_t>(file_size, kEndRecord + kLongestComment + kZip64Locator);
  std::vector<char> tail(tail_size);
  const std::uint64_t tail_at = file_size - tail_size;
  if (!file || !read_at(file.get(), tail_at, tail.data(), tail.size())) return 0;
  std::uint64_t most = 0;
  for (std::size_t i = 0; i + kEndRecord <= tail.size(); ++i) {
    const char* end = tail.data() + i;
    if (std::memcmp(end, "PK\5\6", 4) != 0) continue;
    const std::uint64_t parts = std::max(little_endian(end + 8, 2), little_endian(end + 10, 2));
    const std::uint64_t zip64 = zip64_parts(file.get(), tail_at + i);
    const bool plausible = little_endian(end + 12, 4) + little_endian(end + 16, 4) <= tail_at + i;
    if (zip64 != 0) {
      most = std::max(most, zip64);
    } else if (plausible) {
      most = std::max(most, parts);
    }
  }
  return most;
}

Error open_error(const Source& source, int zip_error) {
  switch (zip_error) {
    case ZIP_ER_NOENT: return source.error("not_found");
    case ZIP_ER_NOZIP:
    case ZIP_ER_EOF:
    case ZIP_ER_SEEK: return source.error("truncated");
    case ZIP_ER_OPEN:
    case ZIP_ER_READ: return source.error("unreadable");
    default: return source.error("damaged");
  }
}

Error part_error(const Source& source, const zip_error_t* error) {
  switch (zip_error_code_zip(error)) {
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP: return source.error("encrypted");
    case ZIP_ER_COMPNOTSUPP: return source.error("unsupported");
    case ZIP_ER_EOF:
    case ZIP_ER_SEEK: return source.error("truncated");
    case ZIP_ER_READ: return source.error("unreadable");
    default: return source.error("damaged");
  }
}

}  // namespace

void ZipPart::Close::operator()(zip_file* file) const {
  zip_fclose(file);
}

void ZipPackage::Discard::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<std::size_t> ZipPart::read(char* buffer, std::size_t size) {
  const Source& source = package_->source_;
  const Limits& limits = source.limits;
  const zip_int64_t got = zip_fread(file_.get(), buffer, size);
  if (got < 0) return part_error(source, zip_file_get_error(file_.get()));
  const auto count = static_cast<std::uint64_t>(got);
  bytes_ += count;
  package_->bytes_ += count;
  if (bytes_ > limits.ratio_free_bytes &&
      bytes_ / std::max<std::uint64_t>(zipped_, 1) >= limits.ratio) {
    return source.error("ratio", {{"limit", std::to_string(limits.ratio)}});
  }
  if (bytes_ > limits.entry_bytes || package_->bytes_ > limits.workbook_bytes) {
    return source.error("too_large");
  }
  return static_cast<std::size_t>(count);
}

Result<std::unique_ptr<ZipPackage>> ZipPackage::open(const Source& source) {
  std::error_code ignored;
  const std::uint64_t file_size = std::filesystem::file_size(source.path, ignored);
  if (ignored) return source.error("unreadable");
  if (stated_parts(source.path, file_size) > kMaxParts) return source.error("too_large");
  int error = 0;
  zip* archive = zip_open(source.path.c_str(), ZIP_RDONLY, &error);
  if (archive == nullptr) return open_error(source, error);
  return std::unique_ptr<ZipPackage>(new ZipPackage(source, archive, file_size));
}

std::optional<std::uint64_t> ZipPackage::index_of(std::string_view name) const {
  const std::string text(name);
  zip_int64_t index = zip_name_locate(archive_.get(), text.c_str(), 0);
  if (index < 0) index = zip_name_locate(archive_.get(), text.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return std::nullopt;
  return static_cast<std::uint64_t>(index);
}

bool ZipPackage::has(std::string_view name) const {
  return index_of(name).has_value();
}

Result<ZipPart> ZipPackage::part(std::string_view name) {
  const auto index = index_of(name);
  zip_stat_t stat;
  if (!index || zip_stat_index(archive_.get(), *index, 0, &stat) != 0) {
    return source_.error("damaged");
  }
  zip_file* file = zip_fopen_index(archive_.get(), *index, 0);
  if (file == nullptr) return part_error(source_, zip_get_error(archive_.get()));
  // A part cannot have more zipped bytes than the file has, whatever its header states.
  return ZipPart(*this, file, std::min<std::uint64_t>(stat.comp_size, file_size_), stat.size);
}

}  // namespace jishi::sheets
