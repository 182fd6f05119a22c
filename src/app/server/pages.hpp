#pragma once
// The pages the program has before the workbench is there: what is running, and the reference of
// the API, made from its OpenAPI document.

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/language.hpp"

namespace jishi::app {

/// Text as it stands in HTML.
std::string escaped(std::string_view text);

/// A page with the head and foot of all; `body` is HTML.
std::string whole_page(Language language, std::string_view title, const std::string& body);

/// What `/` shows.
std::string start_page(Language language, std::string_view version);

/// The reference of every route.
std::string reference_page(const boost::json::object& openapi, Language language);

/// The style of both.
std::string_view page_style();

}  // namespace jishi::app
