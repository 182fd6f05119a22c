#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

#include "platform/sheets/readers.hpp"

namespace jishi::sheets {

namespace {

constexpr std::string_view kZip = "PK\3\4";
constexpr std::string_view kEmptyZip = "PK\5\6";
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

}  // namespace

Result<std::unique_ptr<Workbook>> open(const std::filesystem::path& path, const Limits& limits,
                                       std::string_view shown_as) {
  const Source source{path, shown_as.empty() ? path.filename().string() : std::string(shown_as),
                      limits};
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) return source.error("not_found");
  if (!std::filesystem::is_regular_file(status)) return source.error("unreadable");
  const auto size = std::filesystem::file_size(path, failure);
  if (failure) return source.error("unreadable");
  if (size == 0) return source.error("empty");
  if (size > limits.file_bytes) return source.error("too_large");

  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return source.error("unreadable");
  std::array<char, 8> bytes{};
  const std::string_view start(bytes.data(), std::fread(bytes.data(), 1, bytes.size(), file.get()));
  if (start.starts_with(kZip) || start.starts_with(kEmptyZip)) return open_xlsx(source);
  if (start == kOle) return open_xls(source);
  return open_csv(source);
}

}  // namespace jishi::sheets
