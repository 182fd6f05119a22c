#include "platform/http/target.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace jishi::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::size_t kMaxHost = 255;  // bytes, as long as a name of the DNS can be

bool is_host_sign(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
}

bool is_host(std::string_view name) {
  if (name.starts_with('[') && name.ends_with(']')) {
    in6_addr parsed{};
    const std::string address(name.substr(1, name.size() - 2));
    return ::inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
  }
  return !name.empty() && std::all_of(name.begin(), name.end(), is_host_sign);
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && port <= 0xFFFF;
}

/// Takes scheme and authority from the front of an absolute target; false where they are none.
bool take_authority(std::string_view& target, std::string& authority) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_word(target.substr(0, scheme.size()), scheme)) continue;
    const auto end = std::min(target.find_first_of("/?", scheme.size()), target.size());
    auto parsed = parse_authority(target.substr(scheme.size(), end - scheme.size()));
    if (!parsed) return false;
    authority = std::move(*parsed);
    target.remove_prefix(end);
    if (target.empty()) target = "/";
    return true;
  }
  return true;
}

std::optional<std::vector<std::string>> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  path.remove_prefix(1);
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto written = path.substr(0, slash);
    auto segment = percent_decoded(written);
    const bool usable = segment && !segment->empty() && *segment != "." && *segment != ".." &&
                        segment->size() <= kMaxSegment && segments.size() < kMaxSegments &&
                        segment->find('/') == segment->npos && segment->find('\\') == segment->npos;
    if (!usable) return std::nullopt;
    segments.push_back(std::move(*segment));
    if (slash == path.npos) break;
    path.remove_prefix(slash + 1);
  }
  return segments;
}

std::optional<Error> parse_query(std::string_view query, Fields& fields) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query.remove_prefix(end == query.npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    if (fields.size() == kMaxQueryFields)
      return fail(ErrorKind::invalid, "http.query_too_long",
                  {{"limit", std::to_string(kMaxQueryFields)}});
    const auto equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(equals == pair.npos ? "" : pair.substr(equals + 1), true);
    if (!name || !value) return fail(ErrorKind::invalid, "http.target_invalid");
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return std::nullopt;
}

}  // namespace

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower(one) == lower(other); });
}

std::string_view trimmed_header(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool lists_tag(std::string_view header, std::string_view tag, bool weakly) {
  if (trimmed_header(header) == "*") return true;
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto one = trimmed_header(header.substr(0, comma));
    header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
    const bool weak = one.starts_with("W/");
    if (weak && !weakly) continue;
    if (one == tag) return true;
    if (weak) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
      if (low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (is_control(c)) return std::nullopt;
    decoded += c;
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::string> parse_authority(std::string_view text) {
  if (text.size() > kMaxHost) return std::nullopt;
  std::string authority(text);
  std::transform(authority.begin(), authority.end(), authority.begin(), lower);
  const std::string_view whole = authority;
  const auto bracket = whole.find(']');
  const auto colon = whole.find(':', bracket == whole.npos ? 0 : bracket);
  if (!is_host(whole.substr(0, colon))) return std::nullopt;
  if (colon != whole.npos && !is_port(whole.substr(colon + 1))) return std::nullopt;
  return authority;
}

std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

Result<Target> parse_target(std::string_view target) {
  if (target.size() > kMaxTarget)
    return fail(ErrorKind::invalid, "http.target_too_long",
                {{"limit", std::to_string(kMaxTarget)}});
  Target parsed;
  if (!take_authority(target, parsed.authority))
    return fail(ErrorKind::invalid, "http.target_invalid");
  const auto question = target.find('?');
  const auto written = target.substr(0, question);
  if (!written.starts_with('/')) return fail(ErrorKind::invalid, "http.target_invalid");
  auto segments = segments_of(written);
  if (!segments) return fail(ErrorKind::invalid, "http.target_invalid");
  for (const std::string& segment : *segments) parsed.path += '/' + segment;
  if (parsed.path.empty()) parsed.path = "/";
  parsed.segments = std::move(*segments);
  if (question != target.npos) {
    if (auto error = parse_query(target.substr(question + 1), parsed.query))
      return std::move(*error);
  }
  return parsed;
}

Fields parse_cookies(std::string_view header) {
  Fields cookies;
  while (!header.empty() && cookies.size() < kMaxCookies) {
    const auto end = header.find(';');
    const auto pair = trimmed_header(header.substr(0, end));
    header.remove_prefix(end == header.npos ? header.size() : end + 1);
    const auto equals = pair.find('=');
    if (equals == pair.npos || equals == 0) continue;
    auto value = trimmed_header(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    cookies.emplace_back(trimmed_header(pair.substr(0, equals)), value);
  }
  return cookies;
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at < header.size()) {
    ++at;
    while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
    const auto equals = header.find('=', at);
    if (equals == header.npos) return std::nullopt;
    const auto found = header.substr(at, equals - at);
    const bool same = same_word(found, name);
    std::string value;
    at = equals + 1;
    if (at < header.size() && header[at] == '"') {
      for (++at; at < header.size() && header[at] != '"'; ++at) {
        if (header[at] == '\\' && at + 1 < header.size() && header[at + 1] == '"') ++at;
        value += header[at];
      }
      at = header.find(';', at);
    } else {
      const std::size_t end = std::min(header.find(';', at), header.size());
      value = trimmed_header(header.substr(at, end - at));
      at = end;
    }
    if (same) return value;
  }
  return std::nullopt;
}

std::string file_name_only(std::string_view name) {
  constexpr std::size_t kMaxName = 200;
  const auto slash = name.find_last_of("/\\");
  if (slash != name.npos) name.remove_prefix(slash + 1);
  std::string clean;
  while (!name.empty()) {
    const auto [value, length] = first_code_point(name);
    const char c = name.front();
    // A direction mark shows another ending than there is.
    const bool kept = !is_zero_width(value) && !is_control(c) &&
                      std::string_view(":*?\"<>|").find(c) == std::string_view::npos;
    if (kept) clean += name.substr(0, length);
    name.remove_prefix(length);
  }
  while (clean.ends_with('.') || clean.ends_with(' ')) clean.pop_back();
  if (clean.size() > kMaxName) clean = clean.substr(clean.size() - kMaxName);
  while (!clean.empty() && !is_utf8(clean)) clean.erase(0, 1);
  // Last, as what was cut off before may have left one in front.
  while (clean.starts_with('.') || clean.starts_with(' ')) clean.erase(0, 1);
  return clean;
}

}  // namespace jishi::http
