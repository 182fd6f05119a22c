#pragma once
// The parts of a request's target and header that people can get wrong: paths, queries, cookies.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "platform/http/message.hpp"

namespace jishi::http {

inline constexpr std::size_t kMaxTarget = 8 * 1024;  // bytes
inline constexpr std::size_t kMaxSegments = 32;      // of a path
inline constexpr std::size_t kMaxSegment = 512;      // bytes
inline constexpr std::size_t kMaxQueryFields = 64;
inline constexpr std::size_t kMaxCookies = 64;

/// `%41` decoded. Nothing for a broken escape, a NUL, a control sign or what is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank = false);

/// A target taken apart: the path decoded and in segments, the query decoded.
struct Target {
  std::string authority;  // of an absolute target; empty otherwise
  std::string path;
  std::vector<std::string> segments;
  Fields query;
};

/// Whether two words of a header are the same but for the case of their letters.
bool same_word(std::string_view left, std::string_view right);

/// The value of a header without the blanks round it.
std::string_view trimmed_header(std::string_view text);

/// `name[:port]` as a Host header or an absolute target says it, in lower case. Nothing for what is
/// none: a name of other signs than letters, digits, `-`, `.` and `_`, a user, a path.
std::optional<std::string> parse_authority(std::string_view text);

/// The name of an authority, without its port; of `[::1]:80` it is `::1`.
std::string_view host_of(std::string_view authority);

/// Takes a target apart, in origin form or absolute. Refused: http.target_invalid (escapes, UTF-8,
/// empty or dotted segments, no slash in front), http.target_too_long, http.query_too_long.
Result<Target> parse_target(std::string_view target);

/// Whether a header such as If-None-Match lists an entity tag, or any (`*`). `weakly`: a W/ in
/// front makes no difference; otherwise nothing weak is the same.
bool lists_tag(std::string_view header, std::string_view tag, bool weakly);

/// The cookies of a Cookie header; what is no cookie is passed over.
Fields parse_cookies(std::string_view header);

/// The value of `name` in a header such as `form-data; name="x"; filename="y"`, unquoted.
std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

/// A name of a file as its sender gave it, without folders or signs that no file name holds; empty
/// when nothing is left.
std::string file_name_only(std::string_view name);

}  // namespace jishi::http
