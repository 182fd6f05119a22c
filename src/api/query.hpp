#pragma once
// The query of an address into a described struct, with the errors of a body.

#include "base/json.hpp"
#include "platform/http/message.hpp"

namespace jishi::api {

/// The parts of `a,b`.
std::vector<std::string_view> names_in(std::string_view list);

namespace detail {

/// A text of a query as the JSON of a yes or no, a number, or a text.
boost::json::value query_flag(const std::string& text);
boost::json::value query_number(const std::string& text);

template <class Field>
boost::json::value query_value(const std::string& text) {
  if constexpr (jishi::detail::is_json_optional<Field>::value) {
    return query_value<typename Field::value_type>(text);
  } else if constexpr (std::is_same_v<Field, bool>) {
    return query_flag(text);
  } else if constexpr (std::is_same_v<Field, double>) {
    return query_number(text);
  } else {
    return boost::json::string(text);
  }
}

}  // namespace detail

/// Reads a described struct from a query. A list takes `name=a&name=b`; a name given twice
/// otherwise is refused (api.query_twice), an unknown one as in a body. A bool member that is not
/// given is false.
template <class T>
Result<T> from_query(const http::Fields& query) {
  boost::json::object object;
  std::optional<Error> error;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) {
        using Field = std::remove_reference_t<decltype(std::declval<T&>().*member.pointer)>;
        if constexpr (std::is_same_v<Field, bool>) object[member.name] = false;
      });
  std::vector<std::string_view> seen;
  for (const auto& field : query) {
    const std::string& name = field.first;  // no bindings: clang lets no lambda have them
    const std::string& text = field.second;
    bool known = false;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
          using Field = std::remove_reference_t<decltype(std::declval<T&>().*member.pointer)>;
          if (name != member.name) return;
          known = true;
          if constexpr (jishi::detail::is_json_list<Field>::value) {
            auto& list = object[name];
            if (!list.is_array()) list = boost::json::array();
            list.as_array().push_back(detail::query_value<typename Field::value_type>(text));
          } else {
            if (std::find(seen.begin(), seen.end(), name) != seen.end())
              error = fail(ErrorKind::invalid, "api.query_twice", {{"path", name}});
            object[name] = detail::query_value<Field>(text);
          }
        });
    seen.push_back(name);
    if (!known) object[name] = text;  // refused below, as unknown
  }
  if (error) return std::move(*error);
  return from_json<T>(object);
}

}  // namespace jishi::api
