#include "app/server/due_sources.hpp"

#include <set>

#include "base/texts.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

namespace {

constexpr int kMostPlanned = 200;

struct Asked {
  const Codes& codes;
  Language language;
  Date from;
  Date to;

  bool within(Date day) const { return day >= from && day <= to; }
  std::string kind(const std::string& code) const {
    return std::string(codes.set("activity_kind").label(code, language));
  }
};

insight::DueEvent event_of(const workflow::TaskDay& task, const Asked& asked) {
  return {fmt::format("task.{}@jishi", task.task), task.day,
          say(asked.language, "app.due_task",
              {{"task", task.name},
               {"process", task.process_name},
               {"organisation", task.organisation_name}}),
          "task", task.opened_ms};
}

insight::DueEvent event_of(const workflow::MeetingDay& meeting, const Asked& asked) {
  return {fmt::format("meeting.{}@jishi", meeting.case_id),
          meeting.day,
          say(asked.language, "app.due_meeting",
              {{"kind", asked.kind(meeting.kind)}, {"organisation", meeting.organisation_name}}),
          "meeting",
          meeting.told_ms,
          meeting.minute,
          meeting.place,
          meeting.video};
}

insight::DueEvent event_of(const orglife::PlannedDay& planned, const Asked& asked,
                           std::int64_t now_ms) {
  return {fmt::format("plan.{}.{}.{}@jishi", planned.organisation, planned.year, planned.item),
          planned.on,
          say(asked.language, "app.due_planned",
              {{"kind", asked.kind(planned.kind)}, {"organisation", planned.organisation_name}}),
          "meeting", now_ms};
}

}  // namespace

insight::DueSource days_of_work(const Codes& codes) {
  return [&codes](db::Reader& reader, const api::Call& call, Language language, Date from,
                  Date to) {
    const Asked asked{codes, language, from, to};
    const workflow::Party party{call.caller.account, call.caller.person};
    const Date today = call.store.clock().today();
    std::vector<insight::DueEvent> events;
    for (const auto& task : workflow::task_days(reader, party, today)) {
      if (asked.within(task.day)) events.push_back(event_of(task, asked));
    }
    // A meeting that was called is told as it was called, not as it was planned.
    std::set<std::tuple<Id, std::string, Date>> called;
    for (const auto& meeting : workflow::meeting_days(reader, call.store.keys(), party, today)) {
      called.emplace(meeting.organisation, meeting.kind, meeting.day);
      if (asked.within(meeting.day)) events.push_back(event_of(meeting, asked));
    }
    const auto near = workflow::organisations_near(reader, party, today);
    for (const auto& planned : orglife::planned_days(reader, near, today, to, kMostPlanned)) {
      if (!called.contains({planned.organisation, planned.kind, planned.on}))
        events.push_back(event_of(planned, asked, call.store.clock().now_ms()));
    }
    return events;
  };
}

}  // namespace jishi::app
