#include "app/server/discussed.hpp"

#include <stdexcept>

namespace jishi::app {

namespace {

struct Shown {
  const char* kind;
  const char* at;  // the route that shows one
  bool of_rule = false;
};

constexpr Shown kShown[] = {
    {"organisation", "/api/v1/organisations/{organisation}"},
    {"person", "/api/v1/persons/{person}"},
    {"case", "/api/v1/cases/{case}"},
    {"dispatch", "/api/v1/dispatches/{dispatch}/steps"},
    {"activity", "/api/v1/activities/{activity}"},
    {"organisation_light", "/api/v1/rules/{module}/{rule}/organisations/{organisation}", true},
    {"person_light", "/api/v1/rules/{module}/{rule}/persons/{person}", true},
};

}  // namespace

liaison::Discussions discussed(const std::vector<api::Operation>& operations,
                               const std::vector<insight::Rule>& rules) {
  liaison::Discussions all;
  for (const Shown& one : kShown) {
    const auto route =
        std::find_if(operations.begin(), operations.end(), [&](const api::Operation& operation) {
          return operation.method == http::Method::get && operation.pattern == one.at;
        });
    if (route == operations.end())
      throw std::logic_error(std::string("no route shows ") + one.kind);
    all.kinds.push_back({one.kind, route->about, one.of_rule});
  }
  all.kinds.push_back({.kind = "group", .about = {}, .of_group = true});
  all.is_rule = [&rules](std::string_view id) {
    return std::any_of(rules.begin(), rules.end(),
                       [&](const insight::Rule& rule) { return rule.id == id; });
  };
  return all;
}

}  // namespace jishi::app
