#pragma once
// What a command of the structure changed, or would change: the same for a command and its preview.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/date.hpp"
#include "base/id.hpp"

namespace jishi::registry {

/// What happened to one organisation.
enum class Turn : std::uint8_t { created, renamed, moved, ended, reopened };
BOOST_DESCRIBE_ENUM(Turn, created, renamed, moved, ended, reopened)

struct OrganisationChange {
  Id organisation = kNoId;
  std::string code;
  std::string name;  // afterwards
  Turn turn = Turn::moved;
  std::string structure;   // of the link, when one was made
  std::optional<Id> from;  // the parent before; 0 is the top
  std::optional<Id> to;    // the parent afterwards; 0 is the top
  int moved_along = 0;     // organisations below it that went with it
  std::optional<std::string> name_before;
};
BOOST_DESCRIBE_STRUCT(OrganisationChange, (),
                      (organisation, code, name, turn, structure, from, to, moved_along,
                       name_before))

struct MemberMove {
  Id person = kNoId;
  Id from = kNoId;
  Id to = kNoId;
};
BOOST_DESCRIBE_STRUCT(MemberMove, (), (person, from, to))

struct Changes {
  Id command = kNoId;  // what registry.undo takes; of a preview, of no use
  Date on;
  std::vector<OrganisationChange> organisations;
  std::vector<MemberMove> members_moved;
  std::vector<Id> posts_ended;
  std::vector<Id> posts_resumed;
  std::string undo;  // the command that takes it back
};
BOOST_DESCRIBE_STRUCT(Changes, (),
                      (command, on, organisations, members_moved, posts_ended, posts_resumed, undo))

}  // namespace jishi::registry
