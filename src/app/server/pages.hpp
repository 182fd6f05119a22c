#pragma once
// The pages the program has before the workbench is there: what is running, and the reference of
// the API, made from its OpenAPI document.

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/language.hpp"

namespace jishi::app {

/// What the address of a page may say: its language, before what the browser asks for.
enum class PageLanguage { zh, en };
BOOST_DESCRIBE_ENUM(PageLanguage, zh, en)
struct PageQuery {
  std::optional<PageLanguage> lang;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (lang))

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
