#include "api/routes.hpp"

#include <limits>

#include "api/paging.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/notices/notices.hpp"
#include "modules/workflow/notices/notices.sql.hpp"
#include "modules/workflow/notices/sealed_notice.hpp"

namespace jishi::workflow {

namespace {

struct NoticeRow {
  Id notice = kNoId;
  std::string message;
  std::string process;
  std::string process_name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string person_name;
  std::int64_t sent_ms = 0;
  Blob content;
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
                      (notice, message, process, process_name, organisation, organisation_name,
                       person_name, sent_ms, content))

struct ShownNotice {
  Id notice = kNoId;
  std::string message;  // meeting.notice, meeting.cancelled …
  std::string process;
  std::string process_name;
  Id organisation = kNoId;  // from which it comes
  std::string organisation_name;
  std::string person_name;  // whom its case is about; empty: nobody, or not for all its readers
  std::int64_t sent_ms = 0;
  boost::json::object says;  // by the names of the case's variables
};
BOOST_DESCRIBE_STRUCT(ShownNotice, (),
                      (notice, message, process, process_name, organisation, organisation_name,
                       person_name, sent_ms, says))

struct NoticesQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(NoticesQuery, (), (after, limit))

ShownNotice shown(const api::Call& call, NoticeRow row) {
  const auto json = parse_json(opened_notice(call.store.keys(), row.notice, row.content));
  return {row.notice,
          std::move(row.message),
          std::move(row.process),
          std::move(row.process_name),
          row.organisation,
          std::move(row.organisation_name),
          std::move(row.person_name),
          row.sent_ms,
          json && json->is_object() ? json->as_object() : boost::json::object()};
}

Result<api::Page<ShownNotice>> notices(api::Call& call, const NoticesQuery& asked) {
  const auto limit = api::page_limit(asked.limit, kMostNoticesShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    std::vector<NoticeRow> rows;
    for (const Desk& desk :
         notice_desks(reader, party_of(call.caller), call.store.clock().today())) {
      auto found = reader.all<NoticeRow>(sql::notices::on_desk, desk.role, desk.owner, (*after)[0],
                                         *limit + 1);
      std::move(found.begin(), found.end(), std::back_inserter(rows));
    }
    std::sort(rows.begin(), rows.end(), [](const NoticeRow& left, const NoticeRow& right) {
      return left.notice > right.notice;
    });
    api::Page<ShownNotice> page;
    if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().notice});
    for (NoticeRow& row : rows) page.items.push_back(shown(call, std::move(row)));
    return page;
  });
}

}  // namespace

std::vector<Desk> notice_desks(db::Reader& reader, const Party& party, Date today) {
  auto desks = desks_of(reader, party, today);
  std::erase_if(desks, [](const Desk& desk) { return desk.role == "member"; });
  if (party.person == kNoId) return desks;
  if (const auto organisation = registry::organisation_of(reader, party.person))
    desks.push_back({"member", *organisation});
  for (const Id held : reader.all<Id>(sql::notices::posts, party.person, today, kMostDesks))
    desks.push_back({"post", held});
  return desks;
}

void notice_routes(api::Routes& routes) {
  routes.list<NoticesQuery>("/api/v1/case-notices", {"workflow.notices", {}, api::own_account()},
                            notices);
}

}  // namespace jishi::workflow
