#pragma once
// Short words for the tests of the structure.

#include "ledger/test_store.hpp"
#include "ledger/trail.hpp"
#include "modules/registry/organisations/organisations.sql.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::registry {

inline constexpr Actor kTester{7};

inline Date day(int year, unsigned month, unsigned of_month) {
  return *make_date(year, month, of_month);
}

/// Makes an organisation; its code is also its name.
inline Id found(Store& store, const std::string& code, const Reference& parent = {},
                std::optional<Date> on = std::nullopt) {
  CreateOrganisation command;
  command.name = code;
  command.code = code;
  command.kind = "branch";
  command.parent = parent;
  command.on = on;
  const auto made = create_organisation(store, kTester, command);
  if (!made) throw std::runtime_error(made.error().code);
  return made->organisations.front().organisation;
}

/// Makes a member of an organisation; the number is also the name.
inline Id join(Store& store, const std::string& number, Id organisation, Date joined,
               std::string_view status = "normal") {
  MemberRecord record;
  record.number = number;
  record.name = number;
  record.organisation = organisation;
  record.stage = "full";
  record.joined = joined;
  record.status = status;
  const SealedIdentity sealed = seal_identity(store, record);
  const auto made = store.write(kTester, [&](Transaction& tx) {
    return Result<Recorded>(record_member(tx, manual_origin(tx), std::nullopt, record, sealed));
  });
  return made->id;
}

inline Id appoint(Store& store, Id person, Id organisation, Date from) {
  const auto made = store.write(kTester, [&](Transaction& tx) {
    const PostRecord record{person, organisation, "secretary", from, std::nullopt};
    return Result<Recorded>(record_post(tx, manual_origin(tx), record));
  });
  return made->id;
}

/// The codes of places, in their order: "A B C".
inline std::string codes(const std::vector<Place>& places) {
  std::string line;
  for (const Place& place : places) line += (line.empty() ? "" : " ") + place.code;
  return line;
}

inline std::string children_on(Store& store, Id parent, Date on) {
  return store.read(
      [&](db::Reader& reader) { return codes(children(reader, kPartyStructure, parent, on)); });
}

inline std::string path_on(Store& store, Id organisation, Date on) {
  return store.read(
      [&](db::Reader& reader) { return codes(path(reader, kPartyStructure, organisation, on)); });
}

inline std::string subtree_on(Store& store, Id ancestor, Date on) {
  return store.read(
      [&](db::Reader& reader) { return codes(subtree(reader, kPartyStructure, ancestor, on)); });
}

struct AncestryRow {
  Id ancestor = kNoId;
  Id organisation = kNoId;
  int depth = 0;

  friend bool operator==(const AncestryRow&, const AncestryRow&) = default;
};
BOOST_DESCRIBE_STRUCT(AncestryRow, (), (ancestor, organisation, depth))

inline std::vector<AncestryRow> ancestry(db::Reader& reader, std::string_view structure) {
  static constexpr Statement kAll{
      "test.ancestry",
      "select ancestor, organisation, depth from registry_ancestry where structure = $1"
      " order by ancestor, organisation"};
  return reader.all<AncestryRow>(kAll, structure);
}

/// Whether the closure, kept row by row, is what rebuild_ancestry() makes of the links.
inline bool closure_holds(Store& store, std::string_view structure = kPartyStructure) {
  return store.rehearse(kTester, [&](Transaction& tx) {
    const auto kept = ancestry(tx, structure);
    rebuild_ancestry(tx, structure);
    return kept == ancestry(tx, structure);
  });
}

}  // namespace jishi::registry
