#include "api/answer.hpp"

#include "base/hash.hpp"
#include "platform/http/target.hpp"

namespace jishi::api {

namespace {

constexpr std::size_t kTagBytes = 12;  // of SHA-256: enough to tell answers of one address apart

/// The first name that the object does not have.
std::optional<std::string> choose(boost::json::value& value,
                                  const std::vector<std::string_view>& names) {
  auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  boost::json::object chosen;
  for (const auto name : names) {
    const auto* member = object->if_contains(name);
    if (member == nullptr) return std::string(name);
    chosen[name] = *member;
  }
  *object = std::move(chosen);
  return std::nullopt;
}

std::optional<Error> choose_fields(std::string& body, std::string_view fields) {
  auto json = parse_json(body);
  if (!json) return json.error();
  const auto names = names_in(fields);
  std::optional<std::string> unknown;
  auto* object = json->if_object();
  auto* items = object != nullptr ? object->if_contains("items") : nullptr;
  if (items != nullptr && items->is_array()) {
    for (auto& item : items->as_array()) {
      if (!unknown) unknown = choose(item, names);
    }
  } else {
    unknown = choose(*json, names);
  }
  if (unknown)
    return fail(ErrorKind::invalid, "api.field_unknown", {{"path", "fields"}, {"field", *unknown}});
  body = boost::json::serialize(*json);
  return std::nullopt;
}

}  // namespace

std::string entity_tag(std::string_view text) {
  return '"' + to_hex(bytes_of(sha256(text)).substr(0, kTagBytes)) + '"';
}

void finish_answer(Call& call, const Operation& operation, http::Response& response) {
  if (operation.answer == nullptr || response.status >= 300) return;
  auto* body = std::get_if<std::string>(&response.body);
  if (body == nullptr) return;
  const auto given = [&](std::string_view name) {
    return std::find_if(response.headers.begin(), response.headers.end(),
                        [&](const auto& header) { return header.first == name; });
  };
  if (const auto fields = http::find_field(call.request.query, "fields")) {
    if (const auto error = choose_fields(*body, *fields)) {
      response = problem(call.request, call.language(), *error);
      return;
    }
  }
  if (operation.method != http::Method::get && !operation.conditional) return;
  const auto own = given("ETag");
  const std::string tag = own != response.headers.end() ? own->second : entity_tag(*body);
  if (own == response.headers.end()) response.headers.emplace_back("ETag", tag);
  if (operation.conditional) return;
  const auto held = call.request.header("if-none-match");
  if (!held || !http::lists_tag(*held, tag, true)) return;
  response.status = 304;
  response.content_type.clear();
  body->clear();
}

Result<Done> check_if_match(const http::Request& request, std::string_view tag) {
  const auto held = request.header("if-match");
  if (!held) return fail(ErrorKind::invalid, "api.if_match_missing");
  if (http::lists_tag(*held, tag, false)) return Done{};
  return fail(ErrorKind::conflict, "api.changed_meanwhile");
}

}  // namespace jishi::api
