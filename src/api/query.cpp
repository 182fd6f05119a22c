#include "api/query.hpp"

#include <charconv>

namespace jishi::api::detail {

boost::json::value query_flag(const std::string& text) {
  if (text == "true" || text == "1" || text.empty()) return true;
  if (text == "false" || text == "0") return false;
  return boost::json::string(text);
}

boost::json::value query_number(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end) return number;
  return boost::json::string(text);
}

}  // namespace jishi::api::detail
