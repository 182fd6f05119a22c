#include "platform/sheets/test_support.hpp"

namespace jishi::sheets {
namespace {

using testing::bytes_of;
using testing::make_zip;
using testing::Parts;
using testing::Rows;
using testing::rows_of;
using testing::TempDir;
using testing::Xlsx;

Xlsx some_rows() {
  Xlsx xlsx;
  for (int i = 0; i < 500; ++i) {
    xlsx.sheet_data += "<row><c><v>" + std::to_string(i * 7919) + "</v></c></row>";
  }
  return xlsx;
}

TEST(XlsxHostile, refuses_a_zip_bomb_while_it_unpacks) {
  const TempDir folder;
  Xlsx xlsx;
  xlsx.sheet_data = std::string(64U << 20U, ' ');
  make_zip(folder / "bomb.xlsx", xlsx.parts());
  ASSERT_LT(std::filesystem::file_size(folder / "bomb.xlsx"), 200'000U);
  const auto workbook = open(folder / "bomb.xlsx");
  ASSERT_TRUE(workbook);
  EXPECT_EQ(rows_of(**workbook), Rows{"sheets.ratio"});
  EXPECT_LT((*workbook)->progress().done, 24U << 20U) << "early";
}

TEST(XlsxHostile, refuses_a_zip_bomb_of_any_part) {
  const TempDir folder;
  Xlsx xlsx;
  xlsx.relations = "<Relationships>" + std::string(64U << 20U, ' ') + "</Relationships>";
  make_zip(folder / "bomb.xlsx", xlsx.parts());
  EXPECT_EQ(rows_of(folder / "bomb.xlsx"), Rows{"sheets.ratio"});
}

TEST(XlsxHostile, does_not_believe_a_zipped_size_greater_than_the_file) {
  const TempDir folder;
  Xlsx xlsx;
  xlsx.sheet_data = std::string(64U << 20U, ' ');
  make_zip(folder / "a.xlsx", xlsx.parts());
  std::string bytes = bytes_of(folder / "a.xlsx");
  const auto entry = bytes.rfind("PK\1\2");
  ASSERT_NE(entry, std::string::npos);
  for (std::size_t i = 0; i < 3; ++i) bytes[entry + 20 + i] = '\x7F';
  const Rows rows = rows_of(folder.file("b.xlsx", bytes));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].starts_with("sheets.")) << rows[0];
}

TEST(XlsxHostile, tells_a_truncated_file_at_every_tenth) {
  const TempDir folder;
  make_zip(folder / "a.xlsx", some_rows().parts());
  const std::string bytes = bytes_of(folder / "a.xlsx");
  ASSERT_EQ(rows_of(folder / "a.xlsx").size(), 500U);
  for (std::size_t tenth = 1; tenth < 10; ++tenth) {
    const auto cut = folder.file("cut.xlsx", bytes.substr(0, bytes.size() * tenth / 10));
    EXPECT_EQ(rows_of(cut), Rows{"sheets.truncated"}) << tenth;
  }
  EXPECT_EQ(rows_of(folder.file("cut.xlsx", bytes.substr(0, bytes.size() - 1))),
            Rows{"sheets.truncated"});
}

TEST(XlsxHostile, tells_a_flipped_bit_by_the_checksum) {
  const TempDir folder;
  make_zip(folder / "a.xlsx", some_rows().parts());
  std::string bytes = bytes_of(folder / "a.xlsx");
  const auto sheet = bytes.find("sheet1.xml");
  ASSERT_NE(sheet, std::string::npos);
  bytes[sheet + 500] = static_cast<char>(bytes[sheet + 500] ^ 0x10);
  const Rows rows = rows_of(folder.file("b.xlsx", bytes));
  ASSERT_FALSE(rows.empty());
  EXPECT_TRUE(rows.back() == "sheets.damaged" || rows.back() == "sheets.bad_xml") << rows.back();
}

TEST(XlsxHostile, refuses_archives_of_other_things) {
  const TempDir folder;
  const std::string docx = R"(<Relationships><Relationship Id="r" Type="x/officeDocument" )"
                           R"(Target="word/document.xml"/></Relationships>)";
  make_zip(folder / "a.docx", {{"_rels/.rels", docx}, {"word/document.xml", "<document/>"}});
  EXPECT_EQ(rows_of(folder / "a.docx"), Rows{"sheets.unsupported"});
  make_zip(folder / "a.zip", {{"readme.txt", "hello"}});
  EXPECT_EQ(rows_of(folder / "a.zip"), Rows{"sheets.unsupported"});
  make_zip(folder / "a.ods", {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}});
  EXPECT_EQ(rows_of(folder / "a.ods"), Rows{"sheets.unsupported"});
  const std::string xlsb = R"(<Relationships><Relationship Id="r" Type="x/officeDocument" )"
                           R"(Target="xl/workbook.bin"/></Relationships>)";
  make_zip(folder / "a.xlsb", {{"_rels/.rels", xlsb}, {"xl/workbook.bin", "x"}});
  EXPECT_EQ(rows_of(folder / "a.xlsb"), Rows{"sheets.unsupported"});
}

TEST(XlsxHostile, refuses_more_sheets_and_parts_than_a_workbook_has) {
  const TempDir folder;
  Xlsx xlsx;
  std::string sheets;
  for (int i = 0; i < 300; ++i) sheets += "<sheet name=\"a\" r:id=\"rId1\"/>";
  xlsx.workbook = "<workbook xmlns:r=\"r\"><sheets>" + sheets + "</sheets></workbook>";
  make_zip(folder / "a.xlsx", xlsx.parts());
  EXPECT_EQ(rows_of(folder / "a.xlsx"), Rows{"sheets.too_many_sheets"});

  Parts parts = Xlsx{}.parts();
  for (int i = 0; i < 21'000; ++i) parts.emplace_back("p" + std::to_string(i), "");
  make_zip(folder / "b.xlsx", parts);
  EXPECT_EQ(rows_of(folder / "b.xlsx"), Rows{"sheets.too_large"});
}

TEST(XlsxHostile, tells_an_encrypted_part) {
  const TempDir folder;
  const auto path = (folder / "a.xlsx").string();
  make_zip(path, some_rows().parts());
  zip_t* archive = zip_open(path.c_str(), 0, nullptr);
  ASSERT_NE(archive, nullptr);
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive, 0));
  for (zip_uint64_t i = 0; i < count; ++i) {
    zip_file_set_encryption(archive, i, ZIP_EM_AES_256, "secret");
  }
  ASSERT_EQ(zip_close(archive), 0);
  EXPECT_EQ(rows_of(path), Rows{"sheets.encrypted"});
}

}  // namespace
}  // namespace jishi::sheets
