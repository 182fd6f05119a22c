#pragma once
// Fields of a described record by their names, as the texts that the archive's history keeps.

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/date.hpp"
#include "base/id.hpp"

namespace jishi::registry {

/// A field of a record and its value as text; an empty one is no value.
struct FieldValue {
  std::string field;
  std::string value;
};

namespace detail {

template <class Integer>
std::optional<Integer> integer_in(std::string_view text) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The id in a text; an empty text is none.
inline Id id_in(std::string_view text) {
  return integer_in<Id>(text).value_or(kNoId);
}

template <class Record, class Use>
void with_member(Record& record, std::string_view field, Use use) {
  using Plain = std::remove_const_t<Record>;
  boost::mp11::mp_for_each<boost::describe::describe_members<Plain, boost::describe::mod_public>>(
      [&](auto member) {
        if (field == member.name) use(record.*member.pointer);
      });
}

}  // namespace detail

/// The text of a field that is a text, a date or a number; nothing for all else.
template <class Record>
std::optional<std::string> text_of_field(const Record& record, std::string_view field) {
  std::optional<std::string> text;
  detail::with_member(record, field, [&](const auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, std::string>) text = value;
    if constexpr (std::is_same_v<Value, std::optional<Date>>) text = value ? to_iso(*value) : "";
    if constexpr (std::is_same_v<Value, std::optional<int>>)
      text = value ? std::to_string(*value) : "";
  });
  return text;
}

/// Gives a field that is a text, a date or a number its value; false for all else.
template <class Record>
bool put_field(Record& record, const FieldValue& given) {
  bool put = false;
  detail::with_member(record, given.field, [&](auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    put = true;
    if constexpr (std::is_same_v<Value, std::string>)
      value = given.value;
    else if constexpr (std::is_same_v<Value, std::optional<Date>>)
      value = parse_iso_date(given.value);
    else if constexpr (std::is_same_v<Value, std::optional<int>>)
      value = detail::integer_in<int>(given.value);
    else
      put = false;
  });
  return put;
}

}  // namespace jishi::registry
