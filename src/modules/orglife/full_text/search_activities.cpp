#include "modules/orglife/full_text/search_activities.hpp"

#include "api/paging.hpp"
#include "modules/orglife/list_activities/list_activities.sql.hpp"

namespace jishi::orglife {

namespace {

using fulltext::Place;

// Questions to the index for one page: more than one only where it says what the store does not.
constexpr int kMaxRounds = 8;
constexpr int kLeastAsked = 20;

/// One search: what is wanted, and how a row is held against it.
class Search {
 public:
  Search(const fulltext::Words& words, const ActivityFilter& filter, const Within& within,
         const CodeSet& kinds, Language language)
      : words_(words), filter_(filter), within_(within), kinds_(kinds), language_(language) {
    if (filter.kind) all_tags_.push_back(kind_tag(*filter.kind));
    for (const Id organisation : within.few) any_tags_.push_back(organisation_tag(organisation));
  }

  fulltext::Question question(const std::optional<Place>& after, int limit) const {
    fulltext::Question question;
    question.terms = words_.terms();
    question.all_tags = all_tags_;
    question.any_tags = any_tags_;
    if (filter_.from) question.from = to_days(*filter_.from);
    if (filter_.to) question.to = to_days(*filter_.to);
    question.admits = within_.holds;
    question.order =
        filter_.order == ActivityOrder::best ? fulltext::Order::best : fulltext::Order::latest;
    question.after = after;
    question.limit = limit;
    return question;
  }

  /// Where the words stand in a row; nothing where it is none of those that are wanted.
  std::optional<std::vector<FoundIn>> found_in(const ActivityRow& row) const {
    if (within_.holds && !within_.holds(row.organisation)) return std::nullopt;
    if (filter_.kind && row.kind != *filter_.kind) return std::nullopt;
    if (filter_.from && row.held_on < *filter_.from) return std::nullopt;
    if (filter_.to && row.held_on > *filter_.to) return std::nullopt;
    const Language other = language_ == Language::zh ? Language::en : Language::zh;
    const std::pair<std::string_view, std::string_view> fields[] = {
        {"topic", row.topic},
        {"place", row.place},
        {"kind", kinds_.label(row.kind, language_)},
        {"kind", kinds_.label(row.kind, other)}};
    std::vector<FoundIn> found;
    std::vector<bool> there(words_.wanted().size());
    for (const auto& [name, text] : fields) {
      const auto plain = fulltext::plain_text(text);
      std::vector<fulltext::Hit> hits;
      for (std::size_t i = 0; i < there.size(); ++i) {
        const auto of_word = fulltext::hits_of(words_.wanted()[i], plain);
        there[i] = there[i] || !of_word.empty();
        hits.insert(hits.end(), of_word.begin(), of_word.end());
      }
      if (!hits.empty())
        found.push_back({std::string(name), fulltext::excerpt(text, plain, std::move(hits))});
    }
    if (std::find(there.begin(), there.end(), false) != there.end()) return std::nullopt;
    return found;
  }

 private:
  const fulltext::Words& words_;
  const ActivityFilter& filter_;
  const Within& within_;
  const CodeSet& kinds_;
  const Language language_;
  std::vector<std::string> all_tags_;
  std::vector<std::string> any_tags_;
};

std::unordered_map<Id, ActivityRow> rows_of(db::Reader& reader, const std::vector<Place>& places) {
  std::vector<Id> ids;
  ids.reserve(places.size());
  for (const Place& place : places) ids.push_back(place.id);
  std::unordered_map<Id, ActivityRow> rows;
  for (ActivityRow& row :
       reader.all<ActivityRow>(sql::list_activities::by_id, db::number_list(ids))) {
    const Id id = row.id;
    rows.emplace(id, std::move(row));
  }
  return rows;
}

Error not_ready() {
  return fail(ErrorKind::unavailable, "orglife.search_not_ready");
}

Result<std::optional<Place>> after_of(const ActivityFilter& filter) {
  if (!filter.after) return std::optional<Place>();
  const auto key = api::page_after<3>(filter.after, {});
  if (!key) return key.error();
  if (!std::in_range<std::int32_t>((*key)[1]))
    return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
  return std::optional<Place>({(*key)[0], static_cast<std::int32_t>((*key)[1]), (*key)[2]});
}

}  // namespace

Within within_spans(const registry::Outline& outline, const std::vector<registry::Span>& spans) {
  Within within;
  within.holds = [&outline, &spans](Id organisation) {
    const std::uint32_t place = outline.place_of(organisation);
    return place != registry::Outline::kNowhere && registry::within(spans, place);
  };
  std::size_t count = 0;
  for (const registry::Span& span : spans) count += span.end - span.begin;
  if (count > kFewOrganisations) return within;
  for (const registry::Span& span : spans) {
    for (std::uint32_t place = span.begin; place < span.end; ++place)
      within.few.push_back(outline.nodes()[place].id);
  }
  return within;
}

Within either(Within one, Within other) {
  const bool few = !one.few.empty() && !other.few.empty() &&
                   one.few.size() + other.few.size() <= kFewOrganisations;
  Within within;
  if (few) {
    within.few = std::move(one.few);
    within.few.insert(within.few.end(), other.few.begin(), other.few.end());
  }
  within.holds = [one = std::move(one.holds), other = std::move(other.holds)](Id organisation) {
    return one(organisation) || other(organisation);
  };
  return within;
}

Result<api::Page<ListedActivity>> search_activities(db::Reader& reader, FullText& full_text,
                                                    const CodeSet& kinds, Language language,
                                                    const ActivityFilter& filter,
                                                    const Within& within) {
  const auto limit = api::page_limit(filter.limit, kMaxActivitiesAPage);
  if (!limit) return limit.error();
  auto after = after_of(filter);
  if (!after) return after.error();
  const auto words = fulltext::Words::read(filter.q.value_or(""));
  if (!words) return words.error();
  const auto index = full_text.index();
  if (index == nullptr) return not_ready();
  const Search search(*words, filter, within, kinds, language);
  api::Page<ListedActivity> page;
  bool more = true;
  for (int round = 0; round < kMaxRounds && more; ++round) {
    const int left = *limit - static_cast<int>(page.items.size());
    const int asked = std::max(left + 1, kLeastAsked);
    const auto places = index->find(search.question(*after, asked));
    if (!places) {
      full_text.found_failing(places.error());
      return not_ready();
    }
    auto rows = rows_of(reader, *places);
    more = places->size() == static_cast<std::size_t>(asked);
    for (const Place& place : *places) {
      if (page.items.size() == static_cast<std::size_t>(*limit)) {
        page.next = api::page_next({(*after)->score, (*after)->day, (*after)->id});
        return page;
      }
      *after = place;
      const auto row = rows.find(place.id);
      if (row == rows.end()) continue;
      if (auto found = search.found_in(row->second))
        page.items.push_back(listed(std::move(row->second), std::move(*found)));
    }
  }
  if (more) page.next = api::page_next({(*after)->score, (*after)->day, (*after)->id});
  return page;
}

}  // namespace jishi::orglife
