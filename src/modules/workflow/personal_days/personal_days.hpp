#pragma once
// The days that somebody has ahead of them: what of their tasks is due, and the meetings that they
// were told of. For a calendar, which others may see over a shoulder: it names nobody and no topic.

#include "modules/workflow/tasks/tasks.hpp"
#include "platform/crypto/keys.hpp"

namespace jishi::workflow {

inline constexpr int kMostPersonalDays = 200;  // of each kind; the earliest due, the latest told

struct TaskDay {
  Id task = kNoId;
  Date day;  // in China
  std::string name;
  std::string process_name;
  std::string organisation_name;
  std::int64_t opened_ms = 0;
  bool late = false;
};

struct MeetingDay {
  Id notice = kNoId;
  Id case_id = kNoId;
  Date day;
  std::optional<int> minute;  // of the day, in China; nothing where no time was told
  std::string kind;           // a code of the pack
  std::string place;
  Id organisation = kNoId;
  std::string organisation_name;
  std::int64_t told_ms = 0;
  std::string video;  // an address; empty: none
};

/// Open tasks that lie before a party and have a day, the earliest first.
std::vector<TaskDay> task_days(db::Reader& reader, const Party& party, Date today);

/// Meetings that a party was told of and that were not called off: as they were told last.
std::vector<MeetingDay> meeting_days(db::Reader& reader, const crypto::Keys& keys,
                                     const Party& party, Date today);

/// Where somebody is a member or holds a post or a role by itself: whose plans are theirs.
std::vector<Id> organisations_near(db::Reader& reader, const Party& party, Date today);

}  // namespace jishi::workflow
