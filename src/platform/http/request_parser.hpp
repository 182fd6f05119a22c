#pragma once
// The framing of requests (RFC 9112): where one begins and ends, its header, its body. No input or
// output: bytes are handed in.

#include "platform/http/refusal.hpp"

namespace jishi::http {

/// A request's first lines as they came, their framing checked.
struct RequestHead {
  std::string method;
  std::string target;
  unsigned version = 11;        // 10 or 11
  std::vector<Header> headers;  // names in lower case
  std::optional<std::uint64_t> length;
  bool chunked = false;
  bool keep_alive = true;

  bool has_body() const { return chunked || length.value_or(0) > 0; }
};

/// Reads one request. A body's framing is refused where two readers could take it differently: two
/// lengths, a length beside a transfer coding, any transfer coding but `chunked`.
class RequestParser {
 public:
  static constexpr std::size_t kMaxHeaders = 128;
  static constexpr std::size_t kMaxChunkLine = 8 * 1024;  // and trailers; bytes

  explicit RequestParser(std::size_t max_header_bytes);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  struct Step {
    std::size_t used = 0;   // bytes of the input that are dealt with
    bool done = false;      // the header, or the body, is whole
    std::string_view body;  // a piece of it, within the input
    std::optional<Refusal> refusal;
  };

  /// Until done: takes from the front of `input`, to which the caller appends what comes.
  Step read_header(std::string_view input);
  /// The header, once it is done.
  RequestHead& head();

  /// The most bytes that a body may have; to be called before read_body.
  void limit_body(std::uint64_t bytes);
  /// Until done. A step that used nothing, and is not done, wants more bytes.
  Step read_body(std::string_view input);

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace jishi::http
