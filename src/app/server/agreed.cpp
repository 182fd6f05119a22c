#include "app/server/agreed.hpp"

#include "base/feel/json.hpp"
#include "base/integer.hpp"

namespace jishi::app {

namespace {

std::string text_at(const feel::Value& holder, const std::string& name) {
  const feel::Value* found = holder.entry(name);
  return found == nullptr ? std::string() : feel::text_of(*found).value_or("");
}

const std::vector<feel::Value>* items_at(const feel::Value& variables, const std::string& name) {
  const feel::Value* list = variables.entry(name);
  return list == nullptr ? nullptr : list->items();
}

/// The things that a list of a project names.
std::vector<std::string> things(const feel::Value& variables, const std::string& name) {
  std::vector<std::string> all;
  const auto* items = items_at(variables, name);
  if (items == nullptr) return all;
  for (const feel::Value& one : *items) {
    if (auto thing = text_at(one, "thing"); !thing.empty()) all.push_back(std::move(thing));
  }
  return all;
}

}  // namespace

liaison::TellAgreed tell_agreed(Store& store, const workflow::Office& office) {
  return [&store, &office](db::Reader& reader, Id case_id) -> Result<liaison::Agreed> {
    const auto held = workflow::held_case(store, reader, office, case_id);
    if (!held) return held.error();
    const feel::Value& variables = workflow::variables_of(held->state);
    liaison::Agreed agreed{things(variables, "needs"), things(variables, "resources"), {}};
    const auto* pledges = items_at(variables, "pledges");
    if (pledges == nullptr) return agreed;
    for (const feel::Value& one : *pledges) {
      const auto partner = parse_integer(text_at(one, "partner"));
      if (partner) agreed.pledges[*partner] = text_at(one, "pledge");
    }
    return agreed;
  };
}

}  // namespace jishi::app
