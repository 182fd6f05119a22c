#pragma once
// Structs described with BOOST_DESCRIBE_STRUCT to and from JSON, member by member, so that no shape
// is written down twice. Integers of 64 bits (ids, cents) are written as decimal strings: a number
// of JavaScript holds 53 bits.

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include "base/date.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace jishi {

/// Reads a text as JSON. Fails with base.json_malformed (with its place), base.json_too_large,
/// base.json_key_twice: which of two counts would be a guess.
Result<boost::json::value> parse_json(std::string_view text);

/// How one type stands in JSON. Specialise it for a type of one's own, with
///   static std::optional<T> read(const boost::json::value&);   nothing when it is none
///   static boost::json::value write(const T&);
///   static constexpr std::string_view kExpected;                code of "{path}: expected …"
template <class T>
struct JsonForm;

template <>
struct JsonForm<std::string> {
  static constexpr std::string_view kExpected = "base.json_expected_text";
  static std::optional<std::string> read(const boost::json::value& value);
  static boost::json::value write(const std::string& text) { return boost::json::string(text); }
};

template <>
struct JsonForm<bool> {
  static constexpr std::string_view kExpected = "base.json_expected_yes_or_no";
  static std::optional<bool> read(const boost::json::value& value);
  static boost::json::value write(bool value) { return value; }
};

template <>
struct JsonForm<double> {
  static constexpr std::string_view kExpected = "base.json_expected_number";
  static std::optional<double> read(const boost::json::value& value);
  static boost::json::value write(double value) { return value; }
};

/// `2026-03-01`.
template <>
struct JsonForm<Date> {
  static constexpr std::string_view kExpected = "base.json_expected_date";
  static std::optional<Date> read(const boost::json::value& value);
  static boost::json::value write(Date date);
};

/// `2026`, `2026Q1` or `2026-03`.
template <>
struct JsonForm<Period> {
  static constexpr std::string_view kExpected = "base.json_expected_period";
  static std::optional<Period> read(const boost::json::value& value);
  static boost::json::value write(const Period& period);
};

namespace detail {

/// A whole number, given as a number or as a decimal string.
std::optional<std::int64_t> json_integer(const boost::json::value& value);
std::string json_path(std::string_view parent, std::string_view member);
std::string json_path(std::string_view parent, std::size_t item);

/// What is wrong with a value, each with its place: whoever sent it mends all of it at once.
class JsonErrors {
 public:
  void add(std::string_view code, std::string_view path, Arguments more = {});
  bool none() const { return errors_.empty(); }
  /// Enough were found; nobody reads more.
  bool enough() const { return errors_.size() >= kMost; }
  /// The first, and the others with it. There must be one.
  Error take();

 private:
  static constexpr std::size_t kMost = 20;
  std::vector<Error> errors_;
};

template <class T>
struct is_json_list : std::false_type {};
template <class T>
struct is_json_list<std::vector<T>> : std::true_type {};
template <class T>
struct is_json_optional : std::false_type {};
template <class T>
struct is_json_optional<std::optional<T>> : std::true_type {};

template <class T>
concept HasJsonForm = requires {
  JsonForm<T>::kExpected;
};
template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T>
void read_json(const boost::json::value& value, std::string_view path, T& target,
               JsonErrors& errors);

template <class T>
void read_integer(const boost::json::value& value, std::string_view path, T& target,
                  JsonErrors& errors) {
  const auto whole = json_integer(value);
  if (!whole || !std::in_range<T>(*whole)) return errors.add("base.json_expected_integer", path);
  target = static_cast<T>(*whole);
}

template <class T>
void read_word(const boost::json::value& value, std::string_view path, T& target,
               JsonErrors& errors) {
  const auto* text = value.if_string();
  const bool whole = text != nullptr && text->find('\0') == boost::json::string::npos;
  if (whole && boost::describe::enum_from_string(text->c_str(), target)) return;
  std::string words;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
      [&](auto word) { words += (words.empty() ? "" : " | ") + std::string(word.name); });
  errors.add("base.json_expected_word", path, {{"words", words}});
}

template <class T>
void read_list(const boost::json::value& value, std::string_view path, T& target,
               JsonErrors& errors) {
  const auto* items = value.if_array();
  if (items == nullptr) return errors.add("base.json_expected_list", path);
  target.clear();
  for (const auto& item : *items) {
    if (errors.enough()) return;
    typename T::value_type read{};
    read_json(item, json_path(path, target.size()), read, errors);
    target.push_back(std::move(read));
  }
}

// A key that the struct does not have is a misspelling, not something to pass over.
template <class T>
void refuse_unknown(const boost::json::object& object, std::string_view path, JsonErrors& errors) {
  std::vector<std::string_view> known;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) { known.emplace_back(member.name); });
  for (const auto& [key, value] : object) {
    if (std::find(known.begin(), known.end(), std::string_view(key)) != known.end()) continue;
    if (errors.enough()) return;
    std::string words;
    for (const auto name : known) words += (words.empty() ? "" : ", ") + std::string(name);
    errors.add("base.json_unknown", json_path(path, std::string_view(key)), {{"known", words}});
  }
}

template <class T>
void read_struct(const boost::json::value& value, std::string_view path, T& target,
                 JsonErrors& errors) {
  const auto* object = value.if_object();
  if (object == nullptr) return errors.add("base.json_expected_object", path);
  refuse_unknown<T>(*object, path, errors);
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) {
        if (errors.enough()) return;
        auto& field = target.*member.pointer;
        using Field = std::remove_reference_t<decltype(field)>;
        const auto* found = object->if_contains(member.name);
        if (found != nullptr) {
          read_json(*found, json_path(path, member.name), field, errors);
        } else if (!is_json_optional<Field>::value && !is_json_list<Field>::value) {
          errors.add("base.json_missing", json_path(path, member.name));
        }
      });
}

template <class T>
void read_json(const boost::json::value& value, std::string_view path, T& target,
               JsonErrors& errors) {
  if constexpr (is_json_optional<T>::value) {
    target.reset();
    if (!value.is_null()) read_json(value, path, target.emplace(), errors);
  } else if constexpr (HasJsonForm<T>) {
    auto read = JsonForm<T>::read(value);
    if (!read) return errors.add(JsonForm<T>::kExpected, path);
    if constexpr (std::is_same_v<T, std::string>) {
      if (has_control(*read)) return errors.add("base.json_control_sign", path);
    }
    target = std::move(*read);
  } else if constexpr (std::is_integral_v<T>) {
    read_integer(value, path, target, errors);
  } else if constexpr (std::is_enum_v<T>) {
    read_word(value, path, target, errors);
  } else if constexpr (is_json_list<T>::value) {
    read_list(value, path, target, errors);
  } else {
    static_assert(Described<T>, "describe it with BOOST_DESCRIBE_STRUCT, or give it a JsonForm");
    read_struct(value, path, target, errors);
  }
}

}  // namespace detail

/// Reads a described struct. An optional member may be missing or null, a list may be missing (it
/// is empty); any other member must be there, and no key else. The error names the place
/// (`into[1].name: expected a text`) of the first thing that is wrong and has up to 19 others along
/// (Error::also).
template <class T>
Result<T> from_json(const boost::json::value& value) {
  T read{};
  detail::JsonErrors errors;
  detail::read_json(value, "", read, errors);
  if (!errors.none()) return errors.take();
  return read;
}

/// Writes a described struct; an optional without a value is null.
template <class T>
boost::json::value to_json(const T& value) {
  if constexpr (detail::is_json_optional<T>::value) {
    return value ? to_json(*value) : boost::json::value(nullptr);
  } else if constexpr (detail::HasJsonForm<T>) {
    return JsonForm<T>::write(value);
  } else if constexpr (std::is_integral_v<T>) {
    if constexpr (sizeof(T) >= sizeof(std::int64_t)) {
      return boost::json::value(boost::json::string(std::to_string(value)));
    } else {
      return boost::json::value(value);
    }
  } else if constexpr (std::is_enum_v<T>) {
    return boost::json::value(boost::describe::enum_to_string(value, ""));
  } else if constexpr (detail::is_json_list<T>::value) {
    boost::json::array items;
    for (const auto& item : value) items.push_back(to_json(item));
    return items;
  } else {
    boost::json::object object;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) { object[member.name] = to_json(value.*member.pointer); });
    return object;
  }
}

}  // namespace jishi
