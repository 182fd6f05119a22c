// What columns and the few values without a code set are called for people.

#include "api/export/labels.hpp"

#include "base/texts.hpp"

namespace jishi::api {

namespace {

struct Label {
  std::string_view name;
  std::string_view text;
};

constexpr Label kColumns[] = {
    {"activities", "api.column_activities"},
    {"address", "api.column_address"},
    {"below", "api.column_below"},
    {"birth", "api.column_birth"},
    {"birth_precision", "api.column_birth_precision"},
    {"children", "api.column_children"},
    {"citizen_id", "api.column_citizen_id"},
    {"code", "api.column_code"},
    {"counts.members", "api.column_members"},
    {"counts.organisations", "api.column_organisations"},
    {"due", "api.column_due"},
    {"education", "api.column_education"},
    {"ethnic", "api.column_ethnic"},
    {"evidence", "api.column_evidence"},
    {"first", "api.column_first"},
    {"handled_by", "api.column_handled_by"},
    {"held_on", "api.column_held_on"},
    {"id", "api.column_id"},
    {"joined", "api.column_joined"},
    {"kind", "api.column_kind"},
    {"last", "api.column_last"},
    {"level", "api.column_level"},
    {"lit_ms", "api.column_lit_ms"},
    {"mark", "api.column_mark"},
    {"members", "api.column_members"},
    {"name", "api.column_name"},
    {"number", "api.column_number"},
    {"on_record", "api.column_on_record"},
    {"organisation", "api.column_organisation"},
    {"organisation_code", "api.column_organisation_code"},
    {"organisation_name", "api.column_organisation_name"},
    {"organisations", "api.column_organisations"},
    {"parent", "api.column_parent"},
    {"participants", "api.column_participants"},
    {"period", "api.column_period"},
    {"person", "api.column_person"},
    {"person_name", "api.column_person_name"},
    {"phone", "api.column_phone"},
    {"place", "api.column_place"},
    {"present", "api.column_present"},
    {"rule", "api.column_rule"},
    {"sentence", "api.column_sentence"},
    {"sex", "api.column_sex"},
    {"since", "api.column_since"},
    {"stage", "api.column_stage"},
    {"state", "api.column_state"},
    {"status", "api.column_status"},
    {"title", "api.column_title"},
    {"until", "api.column_until"},
    {"subject", "api.column_subject"},
    {"subject_kind", "api.column_subject_kind"},
    {"topic", "api.column_topic"},
    {"field", "api.column_field"},
    {"value", "api.column_value"},
    {"source", "api.column_source"},
    {"rank", "api.column_rank"},
    {"other", "api.column_other"},
    {"other_source", "api.column_other_source"},
    {"other_rank", "api.column_other_rank"},
    {"reason", "api.column_reason"},
    {"second", "api.column_second"},
    {"version", "api.column_version"},
};

constexpr Label kValues[] = {
    {"level.red", "api.value_red"},
    {"level.yellow", "api.value_yellow"},
    {"subject_kind.organisation", "api.value_organisation"},
    {"subject_kind.person", "api.value_person"},
    {"state.open", "api.value_open"},
    {"state.taken", "api.value_taken"},
    {"state.explained", "api.value_explained"},
    {"state.waived", "api.value_waived"},
    {"birth_precision.day", "api.value_day"},
    {"birth_precision.month", "api.value_month"},
    {"birth_precision.year", "api.value_year"},
};

/// The code sets that a column's values may come from.
constexpr std::pair<std::string_view, std::string_view> kSets[] = {
    {"kind", "organisation_kind"},
    {"kind", "activity_kind"},
    {"stage", "member_stage"},
    {"status", "member_status"},
    {"sex", "sex"},
    {"ethnic", "ethnic"},
    {"education", "education"},
};

template <std::size_t N>
std::optional<std::string_view> text_of(const Label (&labels)[N], std::string_view name) {
  for (const Label& label : labels) {
    if (label.name == name) return label.text;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> known_column_label(std::string_view column, Language language) {
  const auto text = text_of(kColumns, column);
  if (!text) return std::nullopt;
  return say(language, *text);
}

std::string value_label(std::string_view column, std::string value, const Codes& codes,
                        Language language) {
  if (const auto text = text_of(kValues, std::string(column) + "." + value))
    return say(language, *text);
  for (const auto& [name, set] : kSets) {
    if (name != column) continue;
    const std::string_view label = codes.set(set).label(value, language);
    if (label != value) return std::string(label);
  }
  return value;
}

}  // namespace jishi::api
