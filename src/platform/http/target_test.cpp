#include "platform/http/target.hpp"

#include <rapidcheck/gtest.h>

#include "base/text.hpp"

namespace jishi::http {
namespace {

std::string refused(std::string_view target) {
  const auto parsed = parse_target(target);
  return parsed ? "" : parsed.error().code;
}

std::string encoded(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return text;
}

TEST(Target, IsTakenApart) {
  const auto parsed = parse_target("/api/%E5%85%9A/a+b?q=%E5%BC%A0+%2B&flag&&x=1=2&q=");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->path, "/api/党/a+b");
  EXPECT_EQ(parsed->segments, (std::vector<std::string>{"api", "党", "a+b"}));
  EXPECT_EQ(parsed->query, (Fields{{"q", "张 +"}, {"flag", ""}, {"x", "1=2"}, {"q", ""}}));
}

TEST(Target, AbsoluteFormLosesItsHost) {
  EXPECT_EQ(parse_target("http://other.example:80/a?b=c")->path, "/a");
  EXPECT_EQ(parse_target("HTTPS://other.example")->path, "/");
  EXPECT_EQ(refused("http://other.example?x=/a"), "http.target_invalid");
  EXPECT_EQ(refused("ftp://other.example/a"), "http.target_invalid");
  EXPECT_EQ(parse_target("http://Other.example:80/a?b=c")->authority, "other.example:80");
  EXPECT_EQ(parse_target("/a?b=http://other.example")->authority, "");
  for (const auto* target : {"http://", "http:///a", "http://a b/", "http://me@x/", "http://x:y/"})
    EXPECT_EQ(refused(target), "http.target_invalid") << target;
}

TEST(Authority, IsANameWithOrWithoutAPort) {
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {"Example.org", "example.org", "example.org"},
      {"example.org:8080", "example.org:8080", "example.org"},
      {"127.0.0.1:80", "127.0.0.1:80", "127.0.0.1"},
      {"[::1]:80", "[::1]:80", "::1"},
      {"[2001:DB8::1]", "[2001:db8::1]", "2001:db8::1"},
  };
  for (const auto& [text, authority, host] : cases) {
    EXPECT_EQ(parse_authority(text), authority);
    EXPECT_EQ(host_of(authority), host);
  }
  for (const std::string text :
       {"",     ":80",   "a b",  "a@b", "a/b", "a?b",    "a#b", "a,b",   "a:",   "a:80x", "a:65536",
        "a:-1", "a:1:2", "[::1", "::1", "[x]", "[::1]x", "党",  "a%2eb", "a\\b", "<b>"})
    EXPECT_FALSE(parse_authority(text)) << text;
  EXPECT_FALSE(parse_authority(std::string(256, 'a')));
}

TEST(Target, OneSlashAtTheEndIsForgivenAndNoOther) {
  EXPECT_EQ(parse_target("/")->path, "/");
  EXPECT_EQ(parse_target("/a/")->path, "/a");
  EXPECT_EQ(refused("/a//"), "http.target_invalid");
  EXPECT_EQ(refused("//a"), "http.target_invalid");
}

TEST(Target, RefusesWhatCouldLeadElsewhere) {
  for (const auto* target :
       {"",           "a",     "*",        "?a=b",     "/.",      "/..",     "/a/../b",
        "/%2e%2e/x",  "/%2E",  "/a%2Fb",   "/a%5cb",   "/a\\b",   "/%00",    "/a%0d%0ab",
        "/%7f",       "/%",    "/%4",      "/%4g",     "/%zz",    "/%ff",    "/%c0%af",
        "/%ed%a0%80", "/\xff", "/a?x=%00", "/a?%ff=1", "/a?x=%4", "/a?x=%0a"})
    EXPECT_EQ(refused(target), "http.target_invalid") << target;
}

TEST(Target, BoundsLengthDepthAndFields) {
  EXPECT_EQ(refused("/" + std::string(kMaxSegment, 'x')), "");
  EXPECT_EQ(refused("/" + std::string(kMaxSegment + 1, 'x')), "http.target_invalid");
  std::string deep;
  for (std::size_t i = 0; i < kMaxSegments; ++i) deep += "/x";
  EXPECT_EQ(refused(deep), "");
  EXPECT_EQ(refused(deep + "/x"), "http.target_invalid");
  std::string wide = "/?a";
  for (std::size_t i = 1; i < kMaxQueryFields; ++i) wide += "&a";
  EXPECT_EQ(refused(wide), "");
  EXPECT_EQ(refused(wide + "&a"), "http.query_too_long");
  EXPECT_EQ(refused("/?" + std::string(kMaxTarget - 2, 'x')), "");
  EXPECT_EQ(refused("/?" + std::string(kMaxTarget - 1, 'x')), "http.target_too_long");
}

RC_GTEST_PROP(Target, DecodingUndoesEncodingOrRefuses, (const std::string& bytes)) {
  const auto decoded = percent_decoded(encoded(bytes));
  const bool clean = is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
                       return static_cast<unsigned char>(c) < 0x20 || c == '\x7F';
                     });
  RC_ASSERT(decoded.has_value() == clean);
  if (clean) RC_ASSERT(*decoded == bytes);
}

RC_GTEST_PROP(Target, APathIsAlwaysClean, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("/", "..", ".", "%2e", "%2f", "%5c", "a", "%00", "%", "党",
                                    "%E5%85%9A", "?", "&", "=", "\\", "#", "http://x"));
  std::string target;
  for (const auto& part : parts) target += part;
  const auto parsed = parse_target(target);
  if (!parsed) return;
  RC_ASSERT(is_utf8(parsed->path));
  for (const auto& segment : parsed->segments) {
    RC_ASSERT(!segment.empty() && segment != "." && segment != "..");
    RC_ASSERT(segment.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos);
  }
}

RC_GTEST_PROP(FileName, IsOneThatAnyDiskTakes, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("/", "\\", "..", ".", " ", "a", "党", "\xff", ":", "\r",
                                    std::string(1, '\0'), std::string(190, 'x')));
  std::string given;
  for (const auto& part : parts) given += part;
  const std::string name = file_name_only(given);
  RC_ASSERT(is_utf8(name));
  RC_ASSERT(name.size() <= 200U);
  RC_ASSERT(name.find_first_of(std::string_view("/\\:\r\0", 5)) == std::string::npos);
  RC_ASSERT(!name.starts_with('.') && !name.starts_with(' '));
  RC_ASSERT(!name.ends_with('.') && !name.ends_with(' '));
}

TEST(FileName, IsWhatThePersonSees) {
  const std::pair<std::string, std::string> cases[] = {
      {"../../etc/passwd", "passwd"},
      {"C:\\Windows\\名册.xlsx", "名册.xlsx"},
      {"名册\xE2\x80\xAExslx.exe", "名册xslx.exe"},
      {"\xE2\x81\xA6名册\xEF\xBB\xBF.csv", "名册.csv"},
      {"..", ""},
      {".bashrc", "bashrc"},
      {std::string("a\0b.csv", 7), "ab.csv"},
  };
  for (const auto& [given, name] : cases) EXPECT_EQ(file_name_only(given), name) << given;
}

TEST(Cookies, AreReadAndWhatIsNoneIsPassedOver) {
  EXPECT_EQ(parse_cookies("a=1; b=\"two\";c ; =d;; e=f=g ;a=2"),
            (Fields{{"a", "1"}, {"b", "two"}, {"e", "f=g"}, {"a", "2"}}));
  std::string many;
  for (std::size_t i = 0; i < 2 * kMaxCookies; ++i) many += "a=b;";
  EXPECT_EQ(parse_cookies(many).size(), kMaxCookies);
}

TEST(HeaderParameter, IsUnquoted) {
  const std::string header = "form-data; name=\"a;b=\\\"c\\\"\"; Other=plain ; empty=";
  EXPECT_EQ(header_parameter(header, "name"), "a;b=\"c\"");
  EXPECT_EQ(header_parameter(header, "other"), "plain");
  EXPECT_EQ(header_parameter(header, "empty"), "");
  EXPECT_FALSE(header_parameter(header, "b"));
  EXPECT_FALSE(header_parameter("form-data", "name"));
  EXPECT_FALSE(header_parameter("", "name"));
  EXPECT_EQ(header_parameter("x; name=\"open", "name"), "open");
}

TEST(EntityTags, AreFoundStronglyAndWeakly) {
  EXPECT_TRUE(lists_tag("\"a\", \"b\"", "\"b\"", false));
  EXPECT_TRUE(lists_tag("*", "\"b\"", false));
  EXPECT_TRUE(lists_tag("W/\"b\"", "\"b\"", true));
  EXPECT_FALSE(lists_tag("W/\"b\"", "\"b\"", false));
  EXPECT_FALSE(lists_tag("W/\"b\"", "W/\"b\"", false));
  EXPECT_TRUE(lists_tag("W/\"b\"", "W/\"b\"", true));
  EXPECT_FALSE(lists_tag("", "\"b\"", true));
  EXPECT_FALSE(lists_tag("b", "\"b\"", true));
}

}  // namespace
}  // namespace jishi::http
