#include "api/cross_site.hpp"

#include <gtest/gtest.h>

namespace jishi::api {
namespace {

TEST(CrossSite, Table) {
  using http::Method;
  const struct {
    Method method;
    std::vector<http::Header> headers;
    bool cross;
  } cases[] = {
      {Method::post, {}, false},  // no browser, or one that does not tell
      {Method::post, {{"sec-fetch-site", "same-origin"}}, false},
      {Method::post, {{"sec-fetch-site", "none"}}, false},
      {Method::post, {{"sec-fetch-site", "same-site"}}, true},
      {Method::post, {{"sec-fetch-site", "cross-site"}}, true},
      {Method::del, {{"sec-fetch-site", "cross-site"}}, true},
      {Method::get, {{"sec-fetch-site", "cross-site"}}, false},
      {Method::post, {{"sec-fetch-site", "same-origin"}, {"origin", "null"}}, false},
      {Method::post, {{"origin", "http://jishi.example:8080"}}, false},
      {Method::post, {{"origin", "https://JISHI.example:8080"}}, false},
      {Method::post, {{"origin", "https://jishi.example"}}, false},  // behind a front
      {Method::post, {{"origin", "http://jishi.example:8081"}}, true},
      {Method::post, {{"origin", "http://evil.example"}}, true},
      {Method::post, {{"origin", "http://jishi.example.evil.example"}}, true},
      {Method::post, {{"origin", "http://jishi.example@evil.example"}}, true},
      {Method::post, {{"origin", "null"}}, true},
      {Method::post, {{"origin", ""}}, true},
      {Method::put, {{"origin", "http://evil.example"}}, true},
      {Method::options, {{"origin", "http://evil.example"}}, false},
      {Method::post, {{"origin", "http://evil.example"}, {"authorization", "Bearer x"}}, false},
  };
  for (const auto& [method, headers, cross] : cases) {
    http::Request request;
    request.method = method;
    request.host = "jishi.example:8080";
    request.headers = headers;
    EXPECT_EQ(is_cross_site(request), cross)
        << http::name_of(method) << ' ' << (headers.empty() ? "" : headers.front().second);
  }
}

TEST(CrossSite, AHostWithoutAPortIsThatOfAFront) {
  http::Request request;
  request.method = http::Method::post;
  request.host = "[::1]";
  request.headers = {{"origin", "https://[::1]:8443"}};
  EXPECT_FALSE(is_cross_site(request));
  request.headers = {{"origin", "https://[::2]:8443"}};
  EXPECT_TRUE(is_cross_site(request));
}

}  // namespace
}  // namespace jishi::api
