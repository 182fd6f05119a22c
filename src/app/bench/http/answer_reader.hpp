#pragma once
// An answer as it comes in: header, then as many bytes as Content-Length says. Both servers that
// the bench asks give one.

#include <string>
#include <string_view>

namespace jishi::app::bench {

class AnswerReader {
 public:
  /// Takes what arrived; true once the answer is whole.
  bool take(std::string_view bytes);
  /// Makes ready for the next answer of the connection.
  void begin_anew();

  int status() const { return status_; }
  std::string_view header() const { return std::string_view(text_).substr(0, header_size_); }
  std::string_view body() const { return std::string_view(text_).substr(header_size_); }

 private:
  bool read_header();

  std::string text_;
  std::size_t header_size_ = 0;  // 0: it is not all there
  std::size_t size_ = 0;
  int status_ = 0;
};

}  // namespace jishi::app::bench
