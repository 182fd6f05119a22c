#include "modules/workflow/forms/picked_organisations.hpp"

#include "base/integer.hpp"
#include "base/json_object.hpp"
#include "base/json_text.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/forms/picked_organisations.sql.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;

// A committee may approve and issue; a branch has members. Those of a temporary one are on the roll
// of another: no membership is transferred to it (中国共产党支部工作条例).
bool fits(std::string_view kind, std::string_view asked) {
  if (asked == "committee") return kind == "committee" || kind == "working_committee";
  if (asked == "lasting_branch")
    return kind == "branch" || kind == "joint_branch" || kind == "mobile_branch";
  if (asked == "branch") return kind == "temporary_branch" || fits(kind, "lasting_branch");
  // Whoever names somebody for a Party post is an organisation of the Party.
  if (asked == "party") {
    return kind != "party_region" && kind != "grid" && kind != "enterprise" &&
           kind != "social_organisation";
  }
  return true;
}

/// A field of a form for an organisation.
struct PlaceField {
  const object& form;
  std::string name;
  const object& schema;
};

/// One organisation, or each of several; none where nothing is filled in.
std::vector<std::string> ids_in(const feel::Value& picked) {
  std::vector<std::string> ids;
  if (const auto* text = picked.text(); text != nullptr && !text->empty()) ids.push_back(*text);
  if (const auto* items = picked.items()) {
    for (const feel::Value& one : *items) ids.push_back(one.text() ? *one.text() : std::string());
  }
  return ids;
}

Error refused(const PlaceField& field, std::string_view code, Arguments more) {
  more.emplace_back("path", "variables." + field.name);
  more.emplace_back("field", title_of_field(field.form, field.name));
  more.emplace_back("field_en", title_of_field(field.form, field.name, Language::en));
  return fail(ErrorKind::invalid, code, std::move(more));
}

std::optional<Error> refuse_place(Transaction& tx, const PlaceField& field, const feel::Value& held,
                                  Id id) {
  const auto place = id == kNoId ? std::nullopt : registry::organisation(tx, id);
  if (!place) return refused(field, "workflow.place_unknown", {});
  if (place->ended && *place->ended <= tx.store().clock().today()) {
    Arguments told{{"organisation", place->name}, {"date", to_iso(*place->ended)}};
    const auto next = tx.one<std::string>(sql::picked_organisations::successor, id);
    if (!next) return refused(field, "workflow.place_ended", std::move(told));
    told.emplace_back("successor", *next);
    return refused(field, "workflow.place_ended_for", std::move(told));
  }
  const std::string kind = text_in(field.schema, "x-kind");
  if (!fits(place->kind, kind)) {
    const bool temporary = kind == "lasting_branch" && place->kind == "temporary_branch";
    return refused(field,
                   kind == "committee" ? "workflow.place_no_committee"
                   : kind == "party"   ? "workflow.place_no_party"
                   : temporary         ? "workflow.place_temporary"
                                       : "workflow.place_no_branch",
                   {{"organisation", place->name}});
  }
  const std::string under = text_in(field.schema, "x-under");
  const feel::Value* above = under.empty() ? nullptr : held.entry(under);
  if (above == nullptr || above->text() == nullptr) return std::nullopt;
  const Id top = parse_id(*above->text());
  if (top == id || tx.one<int>(sql::picked_organisations::below, id, top)) return std::nullopt;
  const auto head = registry::organisation(tx, top);
  return refused(field, "workflow.place_not_under",
                 {{"organisation", place->name}, {"above", head ? head->name : std::string()}});
}

}  // namespace

std::optional<Error> refuse_places(Transaction& tx, const object& form, const PlaceView& view) {
  const auto* properties = form.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return std::nullopt;
  for (const auto& [name, schema] : properties->get_object()) {
    if (!schema.is_object() || text_in(schema.get_object(), "x-pick") != "organisation") continue;
    const feel::Value* picked = view.given.entry(name);
    if (picked == nullptr && view.whole) picked = view.held.entry(name);
    if (picked == nullptr) continue;
    const PlaceField field{form, std::string(name), schema.get_object()};
    for (const std::string& id : ids_in(*picked)) {
      if (auto error = refuse_place(tx, field, view.held, parse_id(id))) return error;
    }
  }
  return std::nullopt;
}

}  // namespace jishi::workflow
