#pragma once
// An answer's header as it goes over the wire, with what every answer has.

#include <optional>

#include "platform/http/message.hpp"

namespace jishi::http {

/// How an answer's body is told of.
struct Framing {
  std::optional<std::uint64_t> length;  // none: chunked, or until the connection closes
  bool chunked = false;
  bool keep_alive = true;
  bool secure = false;
};

/// Status line and header, to the empty line. Names and values with signs that no header holds are
/// left out: an answer cannot be split.
std::string header_text(const Response& response, std::string_view request_id,
                        const Framing& framing);

std::string_view reason_of(int status);

/// `Tue, 24 Nov 2026 03:00:00 GMT`, of now.
std::string_view date_now();

/// The first byte and the length that a Range header asks for of a body of `size` bytes; nothing
/// where the whole is to be sent (no range, several, or none that can be read).
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};
enum class RangeAnswer { whole, part, unsatisfiable };
RangeAnswer parse_range(std::string_view header, std::uint64_t size, ByteRange& range);

}  // namespace jishi::http
