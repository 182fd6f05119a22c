#include "app/words.hpp"

#include <algorithm>
#include <array>

#include "base/date.hpp"
#include "base/money.hpp"
#include "base/texts.hpp"

namespace jishi::app {

namespace {

constexpr std::array<std::string_view, 43> kTitles{"app.column_activity",
                                                   "app.column_amount_cents",
                                                   "app.column_confirmed",
                                                   "app.column_elected",
                                                   "app.column_ended",
                                                   "app.column_extended_to",
                                                   "app.column_first_month_on_record",
                                                   "app.column_founded",
                                                   "app.column_from_date",
                                                   "app.column_full_members",
                                                   "app.column_gone",
                                                   "app.column_held_on",
                                                   "app.column_holder_status",
                                                   "app.column_in_office",
                                                   "app.column_joined",
                                                   "app.column_kind",
                                                   "app.column_last_month",
                                                   "app.column_last_paid_month",
                                                   "app.column_last_quarter",
                                                   "app.column_last_year",
                                                   "app.column_lost_since",
                                                   "app.column_max_members",
                                                   "app.column_members",
                                                   "app.column_min_full",
                                                   "app.column_month",
                                                   "app.column_organisation",
                                                   "app.column_paid_on",
                                                   "app.column_payment",
                                                   "app.column_period_first",
                                                   "app.column_period_kind",
                                                   "app.column_period_last",
                                                   "app.column_person",
                                                   "app.column_post",
                                                   "app.column_posts",
                                                   "app.column_probation_until",
                                                   "app.column_red_months",
                                                   "app.column_stage",
                                                   "app.column_status",
                                                   "app.column_subject",
                                                   "app.column_term_years",
                                                   "app.column_title",
                                                   "app.column_to_date",
                                                   "app.column_unit_kind"};

/// The code sets whose codes stand in a column.
struct ColumnSets {
  std::string_view column;
  std::array<std::string_view, 2> sets;
};
constexpr std::array<ColumnSets, 8> kSets{{{"kind", {"activity_kind", "organisation_kind"}},
                                           {"unit_kind", {"unit_kind", {}}},
                                           {"stage", {"member_stage", {}}},
                                           {"status", {"member_status", {}}},
                                           {"holder_status", {"member_status", {}}},
                                           {"title", {"post_title", {}}},
                                           {"education", {"education", {}}},
                                           {"occupation", {"occupation", {}}}}};

std::string text_of(const boost::json::value& value) {
  if (value.is_null()) return "—";
  if (const auto* text = value.if_string()) return std::string(*text);
  return boost::json::serialize(value);
}

std::string label(const Codes& codes, Language language, std::string_view column,
                  const std::string& code) {
  const auto* found = std::find_if(kSets.begin(), kSets.end(),
                                   [&](const ColumnSets& sets) { return sets.column == column; });
  if (found == kSets.end()) return code;
  for (const std::string_view set : found->sets) {
    if (set.empty()) break;
    const auto name = codes.set(set).label(code, language);
    if (name != code) return std::string(name);
  }
  return code;
}

// Months of dues are kept as a number.
std::string month_text(std::int64_t index) {
  return Period{PeriodKind::month, static_cast<int>(index / 12),
                static_cast<unsigned>(index % 12) + 1}
      .text();
}

}  // namespace

std::string column_title(Language language, std::string_view column) {
  const auto* found = std::find_if(kTitles.begin(), kTitles.end(), [&](std::string_view code) {
    return code.substr(code.find('_') + 1) == column;
  });
  return found == kTitles.end() ? std::string(column) : say(language, *found);
}

std::string value_text(const Codes& codes, Language language, std::string_view column,
                       const boost::json::value& value) {
  if (const auto* number = value.if_int64()) {
    if (column == "month" && *number > 0) return month_text(*number);
    if (column == "amount_cents") return yuan_of_cents(*number);
  }
  if (column == "period_kind" && value.is_string()) {
    const std::string kind = text_of(value);
    if (kind == "month") return say(language, "app.period_month");
    if (kind == "quarter") return say(language, "app.period_quarter");
    if (kind == "year") return say(language, "app.period_year");
  }
  return label(codes, language, column, text_of(value));
}

Arguments evidence_arguments(const Codes& codes, Language language,
                             const boost::json::object& evidence) {
  Arguments arguments;
  for (const auto& [key, value] : evidence) {
    arguments.emplace_back(key, value_text(codes, language, std::string_view(key), value));
  }
  return arguments;
}

}  // namespace jishi::app
