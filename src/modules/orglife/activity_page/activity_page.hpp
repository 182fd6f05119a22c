#pragma once
// One activity with all that is recorded of it, and who was there.

#include "api/call.hpp"

namespace jishi::orglife {

/// Someone who was there and whom the reader may see.
struct Participant {
  Id person = kNoId;
  std::string name;
  std::string number;
};
BOOST_DESCRIBE_STRUCT(Participant, (), (person, name, number))

struct ActivityPage {
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
  std::vector<Participant> participants;  // by name
  int unseen = 0;                         // participants who lie outside the reader's scope
};
BOOST_DESCRIBE_STRUCT(ActivityPage, (),
                      (activity, organisation, organisation_name, kind, held_on, period, topic,
                       place, due, present, others, resolutions, source, participants, unseen))

/// The activity that a call is about. Error: orglife.activity_missing.
Result<ActivityPage> activity_page(db::Reader& reader, const api::Call& call);

}  // namespace jishi::orglife
