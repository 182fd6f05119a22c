#include "modules/workflow/materials/material_type.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "ledger/backup/kept_files.hpp"
#include "ledger/test_store.hpp"
#include "modules/workflow/materials/material_files.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::workflow {
namespace {

std::filesystem::path file_of(TestStore& store, std::string_view content) {
  const auto path = store->folder() / "paper";
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(content.data(), static_cast<std::streamsize>(content.size()));
  return path;
}

TEST(MaterialType, ContentSaysWhatAFileIs) {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view content, name, verdict;
  };
  const Case cases[] = {
      {"%PDF-1.7\n...", "a.pdf", "pdf"},
      {"\n%PDF-1.4", "A.PDF", "pdf"},
      {"\xff\xd8\xff\xe0rest", "b.jpg", "jpeg"},
      {"\xff\xd8\xff\xe0rest", "b.jpeg", "jpeg"},
      {"\x89PNG\r\n\x1a\nrest", "c.png", "png"},
      {"%PDF-1.7", "a.exe", "workflow.material_name"},
      {"%PDF-1.7", "pdf", "workflow.material_name"},
      {"\xff\xd8\xff\xe0rest", "b.png", "workflow.material_name"},
      {"", "a.pdf", "workflow.material_type"},
      {"MZ\x90", "a.pdf", "workflow.material_type"},
      {"<html>", "a.pdf", "workflow.material_type"},
      {"PK\x03\x04 no package"sv, "a.docx", "workflow.material_type"},
  };
  TestStore store;
  for (const Case& one : cases) {
    const auto type = type_of_file(file_of(store, one.content), one.name);
    EXPECT_EQ(type ? (*type)->word : std::string_view(type.error().code), one.verdict) << one.name;
  }
}

TEST(MaterialType, NamesAreKeptWithoutFoldersAndSigns) {
  const std::pair<std::string, std::string> cases[] = {
      {"a.pdf", "a.pdf"},
      {"../../etc/passwd.pdf", "passwd.pdf"},
      {"C:\\papers\\申请书.pdf", "申请书.pdf"},
      {"a\r\nb\".pdf", "ab.pdf"},
      {"..pdf", "pdf"},
  };
  for (const auto& [given, kept] : cases) {
    const auto name = kept_name(given);
    EXPECT_EQ(name ? *name : name.error().code, kept) << given;
  }
  for (const std::string& given :
       {std::string(), std::string("/"), std::string("..."), std::string(151, 'a')}) {
    const auto name = kept_name(given);
    ASSERT_FALSE(name) << given;
    EXPECT_EQ(name.error().code, "workflow.material_unnamed");
  }
}

TEST(MaterialFiles, AContentLiesSealedAndComesBack) {
  TestStore store;
  const MaterialFiles files(kept_files_folder(store->folder()), store->keys());
  const std::string content = "%PDF-1.7 申请人：陈新";
  const std::string place = files.place_of(content);
  EXPECT_EQ(place.size(), 32U);
  EXPECT_NE(place, files.place_of(content + " "));
  ASSERT_TRUE(files.keep(place, content));
  ASSERT_TRUE(files.keep(place, content));
  const auto path = kept_files_folder(store->folder()) / place.substr(0, 2) / place;
  std::ifstream stream(path, std::ios::binary);
  const std::string kept{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_EQ(kept.find("陈新"), std::string::npos);
  EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::others_all,
            std::filesystem::perms::none);
  const auto back = files.content(place, 1'000);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, content);
  // Changed, or gone, it is told.
  std::ofstream(path, std::ios::binary | std::ios::app) << "x";
  ASSERT_FALSE(files.content(place, 1'000));
  EXPECT_EQ(files.content(place, 1'000).error().code, "workflow.material_gone");
  files.forget(place);
  EXPECT_FALSE(files.content(place, 1'000));
}

}  // namespace
}  // namespace jishi::workflow
