#include "modules/workflow/personal_days/personal_days.hpp"

#include <map>
#include <set>

#include "modules/workflow/notices/notices.hpp"
#include "modules/workflow/notices/sealed_notice.hpp"
#include "modules/workflow/personal_days/personal_days.sql.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kMeeting = "meeting.notice";

struct ToldRow {
  Id notice = kNoId;
  Id case_id = kNoId;
  std::string message;
  Id organisation = kNoId;
  std::string organisation_name;
  std::int64_t sent_ms = 0;
  Blob content;
};
BOOST_DESCRIBE_STRUCT(ToldRow, (),
                      (notice, case_id, message, organisation, organisation_name, sent_ms, content))

std::string text_at(const boost::json::object& says, std::string_view name) {
  const auto* value = says.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// `14:30` or `14:30:00`.
std::optional<int> minute_of(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() < 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  if (hour > 23 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<MeetingDay> meeting_of(const crypto::Keys& keys, const ToldRow& row) {
  const auto json = parse_json(opened_notice(keys, row.notice, row.content));
  if (!json || !json->is_object()) return std::nullopt;
  const boost::json::object& says = json->as_object();
  const auto day = parse_iso_date(text_at(says, "planned_on"));
  if (!day) return std::nullopt;
  return MeetingDay{row.notice,
                    row.case_id,
                    *day,
                    minute_of(text_at(says, "planned_at")),
                    text_at(says, "kind"),
                    text_at(says, "place"),
                    row.organisation,
                    row.organisation_name,
                    row.sent_ms,
                    text_at(says, "video")};
}

}  // namespace

std::vector<TaskDay> task_days(db::Reader& reader, const Party& party, Date today) {
  std::vector<TaskDay> days;
  TaskQuery query;
  query.limit = std::min(kMostPersonalDays, kMostTasksShown);
  auto page = my_tasks(reader, party, today, query);
  if (!page) return days;
  for (ShownTask& task : page->items) {
    if (!task.due_ms) continue;
    days.push_back({task.task, day_at(*task.due_ms), std::move(task.name),
                    std::move(task.process_name), std::move(task.organisation_name), task.opened_ms,
                    task.late});
  }
  return days;
}

std::vector<MeetingDay> meeting_days(db::Reader& reader, const crypto::Keys& keys,
                                     const Party& party, Date today) {
  std::map<Id, ToldRow> last;  // by case: a meeting is told of again when it moves
  for (const Desk& desk : notice_desks(reader, party, today)) {
    for (ToldRow& row : reader.all<ToldRow>(sql::personal_days::meetings, desk.role, desk.owner,
                                            kMostPersonalDays)) {
      ToldRow& held = last[row.case_id];
      if (row.notice > held.notice) held = std::move(row);
    }
  }
  std::vector<MeetingDay> days;
  for (const auto& [case_id, row] : last) {
    if (row.message != kMeeting) continue;
    if (auto day = meeting_of(keys, row)) days.push_back(std::move(*day));
  }
  return days;
}

std::vector<Id> organisations_near(db::Reader& reader, const Party& party, Date today) {
  std::set<Id> near;
  for (const Desk& desk : notice_desks(reader, party, today)) {
    if (!desk.role.empty()) near.insert(desk.owner);
  }
  return {near.begin(), near.end()};
}

}  // namespace jishi::workflow
