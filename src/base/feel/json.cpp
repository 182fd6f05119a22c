#include "base/feel/json.hpp"

#include <boost/json/basic_parser_impl.hpp>

namespace jishi::feel {

namespace {

constexpr std::size_t kMostBytes = 16 << 20;
constexpr std::size_t kMostDepth = 64;

/// Builds a value from what the parser meets.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using error_code = boost::json::error_code;
  using text = boost::json::string_view;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_array_begin(error_code&) { return begin(false); }
  bool on_array_end(std::size_t, error_code&) {
    std::vector<Value> items;
    items.reserve(open_.back().entries.size());
    for (auto& entry : open_.back().entries) items.push_back(std::move(entry.second));
    open_.pop_back();
    return take(Value::list(std::move(items)));
  }
  bool on_object_begin(error_code&) { return begin(true); }
  bool on_object_end(std::size_t, error_code&) {
    Value context = Value::context(std::move(open_.back().entries));
    open_.pop_back();
    return take(std::move(context));
  }
  bool on_key_part(text part, std::size_t, error_code&) { return add(part); }
  bool on_key(text part, std::size_t, error_code&) {
    add(part);
    open_.back().key = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(text part, std::size_t, error_code&) { return add(part); }
  bool on_string(text part, std::size_t, error_code&) {
    add(part);
    return take(std::exchange(text_, {}));
  }
  bool on_number_part(text part, error_code&) { return add(part); }
  bool on_int64(std::int64_t, text part, error_code& error) { return number(part, error); }
  bool on_uint64(std::uint64_t, text part, error_code& error) { return number(part, error); }
  bool on_double(double, text part, error_code& error) { return number(part, error); }
  bool on_bool(bool value, error_code&) { return take(value); }
  bool on_null(error_code&) { return take(Value()); }
  bool on_comment_part(text, error_code&) { return true; }
  bool on_comment(text, error_code&) { return true; }

  Value result() { return std::move(result_); }

 private:
  bool add(text part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool number(text part, error_code& error) {
    add(part);
    const auto read = Decimal::parse(std::exchange(text_, {}));
    if (read) return take(*read);
    error = boost::json::error::exponent_overflow;
    return false;
  }
  bool begin(bool object) {
    open_.push_back({object, {}, {}, {}});
    return true;
  }
  bool take(Value value) {
    if (open_.empty()) {
      result_ = std::move(value);
      return true;
    }
    Open& inside = open_.back();
    // Of two entries of one name the last one counts, as with most readers of JSON.
    if (inside.object) {
      const auto [place, first] = inside.places.emplace(inside.key, inside.entries.size());
      if (!first) {
        inside.entries[place->second].second = std::move(value);
        return true;
      }
    }
    inside.entries.emplace_back(inside.key, std::move(value));
    return true;
  }

  /// An object or array that has not ended yet.
  struct Open {
    bool object = false;
    std::string key;
    Value::Entries entries;
    std::unordered_map<std::string, std::size_t> places;  // of an object's names
  };

  std::vector<Open> open_;
  std::string text_;
  Value result_;
};

void write_text(std::string& json, std::string_view text) {
  json += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

void write(std::string& json, const Value& value) {
  if (const auto* flag = value.boolean()) {
    json += *flag ? "true" : "false";
  } else if (const auto* number = value.number()) {
    json += number->text();
  } else if (const auto* items = value.items()) {
    json += '[';
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (i > 0) json += ',';
      write(json, (*items)[i]);
    }
    json += ']';
  } else if (const auto* entries = value.entries()) {
    json += '{';
    for (std::size_t i = 0; i < entries->size(); ++i) {
      if (i > 0) json += ',';
      write_text(json, (*entries)[i].first);
      json += ':';
      write(json, (*entries)[i].second);
    }
    json += '}';
  } else if (const auto text = text_of(value)) {
    write_text(json, *text);
  } else {
    json += "null";
  }
}

}  // namespace

Result<Value> value_from_json(std::string_view json) {
  if (json.size() > kMostBytes) {
    return fail(ErrorKind::invalid, "base.json_too_large",
                {{"bytes", std::to_string(json.size())}, {"limit", std::to_string(kMostBytes)}});
  }
  boost::json::parse_options options;
  options.max_depth = kMostDepth;
  boost::json::basic_parser<Builder> parser(options);
  boost::json::error_code error;
  const std::size_t read = parser.write_some(false, json.data(), json.size(), error);
  if (!error && read < json.size()) error = boost::json::error::extra_data;
  if (error) {
    return fail(ErrorKind::invalid, "base.json_malformed", {{"place", std::to_string(read + 1)}});
  }
  return parser.handler().result();
}

std::string json_of(const Value& value) {
  std::string json;
  write(json, value);
  return json;
}

}  // namespace jishi::feel
