#include "platform/http/conditional.hpp"

#include <rapidcheck/gtest.h>

namespace jishi::http {
namespace {

Response with_tag() {
  Response response;
  response.content_type = "text/plain";
  response.headers.emplace_back("etag", "\"v1\"");
  return response;
}

Request asking(std::vector<Header> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

/// `first+length` of a body of 100 bytes, `whole`, or `none`.
std::string part(std::string_view header, std::uint64_t size = 100) {
  ByteRange range;
  switch (parse_range(header, size, range)) {
    case RangeAnswer::whole: return "whole";
    case RangeAnswer::unsatisfiable: return "none";
    case RangeAnswer::part: return fmt::format("{}+{}", range.first, range.length);
  }
  return "";
}

TEST(Range, IsReadAsTheStandardSays) {
  const std::pair<std::string, std::string> cases[] = {
      {"bytes=0-0", "0+1"},
      {"bytes=0-", "0+100"},
      {"bytes=10-19", "10+10"},
      {"bytes=90-200", "90+10"},
      {"bytes=99-", "99+1"},
      {"bytes=-1", "99+1"},
      {"bytes=-500", "0+100"},
      {"bytes=100-", "none"},
      {"bytes=-0", "none"},
      {"bytes=5-4", "whole"},
      {"bytes=0-1,5-6", "whole"},
      {"bytes=-", "whole"},
      {"bytes=", "whole"},
      {"bytes=a-b", "whole"},
      {"bytes=1-b", "whole"},
      {"bytes=--1", "whole"},
      {"bytes=+1-2", "whole"},
      {"bytes= 1-2", "whole"},
      {"lines=1-2", "whole"},
      {"", "whole"},
      {"bytes=0-99999999999999999999", "whole"},
      {"bytes=99999999999999999999-", "whole"},
      {"bytes=99999999999999999999-5", "whole"},
      {"bytes=-99999999999999999999", "whole"},
      {"bytes=18446744073709551615-18446744073709551615", "none"},
      {"bytes=0-18446744073709551615", "0+100"},
  };
  for (const auto& [header, expected] : cases) EXPECT_EQ(part(header), expected) << header;
  EXPECT_EQ(part("bytes=0-", 0), "none");
  EXPECT_EQ(part("bytes=-5", 0), "none");
}

RC_GTEST_PROP(Range, NeverReachesPastTheEnd, (std::uint64_t size)) {
  const auto first = *rc::gen::arbitrary<std::uint64_t>();
  const auto last = *rc::gen::arbitrary<std::uint64_t>();
  for (const auto& header : {fmt::format("bytes={}-{}", first, last),
                             fmt::format("bytes={}-", first), fmt::format("bytes=-{}", last)}) {
    ByteRange range;
    if (parse_range(header, size, range) != RangeAnswer::part) continue;
    RC_ASSERT(range.length > 0U);
    RC_ASSERT(range.first < size);
    RC_ASSERT(range.length <= size - range.first);
  }
}

TEST(Conditional, WhatIsHeldIsNotSentAgain) {
  for (const auto* held : {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"}) {
    Response response = with_tag();
    answer_if_changed(asking({{"if-none-match", held}}), response);
    EXPECT_EQ(response.status, 304) << held;
    EXPECT_EQ(response.content_type, "");
    EXPECT_EQ(find_header(response, "ETag"), "\"v1\"");
  }
}

TEST(Conditional, AnythingElseIsSent) {
  Response other = with_tag();
  answer_if_changed(asking({{"if-none-match", "\"v2\""}}), other);
  EXPECT_EQ(other.status, 200);
  Response failed = with_tag();
  failed.status = 404;
  answer_if_changed(asking({{"if-none-match", "*"}}), failed);
  EXPECT_EQ(failed.status, 404);
  Response untagged;
  answer_if_changed(asking({{"if-none-match", "*"}}), untagged);
  EXPECT_EQ(untagged.status, 200);
  Request post = asking({{"if-none-match", "*"}});
  post.method = Method::post;
  Response done = with_tag();
  answer_if_changed(post, done);
  EXPECT_EQ(done.status, 200);
}

TEST(Conditional, ARangeIsOfTheVersionThatWasMeant) {
  const std::pair<std::string, int> cases[] = {{"\"v1\"", 206},
                                               {"\"v0\"", 200},
                                               {"W/\"v1\"", 200},
                                               {"*", 200},
                                               {"Tue, 24 Nov 2026 03:00:00 GMT", 200}};
  for (const auto& [version, status] : cases) {
    Response response = with_tag();
    ByteRange range{0, 100};
    answer_range(asking({{"range", "bytes=10-19"}, {"if-range", version}}), response, range);
    EXPECT_EQ(response.status, status) << version;
    EXPECT_EQ(range.length, status == 206 ? 10U : 100U);
  }
}

TEST(Conditional, SaysWhichPartAndThatThereIsNone) {
  Response response = with_tag();
  ByteRange range{0, 100};
  answer_range(asking({{"range", "bytes=10-19"}}), response, range);
  EXPECT_EQ(find_header(response, "Content-Range"), "bytes 10-19/100");
  Response none = with_tag();
  range = {0, 100};
  answer_range(asking({{"range", "bytes=100-"}}), none, range);
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(range.length, 0U);
  EXPECT_EQ(find_header(none, "content-range"), "bytes */100");
}

}  // namespace
}  // namespace jishi::http
