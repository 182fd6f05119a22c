#include "app/server/boundary/boundary.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "app/scratch_folder.hpp"

namespace jishi::app {
namespace {

class BoundaryFile : public ::testing::Test {
 protected:
  BoundaryFile() { std::filesystem::create_directories(scratch_.path()); }
  Result<std::string> load(const std::string& text) {
    const auto file = scratch_.path() / "boundary.json";
    std::ofstream(file) << text;
    return load_boundary(file);
  }
  static std::string area(const std::string& properties, const std::string& geometry) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)" +
           properties + R"(,"geometry":)" + geometry + "}]}";
  }
  ScratchFolder scratch_;
};

constexpr const char* kSquare =
    R"({"type":"Polygon","coordinates":[[[110,20],[111,20],[111,21],[110,20]]]})";

TEST_F(BoundaryFile, GivesCodeNameAndShapeAndNothingElse) {
  const auto text = load(area(R"({"code":"E","name":"East","secret":"x"})", kSquare));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->find("secret"), std::string::npos);
  EXPECT_NE(text->find(R"("code":"E")"), std::string::npos);
}

TEST_F(BoundaryFile, RefusesWhatIsNoMap) {
  const auto code_of = [&](const std::string& text) {
    const auto read = load(text);
    return read ? std::string("read") : read.error().code;
  };
  EXPECT_EQ(code_of("[]"), "system.boundary_invalid");
  EXPECT_EQ(code_of(R"({"features":[]})"), "system.boundary_invalid");
  EXPECT_EQ(code_of(area(R"({"name":"East"})", kSquare)), "system.boundary_invalid");
  EXPECT_EQ(code_of(area(R"({"code":"E"})", kSquare)), "system.boundary_invalid");
  EXPECT_EQ(code_of(area(R"({"code":"E","name":"East"})", R"({"type":"Point"})")),
            "system.boundary_invalid");
  EXPECT_EQ(code_of(area(R"({"code":"E","name":"East"})",
                         R"({"type":"Polygon","coordinates":[[[1110,20]]]})")),
            "system.boundary_invalid");
  EXPECT_EQ(code_of(area(R"({"code":"E","name":"East"})",
                         R"({"type":"Polygon","coordinates":[[["a","b"]]]})")),
            "system.boundary_invalid");
  EXPECT_EQ(code_of(std::string(kMaxBoundaryBytes + 1, ' ')), "system.boundary_large");
  EXPECT_EQ(load_boundary(scratch_.path() / "none.json").error().code,
            "system.boundary_unreadable");
}

}  // namespace
}  // namespace jishi::app
