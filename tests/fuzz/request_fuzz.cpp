// Requests, from their bytes to what a handler trusts. However the bytes come, the same is read; a
// path leads nowhere else; what is said back in an answer's header stays within its line.

#include <cstdlib>

#include "base/text.hpp"
#include "platform/http/conditional.hpp"
#include "platform/http/request_head.hpp"
#include "platform/http/target.hpp"

namespace {

using namespace jishi;

constexpr std::size_t kMaxHeader = 4'096;
constexpr std::uint64_t kMaxBody = 10'000;
constexpr std::size_t kBytewise = 2'000;  // up to here also byte by byte

void must(bool holds) {
  if (!holds) std::abort();
}

/// What a connection gets of one request.
struct Got {
  http::RequestHead head;
  std::string body;
  std::string rest;
  std::string verdict;  // empty: it is whole

  std::string text() const {
    std::string all = verdict + '\n' + head.method + ' ' + head.target + '\n';
    for (const auto& [name, value] : head.headers) all += name + '=' + value + '\n';
    all += fmt::format("{} {} {} {}\n", head.version, head.chunked, head.length.value_or(0),
                       head.keep_alive);
    return all + body + '\n' + rest;
  }
};

/// Reads a request that comes in pieces of a size, as a connection does.
Got read(std::string_view bytes, std::size_t piece) {
  http::RequestParser parser(kMaxHeader);
  Got got;
  std::string input;
  bool header = true;
  while (true) {
    auto step = header ? parser.read_header(input) : parser.read_body(input);
    must(step.used <= input.size());
    got.body += step.body;
    input.erase(0, step.used);
    if (step.refusal) {
      Got refused;
      refused.verdict = std::to_string(step.refusal->status) + step.refusal->error.code;
      return refused;
    }
    if (step.done && header && parser.head().has_body()) {
      header = false;
      parser.limit_body(kMaxBody);
      continue;
    }
    if (step.done) break;
    if (step.used > 0 && !input.empty()) continue;
    if (bytes.empty()) {
      Got wanting;
      wanting.verdict = "wanting";
      return wanting;
    }
    input += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  got.head = parser.head();
  got.rest = input + std::string(bytes);
  must(got.body.size() <= kMaxBody);
  return got;
}

// What is none may be refused for one of two faults, or waited for in vain; what is whole is the
// same however it comes.
bool same(const Got& one, const Got& other) {
  const bool neither = !one.verdict.empty() && !other.verdict.empty();
  return neither || one.text() == other.text();
}

std::string encoded(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("%{:02x}", static_cast<unsigned char>(c));
  return text;
}

// What was decoded, written again, is decoded to the same.
void check_target(const http::Request& request, const std::vector<std::string>& segments) {
  if (request.path == "*") return;
  std::string target;
  for (const std::string& segment : segments) {
    must(!segment.empty() && segment != "." && segment != "..");
    must(segment.find_first_of(std::string_view("/\\\0\r\n", 5)) == std::string::npos);
    must(is_utf8(segment));
    target += '/' + encoded(segment);
  }
  if (target.empty()) target = "/";
  char mark = '?';
  for (const auto& [name, value] : request.query) {
    must(is_utf8(name) && is_utf8(value) && !has_control(name + value));
    if (name.empty() && value.empty()) return;  // `?=`: written without it, it would be none
    target += mark + encoded(name) + '=' + encoded(value);
    mark = '&';
  }
  const auto again = http::parse_target(target);
  if (!again) must(again.error().code == "http.target_too_long");
  if (again) must(again->segments == segments && again->query == request.query);
}

// Whatever a handler says back: each line is one of the answer's own.
void check_answer(const http::Request& request) {
  http::Response response;
  response.content_type = "text/plain";
  for (const auto& [name, value] : request.headers) {
    response.content_type = value;
    response.headers.emplace_back(name, value);
  }
  for (const auto& [name, value] : request.query) response.headers.emplace_back(name, value);
  const std::string text = http::header_text(response, "0", {7, false, true, request.secure});
  must(text.ends_with("\r\n\r\n") && text.find("\r\n\r\n") == text.size() - 4);
  std::size_t lengths = 0;
  for (std::size_t at = 0; at + 2 < text.size(); at = text.find("\r\n", at) + 2) {
    const auto line = std::string_view(text).substr(at, text.find("\r\n", at) - at);
    must(line.find_first_of(std::string_view("\r\n\0", 3)) == line.npos);
    lengths += http::same_word(line.substr(0, 15), "content-length:") ? 1 : 0;
    must(!http::same_word(line.substr(0, 18), "transfer-encoding:"));
  }
  must(lengths == 1);
}

void check_range(const http::Request& request, std::uint64_t size) {
  http::Response response;
  response.headers.emplace_back("ETag", "\"a\"");
  http::ByteRange range{0, size};
  http::answer_range(request, response, range);
  must(range.first <= size && range.length <= size - range.first);
  must(response.status != 206 || range.length > 0);
  http::Response changed;
  changed.headers.emplace_back("ETag", "\"a\"");
  http::answer_if_changed(request, changed);
  must(changed.status == 200 || changed.status == 304);
}

void check_request(http::RequestHead head) {
  http::Request request;
  std::vector<std::string> segments;
  const auto wrong = http::take_head(head, request, segments);
  if (wrong) must(wrong->status >= 400 && wrong->status < 600 && !wrong->error.code.empty());
  if (wrong) return;
  must(request.host.empty() || http::parse_authority(request.host) == request.host);
  must(request.cookies.size() <= http::kMaxCookies * http::RequestParser::kMaxHeaders);
  check_target(request, segments);
  check_answer(request);
  for (const std::uint64_t size : {0, 1, 10'000}) check_range(request, size);
  http::take_front(request);
  http::Route route;
  route.body = http::BodyKind::json;
  const auto refused = http::refuse_body(route, head, request);
  must(!refused || refused->status >= 400);
  for (const auto& [name, value] : request.headers) (void)http::header_parameter(value, "name");
}

}  // namespace

// The first byte says how large the pieces are; the rest is the request.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Got whole = read(bytes, bytes.size() + 1);
  must(same(read(bytes, data[0] + std::size_t{1}), whole));
  if (bytes.size() <= kBytewise) must(same(read(bytes, 1), whole));
  if (whole.verdict.empty()) check_request(whole.head);
  return 0;
}
