#pragma once
// A member of a described struct that is any JSON object: evidence, results of jobs.

#include "base/json.hpp"

namespace jishi {

template <>
struct JsonForm<boost::json::object> {
  static constexpr std::string_view kExpected = "base.json_expected_object";
  static std::optional<boost::json::object> read(const boost::json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr) return std::nullopt;
    return *object;
  }
  static boost::json::value write(const boost::json::object& object) { return object; }
};

}  // namespace jishi
