#pragma once
// A described struct straight to JSON text: what to_json() would give, without the tree between.

#include <charconv>

#include "base/json.hpp"

namespace jishi::api {

namespace detail {

/// Appends `text` in quotes, escaped.
void append_quoted(std::string& out, std::string_view text);

template <class T>
void append_integer(std::string& out, T value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

}  // namespace detail

/// Appends the JSON of `value`.
template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (jishi::detail::is_json_optional<T>::value) {
    if (value) {
      append_json(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    detail::append_quoted(out, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, Date>) {
    out += '"' + to_iso(value) + '"';
  } else if constexpr (jishi::detail::HasJsonForm<T>) {
    out += boost::json::serialize(JsonForm<T>::write(value));
  } else if constexpr (std::is_integral_v<T>) {
    constexpr bool kQuoted = sizeof(T) >= sizeof(std::int64_t);
    if (kQuoted) out += '"';
    detail::append_integer(out, value);
    if (kQuoted) out += '"';
  } else if constexpr (std::is_enum_v<T>) {
    detail::append_quoted(out, boost::describe::enum_to_string(value, ""));
  } else if constexpr (jishi::detail::is_json_list<T>::value) {
    out += '[';
    bool first = true;
    for (const auto& item : value) {
      if (!first) out += ',';
      first = false;
      append_json(out, item);
    }
    out += ']';
  } else {
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
          if (!first) out += ',';
          first = false;
          out += '"';
          out += member.name;
          out += "\":";
          append_json(out, value.*member.pointer);
        });
    out += '}';
  }
}

/// The JSON text of `value`.
template <class T>
std::string json_text(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

}  // namespace jishi::api
