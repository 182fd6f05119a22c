#pragma once
// What the commands of the structure look at before they decide, and the refusals they share. The
// refusals are pure: they see only what is handed to them.

#include "ledger/store.hpp"
#include "modules/registry/structure/reference.hpp"

namespace jishi::registry {

/// The structures there are: Party organisations, administrative divisions, grids, regions (区域),
/// sectors (行业).
inline constexpr std::array<std::string_view, 5> kStructures{"party", "division", "grid", "region",
                                                             "sector"};

/// A tree is at most this deep.
inline constexpr int kMaxDepth = 64;
/// Code points of an organisation's name, signs of its code.
inline constexpr std::size_t kMaxName = 200;
inline constexpr std::size_t kMaxCode = 64;
/// Organisations, members or children that one command may name or move.
inline constexpr std::size_t kMaxNamed = 20'000;

/// An organisation as it stands in one structure today.
struct Standing {
  Id id = kNoId;
  std::string code;
  std::string name;
  std::string kind;
  std::optional<Date> founded;
  std::optional<Date> ended;
  std::optional<Id> parent;   // 0: the top; none: it does not stand in the structure
  std::optional<Date> since;  // when it came under that parent
  std::optional<Date> first;  // when it came into the structure
};
BOOST_DESCRIBE_STRUCT(Standing, (), (id, code, name, kind, founded, ended, parent, since, first))

/// The day from which a command counts, and the day on which it is given.
struct When {
  Date on;
  Date today;
};

/// The day a command names, or today.
When when_of(Transaction& tx, const std::optional<Date>& on);

/// The structure a command names, or the Party's. Fails with registry.unknown_structure.
Result<std::string> structure_of(const std::optional<std::string>& named);

/// Fails with registry.not_found.
Result<Standing> standing_of(db::Reader& reader, std::string_view structure,
                             const Reference& reference);

/// As standing_of(), for a parent: nothing stands for the top.
Result<std::optional<Standing>> parent_meant(db::Reader& reader, std::string_view structure,
                                             const Reference& reference);

/// The last day after `day` on which its place, its children or its members changed: what a command
/// of `day` would contradict.
std::optional<Date> changed_after(db::Reader& reader, Id organisation, Date day);

/// A living organisation of this name under `parent` today, other than `except`.
std::optional<Id> sibling_named(db::Reader& reader, std::string_view structure, Id parent,
                                std::string_view name, Date today, Id except);

bool has_ended(const Standing& organisation, Date today);

/// What a message says of an organisation: its name and code.
Arguments arguments_of(const Standing& organisation, Arguments more = {});
Error refused(std::string_view code, const Standing& organisation, Arguments more = {});

/// registry.date_in_future, registry.before_founding.
std::optional<Error> refuse_day(const Standing& organisation, const When& when);

/// registry.parent_not_in_structure, parent_ended, parent_not_founded. The top refuses nothing.
std::optional<Error> refuse_parent(const std::optional<Standing>& parent, const When& when);

/// registry.name_missing, name_too_long.
std::optional<Error> refuse_name(std::string_view name);

/// registry.name_taken.
Error name_taken(std::string_view name);

}  // namespace jishi::registry
