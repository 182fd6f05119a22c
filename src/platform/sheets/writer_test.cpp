#include "platform/sheets/writer.hpp"

#include "platform/sheets/test_support.hpp"

namespace jishi::sheets {
namespace {

using testing::bytes_of;
using testing::Rows;
using testing::rows_of;
using testing::TempDir;

constexpr std::string_view kHeaders[] = {"姓名", "身份证", "日期", "金额"};

std::vector<Column> columns() {
  std::vector<Column> result;
  for (const auto header : kHeaders) result.push_back({std::string(header)});
  return result;
}

Date day(int year, unsigned month, unsigned day_of_month) {
  return *make_date(year, month, day_of_month);
}

const std::vector<std::vector<Value>> kRows{
    {"张三", "410101199001011234", day(2024, 3, 5), 1.1},
    {"a,\"b\"\r\n=c", std::monostate{}, day(1900, 2, 28), std::int64_t{-7}},
    {"=1+1", "_x0041_", day(1899, 12, 31), std::int64_t{410101199001011234}},
    {"-\t\x01|\xFF|", " 空格 ", std::monostate{}, 0.29},
};

void fill(SheetWriter& writer, std::string_view name) {
  const auto heads = columns();
  ASSERT_TRUE(writer.begin_sheet(name, heads));
  for (const auto& row : kRows) ASSERT_TRUE(writer.row(row));
}

TEST(XlsxWriter, writes_what_the_reader_reads) {
  const TempDir folder;
  const auto path = folder / "a.xlsx";
  auto writer = write_xlsx(path);
  ASSERT_TRUE(writer);
  fill(**writer, "名册[1]");
  fill(**writer, "名册_1_");
  fill(**writer, "");
  EXPECT_FALSE(std::filesystem::exists(path)) << "not before it is whole";
  ASSERT_TRUE((*writer)->finish());
  EXPECT_FALSE(std::filesystem::exists(folder / "a.xlsx.part"));

  const auto workbook = open(path);
  ASSERT_TRUE(workbook);
  const auto& sheets = (*workbook)->sheets();
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].name, "名册_1_");
  EXPECT_EQ(sheets[1].name, "名册_1_ (2)");
  EXPECT_EQ(sheets[2].name, "Sheet3");
  const Rows rows{"1: 姓名|身份证|日期|金额", "2: 张三|410101199001011234|d:2024-03-05|n:1.1",
                  "3: a,\"b\"\r\n=c||d:1900-02-28|n:-7",
                  "4: =1+1|_x0041_|1899-12-31|410101199001011234",
                  "5: -\t\x01|\xEF\xBF\xBD|| 空格 ||n:0.29"};
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rows_of(**workbook, i), rows);
}

TEST(XlsxWriter, gives_the_same_bytes_for_the_same_rows) {
  const TempDir folder;
  for (const std::string_view name : {"a.xlsx", "b.xlsx"}) {
    auto writer = write_xlsx(folder / name);
    ASSERT_TRUE(writer);
    fill(**writer, "名册");
    ASSERT_TRUE((*writer)->finish());
  }
  EXPECT_EQ(bytes_of(folder / "a.xlsx"), bytes_of(folder / "b.xlsx"));
}

TEST(XlsxWriter, refuses_what_no_sheet_holds) {
  const TempDir folder;
  auto writer = write_xlsx(folder / "a.xlsx");
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->begin_sheet("a", columns()));
  const std::string longer(32'768, 'a');
  const std::vector<Value> long_row{std::string_view(longer)};
  const auto refused = (*writer)->row(long_row);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "sheets.cell_too_long");
  const auto wide = (*writer)->row(std::vector<Value>(16'385));
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().code, "sheets.too_many_columns");
}

TEST(XlsxWriter, leaves_nothing_when_dropped_or_in_a_missing_folder) {
  const TempDir folder;
  { auto writer = write_xlsx(folder / "a.xlsx"); }
  {
    auto writer = write_xlsx(folder / "a.xlsx");
    ASSERT_TRUE(writer);
    fill(**writer, "a");
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "a.xlsx"));
  EXPECT_FALSE(std::filesystem::exists(folder / "a.xlsx.part"));
  const auto missing = write_xlsx(folder / "none/a.xlsx");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "sheets.unwritable");
}

TEST(CsvWriter, writes_rfc_4180) {
  const TempDir folder;
  auto writer = write_csv(folder / "a.csv");
  ASSERT_TRUE(writer);
  fill(**writer, "名册");
  ASSERT_TRUE((*writer)->finish());
  EXPECT_EQ(bytes_of(folder / "a.csv"),
            "\xEF\xBB\xBF姓名,身份证,日期,金额\r\n"
            "张三,410101199001011234,2024-03-05,1.1\r\n"
            "\"a,\"\"b\"\"\r\n=c\",,1900-02-28,-7\r\n"
            "=1+1,_x0041_,1899-12-31,410101199001011234\r\n"
            "-\t\x01|\xEF\xBF\xBD|, 空格 ,,0.29\r\n");
  EXPECT_EQ(rows_of(folder / "a.csv").at(2), "3: a,\"b\"\r\n=c||1900-02-28|-7");
}

TEST(CsvWriter, guards_formulas_only_when_asked) {
  const TempDir folder;
  auto writer = write_csv(folder / "a.csv",
                          {.byte_order_mark = false, .guard_formulas = true, .delimiter = ';'});
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->begin_sheet("", std::vector<Column>{{"=h"}, {"b"}}));
  ASSERT_TRUE((*writer)->row(std::vector<Value>{"+1;2", std::int64_t{-5}}));
  ASSERT_TRUE((*writer)->row(std::vector<Value>{"@a", -0.5}));
  ASSERT_TRUE((*writer)->finish());
  EXPECT_EQ(bytes_of(folder / "a.csv"), "'=h;b\r\n\"'+1;2\";-5\r\n'@a;-0.5\r\n");
}

TEST(CsvWriter, refuses_a_second_sheet_and_a_missing_folder) {
  const TempDir folder;
  auto writer = write_csv(folder / "a.csv");
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->begin_sheet("a", columns()));
  const auto second = (*writer)->begin_sheet("b", columns());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "sheets.one_sheet");
  const auto missing = write_csv(folder / "none/a.csv");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "sheets.unwritable");
}

}  // namespace
}  // namespace jishi::sheets
