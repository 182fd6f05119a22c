#include "platform/http/static_files.hpp"

#include <unistd.h>

#include <fstream>

#include <gtest/gtest.h>

#include "platform/http/conditional.hpp"
#include "platform/http/test_server.hpp"

namespace jishi::http {
namespace {

namespace fs = std::filesystem;

/// A folder of files that a test may fill, gone with the test.
class WebFolder {
 public:
  WebFolder() {
    std::string name = (fs::temp_directory_path() / "jishi-web-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    put("index.html", "<!doctype html>the application");
  }
  ~WebFolder() { fs::remove_all(path_); }
  WebFolder(const WebFolder&) = delete;
  WebFolder& operator=(const WebFolder&) = delete;

  void put(const fs::path& name, std::string_view text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  const fs::path& path() const { return path_; }
  StaticFiles load() const { return *StaticFiles::load(path_); }

 private:
  fs::path path_;
};

Request asking(std::string path, std::vector<Header> headers = {}) {
  Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

const Header kPage{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"};

std::string text_of(const Response& response) {
  return *std::get<std::shared_ptr<const std::string>>(response.body);
}

std::string header_of(const Response& response, std::string_view name) {
  return std::string(find_header(response, name).value_or(""));
}

TEST(StaticFiles, SayWhatTheyAreAndHowLongTheyHold) {
  const WebFolder folder;
  folder.put("assets/index-1a2b3c4d.js", "run()");
  folder.put("assets/index-1a2b3c4d.css", "a{}");
  folder.put("mark.svg", "<svg/>");
  folder.put("data.unknown", "?");
  const StaticFiles files = folder.load();
  struct Case {
    const char* path;
    const char* type;
    const char* cache;
  };
  for (const Case& one : {Case{"/assets/index-1a2b3c4d.js", "text/javascript; charset=utf-8",
                               "public, max-age=31536000, immutable"},
                          Case{"/assets/index-1a2b3c4d.css", "text/css; charset=utf-8",
                               "public, max-age=31536000, immutable"},
                          Case{"/mark.svg", "image/svg+xml", "no-cache"},
                          Case{"/index.html", "text/html; charset=utf-8", "no-cache"},
                          Case{"/data.unknown", "application/octet-stream", "no-cache"}}) {
    const auto response = files.answer(asking(one.path));
    ASSERT_TRUE(response) << one.path;
    EXPECT_EQ(response->content_type, one.type) << one.path;
    EXPECT_EQ(header_of(*response, "Cache-Control"), one.cache) << one.path;
  }
}

TEST(StaticFiles, GoOutInTheSmallestCodingThatIsTaken) {
  const WebFolder folder;
  folder.put("assets/a.js", std::string(100, 'a'));
  folder.put("assets/a.js.gz", std::string(40, 'g'));
  folder.put("assets/a.js.br", std::string(30, 'b'));
  const StaticFiles files = folder.load();
  const std::pair<const char*, const char*> cases[] = {
      {"gzip, deflate, br", "br"},
      {"gzip, deflate", "gzip"},
      {"GZIP", "gzip"},
      {"br;q=0, gzip", "gzip"},
      {"br;q=0.000, gzip;q=0.001", "gzip"},
      {"*", "br"},
      {"*;q=0, gzip;q=1", "gzip"},
      {"brotli, xgzip", ""},
      {"identity", ""},
      {"", ""},
  };
  for (const auto& [accepted, coding] : cases) {
    const auto response = files.answer(asking("/assets/a.js", {{"accept-encoding", accepted}}));
    EXPECT_EQ(header_of(*response, "Content-Encoding"), coding) << accepted;
    EXPECT_EQ(header_of(*response, "Vary"), "Accept-Encoding") << accepted;
    EXPECT_EQ(response->content_type, "text/javascript; charset=utf-8") << accepted;
  }
  EXPECT_EQ(text_of(*files.answer(asking("/assets/a.js"))), std::string(100, 'a'));
}

TEST(StaticFiles, ATagIsOfTheBytesThatAreSent) {
  const WebFolder folder;
  folder.put("a.js", "one");
  folder.put("a.js.br", "1");
  folder.put("same.js", "one");
  const StaticFiles files = folder.load();
  const auto plain = header_of(*files.answer(asking("/a.js")), "ETag");
  const auto coded = header_of(*files.answer(asking("/a.js", {{"accept-encoding", "br"}})), "ETag");
  EXPECT_TRUE(plain.starts_with('"') && plain.ends_with('"')) << plain;
  EXPECT_NE(plain, coded);
  EXPECT_EQ(plain, header_of(*files.answer(asking("/same.js")), "ETag"));
  folder.put("a.js", "two");
  EXPECT_NE(plain, header_of(*folder.load().answer(asking("/a.js")), "ETag"));
  EXPECT_EQ(plain, header_of(*files.answer(asking("/a.js")), "ETag")) << "read once";
}

TEST(StaticFiles, AnyPageIsTheApplication) {
  const StaticFiles files = WebFolder().load();
  for (const char* path : {"/", "/organisations/7", "/signin", "/deep/er/page.html", "/apiary"}) {
    const auto response = files.answer(asking(path, {kPage}));
    ASSERT_TRUE(response) << path;
    EXPECT_EQ(text_of(*response), "<!doctype html>the application") << path;
    EXPECT_EQ(header_of(*response, "Cache-Control"), "no-cache") << path;
  }
}

TEST(StaticFiles, WhatIsNoPageIsNotThere) {
  const StaticFiles files = WebFolder().load();
  for (const char* path : {"/api", "/api/v1/nothing", "/assets/gone-1a2b3c4d.js"})
    EXPECT_FALSE(files.answer(asking(path, {kPage}))) << path;
  EXPECT_FALSE(files.answer(asking("/organisations/7")));
  EXPECT_FALSE(files.answer(asking("/organisations/7", {{"accept", "*/*"}})));
  EXPECT_FALSE(files.answer(asking("/organisations/7", {{"accept", "text/html;q=0, */*"}})));
}

TEST(StaticFiles, APathLeadsToNothingButTheirNames) {
  const WebFolder folder;
  folder.put("assets/a.js", "a");
  fs::create_symlink("/etc/passwd", folder.path() / "passwd");
  fs::create_directory_symlink("/etc", folder.path() / "etc");
  const StaticFiles files = folder.load();
  for (const char* path :
       {"/../etc/passwd", "/passwd", "/etc/hostname", "/assets", "/assets/", "/assets/../a.js",
        "//index.html", "/./index.html", "/index.html/", "/assets/a.js.br", "index.html", ""})
    EXPECT_FALSE(files.answer(asking(path))) << path;
}

TEST(StaticFiles, ACodingWithoutItsFileIsNotSent) {
  const WebFolder folder;
  folder.put("only.js.br", "b");
  EXPECT_FALSE(folder.load().answer(asking("/only.js", {{"accept-encoding", "br"}})));
}

TEST(StaticFiles, AreRefusedWhereThereIsNoApplication) {
  const WebFolder folder;
  fs::remove(folder.path() / "index.html");
  EXPECT_EQ(StaticFiles::load(folder.path()).error().code, "http.web_missing");
  EXPECT_EQ(StaticFiles::load(folder.path() / "nowhere").error().code, "http.web_missing");
  for (std::size_t i = 0; i <= StaticFiles::kMaxFiles; ++i) folder.put(std::to_string(i), "");
  EXPECT_EQ(StaticFiles::load(folder.path()).error().code, "http.web_too_large");
}

TEST(StaticFiles, OverTheWire) {
  const WebFolder folder;
  folder.put("assets/a.js", "run()");
  const StaticFiles files = folder.load();
  ServerOptions options;
  options.fallback = [&](Request& request) {
    return files.answer(request).value_or(text_response("none"));
  };
  const TestServer server({}, std::move(options));
  const auto ask = [&](const std::string& line, const std::string& more = {}) {
    return server.ask(line + " HTTP/1.1\r\nHost: a\r\n" + more + "\r\n");
  };
  const auto whole = ask("GET /assets/a.js");
  EXPECT_EQ(whole.status(), 200);
  EXPECT_EQ(whole.body, "run()");
  const auto held = ask("GET /assets/a.js", "If-None-Match: " + whole.header("ETag") + "\r\n");
  EXPECT_EQ(held.status(), 304);
  EXPECT_EQ(held.body, "");
  const auto head = ask("HEAD /assets/a.js");
  EXPECT_EQ(head.header("Content-Length"), "5");
  EXPECT_EQ(head.header("ETag"), whole.header("ETag"));
  // The path is decoded once, and is a name: nothing is looked for on the disk.
  EXPECT_EQ(ask("GET /assets/%61.js").body, "run()");
  for (const char* path : {"/assets/%2e%2e/index.html", "/..%2findex.html", "/assets/..%5ca.js"})
    EXPECT_NE(ask(std::string("GET ") + path).body, "run()") << path;
}

}  // namespace
}  // namespace jishi::http
