#include <bit>

#include "platform/sheets/test_support.hpp"

namespace jishi::sheets {
namespace {

using testing::Rows;
using testing::rows_of;
using testing::TempDir;

std::string le(std::uint64_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}

std::string utf16(std::u16string_view text) {
  std::string bytes;
  for (const char16_t unit : text) bytes += le(unit, 2);
  return bytes;
}

/// A container with one stream of the top storage.
std::string container(std::u16string_view name, std::string stream) {
  constexpr std::size_t kSector = 512;
  stream.resize(std::max<std::size_t>(stream.size(), 4096), '\0');  // no small streams here
  const std::uint64_t size = stream.size();
  stream.resize((stream.size() + kSector - 1) / kSector * kSector, '\0');
  const std::size_t sectors = stream.size() / kSector;

  std::string file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0');
  file += le(0x3E, 2) + le(3, 2) + le(0xFFFE, 2) + le(9, 2) + le(6, 2) + std::string(6, '\0');
  file += le(0, 4) + le(1, 4) + le(1, 4) + le(0, 4) + le(4096, 4);  // directory in sector 1
  file += le(0xFFFFFFFE, 4) + le(0, 4) + le(0xFFFFFFFE, 4) + le(0, 4);
  file += le(0, 4);  // the table in sector 0
  while (file.size() < kSector) file += le(0xFFFFFFFF, 4);

  std::string table = le(0xFFFFFFFD, 4) + le(0xFFFFFFFE, 4);
  for (std::size_t i = 0; i < sectors; ++i) table += le(i + 1 == sectors ? 0xFFFFFFFE : i + 3, 4);
  while (table.size() < kSector) table += le(0xFFFFFFFF, 4);

  const auto entry = [](std::u16string_view title, unsigned type, std::uint32_t child,
                        std::uint32_t start, std::uint64_t length) {
    std::string bytes = utf16(title);
    bytes.resize(64, '\0');
    bytes += le(title.size() * 2 + 2, 2) + le(type, 1) + le(1, 1);
    bytes += le(0xFFFFFFFF, 4) + le(0xFFFFFFFF, 4) + le(child, 4) + std::string(36, '\0');
    return bytes + le(start, 4) + le(length, 8);
  };
  std::string directory =
      entry(u"Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, size);
  directory.resize(kSector, '\0');
  return file + table + directory + stream;
}

std::string rec(unsigned type, const std::string& body) {
  return le(type, 2) + le(body.size(), 2) + body;
}

std::string cell(unsigned row, unsigned column, unsigned style = 0) {
  return le(row, 2) + le(column, 2) + le(style, 2);
}

std::string f64(double value) {
  return le(std::bit_cast<std::uint64_t>(value), 8);
}

/// A BIFF8 stream with one sheet.
std::string biff8(const std::string& globals, const std::string& cells) {
  const std::string begin = rec(0x809, le(0x600, 2) + le(5, 2) + std::string(12, '\0'));
  const std::string end = rec(0x0A, "");
  const auto sheet = [](std::uint64_t at) {
    return rec(0x85, le(at, 4) + le(0, 2) + le(2, 1) + le(1, 1) + utf16(u"名册"));
  };
  const std::uint64_t at = begin.size() + globals.size() + sheet(0).size() + end.size();
  return begin + globals + sheet(at) + end +
         rec(0x809, le(0x600, 2) + le(0x10, 2) + std::string(12, '\0')) + cells + end;
}

Rows rows_of_biff(const std::string& stream) {
  const TempDir folder;
  return rows_of(folder.file("a.xls", container(u"Workbook", stream)));
}

TEST(Xls, reads_a_workbook_of_another_program) {
  const auto workbook = open(JISHI_SOURCE_DIR "/src/platform/sheets/testdata/small.xls");
  ASSERT_TRUE(workbook);
  EXPECT_EQ((*workbook)->format(), Format::xls);
  const auto& sheets = (*workbook)->sheets();
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].name, "党员名册");
  EXPECT_FALSE(sheets[0].hidden);
  EXPECT_TRUE(sheets[1].hidden);
  const Rows rows{
      "1: 姓名|公民身份号码|入党日期|金额|是否|公式|错误",
      "2: 张三|410101199001011234|d:2024-03-05|n:1.1|b:TRUE",
      "4: 李四|n:4.1010119900101126E+17|d:1999-12-31|n:42|b:FALSE|d:2024-03-05 13:20:00|n:0.5",
      "5: n:-7|n:0.29|n:12345678"};
  EXPECT_EQ(rows_of(**workbook, 0), rows);
  EXPECT_EQ(rows_of(**workbook, 0), rows) << "a sheet may be read again";
  EXPECT_EQ(rows_of(**workbook, 2), Rows{});
}

TEST(Xls, reads_every_kind_of_cell) {
  const std::string formula_end = std::string(6, '\0') + le(0, 2);
  const std::string cells =
      rec(0x204, cell(0, 0) + le(2, 2) + le(1, 1) + utf16(u"党员")) +
      rec(0x203, cell(0, 1) + f64(0.1)) + rec(0x27E, cell(0, 2) + le(12345U << 2U | 2U | 1U, 4)) +
      rec(0xBD, le(0, 2) + le(3, 2) + le(0, 2) + le(7U << 2U | 2U, 4) + le(0, 2) +
                    le(8U << 2U | 2U, 4) + le(4, 2)) +
      rec(0x205, cell(1, 0) + le(1, 1) + le(0, 1)) +
      rec(0x205, cell(1, 1) + le(0x2A, 1) + le(1, 1)) +
      rec(0x06, cell(1, 2) + f64(6) + formula_end) +
      rec(0x06, cell(1, 3) + le(0, 6) + le(0xFFFF, 2) + formula_end) +
      rec(0x207, le(2, 2) + le(0, 1) + "ab") +
      rec(0x06, cell(1, 4) + le(2, 1) + le(0, 1) + le(7, 4) + le(0xFFFF, 2) + formula_end) +
      rec(0x06, cell(1, 5) + le(1, 1) + le(0, 1) + le(1, 4) + le(0xFFFF, 2) + formula_end) +
      rec(0x06, cell(1, 6) + le(3, 6) + le(0xFFFF, 2) + formula_end) +
      rec(0x809, le(0x600, 2) + le(0x20, 2)) + rec(0x203, cell(9, 9) + f64(1)) + rec(0x0A, "") +
      rec(0x201, cell(2, 0)) + rec(0xD6, cell(3, 1) + le(1, 2) + le(0, 1) + "x" + le(0, 2));
  EXPECT_EQ(rows_of_biff(biff8("", cells)),
            (Rows{"1: 党员|n:0.1|n:123.45|n:7|n:8", "2: b:TRUE|e:#N/A|=n:6|=ab|=e:#DIV/0!|=b:TRUE",
                  "4: |x"}));
}

TEST(Xls, reads_shared_strings_over_the_border_of_records) {
  const std::string sst = rec(0xFC, le(3, 4) + le(3, 4) + le(4, 2) + le(0, 1) + "ab") +
                          rec(0x3C, le(1, 1) + utf16(u"党员") + le(2, 2) + le(8 | 4, 1) + le(1, 2) +
                                        le(6, 4) + "xy" + std::string(3, '\0')) +
                          rec(0x3C, std::string(7, '\0') + le(2, 2) + le(1, 1) + utf16(u"支")) +
                          rec(0x3C, le(1, 1) + utf16(u"部"));
  const std::string cells = rec(0xFD, cell(0, 0) + le(0, 4)) + rec(0xFD, cell(0, 1) + le(1, 4)) +
                            rec(0xFD, cell(0, 2) + le(2, 4));
  EXPECT_EQ(rows_of_biff(biff8(sst, cells)), Rows{"1: ab党员|xy|支部"});
  EXPECT_EQ(rows_of_biff(biff8(sst, rec(0xFD, cell(0, 0) + le(3, 4)))), Rows{"sheets.damaged"});
}

TEST(Xls, tells_dates_by_style_and_epoch) {
  const std::string format = "yyyy\"y\"m";
  const std::string globals = rec(0x22, le(1, 2)) +
                              rec(0x41E, le(176, 2) + le(format.size(), 2) + le(0, 1) + format) +
                              rec(0xE0, le(0, 2) + le(0, 2)) + rec(0xE0, le(0, 2) + le(176, 2)) +
                              rec(0xE0, le(0, 2) + le(14, 2));
  EXPECT_EQ(rows_of_biff(biff8(globals, rec(0x203, cell(0, 0, 0) + f64(43894)) +
                                            rec(0x203, cell(0, 1, 1) + f64(43894)) +
                                            rec(0x203, cell(0, 2, 2) + f64(43894)))),
            Rows{"1: n:43894|d:2024-03-05|d:2024-03-05"});
}

TEST(Xls, reads_the_older_records_of_excel_95) {
  const std::string begin = rec(0x809, le(0x500, 2) + le(5, 2) + std::string(4, '\0'));
  const std::string name = "\xC3\xFB\xB2\xE1";  // 名册 in GBK
  const auto sheet = [&](std::uint64_t at) {
    return rec(0x85, le(at, 4) + le(0, 2) + le(name.size(), 1) + name);
  };
  const std::string globals = rec(0x42, le(936, 2));
  const std::string end = rec(0x0A, "");
  const std::uint64_t at = begin.size() + globals.size() + sheet(0).size() + end.size();
  const std::string stream = begin + globals + sheet(at) + end +
                             rec(0x809, le(0x500, 2) + le(0x10, 2) + std::string(4, '\0')) +
                             rec(0x204, cell(0, 0) + le(4, 2) + "\xB5\xB3\xD4\xB1") + end;
  const TempDir folder;
  const auto workbook = open(folder.file("a.xls", container(u"Book", stream)));
  ASSERT_TRUE(workbook);
  EXPECT_EQ((*workbook)->sheets().at(0).name, "名册");
  EXPECT_EQ(rows_of(**workbook), Rows{"1: 党员"});
}

TEST(Xls, tells_encrypted_workbooks_of_both_kinds) {
  const TempDir folder;
  EXPECT_EQ(rows_of_biff(biff8(rec(0x2F, le(1, 2)), "")), Rows{"sheets.encrypted"});
  EXPECT_EQ(rows_of(folder.file("a.xlsx", container(u"EncryptedPackage", "x"))),
            Rows{"sheets.encrypted"});
  EXPECT_EQ(rows_of(folder.file("a.doc", container(u"WordDocument", "x"))),
            Rows{"sheets.unsupported"});
}

TEST(Xls, tells_a_truncated_file_at_every_tenth) {
  const TempDir folder;
  std::string cells;
  for (unsigned i = 0; i < 1000; ++i) cells += rec(0x203, cell(i, 0) + f64(i));
  const std::string bytes = container(u"Workbook", biff8("", cells));
  ASSERT_EQ(rows_of(folder.file("a.xls", bytes)).size(), 1000U);
  for (std::size_t tenth = 1; tenth < 10; ++tenth) {
    const auto cut = folder.file("cut.xls", bytes.substr(0, bytes.size() * tenth / 10));
    EXPECT_EQ(rows_of(cut), Rows{"sheets.truncated"}) << tenth;
  }
}

TEST(Xls, refuses_what_is_broken_inside) {
  const std::string whole = biff8("", rec(0x203, cell(0, 0) + f64(1)));
  EXPECT_EQ(rows_of_biff(rec(0x809, le(0x400, 2))), Rows{"sheets.unsupported"});
  EXPECT_EQ(rows_of_biff(rec(0x203, "")), Rows{"sheets.unsupported"});
  std::string circle = container(u"Workbook", whole);
  circle.replace(512 + 4 * 3, 4, le(2, 4));  // the second sector of the stream leads to the first
  const TempDir folder;
  const Rows rows = rows_of(folder.file("circle.xls", circle));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows_of(folder.file("a.xls", container(u"Workbook", whole)), {.xls_file_bytes = 1000}),
            Rows{"sheets.xls_too_large"});
}

}  // namespace
}  // namespace jishi::sheets
