#pragma once
// Mentions (@提到): who may be meant in a discussion, and what was said to oneself.

#include "modules/liaison/discussion/discussion.hpp"

namespace jishi::liaison {

inline constexpr std::size_t kMostFound = 10;     // people to choose from
inline constexpr int kMostHolders = 300;          // looked at for it, of an organisation
inline constexpr int kMostWriters = 200;          // notes looked at for it
inline constexpr int kMostMentionsShown = 200;    // of a page
inline constexpr std::size_t kMostExcerpt = 120;  // signs of a note that is told of

struct MentionableQuery {
  std::optional<std::string> name;  // a part of it
};
BOOST_DESCRIBE_STRUCT(MentionableQuery, (), (name))

struct Mentionable {
  Id account = kNoId;
  std::string account_name;
  Id organisation = kNoId;  // of the role, or as whose was written
  std::string organisation_name;
};
BOOST_DESCRIBE_STRUCT(Mentionable, (), (account, account_name, organisation, organisation_name))

/// Those who see the object, kMostFound at most: who wrote there, then whoever holds a role at its
/// organisation or above it. Without the caller.
Result<api::Page<Mentionable>> mentionable(const Discussions& discussions, const api::Call& call,
                                           const SeenObject& seen, const MentionableQuery& query);

struct ShownMention {
  Id note = kNoId;
  std::string kind;
  std::string object;       // its name in addresses
  Id organisation = kNoId;  // as whose was written
  std::string organisation_name;
  std::string account_name;
  std::string text;  // its beginning
  std::int64_t at_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ShownMention, (),
                      (note, kind, object, organisation, organisation_name, account_name, text,
                       at_ms))

struct MentionsQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(MentionsQuery, (), (after, limit))

/// Where the caller was mentioned, the latest first; not what they may see no longer.
Result<api::Page<ShownMention>> mentions(const Discussions& discussions, const api::Call& call,
                                         const MentionsQuery& query);

}  // namespace jishi::liaison
