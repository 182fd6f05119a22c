#include "modules/division/division.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "ledger/test_store.hpp"

namespace jishi::division {
namespace {

class DivisionTest : public testing::Test {
 protected:
  DivisionTest() {
    folder = store.file().parent_path() / "list";
    std::filesystem::create_directories(folder);
    put("provinces", "11,北京市\n44,广东省\n");
    put("cities", "1101,市辖区\n4419,东莞市\n");
    put("areas", "110101,东城区\n110102,西城区\n441900,东莞市\n");
    put("streets", "110101001,东华门街道\n441900003,东城街道\n");
    put("villages", "110101001001,多福巷社区居委会\n110101001002,银闸社区居委会\n");
  }

  void put(const std::string& name, const std::string& rows) {
    std::ofstream(folder / (name + ".csv")) << "code,name\n" << rows;
  }

  std::string code_of_load() {
    const auto loaded = load(*store, Actor{}, folder);
    return loaded ? "" : loaded.error().code;
  }

  std::string search(std::string_view typed, Id below = kNoId) {
    return store->read([&](db::Reader& reader) {
      std::string line;
      for (const Division& one : gazetteer.search(reader, typed, below, 20)) {
        line += (line.empty() ? "" : " ") + one.code;
      }
      return line;
    });
  }

  TestStore store;
  std::filesystem::path folder;
  Gazetteer gazetteer;
};

TEST_F(DivisionTest, ATreeIsLoadedAndRead) {
  const auto loaded = load(*store, Actor{}, folder);
  ASSERT_TRUE(loaded) << loaded.error().code;
  EXPECT_EQ(loaded->nodes, 11);
  store->read([&](db::Reader& reader) {
    const auto top = children(reader, kNoId, "", 1);
    EXPECT_EQ(top->rows.at(0).name, "北京市");
    EXPECT_EQ(top->rows.at(0).below, 6);
    EXPECT_EQ(children(reader, kNoId, top->next, 1)->rows.at(0).name, "广东省");
    EXPECT_EQ(children(reader, *id_of("4419"), "", 10)->rows.at(0).code, "441900");
    EXPECT_EQ(path(reader, *id_of("441900003")).size(), 4U);
    EXPECT_EQ(path(reader, 77).size(), 0U);
    EXPECT_EQ(children(reader, 77, "", 10).error().code, "division.missing");
    EXPECT_EQ(children(reader, kNoId, "x", 10).error().code, "division.page");
    EXPECT_EQ(children(reader, kNoId, "", 201).error().code, "division.page");
    return true;
  });
}

TEST_F(DivisionTest, NamesAreFoundByPinyinHigherOnesFirst) {
  EXPECT_EQ(search("东"), "");
  ASSERT_EQ(code_of_load(), "");
  EXPECT_EQ(search("东城"), "110101 441900003");
  EXPECT_EQ(search("dgs"), "4419 441900");
  EXPECT_EQ(search("dongchengqu"), "110101");
  EXPECT_EQ(search("东城", *id_of("44")), "441900003");
  EXPECT_EQ(search("110101001"), "110101001 110101001001 110101001002");
  EXPECT_EQ(search("东城", 5), "");
  put("provinces", "11,北京市\n44,粤\n");
  ASSERT_EQ(code_of_load(), "");
  EXPECT_EQ(search("yue"), "44");
}

TEST_F(DivisionTest, TheSameListIsLoadedOnce) {
  ASSERT_EQ(code_of_load(), "");
  EXPECT_TRUE(load(*store, Actor{}, folder)->unchanged);
}

TEST_F(DivisionTest, WhatIsNoListIsRefusedAndTheOldOneStays) {
  ASSERT_EQ(code_of_load(), "");
  put("streets", "110103001,无上级街道\n");
  EXPECT_EQ(code_of_load(), "division.parent_missing");
  put("streets", "110101001,甲\n110101001,乙\n");
  EXPECT_EQ(code_of_load(), "division.doubled");
  put("streets", "11010100,短\n");
  EXPECT_EQ(code_of_load(), "division.row_unreadable");
  put("streets", "11010100x,字母\n");
  EXPECT_EQ(code_of_load(), "division.row_unreadable");
  std::ofstream(folder / "streets.csv") << "name,code\n甲,110101001\n";
  EXPECT_EQ(code_of_load(), "division.row_unreadable");
  std::filesystem::remove(folder / "streets.csv");
  EXPECT_EQ(code_of_load(), "division.file_missing");
  EXPECT_EQ(search("东城区"), "110101");
}

}  // namespace
}  // namespace jishi::division
