#pragma once
// The boundaries of areas for a map, as GeoJSON that whoever runs the program names. Checked when
// it starts; of each feature its code, its name and its shape are given out, nothing else.

#include <filesystem>

#include "api/routes.hpp"
#include "platform/http/coding.hpp"

namespace jishi::app {

inline constexpr std::uintmax_t kMaxBoundaryBytes = 8U << 20;
inline constexpr std::size_t kMaxBoundaryFeatures = 2'000;

/// Reads a FeatureCollection of Polygons and MultiPolygons in degrees, whose properties have `code`
/// (of an organisation) and `name`. Fails with system.boundary_unreadable, boundary_large,
/// boundary_invalid, and as parse_json().
Result<std::string> load_boundary(const std::filesystem::path& file);

/// `boundary`: none where no file was named.
void boundary_routes(api::Routes& routes, const std::optional<http::Document>& boundary);

}  // namespace jishi::app
