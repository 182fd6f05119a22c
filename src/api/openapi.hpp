#pragma once
// The OpenAPI 3.1 document of the operations.

#include "api/routes.hpp"

namespace jishi::api {

/// The whole document; titles and descriptions in `language`.
boost::json::object openapi(const std::vector<Operation>& operations, Language language,
                            std::string_view version);

}  // namespace jishi::api
