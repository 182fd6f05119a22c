#include "api/export/cells.hpp"

#include <gtest/gtest.h>

#include "base/date.hpp"

namespace jishi::api {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Counts {
  std::int64_t members = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (members))

struct Row {
  std::string name;
  std::optional<Date> due;
  Colour colour = Colour::red;
  bool open = false;
  Counts counts;
  std::vector<Counts> of_months;
  std::vector<std::string> tags;
  std::optional<Period> period;
};
BOOST_DESCRIBE_STRUCT(Row, (), (name, due, colour, open, counts, of_months, tags, period))

TEST(ExportCells, ColumnsAreMembersAndThoseOfStructsWithinButNoListsOfThem) {
  EXPECT_EQ(columns_of<Row>(), (std::vector<std::string>{"name", "due", "colour", "open",
                                                         "counts.members", "tags", "period"}));
}

TEST(ExportCells, CellsStandInTheOrderOfColumnsAndEmptyOnesStayEmpty) {
  const std::vector<Cell> cells = cells_of(
      Row{"王芳", std::nullopt, Colour::green, true, {7}, {{1}, {2}}, {"a", "b"}, std::nullopt});
  ASSERT_EQ(cells.size(), columns_of<Row>().size());
  EXPECT_EQ(cells[0], Cell("王芳"));
  EXPECT_EQ(cells[1], Cell(std::monostate{}));
  EXPECT_EQ(cells[2], Cell("green"));
  EXPECT_EQ(cells[3], Cell(true));
  EXPECT_EQ(cells[4], Cell(std::int64_t{7}));
  EXPECT_EQ(cells[5], Cell(R"(["a","b"])"));
}

TEST(ExportCells, APeriodIsWrittenAsItIsRead) {
  Row row;
  row.period = period_of(PeriodKind::month, from_days(20'000));
  EXPECT_EQ(cells_of(row).back(), Cell("2024-10"));
  row.period.reset();
  EXPECT_EQ(cells_of(row).back(), Cell(std::monostate{}));
}

TEST(ExportCells, ADayStaysADay) {
  Row row;
  row.due = from_days(20'000);
  EXPECT_EQ(cells_of(row)[1], Cell(from_days(20'000)));
}

}  // namespace
}  // namespace jishi::api
