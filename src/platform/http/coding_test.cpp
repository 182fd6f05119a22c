#include "platform/http/coding.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "platform/http/conditional.hpp"

namespace jishi::http {
namespace {

std::string unpacked(const std::string& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string text(1 << 20U, '\0');
  std::string from = packed;
  stream.next_in = reinterpret_cast<Bytef*>(from.data());
  stream.avail_in = static_cast<uInt>(from.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

Request asking(std::string accepts) {
  Request request;
  if (!accepts.empty()) request.headers.emplace_back("accept-encoding", std::move(accepts));
  return request;
}

std::string body_of(const Response& response) {
  return *std::get<std::shared_ptr<const std::string>>(response.body);
}

TEST(Gzip, GivesBackWhatItTook) {
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += "{\"name\":\"东街第" + std::to_string(i) + "支部\"},";
  EXPECT_EQ(unpacked(gzipped(text)), text);
  EXPECT_LT(gzipped(text).size(), text.size() / 5);
  EXPECT_EQ(gzipped(text), gzipped(text));
  EXPECT_EQ(unpacked(gzipped("")), "");
}

struct Accepts {
  std::string header;
  bool gzip;
};

TEST(AcceptEncoding, IsReadByItsWordsAndZeroWeights) {
  const std::vector<Accepts> cases{
      {"", false},         {"gzip", true},         {"GZIP", true},       {"br, gzip", true},
      {"gzip;q=0", false}, {"gzip; q=0.0", false}, {"gzip;q=0.1", true}, {"*", true},
      {"*;q=0", false},    {"*, gzip;q=0", false}, {"identity", false},  {"gzipped", false},
      {",,;,", false},     {"deflate, br", false},
  };
  for (const auto& [header, gzip] : cases)
    EXPECT_EQ(accepts_coding(asking(header), "gzip"), gzip) << header;
}

TEST(Document, IsSentInTheCodingThatIsTakenAndEachHasItsTag) {
  const Document document(std::string(5'000, 'a'));
  const Response plain = document.answer(asking(""), "text/plain");
  const Response packed = document.answer(asking("gzip, br"), "text/plain");
  EXPECT_EQ(body_of(plain), document.text());
  EXPECT_EQ(unpacked(body_of(packed)), document.text());
  EXPECT_FALSE(find_header(plain, "Content-Encoding"));
  EXPECT_EQ(find_header(packed, "Content-Encoding"), "gzip");
  EXPECT_NE(find_header(plain, "ETag"), find_header(packed, "ETag"));
  EXPECT_EQ(find_header(plain, "Vary"), find_header(packed, "Vary"));
  Request again = asking("gzip");
  again.headers.emplace_back("if-none-match", std::string(*find_header(packed, "ETag")));
  Response unchanged = document.answer(again, "text/plain");
  answer_if_changed(again, unchanged);
  EXPECT_EQ(unchanged.status, 304);
}

TEST(Document, ThatGzipWouldLengthenGoesPlain) {
  const Document document("a");
  EXPECT_FALSE(find_header(document.answer(asking("gzip"), "text/plain"), "Content-Encoding"));
}

}  // namespace
}  // namespace jishi::http
