#include "base/json.hpp"

#include <charconv>

namespace jishi {

namespace {

constexpr std::size_t kMaxBytes = 16 << 20;
constexpr std::size_t kMaxDepth = 32;

std::optional<std::string_view> text_of(const boost::json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return std::nullopt;
  return std::string_view(*text);
}

}  // namespace

Result<boost::json::value> parse_json(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return fail(ErrorKind::invalid, "base.json_too_large",
                {{"bytes", std::to_string(text.size())}, {"limit", std::to_string(kMaxBytes)}});
  }
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::stream_parser parser({}, options);
  boost::json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size()) error = boost::json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    return fail(ErrorKind::invalid, "base.json_malformed",
                {{"place", std::to_string(read + 1)}, {"reason", error.message()}});
  }
  return parser.release();
}

std::optional<std::string> JsonForm<std::string>::read(const boost::json::value& value) {
  const auto text = text_of(value);
  if (!text) return std::nullopt;
  return std::string(*text);
}

std::optional<bool> JsonForm<bool>::read(const boost::json::value& value) {
  const auto* held = value.if_bool();
  if (held == nullptr) return std::nullopt;
  return *held;
}

std::optional<double> JsonForm<double>::read(const boost::json::value& value) {
  if (!value.is_number()) return std::nullopt;
  return value.to_number<double>();
}

std::optional<Date> JsonForm<Date>::read(const boost::json::value& value) {
  const auto text = text_of(value);
  return text ? parse_iso_date(*text) : std::nullopt;
}

boost::json::value JsonForm<Date>::write(Date date) {
  return boost::json::string(to_iso(date));
}

std::optional<Period> JsonForm<Period>::read(const boost::json::value& value) {
  const auto text = text_of(value);
  return text ? parse_period(*text) : std::nullopt;
}

boost::json::value JsonForm<Period>::write(const Period& period) {
  return boost::json::string(period.text());
}

namespace detail {

std::optional<std::int64_t> json_integer(const boost::json::value& value) {
  if (const auto* whole = value.if_int64()) return *whole;
  const auto text = text_of(value);
  if (!text || text->empty()) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [last, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || last != end) return std::nullopt;
  return number;
}

std::string json_path(std::string_view parent, std::string_view member) {
  if (parent.empty()) return std::string(member);
  return std::string(parent) + "." + std::string(member);
}

std::string json_path(std::string_view parent, std::size_t item) {
  return std::string(parent) + "[" + std::to_string(item) + "]";
}

Error json_error(std::string_view code, std::string_view path, Arguments more) {
  more.emplace_back("path", path.empty() ? "$" : std::string(path));
  return fail(ErrorKind::invalid, code, std::move(more));
}

}  // namespace detail
}  // namespace jishi
