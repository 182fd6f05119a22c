#include "platform/sheets/test_support.hpp"
#include "platform/sheets/xlsx_parts.hpp"

namespace jishi::sheets {
namespace {

using testing::argument;
using testing::make_zip;
using testing::Rows;
using testing::rows_of;
using testing::TempDir;
using testing::Xlsx;

Rows rows_of_xlsx(const Xlsx& xlsx, const Limits& limits = {}) {
  const TempDir folder;
  make_zip(folder / "a.xlsx", xlsx.parts());
  return rows_of(folder / "a.xlsx", limits);
}

Rows cells_of(std::string_view cells, std::string_view strings = {}, std::string_view styles = {},
              std::string_view formats = {}) {
  Xlsx xlsx;
  xlsx.sheet_data = "<row r=\"1\">" + std::string(cells) + "</row>";
  xlsx.strings = strings;
  xlsx.styles = styles;
  xlsx.formats = formats;
  return rows_of_xlsx(xlsx);
}

TEST(Xlsx, reads_every_kind_of_cell) {
  const Rows rows = cells_of(
      R"(<c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>内联</t></is></c>)"
      R"(<c r="C1"><v>42</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c>)"
      R"(<c r="F1" t="str"><f>A1&amp;"x"</f><v>公式</v></c><c r="G1"><f>1+1</f><v>2</v></c>)"
      R"(<c r="H1" t="d"><v>2024-03-05T13:20:00</v></c>)"
      R"(<c r="I1" t="e"><f>1/0</f><v>#DIV/0!</v></c>)"
      R"(<c r="J1" t="str"><f>""</f><v></v></c>)",
      "<si><t>零</t></si><si><t>一</t></si>");
  EXPECT_EQ(rows,
            Rows{"1: 一|内联|n:42|b:TRUE|e:#N/A|=公式|=n:2|d:2024-03-05 13:20:00|=e:#DIV/0!"});
}

TEST(Xlsx, joins_rich_text_and_leaves_out_how_it_is_read) {
  const Rows rows = cells_of(
      R"(<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>x</t></r>)"
      R"(<r><t>y</t></r><rPh sb="0" eb="1"><t>z</t></rPh></is></c>)",
      R"(<si><r><rPr><b/></rPr><t>入党</t></r><r><t xml:space="preserve"> 时间</t></r></si>)"
      R"(<si><t>课</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>)");
  EXPECT_EQ(rows, Rows{"1: 入党 时间|课|xy"});
}

TEST(Xlsx, counts_rows_and_cells_that_carry_no_reference) {
  Xlsx xlsx;
  xlsx.sheet_data = R"(<row><c><v>1</v></c><c><v>2</v></c></row>)"
                    R"(<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>)"
                    R"(<row><c r="AA6"><v>5</v></c></row><row/><row><c><v>6</v></c></row>)";
  EXPECT_EQ(rows_of_xlsx(xlsx),
            (Rows{"1: n:1|n:2", "5: ||n:3|n:4", "6: " + std::string(26, '|') + "n:5", "8: n:6"}));
}

TEST(Xlsx, leaves_out_rows_without_filled_cells) {
  Xlsx xlsx;
  xlsx.sheet_data = R"(<row r="2"><c r="A2" s="1"/><c r="B2" t="s"/></row>)"
                    R"(<row r="3"><c r="A3"><v>1</v></c><c r="B3" s="1"/></row>)";
  EXPECT_EQ(rows_of_xlsx(xlsx), Rows{"3: n:1"});
}

TEST(Xlsx, keeps_the_literal_of_numbers_that_have_lost_digits) {
  EXPECT_EQ(cells_of(R"(<c><v>410101199001011234</v></c><c><v>4.1010119900101299E+17</v></c>)"
                     R"(<c><v>1.1000000000000001</v></c><c><v>2.0240305E7</v></c><c><v>3.0</v></c>)"
                     R"(<c><v>5.0000000000000002E-2</v></c><c><v>-7</v></c><c><v>NaN</v></c>)"),
            Rows{"1: n:410101199001011234|n:4.1010119900101299E+17|n:1.1|n:20240305|n:3|n:0.05|"
                 "n:-7|NaN"});
}

TEST(Xlsx, tells_dates_by_their_style) {
  const std::string styles =
      R"(<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="176"/>)"
      R"(<xf numFmtId="20"/><xf numFmtId="177"/>)";
  const std::string formats = R"(<numFmt numFmtId="176" formatCode="[$-804]yyyy&quot;年)"
                              R"(&quot;m&quot;月&quot;d&quot;日&quot;;@"/>)"
                              "<numFmt numFmtId=\"177\" formatCode=\"0.00_);[Red]\\(0.00\\)\"/>";
  EXPECT_EQ(
      cells_of(R"(<c s="0"><v>45356</v></c><c s="1"><v>45356</v></c><c s="2"><v>45356</v></c>)"
               R"(<c s="3"><v>45356.5</v></c><c s="4"><v>0.5</v></c><c s="5"><v>45356</v></c>)"
               R"(<c s="1"><v>60</v></c><c s="1"><v>-1</v></c><c s="1"><v>99999999</v></c>)",
               "", styles, formats),
      Rows{"1: n:45356|d:2024-03-05|d:2024-03-05|d:2024-03-05 12:00:00|n:0.5|n:45356|n:60|"
           "n:-1|n:99999999"});
}

TEST(Xlsx, counts_days_in_the_epoch_of_the_workbook) {
  Xlsx xlsx;
  xlsx.workbook =
      R"(<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" )"
      R"(r:id="rId1"/></sheets></workbook>)";
  xlsx.styles = R"(<xf numFmtId="14"/>)";
  xlsx.sheet_data = R"(<row><c s="0"><v>43894</v></c><c s="0"><v>0</v></c></row>)";
  EXPECT_EQ(rows_of_xlsx(xlsx), Rows{"1: d:2024-03-05|d:1904-01-01"});
}

TEST(Xlsx, resolves_escapes_of_characters_that_xml_cannot_hold) {
  EXPECT_EQ(unescaped("a_x000D_b"), "a\rb");
  EXPECT_EQ(unescaped("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(unescaped("_xD83D__xDE00_"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(unescaped("_xD83D_x"), "\xEF\xBF\xBDx");
  EXPECT_EQ(unescaped("_x12_ _xZZZZ_ _x00"), "_x12_ _xZZZZ_ _x00");
  EXPECT_EQ(cells_of(R"(<c t="s"><v>0</v></c>)", "<si><t>甲_x000D_乙</t></si>"), Rows{"1: 甲\r乙"});
}

TEST(Xlsx, lists_sheets_with_the_hidden_ones_and_passes_over_charts) {
  const TempDir folder;
  Xlsx xlsx;
  xlsx.workbook =
      R"(<x:workbook xmlns:x="main" xmlns:rel="r"><x:sheets>)"
      R"(<x:sheet name="图表" sheetId="1" rel:id="c"/><x:sheet name="党员" sheetId="2" rel:id="a"/>)"
      R"(<x:sheet name="旧" sheetId="3" state="hidden" rel:id="b"/>)"
      R"(<x:sheet name="秘" sheetId="4" state="veryHidden" rel:id="d"/></x:sheets></x:workbook>)";
  xlsx.relations =
      R"(<Relationships>)"
      R"(<Relationship Id="a" Type="t/worksheet" Target="/xl/worksheets/sheet1.xml"/>)"
      R"(<Relationship Id="b" Type="t/worksheet" Target="../xl/./other/../s2.xml"/>)"
      R"(<Relationship Id="c" Type="t/chartsheet" Target="charts/1.xml"/>)"
      R"(<Relationship Id="d" Type="t/worksheet" Target="missing.xml"/></Relationships>)";
  xlsx.sheet =
      R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>)"
      R"(</x:row></x:sheetData></x:worksheet>)";
  auto parts = xlsx.parts();
  parts.emplace_back("xl/s2.xml",
                     "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData>"
                     "</worksheet>");
  make_zip(folder / "a.xlsx", parts);
  const auto workbook = open(folder / "a.xlsx");
  ASSERT_TRUE(workbook);
  const auto& sheets = (*workbook)->sheets();
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].name, "党员");
  EXPECT_FALSE(sheets[0].hidden);
  EXPECT_TRUE(sheets[1].hidden);
  EXPECT_TRUE(sheets[2].hidden);
  EXPECT_EQ(rows_of(**workbook, 0), Rows{"1: n:1"});
  EXPECT_EQ(rows_of(**workbook, 1), Rows{"1: n:2"});
  EXPECT_EQ(rows_of(**workbook, 0), Rows{"1: n:1"}) << "a sheet may be read again";
  EXPECT_EQ(rows_of(**workbook, 2), Rows{"sheets.damaged"});
}

TEST(Xlsx, stops_when_the_sink_has_enough) {
  const TempDir folder;
  Xlsx xlsx;
  for (int i = 0; i < 100; ++i) xlsx.sheet_data += "<row><c><v>1</v></c></row>";
  make_zip(folder / "a.xlsx", xlsx.parts());
  const auto workbook = open(folder / "a.xlsx");
  ASSERT_TRUE(workbook);
  int rows = 0;
  EXPECT_TRUE(read_rows(**workbook, 0, [&](auto, auto) { return ++rows < 20; }));
  EXPECT_EQ(rows, 20);
  EXPECT_EQ((*workbook)->progress().done, (*workbook)->progress().total);
}

TEST(Xlsx, refuses_what_is_broken_inside) {
  struct Case {
    std::string sheet;
    std::string verdict;
  };
  const std::vector<Case> cases{
      {"<worksheet><sheetData><row>", "sheets.bad_xml"},
      {"no xml", "sheets.bad_xml"},
      {"<!DOCTYPE w [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>", "sheets.bad_xml"},
      {"<worksheet><sheetData><row><c t=\"s\"><v>9</v></c></row></sheetData></worksheet>",
       "sheets.damaged"},
      {"<worksheet><sheetData><row><c t=\"s\"><v>x</v></c></row></sheetData></worksheet>",
       "sheets.damaged"},
      {"<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>",
       "sheets.too_many_rows"},
      {"<worksheet><sheetData><row><c r=\"XFE1\"><v>1</v></c></row></sheetData></worksheet>",
       "sheets.too_many_columns"},
      {"<worksheet><sheetData><row><c "
       "r=\"ZZZZZZZZZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>",
       "sheets.too_many_columns"},
      {"<worksheet a=\"" + std::string(3 << 20, 'a') + "\"/>", "sheets.bad_xml"},
  };
  for (const Case& each : cases) {
    Xlsx xlsx;
    xlsx.sheet = each.sheet;
    EXPECT_EQ(rows_of_xlsx(xlsx), Rows{each.verdict}) << each.sheet.substr(0, 100);
  }
}

TEST(Xlsx, refuses_cells_and_nesting_beyond_the_limits) {
  Xlsx longest;
  longest.sheet_data =
      "<row r=\"3\"><c t=\"inlineStr\"><is><t>" + std::string(32'767, 'a') + "</t></is></c></row>";
  EXPECT_EQ(rows_of_xlsx(longest), Rows{"3: " + std::string(32'767, 'a')});
  Xlsx longer;
  longer.sheet_data =
      "<row r=\"3\"><c t=\"inlineStr\"><is><t>" + std::string(32'768, 'a') + "</t></is></c></row>";
  EXPECT_EQ(rows_of_xlsx(longer), Rows{"sheets.cell_too_long"});
  Xlsx deep;
  for (int i = 0; i < 70; ++i) deep.sheet_data += "<a>";
  for (int i = 0; i < 70; ++i) deep.sheet_data += "</a>";
  EXPECT_EQ(rows_of_xlsx(deep), Rows{"sheets.bad_xml"});
  Xlsx strings;
  strings.strings = "<si><t>" + std::string(1000, 'a') + "</t></si>";
  strings.sheet_data = R"(<row><c t="s"><v>0</v></c></row>)";
  EXPECT_EQ(rows_of_xlsx(strings, {.shared_string_bytes = 900}), Rows{"sheets.too_large"});
  EXPECT_EQ(rows_of_xlsx(strings, {.row_bytes = 900}), Rows{"sheets.row_too_long"});
  EXPECT_EQ(rows_of_xlsx(strings, {.entry_bytes = 500}), Rows{"sheets.too_large"});
  EXPECT_EQ(rows_of_xlsx(strings, {.workbook_bytes = 1000}), Rows{"sheets.too_large"});
}

TEST(Xlsx, names_file_sheet_and_row_of_an_error) {
  const TempDir folder;
  Xlsx xlsx;
  xlsx.sheet_data = "<row r=\"7\"><c r=\"XFE7\"><v>1</v></c></row>";
  make_zip(folder / "a.xlsx", xlsx.parts());
  const auto workbook = open(folder / "a.xlsx", {}, "名册.xlsx");
  ASSERT_TRUE(workbook);
  const auto read = read_rows(**workbook, 0, [](auto, auto) { return true; });
  ASSERT_FALSE(read);
  EXPECT_EQ(argument(read.error(), "file"), "名册.xlsx");
  EXPECT_EQ(argument(read.error(), "where"), "名册.xlsx › S");
  EXPECT_EQ(argument(read.error(), "row"), "7");
  EXPECT_EQ(argument(read.error(), "limit"), "16384");
}

}  // namespace
}  // namespace jishi::sheets
