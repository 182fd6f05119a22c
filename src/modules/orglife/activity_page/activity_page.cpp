#include "modules/orglife/activity_page/activity_page.hpp"

#include "modules/orglife/activity_page/activity_page.sql.hpp"
#include "modules/orglife/commands.hpp"

namespace jishi::orglife {

namespace {

/// As the statement gives it.
struct Recorded {
  Id activity = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string kind;
  Date held_on;
  std::string period;
  std::string topic;
  std::string place;
  std::optional<int> due;
  std::optional<int> present;
  std::string others;
  std::string resolutions;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(Recorded, (),
                      (activity, organisation, organisation_name, kind, held_on, period, topic,
                       place, due, present, others, resolutions, source))

}  // namespace

Result<ActivityPage> activity_page(db::Reader& reader, const api::Call& call) {
  auto row = reader.one<Recorded>(sql::activity_page::one, call.subject);
  if (!row) {
    return fail(ErrorKind::not_found, "orglife.activity_missing",
                {{"activity", std::to_string(call.subject)}});
  }
  ActivityPage page{row->activity,
                    row->organisation,
                    std::move(row->organisation_name),
                    std::move(row->kind),
                    row->held_on,
                    std::move(row->period),
                    std::move(row->topic),
                    std::move(row->place),
                    row->due,
                    row->present,
                    std::move(row->others),
                    std::move(row->resolutions),
                    std::move(row->source),
                    {},
                    0};
  for (Participant& came : reader.all<Participant>(sql::activity_page::participants, call.subject,
                                                   static_cast<int>(kMaxParticipants))) {
    // Whoever moved away since is a member of another branch, which its reader may not see.
    if (call.gate.may_see_person(call.caller, call.permission, came.person))
      page.participants.push_back(std::move(came));
  }
  const int all = reader.one<int>(sql::activity_page::attendance, call.subject).value_or(0);
  page.unseen = all - static_cast<int>(page.participants.size());
  return page;
}

}  // namespace jishi::orglife
