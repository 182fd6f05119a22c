#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace jishi {

/// A member that is a text; empty where it is not there, or something else.
inline std::string text_in(const boost::json::object& holder, std::string_view name) {
  const auto* found = holder.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace jishi
