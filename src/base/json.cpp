#include "base/json.hpp"

#include <cmath>

#include <boost/json/basic_parser_impl.hpp>

#include "base/integer.hpp"

namespace jishi {

namespace {

constexpr std::size_t kMaxBytes = 16 << 20;
constexpr std::size_t kMaxDepth = 32;

std::optional<std::string_view> text_of(const boost::json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return std::nullopt;
  return std::string_view(*text);
}

/// Makes the value of what Boost's parser reads (the names are those it calls), and sees that no
/// object has a key twice.
class Builder {
 public:
  using Code = boost::json::error_code;
  using Text = boost::json::string_view;
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  bool on_document_begin(Code&) {
    stack_.reset();
    return true;
  }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) {
    open_.push_back(keys_.size());
    return true;
  }
  bool on_object_end(std::size_t members, Code& code) {
    if (has_twin(open_.back())) {
      code = boost::json::error::syntax;
      return false;
    }
    keys_.resize(open_.back());
    open_.pop_back();
    stack_.push_object(members);
    return true;
  }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t items, Code&) {
    stack_.push_array(items);
    return true;
  }
  bool on_key_part(Text part, std::size_t, Code&) {
    key_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(Text rest, std::size_t, Code&) {
    keys_.push_back(key_.append(rest.data(), rest.size()));
    key_.clear();
    stack_.push_key(rest);
    return true;
  }
  bool on_string_part(Text part, std::size_t, Code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(Text rest, std::size_t, Code&) {
    stack_.push_string(rest);
    return true;
  }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t number, Text, Code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, Text, Code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, Text, Code& code) {
    if (!std::isfinite(number)) {
      code = boost::json::error::exponent_overflow;
      return false;
    }
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool value, Code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(Code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

  boost::json::value release() { return stack_.release(); }
  /// The key that came twice; empty optional where none did.
  const std::optional<std::string>& twin() const { return twin_; }

 private:
  bool has_twin(std::size_t first) {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, keys_.end());
    const auto twin = std::adjacent_find(begin, keys_.end());
    if (twin == keys_.end()) return false;
    twin_ = *twin;
    return true;
  }

  boost::json::value_stack stack_;
  std::string key_;                // as far as it came
  std::vector<std::string> keys_;  // of the objects that are open
  std::vector<std::size_t> open_;  // where the keys of each begin
  std::optional<std::string> twin_;
};

}  // namespace

Result<boost::json::value> parse_json(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return fail(ErrorKind::invalid, "base.json_too_large",
                {{"bytes", std::to_string(text.size())}, {"limit", std::to_string(kMaxBytes)}});
  }
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<Builder> parser(options);
  boost::json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = boost::json::error::extra_data;
  if (const auto& twin = parser.handler().twin())
    return fail(ErrorKind::invalid, "base.json_key_twice", {{"path", *twin}});
  if (error) {
    return fail(ErrorKind::invalid, "base.json_malformed", {{"place", std::to_string(read + 1)}});
  }
  return parser.handler().release();
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
  const auto number = value.to_number<double>();
  if (!std::isfinite(number)) return std::nullopt;
  return number;
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
  return text ? parse_integer(*text) : std::nullopt;
}

std::string json_path(std::string_view parent, std::string_view member) {
  if (parent.empty()) return std::string(member);
  return std::string(parent) + "." + std::string(member);
}

std::string json_path(std::string_view parent, std::size_t item) {
  return std::string(parent) + "[" + std::to_string(item) + "]";
}

void JsonErrors::add(std::string_view code, std::string_view path, Arguments more) {
  more.emplace_back("path", path.empty() ? "$" : std::string(path));
  errors_.push_back(fail(ErrorKind::invalid, code, std::move(more)));
}

Error JsonErrors::take() {
  Error first = std::move(errors_.front());
  first.also.assign(std::make_move_iterator(errors_.begin() + 1),
                    std::make_move_iterator(errors_.end()));
  return first;
}

}  // namespace detail
}  // namespace jishi
