#include "modules/insight/lights/light.hpp"

namespace jishi::insight {

namespace {

boost::json::value json_of(const std::optional<Date>& date) {
  if (!date) return nullptr;
  return boost::json::value(to_iso(*date));
}

}  // namespace

boost::json::object to_json(const Light& light) {
  boost::json::object json;
  json["rule"] = light.rule;
  json["version"] = light.version;
  json["subject_kind"] = light.subject_kind;
  json["subject"] = light.subject;
  json["level"] = light.level;
  json["since"] = json_of(light.since);
  json["due"] = json_of(light.due);
  json["evidence"] = light.evidence;
  return json;
}

}  // namespace jishi::insight
