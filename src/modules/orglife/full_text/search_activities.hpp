#pragma once
// Activities by the words of their topic, place and kind.

#include "modules/orglife/full_text/full_text.hpp"
#include "modules/orglife/list_activities/list_activities.hpp"

namespace jishi::orglife {

/// The organisations whose activities may be found.
struct Within {
  std::function<bool(Id organisation)> holds;  // nothing: all
  std::vector<Id> few;                         // all of them, where they are few
};

/// So few that they are looked for by name; of more each hit is asked about.
inline constexpr std::size_t kFewOrganisations = 500;

/// The organisations of a tree that stand in these spans. As long as the roll is looked at.
Within within_spans(const registry::Outline& outline, const std::vector<registry::Span>& spans);

/// The organisations of either.
Within either(Within one, Within other);

/// The activities in which every word of `filter.q` stands, within these organisations. The index
/// chooses; what is told of an activity, and whether it is told at all, is read from the store.
/// Fails with fulltext.nothing_wanted, …too_long, …too_many_words, orglife.search_not_ready,
/// api.page_unknown, api.limit_out_of_range.
Result<api::Page<ListedActivity>> search_activities(db::Reader& reader, FullText& full_text,
                                                    const CodeSet& kinds, Language language,
                                                    const ActivityFilter& filter,
                                                    const Within& within);

}  // namespace jishi::orglife
