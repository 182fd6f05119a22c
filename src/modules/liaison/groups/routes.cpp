// Groups as their members see them. Who may is decided by the group, not by one place: the region,
// and while it runs whoever takes part.
#include "api/routes.hpp"

#include "api/paging.hpp"
#include "base/text.hpp"
#include "modules/liaison/groups/groups.sql.hpp"
#include "modules/liaison/liaison.hpp"

namespace jishi::liaison {

namespace {

using api::Call;
using http::Method;

struct GroupRow {
  Id group = kNoId;
  Id region = kNoId;
  std::string region_name;
  std::string title;
  Id case_id = kNoId;
  Date begun;
  Date until;
  std::optional<Date> closed;
};
BOOST_DESCRIBE_STRUCT(GroupRow, (),
                      (group, region, region_name, title, case_id, begun, until, closed))

struct Partner {
  Id organisation = kNoId;
  std::string organisation_name;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (organisation, organisation_name))

/// A group as it is listed.
struct ListedGroup {
  Id group = kNoId;
  Id region = kNoId;
  std::string region_name;
  std::string title;
  Date begun;
  Date until;
  bool running = false;
};
BOOST_DESCRIBE_STRUCT(ListedGroup, (), (group, region, region_name, title, begun, until, running))

struct ShownGroup {
  Id group = kNoId;
  Id region = kNoId;
  std::string region_name;
  std::string title;
  Id case_id = kNoId;
  Date begun;
  Date until;
  std::optional<Date> closed;
  bool running = false;
  std::vector<Partner> partners;
};
BOOST_DESCRIBE_STRUCT(ShownGroup, (),
                      (group, region, region_name, title, case_id, begun, until, closed, running,
                       partners))

struct NoteRow {
  Id note = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string account_name;
  Blob text;
  std::int64_t at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (),
                      (note, organisation, organisation_name, account_name, text, at_ms))

struct ShownNote {
  Id note = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string account_name;
  std::string text;
  std::int64_t at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ShownNote, (),
                      (note, organisation, organisation_name, account_name, text, at_ms))

struct WriteNote {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(WriteNote, (), (text))

struct NoteWritten {
  Id note = kNoId;
};
BOOST_DESCRIBE_STRUCT(NoteWritten, (), (note))

struct PageQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (after, limit))

constexpr std::array kFromTheLatest{std::numeric_limits<std::int64_t>::max()};

bool runs(const GroupRow& row, Date today) {
  return !row.closed && row.until >= today;
}

std::string seal_context(Id note) {
  return fmt::format("liaison_note/{}", note);
}

Id group_of(const Call& call) {
  const auto text = call.request.segment("group").value_or("");
  return jishi::detail::json_integer(boost::json::string(text)).value_or(kNoId);
}

/// A group, and the organisation as whose the caller takes part.
struct Seen {
  GroupRow row;
  std::vector<Partner> partners;
  Id as = kNoId;
};

/// Error: liaison.group_unknown, also for who may not see it.
Result<Seen> seen(db::Reader& reader, const Call& call, api::Permission permission) {
  auto row = reader.one<GroupRow>(sql::groups::one, group_of(call));
  if (!row) return fail(ErrorKind::not_found, "liaison.group_unknown");
  Seen found{std::move(*row), reader.all<Partner>(sql::groups::partners, row->group), kNoId};
  const auto may = [&](Id place) { return call.gate.may(call.caller, permission, place); };
  if (may(found.row.region)) {
    found.as = found.row.region;
  } else if (runs(found.row, call.store.clock().today())) {
    for (const Partner& partner : found.partners) {
      if (found.as == kNoId && may(partner.organisation)) found.as = partner.organisation;
    }
  }
  if (found.as == kNoId) return fail(ErrorKind::not_found, "liaison.group_unknown");
  return found;
}

Result<ShownGroup> show(const Call& call) {
  return call.store.read([&](db::Reader& reader) -> Result<ShownGroup> {
    auto found = seen(reader, call, "workflow.read");
    if (!found) return found.error();
    GroupRow& row = found->row;
    const bool running = runs(row, call.store.clock().today());
    return ShownGroup{row.group,
                      row.region,
                      std::move(row.region_name),
                      std::move(row.title),
                      row.case_id,
                      row.begun,
                      row.until,
                      row.closed,
                      running,
                      std::move(found->partners)};
  });
}

Result<api::Page<ListedGroup>> list(const Call& call, const PageQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, kFromTheLatest);
  if (!after) return after.error();
  const Date today = call.store.clock().today();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<GroupRow>(sql::groups::list, call.organisation, (*after)[0], today,
                                *limit + 1);
  });
  api::Page<ListedGroup> page;
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().group});
  for (GroupRow& row : rows) {
    page.items.push_back({row.group, row.region, std::move(row.region_name), std::move(row.title),
                          row.begun, row.until, runs(row, today)});
  }
  return page;
}

Result<api::Page<ShownNote>> notes(const Call& call, const PageQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, kFromTheLatest);
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<ShownNote>> {
    const auto found = seen(reader, call, "workflow.read");
    if (!found) return found.error();
    auto rows = reader.all<NoteRow>(sql::groups::notes, found->row.group, (*after)[0], *limit + 1);
    api::Page<ShownNote> page;
    if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().note});
    for (NoteRow& row : rows) {
      auto text = call.store.keys().cipher().open(row.text, seal_context(row.note));
      if (!text) return text.error();
      page.items.push_back({row.note, row.organisation, std::move(row.organisation_name),
                            std::move(row.account_name), std::move(*text), row.at_ms});
    }
    return page;
  });
}

Result<NoteWritten> write_note(Transaction& tx, const Call& call, const WriteNote& asked) {
  const auto found = seen(tx, call, "workflow.act");
  if (!found) return found.error();
  const Id group = found->row.group;
  if (!runs(found->row, tx.store().clock().today())) {
    return fail(ErrorKind::conflict, "liaison.group_over", {{"date", to_iso(found->row.until)}});
  }
  const std::string text(trim(asked.text));
  const std::size_t length = count_code_points(text);
  if (length == 0 || length > kMostNote) {
    return fail(ErrorKind::invalid, "liaison.note_invalid",
                {{"path", "text"}, {"limit", std::to_string(kMostNote)}});
  }
  if (tx.one<std::int64_t>(sql::groups::count_notes, group).value_or(0) >= kMostNotes) {
    return fail(ErrorKind::refused, "liaison.too_many_notes",
                {{"limit", std::to_string(kMostNotes)}});
  }
  const Id note = tx.new_id();
  tx.run(sql::groups::add_note, note, group, found->as, call.caller.account,
         tx.store().keys().cipher().seal(text, seal_context(note)), tx.store().clock().now_ms());
  tx.fact(fact::kNoteWritten, tx.store().clock().today(), found->as, {.subject = group});
  return NoteWritten{note};
}

}  // namespace

void routes(api::Routes& routes) {
  routes.list<PageQuery>(
      "/api/v1/organisations/{organisation}/groups",
      {"liaison.list_groups", "workflow.read", api::organisation_in("organisation")},
      [](Call& call, const PageQuery& query) { return list(call, query); });
  routes.get_slowly<api::Nothing>("/api/v1/groups/{group}",
                                  {"liaison.show_group", {}, api::own_account()},
                                  [](Call& call, const api::Nothing&) { return show(call); });
  routes.list<PageQuery>("/api/v1/groups/{group}/notes", {"liaison.notes", {}, api::own_account()},
                         [](Call& call, const PageQuery& query) { return notes(call, query); });
  routes
      .command_as<WriteNote>(Method::post, "/api/v1/groups/{group}/notes",
                             {"liaison.write_note", {}, api::own_account()},
                             [](Transaction& tx, const Call& call, const WriteNote& asked) {
                               return write_note(tx, call, asked);
                             })
      .status = 201;
}

}  // namespace jishi::liaison
