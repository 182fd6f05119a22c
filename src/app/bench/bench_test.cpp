#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "app/bench/bench.hpp"
#include "app/bench/figure.hpp"
#include "app/bench/measure.hpp"

namespace jishi::app {
namespace {

using bench::Expected;
using bench::Figure;
using bench::Sense;
using bench::Verdict;

std::string program_beside_tests() {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "jishi";
  return program.string();
}

/// What is printed to stdout while it stands.
class Captured {
 public:
  Captured() { testing::internal::CaptureStdout(); }
  std::string text() { return testing::internal::GetCapturedStdout(); }
};

struct Printed {
  Result<Status> status;
  std::vector<boost::json::object> lines;
};

Printed print_json(const BenchOptions& options) {
  Settings settings;
  settings.pack = std::filesystem::path(JISHI_SOURCE_DIR) / "packs/party";
  settings.language = Language::en;
  settings.json = true;
  const SystemClock clock;
  Captured captured;
  auto status = [&] {
    Console console;
    return run_bench({settings, clock, console}, options);
  }();
  Printed printed{std::move(status), {}};
  std::istringstream text(captured.text());
  for (std::string line; std::getline(text, line);) {
    printed.lines.push_back(boost::json::parse(line).as_object());
  }
  return printed;
}

TEST(Bench, EveryGroupGivesWellFormedFigures) {
  BenchOptions options;
  options.scale = 0.001;
  options.program = program_beside_tests();
  const bench::TemporaryFolder folder;
  options.write = (folder.path() / "generated" / "performance.md").string();
  const auto printed = print_json(options);
  ASSERT_TRUE(printed.status) << printed.status.error().code
                              << testing::PrintToString(printed.status.error().arguments);
  ASSERT_FALSE(printed.lines.empty());
  EXPECT_TRUE(printed.lines.front().contains("machine"));
  std::set<std::string> groups;
  for (std::size_t i = 1; i < printed.lines.size(); ++i) {
    const auto& line = printed.lines[i];
    ASSERT_TRUE(line.contains("group") && line.contains("figure") && line.contains("unit"));
    EXPECT_GE(line.at("measured").to_number<double>(), 0) << line;
    groups.emplace(line.at("group").as_string());
  }
  for (const std::string& group : bench_groups()) {
    // Those that start the program need one beside the tests.
    const bool starts = group == "start" || group == "http";
    EXPECT_TRUE(starts || groups.contains(group)) << group;
  }
  std::ifstream page(options.write);
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  EXPECT_THAT(text, testing::HasSubstr("# Performance"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("bench.")));  // a code without its text
}

TEST(Bench, LeavesTheSectionsOfOthersOnThePage) {
  const bench::TemporaryFolder folder;
  BenchOptions options;
  options.groups = {"merkle"};
  options.scale = 0.001;
  options.write = (folder.path() / "performance.md").string();
  std::ofstream(options.write)
      << "# Performance\n\n## soak\n\nof ten minutes\n\n## merkle\n\nold\n";
  ASSERT_TRUE(print_json(options).status);
  std::ifstream page(options.write);
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  EXPECT_THAT(text, testing::HasSubstr("\n## soak\n\nof ten minutes\n"));
  EXPECT_THAT(text, testing::HasSubstr("\n## merkle\n"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("old")));
}

TEST(Bench, RefusesWhatItDoesNotKnow) {
  BenchOptions options;
  options.groups = {"merkel"};
  EXPECT_EQ(print_json(options).status.error().code, "bench.unknown_group");
  options.groups = {"merkle"};
  for (const double scale : {0.0, -1.0, 1.5, std::nan("")}) {
    options.scale = scale;
    EXPECT_EQ(print_json(options).status.error().code, "bench.scale_out_of_bounds");
  }
}

TEST(Bench, JudgesByTheExpectation) {
  const auto judged = [](double measured, std::optional<Expected> expected) {
    return verdict_of(Figure{.name = "", .unit = "", .measured = measured, .expected = expected});
  };
  EXPECT_EQ(judged(10, Expected{Sense::at_least, 10}), Verdict::met);
  EXPECT_EQ(judged(9, Expected{Sense::at_least, 10}), Verdict::missed);
  EXPECT_EQ(judged(10, Expected{Sense::at_most, 10}), Verdict::met);
  EXPECT_EQ(judged(11, Expected{Sense::at_most, 10}), Verdict::missed);
  EXPECT_EQ(judged(1, std::nullopt), Verdict::none);
}

TEST(Bench, QuantilesAreValuesOfTheList) {
  EXPECT_EQ(bench::quantile({}, 0.5), 0);
  EXPECT_EQ(bench::quantile({3, 1, 2}, 0), 1);
  EXPECT_EQ(bench::quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(bench::quantile({3, 1, 2}, 1), 3);
}

TEST(Bench, ValuesHaveTheDigitsWorthReading) {
  EXPECT_EQ(bench::value_text(123456.7), "123,457");
  EXPECT_EQ(bench::value_text(42.25), "42.2");
  EXPECT_EQ(bench::value_text(1.234), "1.23");
  EXPECT_EQ(bench::value_text(0.01234), "0.0123");
  EXPECT_EQ(bench::value_text(0), "0.00");
}

TEST(Bench, TemporaryFoldersGoAgain) {
  std::filesystem::path path;
  {
    const bench::TemporaryFolder folder;
    path = folder.path();
    std::ofstream(path / "file") << "x";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace jishi::app
