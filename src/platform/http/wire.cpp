#include "platform/http/wire.hpp"

#include <array>
#include <charconv>
#include <ctime>

#include "platform/http/conditional.hpp"
#include "platform/http/target.hpp"

namespace jishi::http {

namespace {

// A page runs what comes from here only, and is shown in no other's frame.
// What may be kept or shown elsewhere says so itself: answers hold personal data.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kAlways{{
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
     "frame-ancestors 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
}};

bool holds(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return false;
  }
  return true;
}

void append(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

/// How the body is told of, which is not for handlers to say, and what stands in every answer.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 6> kOurs{
      "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Date", "X-Request-Id"};
  return std::any_of(kOurs.begin(), kOurs.end(),
                     [&](std::string_view own) { return same_word(own, name); });
}

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t:\"(),/;<=>?@[\\]{}") == text.npos && holds(text);
}

}  // namespace

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 410: return "Gone";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 504: return "Gateway Timeout";
    default: return "Status";
  }
}

std::string_view date_now() {
  thread_local std::time_t shown = 0;
  thread_local std::array<char, 32> text{};
  const std::time_t now = std::time(nullptr);
  if (now != shown) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    // The C locale's names: this program never sets another.
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    shown = now;
  }
  return text.data();
}

std::string header_text(const Response& response, std::string_view request_id,
                        const Framing& framing) {
  std::string out;
  out.reserve(768);
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out.append(reason_of(response.status)).append("\r\n");
  append(out, "Date", date_now());
  append(out, "X-Request-Id", request_id);
  for (const auto& [name, value] : kAlways) {
    if (!find_header(response, name)) append(out, name, value);
  }
  constexpr std::string_view kTransport = "Strict-Transport-Security";
  if (framing.secure && !find_header(response, kTransport))
    append(out, kTransport, "max-age=31536000");
  if (!response.content_type.empty() && holds(response.content_type))
    append(out, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) {
    if (is_name(name) && holds(value) && !is_ours(name)) append(out, name, value);
  }
  if (framing.length) append(out, "Content-Length", std::to_string(*framing.length));
  if (framing.chunked) append(out, "Transfer-Encoding", "chunked");
  append(out, "Connection", framing.keep_alive ? "keep-alive" : "close");
  return out += "\r\n";
}

RangeAnswer parse_range(std::string_view header, std::uint64_t size, ByteRange& range) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit) || header.find(',') != header.npos) return RangeAnswer::whole;
  header.remove_prefix(kUnit.size());
  const auto dash = header.find('-');
  if (dash == header.npos) return RangeAnswer::whole;
  const auto number = [](std::string_view text) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
  };
  const auto first = number(header.substr(0, dash));
  const auto last = number(header.substr(dash + 1));
  if (!first && !last) return RangeAnswer::whole;
  if (!first && dash > 0) return RangeAnswer::whole;
  if (!first) {  // the last so many
    const std::uint64_t wanted = std::min(*last, size);
    if (wanted == 0) return RangeAnswer::unsatisfiable;
    range = {size - wanted, wanted};
    return RangeAnswer::part;
  }
  if (header.size() > dash + 1 && !last) return RangeAnswer::whole;
  if (*first >= size) return RangeAnswer::unsatisfiable;
  const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  if (end < *first) return RangeAnswer::whole;
  range = {*first, end - *first + 1};
  return RangeAnswer::part;
}

}  // namespace jishi::http
