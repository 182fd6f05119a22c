#include "modules/registry/edit/edit_organisation.hpp"

#include "base/checks.hpp"
#include "base/text.hpp"
#include "modules/registry/edit/edit_person.hpp"
#include "modules/registry/fields/fields.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/roll/members_page.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

namespace {

constexpr std::size_t kLeastDivision = 6;
constexpr std::size_t kMostDivision = 12;

bool is_division(std::string_view code) {
  return code.size() >= kLeastDivision && code.size() <= kMostDivision &&
         code.find_first_not_of("0123456789") == code.npos;
}

bool is_term(std::string_view text) {
  const auto years = detail::integer_in<int>(text);
  return years && *years >= 1 && *years <= kMaxTermYears;
}

/// What is wrong with a value; empty where the field may hold it.
std::string_view wrong_with(const Codes& codes, std::string_view field, std::string_view value,
                            Date today) {
  if (field == "kind")
    return is_code_of(codes.set("organisation_kind"), value) ? "" : "registry.edit_code";
  if (value.empty()) return "";
  if (field == "unit_name")
    return count_code_points(value) <= kMaxName ? "" : "registry.edit_name_of_unit";
  if (field == "unit_kind")
    return is_code_of(codes.set("unit_kind"), value) ? "" : "registry.edit_code";
  if (field == "credit_code") return is_credit_code(value) ? "" : "registry.edit_credit_code";
  if (field == "division") return is_division(value) ? "" : "registry.edit_division";
  if (field == "term_years") return is_term(value) ? "" : "registry.edit_term";
  if (field == "phone") return is_phone(value) ? "" : "registry.edit_phone";
  const auto day = parse_iso_date(value);
  return day && (field != "elected" || *day <= today) ? "" : "registry.edit_day";
}

std::vector<FieldValue> given(const OrganisationEdit& edit) {
  std::vector<FieldValue> values;
  boost::mp11::mp_for_each<
      boost::describe::describe_members<OrganisationEdit, boost::describe::mod_public>>(
      [&](auto member) {
        if (const auto& value = edit.*member.pointer) values.push_back({member.name, tidy(*value)});
      });
  return values;
}

}  // namespace

Result<OrganisationFields> organisation_fields(db::Reader& reader, const crypto::Keys& keys,
                                               Id organisation) {
  auto row = registry::organisation(reader, organisation);
  if (!row) return organisation_not_found(organisation);
  const std::string phone =
      row->phone ? organisation_field(reader, keys, organisation, "phone").value_or("") : "";
  return OrganisationFields{row->id,
                            std::move(row->kind),
                            std::move(row->unit_name),
                            std::move(row->credit_code),
                            std::move(row->unit_kind),
                            std::move(row->division),
                            row->founded,
                            row->elected,
                            row->term_years,
                            row->extended_to,
                            masked(phone)};
}

Result<Done> edit_organisation(Transaction& tx, const Codes& codes, Id organisation,
                               const OrganisationEdit& edit) {
  const auto values = given(edit);
  if (values.empty()) return fail(ErrorKind::invalid, "registry.edit_empty");
  const Date today = tx.store().clock().today();
  for (const FieldValue& value : values) {
    const auto wrong = wrong_with(codes, value.field, value.value, today);
    if (!wrong.empty())
      return fail(ErrorKind::invalid, std::string(wrong),
                  {{"path", value.field}, {"value", value.value}});
  }
  for (const FieldValue& value : values) {
    if (const auto done = decide_field(tx, "organisation", organisation, value); !done)
      return done.error();
  }
  return Done{};
}

}  // namespace jishi::registry
