#pragma once
// JSON Schema of described structs: the shapes of the OpenAPI document, from the same descriptions
// that read and write the JSON.

#include <map>
#include <string>

#include "base/json_object.hpp"

namespace jishi::api {

/// The shapes that a document refers to, by name: `registry.Person`.
using Schemas = std::map<std::string, boost::json::object>;

/// How a type with a JsonForm of its own looks in a schema. Specialise it beside the JsonForm:
///   static boost::json::object schema();
template <class T>
struct JsonShape {
  static boost::json::object schema() { return {{"type", "string"}}; }
};
template <>
struct JsonShape<bool> {
  static boost::json::object schema() { return {{"type", "boolean"}}; }
};
template <>
struct JsonShape<double> {
  static boost::json::object schema() { return {{"type", "number"}}; }
};
template <>
struct JsonShape<Date> {
  static boost::json::object schema() { return {{"type", "string"}, {"format", "date"}}; }
};
template <>
struct JsonShape<Period> {
  static boost::json::object schema() {
    return {{"type", "string"}, {"pattern", "^[0-9]{4}(Q[1-4]|-[0-9]{2})?$"}};
  }
};
template <>
struct JsonShape<boost::json::object> {
  static boost::json::object schema() { return {{"type", "object"}}; }
};

namespace detail {

/// `jishi::registry::Person` as `registry.Person`; every other mark as a dot.
std::string shape_name(std::string_view qualified);

template <class T>
std::string shape_name_of() {
  const std::string_view whole = __PRETTY_FUNCTION__;
  const auto from = whole.find("T = ") + 4;
  return shape_name(whole.substr(from, whole.find_first_of(";]", from) - from));
}

template <class T>
boost::json::object integer_schema() {
  if constexpr (sizeof(T) >= sizeof(std::int64_t)) {
    return {{"type", "string"}, {"format", "int64"}, {"pattern", "^-?[0-9]{1,19}$"}};
  } else {
    return {{"type", "integer"},
            {"minimum", std::numeric_limits<T>::min()},
            {"maximum", std::numeric_limits<T>::max()}};
  }
}

template <class T>
boost::json::object word_schema() {
  boost::json::array words;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
      [&](auto word) { words.emplace_back(word.name); });
  return {{"type", "string"}, {"enum", std::move(words)}};
}

boost::json::object nullable(boost::json::object schema);

}  // namespace detail

/// Answers hold every member; of what a caller sends, optional members and lists may be missing.
enum class Way { sent, answered };

/// The schema of T; shapes of structs are added to `schemas` and referred to.
template <class T, Way way>
boost::json::object schema_of(Schemas& schemas);

/// The members of a described struct as properties, and which of them must be there.
template <class T, Way way>
boost::json::object struct_schema(Schemas& schemas) {
  boost::json::object properties;
  boost::json::array required;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) {
        using Field = std::remove_reference_t<decltype(std::declval<T&>().*member.pointer)>;
        properties[member.name] = schema_of<Field, way>(schemas);
        constexpr bool kMayMiss = jishi::detail::is_json_optional<Field>::value ||
                                  jishi::detail::is_json_list<Field>::value;
        if (way == Way::answered || !kMayMiss) required.emplace_back(member.name);
      });
  boost::json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return schema;
}

template <class T, Way way>
boost::json::object schema_of(Schemas& schemas) {
  if constexpr (jishi::detail::is_json_optional<T>::value) {
    return detail::nullable(schema_of<typename T::value_type, way>(schemas));
  } else if constexpr (jishi::detail::HasJsonForm<T>) {
    return JsonShape<T>::schema();
  } else if constexpr (std::is_integral_v<T>) {
    return detail::integer_schema<T>();
  } else if constexpr (std::is_enum_v<T>) {
    return detail::word_schema<T>();
  } else if constexpr (jishi::detail::is_json_list<T>::value) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type, way>(schemas)}};
  } else {
    std::string name = detail::shape_name_of<T>();
    if (way == Way::sent) name += ".sent";
    if (!schemas.contains(name)) {
      schemas[name];  // first: a shape may hold itself
      schemas[name] = struct_schema<T, way>(schemas);
    }
    return {{"$ref", "#/components/schemas/" + name}};
  }
}

}  // namespace jishi::api
