// DMN 1.5, 10.3.1 and 10.3.2: literals, names, operators, control, lists, contexts, functions.
#include "base/feel/tests/cases.hpp"
#include "base/texts.hpp"

namespace jishi::feel {
namespace {

TEST(FeelGrammar, Literals) {
  expect_all(
      {{"1", "1"},
       {"-1", "-1"},
       {".5", "0.5"},
       {"00.10", "0.1"},
       {"1e3", "1000"},
       {"1.5E-2", "0.015"},
       {"1234567890123456789012345678901234", "1234567890123456789012345678901234"},
       {"0.1234567890123456789012345678901234567", "0.1234567890123456789012345678901235"},
       {"1e7000", "null"},
       {"true", "true"},
       {"null", "null"},
       {R"("a\"b\\c\n\t")", R"("a\"b\\c\n\t")"},
       {R"("\u4e2d\u6587")", "\"中文\""},
       {R"("\uD83D\uDC0E" = "\U01F40E")", "true"},
       {R"("\U01F40E" = "🐎")", "true"},
       {R"("\d+")", R"("\\d+")"},
       {R"(@"2026-02-28")", R"(@"2026-02-28")"},
       {R"(@"2026-02-30")", "null"},
       {R"(@"12:00:00+08:00")", R"(@"12:00:00+08:00")"},
       {R"(@"2026-02-28T12:00:00@Asia/Shanghai")", R"(@"2026-02-28T12:00:00@Asia/Shanghai")"},
       {R"(@"P1Y14M")", R"(@"P2Y2M")"},
       {R"(@"-P1DT36H")", R"(@"-P2DT12H")"},
       {R"(@"PT0.5S")", R"(@"PT0.5S")"},
       {R"(@"foo")", "null"},
       {"1 // one\n + /* and */ 1", "2"}});
}

TEST(FeelGrammar, SyntaxErrors) {
  expect_all({{"", "feel.end"},
              {"1 +", "feel.end"},
              {"1 + )", "feel.unexpected"},
              {"(1", "feel.end_wanted"},
              {"[1, 2", "feel.end_wanted"},
              {"\"a", "feel.open_string"},
              {"if 1", "feel.end_wanted"},
              {"if true then 1", "feel.end_wanted"},
              {"1 2", "feel.unexpected"},
              {"{a: }", "feel.unexpected"},
              {"{1: 2}", "feel.name_wanted"},
              {"1 instance of", "feel.type_wanted"},
              {"f(a: 1, 2)", "feel.mixed_arguments"},
              {"1 # 2", "feel.unexpected"},
              {"/* open", "feel.unexpected"},
              {"\xff", "feel.not_utf8"}});
}

// Made one by one: g++ 12 warns of what it makes of them in a list.
TEST(FeelGrammar, HostileSyntax) {
  const std::string blanks(70'000, ' ');
  const std::string brackets = fmt::format("{:(>200}1{:)>200}", "", "");
  const std::string signs = fmt::format("{:->200}1", "");
  EXPECT_EQ(worth_of({blanks, ""}), "feel.too_long");
  EXPECT_EQ(worth_of({brackets, ""}), "feel.too_deep");
  EXPECT_EQ(worth_of({signs, ""}), "feel.too_deep");
}

TEST(FeelGrammar, ErrorsSayLineAndColumnOfCodePoints) {
  const auto refused = Expression::read("1 +\n \"中文\" +", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(say(Language::en, refused.error()),
            "2:8: the expression ends here, but something is missing.");
  const auto expression = Expression::read("[1,\n  1 / 0]", {});
  const auto found = expression->evaluate({}, test_clock());
  ASSERT_EQ(found.issues.size(), 1);
  EXPECT_EQ(found.issues[0].place, (Place{2, 3}));
  EXPECT_EQ(say(Language::zh, found.issues[0].error), "第 2 行第 3 列：除数为零。");
}

TEST(FeelGrammar, NamesAreTheLongestThatAreKnown) {
  const std::string context = R"({"a":7,"b":2,"a-b":100,"first name":"Li","x+y":5,"x":1,"y":1,
      "for sale":true,"党员 人数":3,"p":{"q r":4,"s-t":5,"time":6},"order":{"item":"x"}})";
  expect_all({{"a-b", "100", context},
              {"a - b", "100", context},
              {"b-a", "-5", context},
              {"x+y", "5", context},
              {"x + y * 2", "10", context},
              {"first   name", "\"Li\"", context},
              {"if for sale then 1 else 2", "1", context},
              {"党员 人数 + 1", "4", context},
              {"p.q r", "4", context},
              {"p.s-t", "5", context},
              {"p.time", "6", context},
              {"order.item", "\"x\"", context},
              {"{new name: 1, other: new name + 1}.other", "2"},
              {"{\"a b\": 1}.a b", "1"},
              {"for day count in [1,2] return day count * 2", "[2, 4]"},
              {"date and time(\"2026-01-01T00:00:00\").year", "2026"},
              {"{date: 1, time: 2}.date", "1"},
              {"unknown", "null"}});
}

TEST(FeelGrammar, Precedence) {
  expect_all({{"1 + 2 * 3", "7"},
              {"(1 + 2) * 3", "9"},
              {"10 - 2 - 3", "5"},
              {"16 / 4 / 2", "2"},
              {"2 ** 3 ** 2", "64"},
              {"-3 ** 2", "9"},
              {"2 ** -1", "0.5"},
              {"2 * 3 ** 2", "18"},
              {"1 + 1 = 2 and 2 < 3", "true"},
              {"true or false and false", "true"},
              {"1 = 1 = true", "true"},
              {"--1", "1"},
              {"1 + if true then 2 else 3", "3"},
              {"if false then 1 else 2 + 3", "5"},
              {"[1,2,3][2] + 1", "3"},
              {"{a: [1, 2]}.a[1]", "1"}});
}

TEST(FeelGrammar, ThreeValuedLogic) {
  expect_all({{"true and true", "true"},
              {"true and false", "false"},
              {"true and null", "null"},
              {"false and null", "false"},
              {"null and false", "false"},
              {"null and null", "null"},
              {"true or null", "true"},
              {"null or true", "true"},
              {"false or null", "null"},
              {"false or false", "false"},
              {"true and 1", "null"},
              {"false and \"x\"", "false"},
              {"1 or true", "true"},
              {"not(true)", "false"},
              {"not(null)", "null"},
              {"not(1)", "null"},
              {"if null then 1 else 2", "2"},
              {"if 1 then 1 else 2", "2"}});
}

TEST(FeelGrammar, Comparison) {
  expect_all({{"1 = 1.0", "true"},
              {"1 = \"1\"", "null"},
              {"1 != \"1\"", "null"},
              {"null = null", "true"},
              {"null = 1", "false"},
              {"1 != null", "true"},
              {"null < 1", "null"},
              {"true < false", "null"},
              {"\"a\" < \"b\"", "true"},
              {"\"🐎\" > \"中\"", "true"},
              {"[1,2] = [1,2]", "true"},
              {"[1,2] = [2,1]", "false"},
              {"[1,2] = [1,\"a\"]", "false"},
              {"[1,null] = [1,null]", "true"},
              {"[] = []", "true"},
              {"{a: 1, b: 2} = {b: 2, a: 1}", "true"},
              {"{a: 1} = {a: 1, b: 2}", "false"},
              {"true[1] = true", "true"},
              {"[1..5] = [1..5]", "true"},
              {"[1..5] = (1..5]", "false"},
              {"2 between 1 and 3", "true"},
              {"4 between 1 and 3", "false"},
              {"null between 1 and 3", "null"},
              {"2 between 1 and 3 and true", "true"},
              {R"(@"2026-01-01" < @"2026-01-02")", "true"},
              {R"(@"10:00:00+01:00" = @"09:00:00Z")", "true"},
              {R"(@"10:00:00" = @"10:00:00Z")", "false"},
              {R"(@"10:00:00" < @"10:00:00Z")", "false"},
              {R"(@"10:00:00" <= @"10:00:00Z")", "false"},
              {R"(@"10:00:00" != @"10:00:00Z")", "true"},
              {R"(@"10:00:00" < @"11:00:00Z")", "true"},
              {R"(@"10:00:00" < @"11:00:00+08:00")", "true"},
              {R"(@"12:00:00+08:00" > @"11:00:00")", "true"},
              {R"(@"10:00:00+08:00" between @"09:00:00" and @"11:00:00")", "true"},
              {R"(now() > date and time("2026-01-01T00:00:00"))", "true"},
              {R"(now() > date and time("2026-03-05T08:00:01"))", "false"},
              {R"(now() in [@"2026-01-01T00:00:00"..@"2026-12-31T00:00:00"])", "true"},
              {R"(now() in (> @"2026-12-31T00:00:00"))", "false"},
              {R"(max([@"2026-01-01T00:00:00", now(), @"2025-01-01T00:00:00Z"]) = now())", "true"},
              {R"(@"2026-01-01T00:00:00@Asia/Shanghai" < @"2026-01-01T00:00:01")", "true"},
              {R"(@"2026-01-01T08:00:00+08:00" = @"2026-01-01T00:00:00Z")", "true"},
              {R"(@"2026-07-01T08:00:00@Asia/Shanghai" = @"2026-07-01T00:00:00Z")", "true"},
              {R"(@"2018-12-08T00:00:00@Europe/Paris" = @"2018-12-07T23:00:00Z")", "true"},
              {R"(@"2018-12-08T00:00:00@Europe/Paris" <= @"2018-12-07T23:00:00Z")", "true"},
              {R"(@"2018-12-08T00:00:00@Europe/Paris" != @"2018-12-07T23:00:00Z")", "false"},
              {R"(@"2018-12-08T00:00:00@Europe/Paris" = @"2018-12-08T00:00:00")", "false"},
              {R"(@"2018-12-08T00:00:00@Europe/Paris" <= @"2018-12-08T00:00:00")", "false"},
              {R"(@"10:00:00@Etc/UTC" in [@"10:00:00"..@"11:00:00"])", "false"},
              {R"(time("23:59:00Z") + duration("PT2M") = time("00:01:00@Etc/UTC"))", "true"},
              {R"(@"2026-07-01T08:00:00@Asia/Shanghai" <= @"2026-07-01T00:00:00Z")", "true"},
              {R"(@"2026-07-01T08:00:00@Asia/Shanghai" >= @"2026-07-01T00:00:00Z")", "true"},
              {R"(@"2026-07-01" = @"2026-07-01T00:00:00Z")", "null"},
              {R"(@"2026-07-01" < @"2026-07-02T00:00:00Z")", "null"},
              {R"(@"P1D" < @"PT25H")", "true"},
              {R"(@"P12M" = @"P1Y")", "true"},
              {R"(@"P1D" = @"P1M")", "null"}});
}

TEST(FeelGrammar, In) {
  expect_all({{"1 in [2,3,1]", "true"},
              {"1 in [2,3,4]", "false"},
              {"1 in [[2..4], [1..3]]", "true"},
              {"5 in [[2..4], [1..3]]", "false"},
              {"1 in <= 10", "true"},
              {"11 in <= 10", "false"},
              {"2 in (2..4)", "false"},
              {"2 in [2..4)", "true"},
              {"4 in (2..4]", "true"},
              {"5 in ]1..5[", "false"},
              {"1 in 1", "true"},
              {"10 in (1, < 5, >= 10)", "true"},
              {"10 in (1, 5, 9)", "false"},
              {"\"b\" in [\"a\"..\"c\"]", "true"},
              {"null in null", "true"},
              {"null in [1..3]", "null"},
              {"1 in [\"a\", 1]", "true"},
              {"[1,2,3] in [[1,2,3,4], [1,2,3]]", "true"},
              {"{a: 1} in [{a: 1}]", "true"},
              {"5 in (? > 3)", "true"},
              {"\"abc\" in (starts with(?, \"a\"))", "true"},
              {"1 in (2) or true", "true"},
              {"1 in ([1,2,3][1])", "true"},
              {R"(@"2026-05-01" in [@"2026-01-01"..@"2026-12-31"])", "true"}});
}

TEST(FeelGrammar, ListsAndFilters) {
  expect_all({{"[1,2,3][1]", "1"},
              {"[1,2,3][-1]", "3"},
              {"[1,2,3][0]", "null"},
              {"[1,2,3][4]", "null"},
              {"[1,2,3][1.5]", "null"},
              {"[][1]", "null"},
              {"[1,2,3,4][item > 2]", "[3, 4]"},
              {"[1,2,3][false]", "[]"},
              {"[1,2,3][null]", "[]"},
              {"[1,2,3][\"a\"]", "null"},
              {"[1,2,3][[true]]", "null"},
              {"[1,2,3][if item = 1 then true else \"a\"]", "null"},
              {"[][\"a\"]", "null"},
              {"1[\"a\"]", "null"},
              {"[1,null,3][item > 2]", "[3]"},
              {"100[1]", "100"},
              {"100[2]", "null"},
              {"100[item = 100]", "[100]"},
              {"null[true]", "[]"},
              {"[{x:1,y:2},{x:2,y:3}][x = 1]", "[{x: 1, y: 2}]"},
              {"[{x:1,y:2},{x:2,y:3}].y", "[2, 3]"},
              {"[{x:1,y:2},{x:2}].y", "[2, null]"},
              {"[{x:1},{x:2}][item.x > n]", "[{x: 2}]", R"({"n":1})"},
              {"[{item: 5}, {item: 1}][item > 2]", "[{item: 5}]"},
              {"[{a b: 1}, {a b: 2}][a b = 2]", "[{a b: 2}]"},
              {"[[1,2],[3]][1][2]", "2"},
              {"[1,2,3][count([1,2])]", "2"}});
}

TEST(FeelGrammar, Loops) {
  expect_all({{"for i in [1,2,3] return i * 2", "[2, 4, 6]"},
              {"for i in 1..3 return i", "[1, 2, 3]"},
              {"for i in 3..1 return i", "[3, 2, 1]"},
              {"for i in [1..3) return i", "[1, 2]"},
              {"for i in 1..2, j in [10, 20] return i + j", "[11, 21, 12, 22]"},
              {"for i in 1..3, j in 1..i return j", "[1, 1, 2, 1, 2, 3]"},
              {"for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"},
              {"for i in 5 return i", "[5]"},
              {"for i in null return i", "null"},
              {"for i in 1..\"a\" return i", "null"},
              {"for i in 1..2.5 return i", "null"},
              {R"(for d in @"2026-02-27"..@"2026-03-01" return d.day)", "[27, 28, 1]"},
              {"for i in [] return 1 / 0", "[]"},
              {"some i in [1,2,3] satisfies i > 2", "true"},
              {"some i in [] satisfies true", "false"},
              {"every i in [] satisfies false", "true"},
              {"every i in [1,2], j in [3,4] satisfies i < j", "true"},
              {"some i in [1, null] satisfies i > 5", "null"},
              {"some i in [null, 6] satisfies i > 5", "true"},
              {"every i in [1, null] satisfies i > 0", "null"},
              {"every i in [null, 0] satisfies i > 0", "false"}});
}

TEST(FeelGrammar, ContextsAndPaths) {
  expect_all({{"{}", "{}"},
              {"{a: 1, b: a + 1}.b", "2"},
              {"{a: {b: {c: 3}}}.a.b.c", "3"},
              {"{a: 1}.b", "null"},
              {"null.a", "null"},
              {"1.5.a", "null"},
              {"{a: 1, a: 2}", "null"},
              {"{\"a\": 1} = {a: 1}", "true"},
              {"{a: b, b: 1}.a", "null"},
              {"{add: function(x, y) x + y, r: add(1, 2)}.r", "3"},
              {"{fib: function(n) if n < 2 then n else fib(n-1) + fib(n-2), r: fib(10)}.r", "55"},
              {"[1..10].start", "1"},
              {"(1..10].start included", "false"},
              {"(<10).end", "10"},
              {"(<10).start", "null"},
              {"(>=10).start included", "true"},
              {"(=10).end", "10"}});
}

TEST(FeelGrammar, FunctionsAndTypes) {
  expect_all(
      {{"(function(x) x * 2)(4)", "8"},
       {"{f: function(a, b) a - b, r: f(b: 1, a: 5)}.r", "4"},
       {"{f: function(a: number) a, r: f(\"x\")}.r", "null"},
       {"{f: function(a: list<number>) count(a), r: f(1)}.r", "1"},
       {"{f: function(a: number) a = null, r: f(\"x\")}.r", "true"},
       {"{f: function(a: number) a, r: f([[4]])}.r", "4"},
       {"{f: function(a) a, r: f()}.r", "null"},
       {"{f: function(a) a, r: f(c: 1)}.r", "null"},
       {"{f: function(a,b) if b = null then a else b, r: f(a:3)}.r", "3"},
       {"{f: function(a,b) if b = null then a else b, r: f(b:4)}.r", "4"},
       {"{f: function(a,b) if b = null then a else b, r: f(3)}.r", "null"},
       {"{f: function(a,b) a, r: f(a: 1, a: 2)}.r", "null"},
       {"{f: function(a,b) a, r: f(a: 1, c: 2)}.r", "null"},
       {"is(value1: null)", "null"},
       {"is(value2: 1)", "null"},
       {"is(value2: 1, value1: 1)", "true"},
       {"{n: 3, f: function(x) x + n, r: f(1)}.r", "4"},
       {"function(x) external {java: {class: \"C\"}}", "null"},
       {"foo(1)", "null"},
       {"{a: 1}.a(2)", "null"},
       {R"x((function() "a") instance of function<>->string)x", "true"},
       {R"x((function() "a") instance of function<>->number)x", "false"},
       {"(function(a: number) {b: 1}) instance of function<number>->context<b: number>", "true"},
       {"(function() {b: 1}) instance of function<>->context<b: number, c: number>", "false"},
       {"(function(a) a) instance of function<Any>->string", "true"},
       {"1 instance of number", "true"},
       {"\"1\" instance of number", "false"},
       {"null instance of Any", "false"},
       {"null instance of Null", "true"},
       {"1 instance of Any", "true"},
       {"[1,2] instance of list<number>", "true"},
       {"[1,\"a\"] instance of list<number>", "false"},
       {"[] instance of list<string>", "true"},
       {"{a: 1} instance of context<a: number>", "true"},
       {"{a: 1} instance of context<a: string>", "false"},
       {"{a: 1, b: 2} instance of context<a: number>", "true"},
       {"{a: 1} instance of context", "null"},
       {"{a: 1} instance of context<>", "null"},
       {"123 instance of list", "null"},
       {"[1] instance of list", "null"},
       {"[1] instance of list<Any>", "true"},
       {"[1..2] instance of range", "null"},
       {"min instance of function", "null"},
       {"[[1]] instance of list<list>", "null"},
       {"[1..2] instance of range<number>", "true"},
       {"[1..2] instance of range<string>", "false"},
       {"min instance of function<list<Any>> -> Any", "true"},
       {"(function(a: number) a) instance of function<number> -> Any", "true"},
       {R"(@"P1D" instance of days and time duration)", "true"},
       {R"(@"P1M" instance of days and time duration)", "false"},
       {R"(@"2026-01-01T00:00:00" instance of date and time)", "true"},
       {R"(@"2026-01-01" instance of date and time)", "false"},
       {"1 instance of tUnknown", "null"}});
}

TEST(FeelGrammar, Arithmetic) {
  expect_all({{"0.1 + 0.2", "0.3"},
              {"1 / 3", "0.3333333333333333333333333333333333"},
              {"2 / 3", "0.6666666666666666666666666666666667"},
              {"1 / 0", "null"},
              {"0 ** -1", "null"},
              {"2 ** 0.5", "1.414213562373095048801688724209698"},
              {"10 ** 33 + 1 - 10 ** 33", "1"},
              {"10 ** 7000", "null"},
              {"\"a\" + \"b\"", "\"ab\""},
              {"\"a\" + 1", "null"},
              {"\"a\" - \"b\"", "null"},
              {"1 + null", "null"},
              {"[1] + 1", "null"},
              {"-\"a\"", "null"},
              {R"(@"2026-01-31" + @"P1M")", R"(@"2026-02-28")"},
              {R"(@"2024-02-29" + @"P1Y")", R"(@"2025-02-28")"},
              {R"(@"2026-03-01" - @"P1D")", R"(@"2026-02-28")"},
              {R"(@"P1D" + @"2026-02-28")", R"(@"2026-03-01")"},
              {R"(@"2026-01-01T23:00:00" + @"PT2H")", R"(@"2026-01-02T01:00:00")"},
              {R"(@"23:30:00" + @"PT1H")", R"(@"00:30:00")"},
              {R"(@"00:30:00" - @"PT1H")", R"(@"23:30:00")"},
              {R"(@"2026-03-01" - @"2026-02-01")", R"(@"P28D")"},
              {R"(@"12:00:00" - @"10:30:00")", R"(@"PT1H30M")"},
              {R"(@"12:00:00Z" - @"10:30:00")", "null"},
              {R"(@"2026-01-01T00:00:00Z" - @"2026-01-01T08:00:00+08:00")", R"(@"PT0S")"},
              {R"(@"P1D" * 1.5)", R"(@"P1DT12H")"},
              {R"(2 * @"P1M")", R"(@"P2M")"},
              {R"(@"P1Y" / 5)", R"(@"P2M")"},
              {R"(@"P1D" / @"PT6H")", "4"},
              {R"(@"P1Y" / @"P1M")", "12"},
              {R"(@"P1D" / 0)", "null"},
              {R"(-@"P1D")", R"(@"-P1D")"},
              {R"(@"P1D" + @"P1M")", "null"},
              {R"(@"P1D" - @"PT36H")", R"(@"-PT12H")"},
              {R"(@"999999999-12-31" + @"P1D")", "null"},
              {R"(@"10:00:00" + @"P1M")", "null"}});
}

TEST(FeelGrammar, Properties) {
  expect_all({{R"(@"2026-03-05".year)", "2026"},
              {R"(@"2026-03-05".weekday)", "4"},
              {R"(@"2026-03-05T10:20:30.5".second)", "30.5"},
              {R"(@"2026-03-05T10:20:30+08:00".time offset)", R"(@"PT8H")"},
              {R"(@"2026-03-05T10:20:30".time offset)", "null"},
              {R"(@"2026-03-05T10:20:30@Asia/Shanghai".timezone)", "\"Asia/Shanghai\""},
              {R"(@"10:20:30".hour)", "10"},
              {R"(@"P1Y2M".years)", "1"},
              {R"(@"P2M".years)", "0"},
              {R"(@"P1Y".days)", "null"},
              {R"(@"P1DT2H".hours)", "2"},
              {R"(@"-PT90S".seconds)", "-30"},
              {R"(@"2026-03-05".hour)", "null"},
              {"\"a\".length", "null"}});
}

TEST(FeelGrammar, Reasons) {
  const std::pair<Case, const char*> kCases[] = {
      {{"nobody", ""}, "feel.unknown_name"},
      {{"1 / 0", ""}, "feel.division_by_zero"},
      {{"1 + \"a\"", ""}, "feel.arithmetic"},
      {{"[3..1]", ""}, "feel.range_order"},
      {{"nothing(1)", ""}, "feel.unknown_name"},
      {{"abs(\"a\")", ""}, "feel.no_signature"},
      {{"abs(null)", ""}, "feel.null_argument"},
      {{"[1][\"a\"]", ""}, "feel.filter"},
      {{"1 instance of list", ""}, "feel.type_parameter"},
      {{"{f: function(a) a, r: f(c: 1)}.r", ""}, "feel.argument_unknown"},
      {{"{f: function(a, b) a, r: f(a: 1, a: 2)}.r", ""}, "feel.argument_twice"},
      {{"{f: function(a) a, r: f(a: 1, b: 2)}.r", ""}, "feel.argument_count"},
      {{R"(replace("abc", "b", "\\x"))", ""}, "feel.replacement"},
      {{R"(replace("abc", "x*", "-"))", ""}, "feel.pattern"},
      {{"substring(\"foobar\", 3, 5)", ""}, "feel.length"},
      {{"{f: function(n) f(n), r: f(1)}.r", ""}, "feel.recursion"},
      {{"for i in 1..3000, j in 1..3000 return 1", ""}, "feel.value_too_large"},
      {{"some i in 1..3000, j in 1..3000 satisfies false", ""}, "feel.too_many_steps"},
      {{"for i in 1..1000000000 return i", ""}, "feel.value_too_large"},
      {{"for i in 1..100 return partial", ""}, "feel.value_too_deep"},
      {{"matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+$\")", ""}, "feel.pattern"},
      {{"{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f(\"0123456789\", 40)}.r", ""},
       "feel.text_too_long"}};
  for (const auto& [one, code] : kCases) EXPECT_EQ(reason_of(one), code) << one.expression;
}

TEST(FeelGrammar, CellsOfTables) {
  const std::tuple<const char*, const char*, const char*> kCases[] = {
      {"-", "1", "true"},
      {"5", "5", "true"},
      {"5", "6", "false"},
      {"> 5", "6", "true"},
      {"1, 2, 3", "2", "true"},
      {"not(1, 2)", "3", "true"},
      {"not(1, 2)", "2", "false"},
      {"[1..3]", "3", "true"},
      {"\"a\", \"b\"", "\"b\"", "true"},
      {"? > 3 and ? < 5", "4", "true"},
      {"not(? > 3)", "4", "false"},
      {"contains(?, \"b\")", "\"abc\"", "true"},
      {"true", "false", "false"},
      {"false", "false", "true"},
      {"null", "null", "true"},
      {"> 5", "null", "null"},
      {"1", "\"1\"", "null"},
      {"limit", "7", "true"},
      {"< limit", "6", "true"},
      {"[1,2,3]", "2", "true"}};
  const Value context = Value::context({{"limit", Value(7)}});
  Known known;
  known.add_context(context);
  for (const auto& [cell, value, worth] : kCases) {
    const auto tests = parse_tests(cell, known, Library::standard());
    ASSERT_TRUE(tests) << cell;
    Evaluator evaluator(test_clock());
    const auto input = Expression::read(value, {})->evaluate({}, test_clock()).value;
    EXPECT_EQ(literal_of(evaluator.passes(input, *tests, scope_of(context))), worth)
        << value << " in " << cell;
  }
  for (const char* cell : {"", "1,", "not(1", "> ", "- 1,"}) {
    EXPECT_FALSE(parse_tests(cell, known, Library::standard())) << cell;
  }
}

}  // namespace
}  // namespace jishi::feel
