#include "modules/insight/terms/terms.hpp"

#include <limits>

#include "base/json_text.hpp"

namespace jishi::insight {

namespace {

/// A light of the rule as a term; nothing where it has no end.
std::optional<Term> term_of(const ListedLight& light) {
  if (!light.due) return std::nullopt;
  Term term;
  term.organisation = light.organisation;
  term.code = light.code;
  term.name = light.name;
  term.kind = text_in(light.evidence, "kind");
  term.elected = parse_iso_date(text_in(light.evidence, "elected"));
  term.extended_to = parse_iso_date(text_in(light.evidence, "extended_to"));
  if (const auto* years = light.evidence.if_contains("term_years"))
    term.term_years = jishi::detail::json_integer(*years).value_or(0);
  term.ends = *light.due;
  return term;
}

}  // namespace

std::optional<Error> refuse_span(Date from, Date to) {
  if (from <= to && to - from <= std::chrono::days(kMaxTermDays)) return std::nullopt;
  return fail(ErrorKind::invalid, "insight.span_invalid",
              {{"path", "to"}, {"limit", std::to_string(kMaxTermDays)}});
}

TermCounts counts_of_terms(const std::vector<Date>& ends, Date from, Date to) {
  TermCounts counts;
  const auto place_of = [first = month_index(from)](Date day) {
    return static_cast<std::size_t>(month_index(day) - first);
  };
  for (Period month = period_of(PeriodKind::month, from); month.first_day() <= to;
       month = month.next())
    counts.months.push_back({month.text(), 0});
  for (const Date day : ends) {
    if (day < from)
      ++counts.before;
    else if (day <= to)
      ++counts.months[place_of(day)].terms;
  }
  return counts;
}

Result<LightFilter> lights_of_terms(const TermsQuery& query) {
  if (auto refused = refuse_span(query.from, query.to)) return std::move(*refused);
  LightFilter filter;
  filter.as_of = query.to;
  filter.rule = std::string(kTermRule);
  filter.order = LightOrder::due;
  filter.limit = query.limit;
  filter.most = kMaxTermsAPage;
  // Behind whatever was due before the first day.
  filter.after = query.after ? query.after
                             : next_of({to_days(query.from) - 1, std::numeric_limits<Id>::max(),
                                        std::string(kTermRule), kNoId});
  return filter;
}

api::Page<Term> terms_of(const api::Page<ListedLight>& lights) {
  api::Page<Term> page{{}, lights.next};
  for (const ListedLight& light : lights.items) {
    if (auto term = term_of(light)) page.items.push_back(std::move(*term));
  }
  return page;
}

}  // namespace jishi::insight
