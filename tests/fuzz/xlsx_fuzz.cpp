// The archive and the XML in it. Bytes that are no archive become one part of an archive: the first
// byte tells which, so that the fuzzer gets at the XML without first learning checksums.

#include <array>

#include "sheets_fuzz.hpp"

namespace {

std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

void put(std::string& bytes, std::uint64_t value, unsigned count) {
  for (unsigned i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
}

/// An archive of parts that are stored as they are.
class StoredZip {
 public:
  void add(std::string_view name, std::string_view bytes) {
    const std::size_t at = file_.size();
    std::string head;
    put(head, 20, 2);
    put(head, 0, 8);  // flags, method, time, date
    put(head, checksum(bytes), 4);
    put(head, bytes.size(), 4);
    put(head, bytes.size(), 4);
    put(head, name.size(), 2);
    put(head, 0, 2);
    file_.append("PK\3\4").append(head).append(name).append(bytes);
    directory_ += "PK\1\2";
    put(directory_, 20, 2);
    directory_ += head;
    put(directory_, 0, 8);
    put(directory_, 0, 2);
    put(directory_, at, 4);
    directory_ += name;
    ++count_;
  }
  std::string bytes() const {
    std::string end = "PK\5\6";
    put(end, 0, 4);
    put(end, count_, 2);
    put(end, count_, 2);
    put(end, directory_.size(), 4);
    put(end, file_.size(), 4);
    put(end, 0, 2);
    return file_ + directory_ + end;
  }

 private:
  std::string file_;
  std::string directory_;
  std::size_t count_ = 0;
};

struct Part {
  std::string_view name;
  std::string_view bytes;
};

constexpr std::array<Part, 6> kParts{{
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row><c t=\"s\" s=\"0\"><v>0</v></c><c s=\"1\"><v>45356</v></c>"
     "</row></sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy\"/></numFmts><cellXfs>"
     "<xf numFmtId=\"0\"/><xf numFmtId=\"176\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml",
     "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<R><Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
     "<Relationship Id=\"b\" Type=\"t/sharedStrings\" Target=\"sharedStrings.xml\"/>"
     "<Relationship Id=\"c\" Type=\"t/styles\" Target=\"styles.xml\"/></R>"},
    {"_rels/.rels",
     "<R><Relationship Id=\"r\" Type=\"t/officeDocument\" Target=\"xl/workbook.xml\"/></R>"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty() || bytes.starts_with("PK")) {
    jishi::sheets::fuzz::read_all(bytes);
    return 0;
  }
  const std::size_t chosen = data[0] % kParts.size();
  StoredZip zip;
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    zip.add(kParts[i].name, i == chosen ? bytes.substr(1) : kParts[i].bytes);
  }
  jishi::sheets::fuzz::read_all(zip.bytes());
  return 0;
}
