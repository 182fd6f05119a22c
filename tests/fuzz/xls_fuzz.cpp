// The OLE2 container and the BIFF stream in it. Bytes that are no container become the stream of
// one, so that the fuzzer gets at the records without first learning to build containers.

#include "sheets_fuzz.hpp"

namespace {

constexpr std::string_view kSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::size_t kSector = 512;

void put(std::string& bytes, std::uint64_t value, unsigned count) {
  for (unsigned i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
}

std::string entry(std::string_view name, unsigned type, std::uint32_t child, std::uint32_t start,
                  std::uint64_t size) {
  std::string bytes;
  for (const char c : name) put(bytes, static_cast<unsigned char>(c), 2);
  bytes.resize(64, '\0');
  put(bytes, name.size() * 2 + 2, 2);
  put(bytes, type, 2);
  put(bytes, ~0ULL, 8);
  put(bytes, child, 4);
  bytes.resize(116, '\0');
  put(bytes, start, 4);
  put(bytes, size, 8);
  return bytes;
}

/// A container whose sectors are: the table (as many as it takes), the directory, the stream.
std::string contained(std::string_view stream) {
  const std::size_t size = std::max<std::size_t>(stream.size(), 4096);
  const std::size_t sectors = (size + kSector - 1) / kSector;
  const std::size_t tables = (sectors + 1) / 127 + 1;
  std::string file(kSignature);
  file.resize(30, '\0');
  put(file, 9, 2);
  put(file, 6, 2);
  file.resize(48, '\0');
  put(file, tables, 4);  // the directory's sector
  put(file, 0, 4);
  put(file, 4096, 4);
  put(file, 0xFFFFFFFE, 4);
  put(file, 0, 4);
  put(file, 0xFFFFFFFE, 4);
  put(file, 0, 4);
  for (std::size_t i = 0; i < 109; ++i) put(file, i < tables ? i : 0xFFFFFFFF, 4);
  for (std::size_t i = 0; i < tables; ++i) put(file, 0xFFFFFFFD, 4);
  put(file, 0xFFFFFFFE, 4);
  for (std::size_t i = 1; i <= sectors; ++i) {
    put(file, i == sectors ? 0xFFFFFFFE : tables + 1 + i, 4);
  }
  while (file.size() < kSector * (tables + 1)) put(file, 0xFFFFFFFF, 4);
  file += entry("Root Entry", 5, 1, 0xFFFFFFFE, 0);
  file += entry("Workbook", 2, 0xFFFFFFFF, static_cast<std::uint32_t>(tables + 1), size);
  file.resize(kSector * (tables + 2), '\0');
  file += stream;
  file.resize(kSector * (tables + 2 + sectors), '\0');
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with(kSignature)) {
    jishi::sheets::fuzz::read_all(bytes);
  } else if (size < 100U * kSector) {
    jishi::sheets::fuzz::read_all(contained(bytes));
  }
  return 0;
}
