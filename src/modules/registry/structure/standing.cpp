#include "modules/registry/structure/standing.hpp"

#include "base/text.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/structure/standing.sql.hpp"

namespace jishi::registry {

When when_of(Transaction& tx, const std::optional<Date>& on) {
  const Date today = tx.store().clock().today();
  return {on.value_or(today), today};
}

Result<std::string> structure_of(const std::optional<std::string>& named) {
  if (!named) return std::string(kPartyStructure);
  if (std::find(kStructures.begin(), kStructures.end(), *named) != kStructures.end()) {
    return *named;
  }
  return fail(ErrorKind::invalid, "registry.unknown_structure",
              {{"path", "structure"},
               {"structure", *named},
               {"known", fmt::format("{}", fmt::join(kStructures, ", "))}});
}

Result<Standing> standing_of(db::Reader& reader, std::string_view structure,
                             const Reference& reference) {
  const auto id = organisation_meant(reader, reference);
  if (!id) return id.error();
  return *reader.one<Standing>(sql::standing::standing, structure, *id);
}

Result<std::optional<Standing>> parent_meant(db::Reader& reader, std::string_view structure,
                                             const Reference& reference) {
  if (reference.empty()) {
    // The top of a structure is above everybody's scope.
    if (reader.reach() == nullptr) return std::optional<Standing>();
    return fail(ErrorKind::forbidden, "registry.top_out_of_reach");
  }
  const auto parent = standing_of(reader, structure, reference);
  if (!parent) return parent.error();
  return std::optional<Standing>(*parent);
}

std::optional<Date> changed_after(db::Reader& reader, Id organisation, Date day) {
  const auto last =
      reader.one<std::optional<Date>>(sql::standing::changed_after, organisation, day);
  return last.value_or(std::nullopt);
}

std::optional<Id> sibling_named(db::Reader& reader, std::string_view structure, Id parent,
                                std::string_view name, Date today, Id except) {
  return reader.one<Id>(sql::standing::sibling_named, structure, parent, name, today, except);
}

bool has_ended(const Standing& organisation, Date today) {
  return organisation.ended && *organisation.ended <= today;
}

Arguments arguments_of(const Standing& organisation, Arguments more) {
  more.emplace_back("organisation", organisation.name);
  more.emplace_back("code", organisation.code);
  return more;
}

Error refused(std::string_view code, const Standing& organisation, Arguments more) {
  return fail(ErrorKind::refused, code, arguments_of(organisation, std::move(more)));
}

std::optional<Error> refuse_day(const Standing& organisation, const When& when) {
  if (when.on > when.today) {
    return fail(ErrorKind::refused, "registry.date_in_future",
                {{"date", to_iso(when.on)}, {"today", to_iso(when.today)}});
  }
  const std::optional<Date> start = std::max(organisation.founded, organisation.first);
  if (start && when.on < *start) {
    return refused("registry.before_founding", organisation,
                   {{"date", to_iso(when.on)}, {"founded", to_iso(*start)}});
  }
  return std::nullopt;
}

std::optional<Error> refuse_parent(const std::optional<Standing>& parent, const When& when) {
  if (!parent) return std::nullopt;
  if (!parent->parent) return refused("registry.parent_not_in_structure", *parent);
  if (has_ended(*parent, when.today)) {
    return refused("registry.parent_ended", *parent, {{"date", to_iso(*parent->ended)}});
  }
  if (parent->founded && *parent->founded > when.on) {
    return refused("registry.parent_not_founded", *parent, {{"date", to_iso(*parent->founded)}});
  }
  return std::nullopt;
}

std::optional<Error> refuse_name(std::string_view name) {
  if (name.empty()) return fail(ErrorKind::invalid, "registry.name_missing");
  if (count_code_points(name) <= kMaxName) return std::nullopt;
  return fail(ErrorKind::invalid, "registry.name_too_long", {{"limit", std::to_string(kMaxName)}});
}

Error name_taken(std::string_view name) {
  return fail(ErrorKind::conflict, "registry.name_taken", {{"name", std::string(name)}});
}

}  // namespace jishi::registry
