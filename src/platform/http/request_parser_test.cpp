#include "platform/http/request_parser.hpp"

#include <rapidcheck/gtest.h>

namespace jishi::http {
namespace {

constexpr std::size_t kHeader = 16 * 1024;

/// What a connection gets of one request, however it came.
struct Got {
  RequestHead head;
  std::string body;
  std::string rest;      // behind the request
  std::string refused;   // status and code
  bool wanting = false;  // more would have to come

  std::string text() const {
    std::string all = head.method + ' ' + head.target + ' ' + std::to_string(head.version) + '\n';
    for (const auto& [name, value] : head.headers) all += name + '=' + value + '\n';
    all += fmt::format("chunked {} length {} keep {}\n", head.chunked,
                       head.length ? std::to_string(*head.length) : "none", head.keep_alive);
    return all + body + '\n' + rest + '\n' + refused + (wanting ? "wanting" : "");
  }
};

/// Hands pieces to a parser as a connection does: what is not used stays before the next piece.
class Feeder {
 public:
  Feeder(std::size_t most_header, std::uint64_t most_body)
      : parser_(most_header), most_body_(most_body) {}

  /// False once there is a verdict.
  bool put(std::string_view piece) {
    input_ += piece;
    while (!over_) {
      if (!header_done_) parser_.limit_body(most_body_);
      auto step = header_done_ ? parser_.read_body(input_) : parser_.read_header(input_);
      got_.body += step.body;
      input_.erase(0, step.used);
      if (step.refusal) {
        got_.refused = std::to_string(step.refusal->status) + ' ' + step.refusal->error.code;
        over_ = true;
      } else if (step.done) {
        over_ = header_done_ || !parser_.head().has_body();
        header_done_ = true;
      } else if (step.used == 0 || input_.empty()) {
        return true;
      }
    }
    return false;
  }

  Got take(std::string_view unread) {
    got_.wanting = !over_;
    if (header_done_) got_.head = parser_.head();
    if (got_.refused.empty()) got_.rest = input_ + std::string(unread);
    if (!got_.refused.empty()) got_.head = {};
    if (!got_.refused.empty()) got_.body.clear();
    return std::move(got_);
  }

 private:
  RequestParser parser_;
  const std::uint64_t most_body_;
  std::string input_;
  bool header_done_ = false;
  bool over_ = false;
  Got got_;
};

/// Reads `text` in pieces of the given sizes; the last one takes what is left.
Got read(std::string_view text, const std::vector<std::size_t>& sizes = {},
         std::size_t most_header = kHeader, std::uint64_t most_body = 1 << 20) {
  Feeder feeder(most_header, most_body);
  for (const std::size_t size : sizes) {
    const auto piece = text.substr(0, size);
    text.remove_prefix(piece.size());
    if (!feeder.put(piece)) return feeder.take(text);
  }
  feeder.put(text);
  return feeder.take("");
}

std::string refused(std::string_view text) {
  return read(text).refused;
}

TEST(RequestParser, ReadsARequestAndLeavesWhatFollows) {
  const auto got = read(
      "POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Two:  some words \r\nContent-Length: 3\r\n\r\nabcGET "
      "/");
  EXPECT_EQ(got.head.method, "POST");
  EXPECT_EQ(got.head.target, "/a?b=c");
  EXPECT_EQ(got.head.version, 11U);
  EXPECT_EQ(got.head.headers[1], Header("x-two", "some words"));
  EXPECT_EQ(got.head.length, 3U);
  EXPECT_TRUE(got.head.keep_alive);
  EXPECT_EQ(got.body, "abc");
  EXPECT_EQ(got.rest, "GET /");
}

TEST(RequestParser, JoinsChunksAndForgetsTheirExtensionsAndTrailers) {
  const auto got = read(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3;a=b\r\nabc\r\n00A;q=\"x;y\"\r\n0123456789\r\n0\r\nX-Late: yes\r\n\r\nnext");
  EXPECT_EQ(got.refused, "");
  EXPECT_TRUE(got.head.chunked);
  EXPECT_EQ(got.body, "abc0123456789");
  EXPECT_EQ(got.rest, "next");
  EXPECT_EQ(got.head.headers.size(), 2U);
}

TEST(RequestParser, KeepsAConnectionByVersionAndHeader) {
  const std::pair<std::string, bool> cases[] = {
      {"GET / HTTP/1.1\r\n\r\n", true},
      {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", false},
      {"GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n", false},
      {"GET / HTTP/1.0\r\n\r\n", false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
  };
  for (const auto& [text, kept] : cases) EXPECT_EQ(read(text).head.keep_alive, kept) << text;
}

TEST(RequestParser, RefusesWhatTwoReadersCouldTakeDifferently) {
  const std::string start = "POST / HTTP/1.1\r\nHost: x\r\n";
  const std::string chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string cases[] = {
      start + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
      start + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
      start + "Content-Length: 3, 3\r\n\r\nabc",
      start + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
      start +
          "Transfer-Encoding: \x0b"
          "chunked\r\n\r\n0\r\n\r\n",
      start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      start + "Content-Length: -1\r\n\r\n",
      start + "Content-Length: +3\r\n\r\nabc",
      start + "Content-Length: 0x3\r\n\r\nabc",
      start + "Content-Length: 3 4\r\n\r\nabc",
      start + "Content-Length:\r\n\r\n",
      start + "Content-Length: 18446744073709551616\r\n\r\n",
      start + "X-Folded: a\r\n b\r\n\r\n",
      start + "X-Folded: a\r\n\tb\r\n\r\n",
      start + std::string("X-Nul: a\0b\r\n\r\n", 14),
      start + "X-Bare: a\rb\r\n\r\n",
      start + "X-Line: a\nB: b\r\n\r\n",
      start + "Host : x\r\n\r\n",
      start + " Host: x\r\n\r\n",
      start + ": x\r\n\r\n",
      start + "no colon\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      chunked + "x\r\nabc\r\n0\r\n\r\n",
      chunked + "-3\r\nabc\r\n0\r\n\r\n",
      chunked + "+3\r\nabc\r\n0\r\n\r\n",
      chunked + "0x3\r\nabc\r\n0\r\n\r\n",
      chunked + "3\nabc\r\n0\r\n\r\n",
      chunked + "3\r\nabcd\r\n0\r\n\r\n",
      chunked + "3\r\nabc0\r\n\r\n",
      chunked + "\r\nabc\r\n0\r\n\r\n",
      chunked + "fffffffffffffffff\r\nabc",
      chunked + "0\r\nContent-Length: 9\r\n\r\n",
      chunked + "0\r\nno colon\r\n\r\n",
      chunked + "3;" + std::string(9000, 'x'),
  };
  for (const std::string& text : cases) {
    const auto got = read(text);
    EXPECT_EQ(got.refused, "400 http.malformed") << text.substr(0, 200) << " gave " << got.text();
  }
}

TEST(RequestParser, BoundsAChunksLineHoweverItComes) {
  const std::string start = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  constexpr std::size_t kMost = RequestParser::kMaxChunkLine;
  for (const std::size_t length : {kMost - 1, kMost, kMost + 1, 3 * kMost}) {
    const std::string line = "3;" + std::string(length - 4, 'x') + "\r\n";
    // With the line break that ends the chunk before.
    const std::string trailer = "0\r\nX: " + std::string(length - 12, 'x') + "\r\n\r\n";
    for (const std::string& text :
         {start + line + "abc\r\n0\r\n\r\n", start + "3\r\nabc\r\n" + trailer}) {
      const std::string whole = read(text).text();
      const std::vector<std::size_t> bytes(text.size(), 1);
      const std::vector<std::size_t> pieces(text.size() / 1000, 1000);
      EXPECT_EQ(read(text, bytes).text(), whole) << length;
      EXPECT_EQ(read(text, pieces).text(), whole) << length;
      EXPECT_EQ(read(text).refused, length > kMost ? "400 http.malformed" : "") << length;
    }
  }
}

TEST(RequestParser, RefusesFirstLinesThatAreNone) {
  const std::pair<std::string, std::string> cases[] = {
      {"GET / HTTP/2.0\r\n\r\n", "505 http.version"},
      {"GET / HTTP/1.2\r\n\r\n", "505 http.version"},
      {"GET / HTTP/0.9\r\n\r\n", "505 http.version"},
      {"GET /\r\n\r\n", "400 http.malformed"},
      {"GET  / HTTP/1.1\r\n\r\n", "400 http.malformed"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 http.version"},
      {"GET / HTTP/1.1 \r\n\r\n", "400 http.malformed"},
      {"GET / HTTP/1.1\nHost: x\n\n", "400 http.malformed"},
      {"GET / HTTP/1.1\rHost: x\r\n\r\n", "400 http.malformed"},
      {"GET / HTTX/1.1\r\n\r\n", "400 http.malformed"},
      {"GET / HTTP/x.1\r\n\r\n", "400 http.malformed"},
      {"GET / http/1.1\r\n\r\n", "400 http.malformed"},
      {"G@T / HTTP/1.1\r\n\r\n", "400 http.malformed"},
      {" GET / HTTP/1.1\r\n\r\n", "400 http.malformed"},
      {"\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", "400 http.malformed"},
      {"\x16\x03\x01\x02\x01", "400 http.malformed"},
  };
  for (const auto& [text, code] : cases) EXPECT_EQ(refused(text), code) << text;
  EXPECT_EQ(refused("\r\nGET / HTTP/1.1\r\n\r\n"), "");
}

TEST(RequestParser, BoundsTheHeader) {
  const std::string start = "GET / HTTP/1.1\r\n";
  const auto wide = start + "X: " + std::string(1000, 'x') + "\r\n\r\n";
  EXPECT_EQ(read(wide, {}, 2000).refused, "");
  EXPECT_EQ(read(wide, {}, 1000).refused, "431 http.header_too_large");
  // Without an end, too, it is not waited for.
  EXPECT_EQ(read(start + "X: " + std::string(1000, 'x'), {}, 1000).refused,
            "431 http.header_too_large");
  EXPECT_EQ(read("GET /" + std::string(1000, 'x'), {}, 1000).refused, "431 http.header_too_large");
  std::string many = start;
  for (std::size_t i = 0; i <= RequestParser::kMaxHeaders; ++i) many += "a: b\r\n";
  EXPECT_EQ(refused(many + "\r\n"), "431 http.header_too_large");
}

TEST(RequestParser, BoundsTheBodyWhateverItsFraming) {
  const std::string start = "POST / HTTP/1.1\r\nHost: x\r\n";
  const auto chunks =
      start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
  EXPECT_EQ(read(chunks, {}, kHeader, 7).body, "abcdefg");
  EXPECT_EQ(read(chunks, {}, kHeader, 6).refused, "413 http.body_too_large");
  const auto vast = start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc";
  EXPECT_EQ(read(vast).refused, "413 http.body_too_large");
}

/// Requests of all framings, whole and broken, joined from what makes them.
std::string any_request() {
  const auto line = *rc::gen::element<std::string>(
      "GET / HTTP/1.1\r\n", "POST /x HTTP/1.1\r\n", "PUT /%41 HTTP/1.0\r\n",
      "\r\nGET / HTTP/1.1\r\n", "GET  / HTTP/1.1\r\n", "GET / HTTP/3.0\r\n", "GET / HTTP/1.1\n",
      "GET / HTTP/2.0\n");
  const auto fields = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "Host: x\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Cookie: a=b\r\n",
      "Connection: close\r\n", "X: a\r\n b\r\n", "Host : x\r\n", "Y:\t\t\r\n"));
  const auto body = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("5\r\nhello\r\n", "0\r\n\r\n", "2;x=\"y\"\r\nab\r\n", "hello",
                                    "0\r\nX-Late: 1\r\n\r\n", "\r\n", "GET / HTTP/1.1\r\n", "zz"));
  std::string text = line;
  for (const auto& field : fields) text += field;
  text += "\r\n";
  for (const auto& part : body) text += part;
  return text;
}

RC_GTEST_PROP(RequestParser, IsIndifferentToHowTheBytesCome, ()) {
  const std::string text = any_request();
  const auto sizes =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 12));
  const std::string whole = read(text).text();
  RC_ASSERT(read(text, sizes).text() == whole);
  RC_ASSERT(read(text, std::vector<std::size_t>(text.size(), 1)).text() == whole);
}

TEST(RequestParser, IsIndifferentToEverySinglePlaceOfACut) {
  const std::string texts[] = {
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;e\r\nhello\r\n1\r\n!\r\n0\r\nT: t\r\n\r\nGET",
      "POST / HTTP/1.1\r\nX: a\r\n b\r\n\r\n",
  };
  for (const std::string& text : texts) {
    const std::string whole = read(text).text();
    for (std::size_t first = 0; first < text.size(); ++first) {
      for (std::size_t second = 0; first + second < text.size(); ++second)
        ASSERT_EQ(read(text, {first, second}).text(), whole) << first << ' ' << second;
    }
  }
}

}  // namespace
}  // namespace jishi::http
