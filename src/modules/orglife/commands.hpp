#pragma once
// What a person enters of organisation life, by name and in JSON.

#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::orglife {

/// An activity as a person enters it. Kinds are codes of the pack.
struct EnteredActivity {
  registry::Reference organisation;
  std::string kind;
  Date held_on;
  std::optional<Period> period;
  std::optional<std::string> topic;
  std::optional<std::string> place;
  std::optional<int> due;
  std::optional<int> present;
  std::vector<registry::Reference> participants;
  std::optional<std::string> others;
  std::optional<std::string> resolutions;  // its line breaks are kept
};
BOOST_DESCRIBE_STRUCT(EnteredActivity, (),
                      (organisation, kind, held_on, period, topic, place, due, present,
                       participants, others, resolutions))

struct CorrectActivity {
  Id activity = kNoId;
  EnteredActivity as;  // the whole record as it is to be
};
BOOST_DESCRIBE_STRUCT(CorrectActivity, (), (activity, as))

struct WithdrawActivity {
  Id activity = kNoId;
};
BOOST_DESCRIBE_STRUCT(WithdrawActivity, (), (activity))

struct ActivityDone {
  Id activity = kNoId;
  registry::Outcome outcome = registry::Outcome::unchanged;
  std::string undo;  // the command that takes it back
};
BOOST_DESCRIBE_STRUCT(ActivityDone, (), (activity, outcome, undo))

/// What the decision to accept an activity looks at.
struct EntryView {
  std::string kind;
  Date held_on;
  Date today;
  std::optional<Date> ended;  // of the organisation
  std::optional<int> due;
  std::optional<int> present;
  std::size_t participants = 0;
  std::size_t resolutions = 0;  // signs
};
std::optional<Error> refuse_entry(const EntryView& view);

/// The routes of the commands.
void command_routes(api::Routes& routes);

/// Participants that one activity may list.
inline constexpr std::size_t kMaxParticipants = 20'000;
/// Signs of what was resolved.
inline constexpr std::size_t kMaxResolutions = 4'000;

}  // namespace jishi::orglife
