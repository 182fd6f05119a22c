#include "app/bench/http/answer_reader.hpp"

#include <charconv>

namespace jishi::app::bench {

bool AnswerReader::take(std::string_view bytes) {
  text_.append(bytes);
  if (header_size_ == 0 && !read_header()) return false;
  return text_.size() >= size_;
}

bool AnswerReader::read_header() {
  constexpr std::string_view kEnd = "\r\n\r\n";
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  constexpr std::size_t kStatusAt = 9;  // after `HTTP/1.1 `
  const auto end = text_.find(kEnd);
  if (end == text_.npos) return false;
  header_size_ = end + kEnd.size();
  std::size_t length = 0;
  if (const auto at = text_.find(kLength); at < header_size_) {
    const char* first = text_.data() + at + kLength.size();
    std::from_chars(first, text_.data() + header_size_, length);
  }
  if (text_.size() > kStatusAt)
    std::from_chars(text_.data() + kStatusAt, text_.data() + header_size_, status_);
  size_ = header_size_ + length;
  return true;
}

void AnswerReader::begin_anew() {
  text_.clear();
  header_size_ = size_ = 0;
  status_ = 0;
}

}  // namespace jishi::app::bench
