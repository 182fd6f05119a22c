#include "app/server/boundary/boundary.hpp"

#include <fstream>

#include "base/json.hpp"

namespace jishi::app {

namespace {

constexpr double kMostDegrees = 180;

Error invalid(std::size_t feature, std::string_view what) {
  return fail(ErrorKind::invalid, "system.boundary_invalid",
              {{"feature", std::to_string(feature + 1)}, {"what", std::string(what)}});
}

/// Arrays of arrays … of positions, so many levels deep.
bool are_coordinates(const boost::json::value& value, int levels) {
  const auto* list = value.if_array();
  if (list == nullptr || list->empty()) return false;
  if (levels == 0) {
    return list->size() >= 2 && std::all_of(list->begin(), list->end(), [](const auto& number) {
             return number.is_number() &&
                    std::abs(number.template to_number<double>()) <= kMostDegrees;
           });
  }
  return std::all_of(list->begin(), list->end(),
                     [&](const auto& part) { return are_coordinates(part, levels - 1); });
}

const boost::json::object* member(const boost::json::object& of, std::string_view name) {
  const auto* found = of.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

std::string text(const boost::json::object& of, std::string_view name) {
  const auto* found = of.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

Result<boost::json::object> area(const boost::json::value& feature, std::size_t place) {
  constexpr int kPolygon = 2;
  constexpr int kMultiPolygon = 3;
  const auto* object = feature.if_object();
  const auto* properties = object == nullptr ? nullptr : member(*object, "properties");
  const auto* geometry = object == nullptr ? nullptr : member(*object, "geometry");
  if (properties == nullptr || text(*properties, "code").empty() ||
      text(*properties, "name").empty())
    return invalid(place, "properties.code, properties.name");
  if (geometry == nullptr) return invalid(place, "geometry");
  const std::string type = text(*geometry, "type");
  const auto* coordinates = geometry->if_contains("coordinates");
  const int levels = type == "Polygon" ? kPolygon : type == "MultiPolygon" ? kMultiPolygon : 0;
  if (levels == 0 || coordinates == nullptr || !are_coordinates(*coordinates, levels))
    return invalid(place, "geometry.coordinates");
  return boost::json::object{
      {"type", "Feature"},
      {"properties", {{"code", text(*properties, "code")}, {"name", text(*properties, "name")}}},
      {"geometry", {{"type", type}, {"coordinates", *coordinates}}}};
}

}  // namespace

Result<std::string> load_boundary(const std::filesystem::path& file) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  std::ifstream stream(file, std::ios::binary);
  if (failed || !stream)
    return fail(ErrorKind::invalid, "system.boundary_unreadable", {{"file", file.string()}});
  if (size > kMaxBoundaryBytes)
    return fail(ErrorKind::invalid, "system.boundary_large",
                {{"most", std::to_string(kMaxBoundaryBytes >> 20U)}});
  const std::string read{std::istreambuf_iterator<char>(stream), {}};
  const auto json = parse_json(read);
  if (!json) return json.error();
  const auto* object = json->if_object();
  const auto* features = object == nullptr ? nullptr : object->if_contains("features");
  const auto* list = features == nullptr ? nullptr : features->if_array();
  if (list == nullptr || list->empty() || list->size() > kMaxBoundaryFeatures)
    return invalid(0, "features");
  boost::json::array areas;
  for (std::size_t place = 0; place < list->size(); ++place) {
    auto one = area((*list)[place], place);
    if (!one) return one.error();
    areas.push_back(std::move(*one));
  }
  return boost::json::serialize(
      boost::json::object{{"type", "FeatureCollection"}, {"features", std::move(areas)}});
}

void boundary_routes(api::Routes& routes, const std::optional<http::Document>& boundary) {
  routes.raw(http::Method::get, "/api/v1/boundary", {"system.boundary", {}, api::own_account()},
             [&boundary](api::Call& call) {
               if (!boundary)
                 return api::problem(call.request, call.language(),
                                     fail(ErrorKind::not_found, "system.boundary_missing"));
               return boundary->answer(call.request, "application/json");
             });
}

}  // namespace jishi::app
