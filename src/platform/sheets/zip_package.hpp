#pragma once
// A zip archive read part by part, with the limits that keep a zip bomb from going off: what comes
// out is counted as it comes, whatever the headers say.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/sheets/source.hpp"

struct zip;
struct zip_file;

namespace jishi::sheets {

class ZipPackage;

/// One part, being read.
class ZipPart {
 public:
  ZipPart(ZipPart&&) = default;
  ZipPart& operator=(ZipPart&&) = default;

  /// The next bytes, unzipped; 0 at the end. Errors: `sheets.ratio`, `too_large`, `truncated`,
  /// `damaged`.
  Result<std::size_t> read(char* buffer, std::size_t size);
  std::uint64_t bytes_read() const { return bytes_; }
  /// The unzipped size that the archive states; for showing progress only.
  std::uint64_t stated_size() const { return stated_size_; }

 private:
  friend class ZipPackage;
  struct Close {
    void operator()(zip_file* file) const;
  };
  ZipPart(ZipPackage& package, zip_file* file, std::uint64_t zipped, std::uint64_t stated_size)
      : package_(&package), file_(file), zipped_(zipped), stated_size_(stated_size) {}

  ZipPackage* package_;
  std::unique_ptr<zip_file, Close> file_;
  std::uint64_t zipped_;
  std::uint64_t stated_size_;
  std::uint64_t bytes_ = 0;
};

class ZipPackage {
 public:
  /// Opens the archive. Errors: `sheets.truncated` where its directory is missing, `damaged`,
  /// `too_large` where it lists more parts than a workbook has.
  static Result<std::unique_ptr<ZipPackage>> open(const Source& source);

  /// Whether there is a part of that name (in any case, as the Open Packaging Conventions have it).
  bool has(std::string_view name) const;
  /// Begins to read a part. Errors: `sheets.damaged` where it is missing, `encrypted`,
  /// `unsupported`. The part must not outlive the package.
  Result<ZipPart> part(std::string_view name);

  const Source& source() const { return source_; }

 private:
  friend class ZipPart;
  struct Discard {
    void operator()(zip* archive) const;
  };
  ZipPackage(const Source& source, zip* archive, std::uint64_t file_size)
      : source_(source), archive_(archive), file_size_(file_size) {}

  std::optional<std::uint64_t> index_of(std::string_view name) const;

  Source source_;
  std::unique_ptr<zip, Discard> archive_;
  std::uint64_t file_size_;
  std::uint64_t bytes_ = 0;  // unzipped so far, of all parts
};

}  // namespace jishi::sheets
