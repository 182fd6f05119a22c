#pragma once
// Which terms of office end when, as the rule of elections says with its parameters and extensions.

#include "modules/insight/list_lights/list_lights.hpp"

namespace jishi::insight {

inline constexpr std::string_view kTermRule = "election/term_overdue";
/// Days that one calendar of terms spans.
inline constexpr int kMaxTermDays = 5 * 366;
/// Of a page: a calendar counts them by month, and shows a few at a time.
inline constexpr int kMaxTermsAPage = 2000;

struct TermsQuery {
  Date from;
  Date to;
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(TermsQuery, (), (from, to, structure, after, limit))

struct Term {
  Id organisation = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  std::optional<Date> elected;
  std::optional<int> term_years;
  Date ends;
  std::optional<Date> extended_to;
};
BOOST_DESCRIBE_STRUCT(Term, (),
                      (organisation, code, name, kind, elected, term_years, ends, extended_to))

/// The list of lights that holds the terms: those of the last day, from the first day on. Errors:
/// insight.span_invalid.
Result<LightFilter> lights_of_terms(const TermsQuery& query);

struct TermCountsQuery {
  Date from;
  Date to;
  std::optional<std::string> structure;  // the Party's when not given
};
BOOST_DESCRIBE_STRUCT(TermCountsQuery, (), (from, to, structure))

struct TermsOfMonth {
  std::string month;  // 2026-11
  std::int64_t terms = 0;
};
BOOST_DESCRIBE_STRUCT(TermsOfMonth, (), (month, terms))

/// How many end when.
struct TermCounts {
  std::int64_t before = 0;           // ended before the first day
  std::vector<TermsOfMonth> months;  // each from the first day's on, those without any too
};
BOOST_DESCRIBE_STRUCT(TermCounts, (), (before, months))

/// Whether the days of a query can be looked over: insight.span_invalid.
std::optional<Error> refuse_span(Date from, Date to);

/// Of the days on which terms end.
TermCounts counts_of_terms(const std::vector<Date>& ends, Date from, Date to);

/// Lights of the rule as the terms that they are about.
api::Page<Term> terms_of(const api::Page<ListedLight>& lights);

}  // namespace jishi::insight
