#include "platform/http/router.hpp"

namespace jishi::http {
namespace {

Route route(Method method, std::string pattern) {
  Route made;
  made.method = method;
  made.pattern = std::move(pattern);
  return made;
}

Router small() {
  std::vector<Route> routes;
  routes.push_back(route(Method::get, "/"));
  routes.push_back(route(Method::get, "/persons"));
  routes.push_back(route(Method::post, "/persons"));
  routes.push_back(route(Method::get, "/persons/{person}"));
  routes.push_back(route(Method::del, "/persons/{who}"));
  routes.push_back(route(Method::get, "/persons/search"));
  routes.push_back(route(Method::get, "/persons/{person}/posts/{post}"));
  routes.push_back(route(Method::get, "/persons/search/last"));
  return Router(std::move(routes));
}

std::string found(const Router& router, Method method, const std::vector<std::string>& segments) {
  const auto match = router.find(method, segments);
  if (match.route == nullptr) return "allowed: " + std::string(match.allowed);
  std::string text = match.route->pattern;
  for (const auto& [name, value] : match.segments) text += ' ' + name + '=' + value;
  return text;
}

TEST(Router, FindsByPathAndMethod) {
  const Router router = small();
  EXPECT_EQ(found(router, Method::get, {}), "/");
  EXPECT_EQ(found(router, Method::post, {"persons"}), "/persons");
  EXPECT_EQ(found(router, Method::get, {"persons", "7"}), "/persons/{person} person=7");
  EXPECT_EQ(found(router, Method::del, {"persons", "7"}), "/persons/{who} who=7");
  EXPECT_EQ(found(router, Method::get, {"persons", "7", "posts", "9"}),
            "/persons/{person}/posts/{post} person=7 post=9");
}

TEST(Router, ANameOfItsOwnWinsOverAnyAndItsPathsAreStillFound) {
  const Router router = small();
  EXPECT_EQ(found(router, Method::get, {"persons", "search"}), "/persons/search");
  EXPECT_EQ(found(router, Method::get, {"persons", "search", "last"}), "/persons/search/last");
  EXPECT_EQ(found(router, Method::get, {"persons", "search", "posts", "1"}),
            "/persons/{person}/posts/{post} person=search post=1");
}

TEST(Router, HeadIsAnsweredByGet) {
  EXPECT_EQ(found(small(), Method::head, {"persons"}), "/persons");
}

TEST(Router, SaysWhichMethodsAPathTakes) {
  const Router router = small();
  EXPECT_EQ(found(router, Method::put, {"persons"}), "allowed: GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(found(router, Method::options, {"persons", "7"}),
            "allowed: GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(found(router, Method::get, {"person"}), "allowed: ");
  EXPECT_EQ(found(router, Method::get, {"persons", "7", "posts"}), "allowed: ");
  EXPECT_EQ(found(router, Method::get, {"{person}"}), "allowed: ");
}

TEST(Router, TwoRoutesOfOneAddressAreAMistakeOfTheProgram) {
  std::vector<Route> routes;
  routes.push_back(route(Method::get, "/a/{b}"));
  routes.push_back(route(Method::get, "/a/{c}"));
  EXPECT_THROW(Router(std::move(routes)), std::logic_error);
}

}  // namespace
}  // namespace jishi::http
