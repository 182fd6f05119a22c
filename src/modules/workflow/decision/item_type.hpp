#pragma once
// Item definitions of DMN: a type with allowed values, components, collections.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/feel/evaluate.hpp"

namespace jishi::workflow::decision {

struct ItemType {
  feel::Type type;                       // as FEEL knows it: without allowed values
  std::shared_ptr<const ItemType> base;  // of each item, in a collection; else of the type itself
  bool collection = false;
  std::vector<std::pair<std::string, ItemType>> components;
  std::optional<feel::Tests> allowed;      // of each item
  std::optional<feel::Tests> constraint;   // of the whole
  std::vector<feel::Value> allowed_order;  // the allowed values that are single ones, in order
};

/// The value as its type wants it; null, with the reason, where it does not conform.
feel::Value conformed(feel::Evaluator& evaluator, const feel::Value& value, const ItemType& type,
                      std::string_view name);

/// A value that came as JSON, with texts read as the dates, times and durations that they are.
feel::Value from_json_form(const feel::Value& value, const ItemType& type);

}  // namespace jishi::workflow::decision
