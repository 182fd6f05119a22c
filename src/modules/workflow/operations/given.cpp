#include "modules/workflow/operations/given.hpp"

#include "base/integer.hpp"

namespace jishi::workflow {

bool Given::has(std::string_view path) const {
  const feel::Value* value = find(path);
  return value != nullptr && value->text() != nullptr && !value->text()->empty();
}

const feel::Value* Given::find(std::string_view path) const {
  const feel::Value* at = &call_.variables;
  while (!path.empty()) {
    const auto dot = path.find('.');
    at = at->entry(path.substr(0, dot));
    if (at == nullptr || at->is_null()) return nullptr;
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return at;
}

void Given::refuse(std::string_view path) {
  if (!refused_) {
    refused_ = fail(ErrorKind::refused, "workflow.variable_missing", {{"name", std::string(path)}});
  }
}

std::string Given::text(std::string_view path) {
  const feel::Value* value = find(path);
  auto text = value == nullptr ? std::nullopt : feel::text_of(*value);
  if (text && !text->empty()) return std::move(*text);
  refuse(path);
  return {};
}

Date Given::date(std::string_view path) {
  const feel::Value* value = find(path);
  const auto text = value == nullptr ? std::nullopt : feel::text_of(*value);
  const auto date = text ? parse_iso_date(*text) : std::nullopt;
  if (!date) refuse(path);
  return date.value_or(Date{});
}

std::int64_t Given::whole(std::string_view path) {
  const feel::Value* value = find(path);
  const auto* number = value == nullptr ? nullptr : value->number();
  const auto whole = number == nullptr ? std::nullopt : number->to_int64();
  if (!whole) refuse(path);
  return whole.value_or(0);
}

Id Given::id(std::string_view path) {
  const feel::Value* value = find(path);
  const auto text = value == nullptr ? std::nullopt : feel::text_of(*value);
  const auto id = text ? parse_integer(*text) : std::nullopt;
  if (!id) refuse(path);
  return id.value_or(kNoId);
}

}  // namespace jishi::workflow
