#include <unicode/ucnv.h>

#include "platform/sheets/test_support.hpp"

namespace jishi::sheets {
namespace {

using testing::argument;
using testing::Rows;
using testing::rows_of;
using testing::TempDir;

Rows rows_of_text(std::string_view text, const Limits& limits = {}) {
  const TempDir folder;
  return rows_of(folder.file("a.csv", text), limits);
}

std::string converted(std::string_view utf8, const char* encoding) {
  std::string bytes(utf8.size() * 4, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const auto length =
      ucnv_convert(encoding, "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()),
                   utf8.data(), static_cast<std::int32_t>(utf8.size()), &status);
  EXPECT_FALSE(U_FAILURE(status));
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

TEST(Csv, cuts_records_as_rfc_4180_has_it) {
  struct Case {
    std::string_view text;
    Rows rows;
  };
  const std::vector<Case> cases{
      {"a,b\r\n1,2\r\n", {"1: a|b", "2: 1|2"}},
      {"a,b\n1,2", {"1: a|b", "2: 1|2"}},
      {"a,b\r1,2\r", {"1: a|b", "2: 1|2"}},
      {"a,\"x,y\"\n\"p\"\"q\",2\n", {"1: a|x,y", "2: p\"q|2"}},
      {"a,\"1\r\n2\n3\"\nb,c\n", {"1: a|1\r\n2\n3", "4: b|c"}},
      {"\n\na,b\n,,\n\n1,\n", {"3: a|b", "6: 1"}},
      {"a,b\"c\"d\n", {"1: a|b\"c\"d"}},
      {"\"a\"b,c\n\"d\" ,e\n", {"1: ab|c", "2: d |e"}},
      {"\"\",\"\"\"\",x", {"1: |\"|x"}},
      {"=\"0123\",\"=\"\"45\"\"\",=1+1\n", {"1: =0123|=45|=1+1"}},
      {"a,b\n\"c", {"1: a|b", "sheets.open_quote"}},
      {"a,b\n\"c\"", {"1: a|b", "2: c"}},
  };
  for (const Case& each : cases) EXPECT_EQ(rows_of_text(each.text), each.rows) << each.text;
}

TEST(Csv, finds_the_delimiter) {
  EXPECT_EQ(rows_of_text("a;b;c\n1,5;2;3\n"), (Rows{"1: a|b|c", "2: 1,5|2|3"}));
  EXPECT_EQ(rows_of_text("a\tb\n1,2\t3\n"), (Rows{"1: a|b", "2: 1,2|3"}));
  EXPECT_EQ(rows_of_text("名册\n\"a;b\",c\n\"x;y;z\",d\n"),
            (Rows{"1: 名册", "2: a;b|c", "3: x;y;z|d"}));
  EXPECT_EQ(rows_of_text("sep=;\r\na;b,c\r\n"), Rows{"2: a|b,c"});
  EXPECT_EQ(rows_of_text("alone\nlonely\n"), (Rows{"1: alone", "2: lonely"}));
}

TEST(Csv, reads_every_encoding) {
  const std::string text = "姓名,组织\r\n张三𠮷,第一支部\r\n";
  const Rows rows{"1: 姓名|组织", "2: 张三𠮷|第一支部"};
  EXPECT_EQ(rows_of_text(text), rows);
  EXPECT_EQ(rows_of_text("\xEF\xBB\xBF" + text), rows);
  EXPECT_EQ(rows_of_text("\xFF\xFE" + converted(text, "UTF-16LE")), rows);
  EXPECT_EQ(rows_of_text("\xFE\xFF" + converted(text, "UTF-16BE")), rows);
  EXPECT_EQ(rows_of_text(converted(text, "UTF-16LE")), rows);
  EXPECT_EQ(rows_of_text(converted(text, "UTF-16BE")), rows);
  EXPECT_EQ(rows_of_text(converted(text, "GB18030")), rows);
}

TEST(Csv, reads_long_files_of_every_encoding_alike) {
  std::string text;
  Rows rows;
  for (int i = 1; i <= 30'000; ++i) {  // several blocks, cut at every place in a character
    const std::string number = std::to_string(i);
    text += "党员" + number + ",\"甲,乙\"\"𠮷\"\"\",3\n";
    rows.push_back(number + ": 党员" + number + "|甲,乙\"𠮷\"|3");
  }
  EXPECT_EQ(rows_of_text(text), rows);
  EXPECT_EQ(rows_of_text(converted(text, "GB18030")), rows);
  EXPECT_EQ(rows_of_text(converted(text, "UTF-16LE")), rows);
}

TEST(Csv, names_the_line_of_bytes_that_are_not_of_the_encoding) {
  struct Case {
    std::string bytes;
    std::string_view encoding;
    std::string_view line;
  };
  std::string late;
  for (int i = 1; i <= 200'000; ++i) late += "党员,组织\n";
  const std::vector<Case> cases{
      {late + "\xD5\xC5,x\n", "UTF-8", "200001"},
      {late + "a\n\xE5\xBC", "UTF-8", "200002"},
      {late + std::string("a\0b\n", 4), "UTF-8", "200001"},
      {converted("张三,组织\n李四,", "GB18030") + "\xFF\xFF\n", "GB18030", "2"},
      {"\xFF\xFE" + converted("a,b\nc,", "UTF-16LE") + std::string("\x00\xDC", 2) + "a", "UTF-16LE",
       "2"},
  };
  const TempDir folder;
  for (const Case& each : cases) {
    const auto workbook = open(folder.file("a.csv", each.bytes));
    ASSERT_TRUE(workbook);
    const auto read = read_rows(**workbook, 0, [](auto, auto) { return true; });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "sheets.bad_encoding");
    EXPECT_EQ(argument(read.error(), "encoding"), each.encoding);
    EXPECT_EQ(argument(read.error(), "row"), each.line);
  }
}

TEST(Csv, refuses_what_is_no_table) {
  EXPECT_EQ(rows_of_text(""), Rows{"sheets.empty"});
  EXPECT_EQ(rows_of_text(std::string("\1\2\0\0\3\0\0\0", 8)), Rows{"sheets.unsupported"});
  EXPECT_EQ(rows_of_text("%PDF-1.4\n"), Rows{"sheets.unsupported"});
  EXPECT_EQ(rows_of_text(" \r\n<html><table>"), Rows{"sheets.web_page"});
  EXPECT_EQ(rows_of_text("\xEF\xBB\xBF<?xml version=\"1.0\"?><Workbook/>"),
            Rows{"sheets.web_page"});
  const TempDir folder;
  EXPECT_EQ(rows_of(folder / "missing.csv"), Rows{"sheets.not_found"});
  EXPECT_EQ(rows_of(folder / "."), Rows{"sheets.unreadable"});
}

TEST(Csv, keeps_the_limits) {
  EXPECT_EQ(rows_of_text("a,b,c\n", {.columns = 2}), Rows{"sheets.too_many_columns"});
  EXPECT_EQ(rows_of_text("a\nb\nc\n", {.csv_rows = 2}),
            (Rows{"1: a", "2: b", "sheets.too_many_rows"}));
  EXPECT_EQ(rows_of_text("a\nabcd\n", {.text_length = 3}), (Rows{"1: a", "sheets.cell_too_long"}));
  EXPECT_EQ(rows_of_text("支部三\n", {.text_length = 3}), Rows{"1: 支部三"}) << "characters";
  EXPECT_EQ(rows_of_text("a\naa,bb,cc\n", {.row_bytes = 5}), (Rows{"1: a", "sheets.row_too_long"}));
  EXPECT_EQ(rows_of_text("a,b\n\"" + std::string(1'000'000, 'x')),
            (Rows{"1: a|b", "sheets.cell_too_long"}))
      << "a quote left open does not take the whole file into memory";
  EXPECT_EQ(rows_of_text("a,b\n" + std::string(1'000'000, ',')),
            (Rows{"1: a|b", "sheets.too_many_columns"}));
}

TEST(Csv, is_one_sheet_without_name_that_can_be_read_again) {
  const TempDir folder;
  const auto workbook = open(folder.file("a.xlsx", "a,b\n1,2\n"));
  ASSERT_TRUE(workbook);
  EXPECT_EQ((*workbook)->format(), Format::csv) << "the content decides";
  ASSERT_EQ((*workbook)->sheets().size(), 1U);
  EXPECT_FALSE((*workbook)->sheets()[0].name);
  int rows = 0;
  EXPECT_TRUE(read_rows(**workbook, 0, [&](auto, auto) { return ++rows < 1; }));
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(rows_of(**workbook).size(), 2U);
  EXPECT_EQ((*workbook)->progress().done, (*workbook)->progress().total);
}

}  // namespace
}  // namespace jishi::sheets
