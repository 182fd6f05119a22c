#include "modules/insight/words.hpp"

#include <algorithm>
#include <array>

#include "base/date.hpp"
#include "base/money.hpp"
#include "base/texts.hpp"

namespace jishi::insight {

namespace {

constexpr std::array<std::string_view, 43> kTitles{"insight.column_activity",
                                                   "insight.column_amount_cents",
                                                   "insight.column_confirmed",
                                                   "insight.column_elected",
                                                   "insight.column_ended",
                                                   "insight.column_extended_to",
                                                   "insight.column_first_month_on_record",
                                                   "insight.column_founded",
                                                   "insight.column_from_date",
                                                   "insight.column_full_members",
                                                   "insight.column_gone",
                                                   "insight.column_held_on",
                                                   "insight.column_holder_status",
                                                   "insight.column_in_office",
                                                   "insight.column_joined",
                                                   "insight.column_kind",
                                                   "insight.column_last_month",
                                                   "insight.column_last_paid_month",
                                                   "insight.column_last_quarter",
                                                   "insight.column_last_year",
                                                   "insight.column_lost_since",
                                                   "insight.column_max_members",
                                                   "insight.column_members",
                                                   "insight.column_min_full",
                                                   "insight.column_month",
                                                   "insight.column_organisation",
                                                   "insight.column_paid_on",
                                                   "insight.column_payment",
                                                   "insight.column_period_first",
                                                   "insight.column_period_kind",
                                                   "insight.column_period_last",
                                                   "insight.column_person",
                                                   "insight.column_post",
                                                   "insight.column_posts",
                                                   "insight.column_probation_until",
                                                   "insight.column_red_months",
                                                   "insight.column_stage",
                                                   "insight.column_status",
                                                   "insight.column_subject",
                                                   "insight.column_term_years",
                                                   "insight.column_title",
                                                   "insight.column_to_date",
                                                   "insight.column_unit_kind"};

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
    if (kind == "month") return say(language, "insight.period_month");
    if (kind == "quarter") return say(language, "insight.period_quarter");
    if (kind == "year") return say(language, "insight.period_year");
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

}  // namespace jishi::insight
