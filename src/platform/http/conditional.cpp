#include "platform/http/conditional.hpp"

#include "platform/http/target.hpp"

namespace jishi::http {

std::optional<std::string_view> find_header(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (same_word(known, name)) return value;
  }
  return std::nullopt;
}

void set_if_missing(Response& response, std::string_view name, std::string value) {
  if (!find_header(response, name)) response.headers.emplace_back(name, std::move(value));
}

void answer_if_changed(const Request& request, Response& response) {
  if (response.status != 200 || request.method != Method::get) return;
  const auto held = request.header("if-none-match");
  const auto tag = find_header(response, "ETag");
  if (!held || !tag || !lists_tag(*held, *tag, true)) return;
  response.status = 304;
  response.content_type.clear();
}

void answer_range(const Request& request, Response& response, ByteRange& range) {
  if (response.status != 200 || request.method != Method::get) return;
  const auto wanted = request.header("range");
  if (!wanted) return;
  if (const auto only_if = request.header("if-range")) {
    const auto tag = find_header(response, "ETag");
    if (*only_if == "*" || !tag || !lists_tag(*only_if, *tag, false)) return;
  }
  const std::uint64_t size = range.length;
  switch (parse_range(*wanted, size, range)) {
    case RangeAnswer::whole: return;
    case RangeAnswer::part:
      response.status = 206;
      response.headers.emplace_back(
          "Content-Range",
          fmt::format("bytes {}-{}/{}", range.first, range.first + range.length - 1, size));
      return;
    case RangeAnswer::unsatisfiable:
      response.status = 416;
      response.content_type.clear();
      response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
      range.length = 0;
  }
}

}  // namespace jishi::http
