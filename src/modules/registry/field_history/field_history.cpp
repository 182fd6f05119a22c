#include "modules/registry/field_history/field_history.hpp"

#include <limits>

#include "api/paging.hpp"
#include "modules/registry/archive/person_page.hpp"
#include "modules/registry/field_history/field_history.sql.hpp"
#include "modules/registry/fields/field_text.hpp"

namespace jishi::registry {

namespace {

struct ChangeRow {
  Id subject = kNoId;
  std::string field;
  Blob before;
  std::string source;
  std::int64_t recorded = 0;
  Id account = kNoId;
  std::string account_name;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (subject, field, before, source, recorded, account, account_name))

/// Where a page begins: behind this change.
struct Behind {
  std::int64_t recorded = std::numeric_limits<std::int64_t>::max();
  Id subject = kNoId;
  std::string field;
};

// recorded.subject.field: a field's name holds no point.
Result<Behind> behind_of(const std::optional<std::string>& text) {
  if (!text) return Behind{};
  const auto end = text->rfind('.');
  const auto key = api::page_after<2>(text->substr(0, end), {});
  if (!key || end == text->npos)
    return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
  return Behind{(*key)[0], (*key)[1], text->substr(end + 1)};
}

FieldBefore shown(db::Reader& reader, const crypto::Keys& keys, ChangeRow&& row) {
  FieldBefore change;
  const std::string before = open_beside(keys, row.subject, row.field, row.before).value_or("");
  change.masked = is_personal(row.field) && !before.empty();
  change.before = change.masked ? masked_field(row.field, before) : before;
  if (row.field == "organisation") {
    change.before_name =
        reader.one<std::string>(sql::field_history::organisation_name, detail::id_in(before))
            .value_or("");
  }
  change.field = std::move(row.field);
  change.source = std::move(row.source);
  change.recorded_ms = row.recorded;
  change.account = row.account;
  change.account_name = std::move(row.account_name);
  return change;
}

}  // namespace

Result<api::Page<FieldBefore>> field_history(db::Reader& reader, const crypto::Keys& keys,
                                             Id subject, const FieldHistoryQuery& query) {
  const auto limit = api::page_limit(query.limit, kMaxFieldChangesAPage);
  if (!limit) return limit.error();
  const auto behind = behind_of(query.after);
  if (!behind) return behind.error();
  auto rows = reader.all<ChangeRow>(sql::field_history::page, subject, query.field.value_or(""),
                                    behind->recorded, behind->subject, behind->field, *limit + 1);
  const bool more = api::cut_to_page(rows, *limit);
  api::Page<FieldBefore> page;
  if (more) {
    const ChangeRow& last = rows.back();
    page.next = api::page_next({last.recorded, last.subject}) + "." + last.field;
  }
  for (ChangeRow& row : rows) page.items.push_back(shown(reader, keys, std::move(row)));
  return page;
}

}  // namespace jishi::registry
