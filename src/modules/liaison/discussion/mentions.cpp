#include "modules/liaison/discussion/mentions.hpp"

#include <unordered_set>

#include "api/paging.hpp"
#include "base/text.hpp"
#include "modules/liaison/discussion/discussion.sql.hpp"
#include "modules/liaison/discussion/notes.hpp"

namespace jishi::liaison {

namespace {

struct MentionRow {
  Id note = kNoId;
  std::string kind;
  std::string rule;
  Id object = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string account_name;
  Blob text;
  std::int64_t at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(MentionRow, (),
                      (note, kind, rule, object, organisation, organisation_name, account_name,
                       text, at_ms))

std::string excerpt(const std::string& text) {
  if (count_code_points(text) <= kMostExcerpt) return text;
  std::size_t at = 0;
  for (std::size_t signs = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && signs++ == kMostExcerpt) break;
  }
  return text.substr(0, at) + "…";
}

std::vector<Mentionable> candidates(const api::Call& call, const SeenObject& seen) {
  const Date today = call.store.clock().today();
  return call.store.read([&](db::Reader& reader) {
    auto found = reader.all<Mentionable>(sql::discussion::writers, seen.object.id, seen.object.kind,
                                         seen.object.rule, kMostWriters);
    for (const Id place : seen.taking_part) {
      auto holders = reader.all<Mentionable>(sql::discussion::holders, place, today, kMostHolders);
      std::move(holders.begin(), holders.end(), std::back_inserter(found));
    }
    return found;
  });
}

}  // namespace

Result<api::Page<Mentionable>> mentionable(const Discussions& discussions, const api::Call& call,
                                           const SeenObject& seen, const MentionableQuery& query) {
  const std::string wanted(trim(query.name.value_or("")));
  std::unordered_set<Id> looked_at{call.caller.account};
  api::Page<Mentionable> page;
  for (Mentionable& one : candidates(call, seen)) {
    if (page.items.size() == kMostFound) break;
    if (one.account_name.find(wanted) == std::string::npos) continue;
    if (!looked_at.insert(one.account).second) continue;
    if (may_see(discussions, call, one.account, seen.object)) page.items.push_back(std::move(one));
  }
  return page;
}

Result<api::Page<ShownMention>> mentions(const Discussions& discussions, const api::Call& call,
                                         const MentionsQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostMentionsShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<MentionRow>(sql::discussion::mentions, call.caller.account, (*after)[0],
                                  *limit + 1);
  });
  api::Page<ShownMention> page;
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().note});
  for (MentionRow& row : rows) {
    const Object object{row.kind, row.rule, row.object};
    if (!see(discussions, call, object)) continue;
    auto text = call.store.keys().cipher().open(row.text, note_context(row.note));
    if (!text) return text.error();
    page.items.push_back({row.note, row.kind, name_of(object), row.organisation,
                          std::move(row.organisation_name), std::move(row.account_name),
                          excerpt(*text), row.at_ms});
  }
  return page;
}

}  // namespace jishi::liaison
