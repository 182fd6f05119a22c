#include "modules/registry/organisations/organisations.hpp"

#include "base/text.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/organisations/organisations.sql.hpp"

namespace jishi::registry {

namespace {

constexpr std::string_view kSubject = "organisation";

// Codes of the program's own are told apart from given ones by their first letters.
std::string own_code(Id id) {
  return "JS" + std::to_string(id);
}

std::string phone_context(Id id) {
  return "organisation.phone:" + std::to_string(id);
}

void open_link(Transaction& tx, std::string_view structure, Id child, Id parent, Date from) {
  tx.run(sql::organisations::open_link, structure, child, parent, from);
}

/// The unit that the fields name: by its credit code, else by its name.
std::optional<Id> unit_named(Transaction& tx, const Organisation& held) {
  std::optional<Id> unit;
  if (!held.credit_code.empty())
    unit = tx.one<Id>(sql::organisations::unit_by_credit_code, held.credit_code);
  if (!unit && !held.unit_name.empty())
    unit = tx.one<Id>(sql::organisations::unit_by_name, held.unit_name);
  return unit;
}

// The unit an organisation stands in is a record of its own, so that several organisations can
// share it.
void link_unit(Transaction& tx, const Organisation& held) {
  if (held.unit_name.empty() && held.credit_code.empty()) return;
  std::optional<Id> unit = unit_named(tx, held);
  if (!unit) {
    unit = tx.new_id();
    tx.run(sql::organisations::add_unit, *unit, held.unit_name, held.credit_code, held.unit_kind);
  }
  const auto present = tx.one<Id>(sql::organisations::unit_today, held.id);
  if (present == unit) return;
  const Date today = tx.store().clock().today();
  tx.run(sql::organisations::close_unit_link, held.id, today);
  tx.run(sql::organisations::open_unit_link, held.id, *unit,
         present ? today : held.founded.value_or(today));
}

void update(Transaction& tx, const Organisation& held) {
  tx.run(sql::organisations::update, held.id, held.code, held.code_key, held.name, held.kind,
         held.unit_name, held.credit_code, held.unit_kind, held.division, held.founded,
         held.elected, held.term_years, held.extended_to, held.ended, held.phone, held.code_given);
}

Recorded create(Transaction& tx, const Origin& origin, const OrganisationRecord& record) {
  const Id id = tx.new_id();
  const bool given = !record.code.empty();
  const std::string code = given ? std::string(record.code) : own_code(id);
  Organisation made{id,
                    code,
                    fold_code(code),
                    given,
                    std::string(record.name),
                    std::string(record.kind),
                    std::string(record.unit_name),
                    std::string(record.credit_code),
                    std::string(record.unit_kind),
                    std::string(record.division),
                    record.founded,
                    record.elected,
                    record.term_years,
                    record.extended_to,
                    record.ended,
                    std::nullopt,
                    origin.source,
                    origin.batch};
  if (!record.phone.empty())
    made.phone = tx.store().keys().cipher().seal(record.phone, phone_context(id));
  tx.run(sql::organisations::add, made.id, made.code, made.code_key, made.code_given, made.name,
         made.kind, made.unit_name, made.credit_code, made.unit_kind, made.division, made.founded,
         made.elected, made.term_years, made.extended_to, made.ended, made.phone, made.source,
         made.batch);
  const Date today = tx.store().clock().today();
  open_link(tx, record.structure, id, record.parent.value_or(kNoId),
            made.founded ? std::min(*made.founded, today) : today);
  link_unit(tx, made);
  tx.fact(fact::kOrganisationRecorded, made.founded.value_or(today), id);
  return {id, Outcome::created};
}

/// Whether `above` stands below `id` today: where sources differ, their links together may close a
/// circle that none of them has alone.
bool stands_below(Transaction& tx, Id above, Id id) {
  constexpr int kDeepest = 64;
  for (int depth = 0; above != kNoId && depth < kDeepest; ++depth) {
    if (above == id) return true;
    above = tx.one<Id>(sql::organisations::parent_today, kPartyStructure, above).value_or(kNoId);
  }
  return false;
}

bool merge_parent(Transaction& tx, Merger& merger, Id id, std::optional<Id> came) {
  if (!came) return false;
  const Id held = tx.one<Id>(sql::organisations::parent_today, kPartyStructure, id).value_or(kNoId);
  if (held == *came) return false;
  if (stands_below(tx, *came, id)) {
    merger.set_aside("parent", std::to_string(*came));
    return false;
  }
  const std::string held_text = held == kNoId ? "" : std::to_string(held);
  if (!merger.takes("parent", held_text, std::to_string(*came))) return false;
  const Date today = tx.store().clock().today();
  tx.run(sql::organisations::close_link, kPartyStructure, id, today);
  tx.run(sql::organisations::drop_empty_links, kPartyStructure, id);
  open_link(tx, kPartyStructure, id, *came, today);
  tx.fact(fact::kOrganisationMoved, today, id, {.subject = *came});
  return true;
}

/// What does not open counts as empty, so that a value that came in can replace it.
std::string opened_phone(const crypto::Keys& keys, const Organisation& held) {
  if (!held.phone) return {};
  const auto opened = keys.cipher().open(*held.phone, phone_context(held.id));
  return opened ? *opened : std::string();
}

void merge_phone(Transaction& tx, Merger& merger, Organisation& held, std::string_view came) {
  if (came.empty()) return;
  const std::string open = opened_phone(tx.store().keys(), held);
  if (open != came && merger.takes("phone", open, std::string(came))) {
    held.phone = tx.store().keys().cipher().seal(came, phone_context(held.id));
  }
}

// A code that the program gave of its own accord gives way to a real one.
void adopt_code(Transaction& tx, const Origin& origin, Organisation& held, std::string_view came,
                std::vector<std::string>& changed) {
  if (held.code_given || came.empty()) return;
  remember(tx, origin, held.id, "code", held.code);
  held.code = came;
  held.code_key = fold_code(came);
  held.code_given = true;
  changed.emplace_back("code");
}

Recorded merge(Transaction& tx, const Origin& origin, Organisation held,
               const OrganisationRecord& came) {
  Merger merger(tx, origin, kSubject, held.id, {held.source, 0, held.batch, 0});
  merger.text("name", held.name, came.name);
  merger.text("kind", held.kind, came.kind);
  merger.text("unit_name", held.unit_name, came.unit_name);
  merger.text("credit_code", held.credit_code, came.credit_code);
  merger.text("unit_kind", held.unit_kind, came.unit_kind);
  merger.text("division", held.division, came.division);
  merger.date("founded", held.founded, came.founded);
  merger.date("elected", held.elected, came.elected);
  merger.integer("term_years", held.term_years, came.term_years);
  merger.date("extended_to", held.extended_to, came.extended_to);
  merger.date("ended", held.ended, came.ended);
  merge_phone(tx, merger, held, came.phone);
  merge_parent(tx, merger, held.id, came.parent);
  std::vector<std::string> changed = merger.changed();
  adopt_code(tx, origin, held, came.code, changed);
  if (changed.empty())
    return {held.id, merger.conflicted() ? Outcome::changed : Outcome::unchanged};
  update(tx, held);
  link_unit(tx, held);
  tx.fact(fact::kOrganisationChanged, tx.store().clock().today(), held.id);
  return {held.id, Outcome::changed};
}

struct Link {
  Id parent = kNoId;
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(Link, (), (parent, valid_from))

// The link before the move holds again; where the move replaced it on the day it began, only its
// parent is put back.
void take_back_move(Transaction& tx, Id id, Id before) {
  const auto held = tx.one<Link>(sql::organisations::link_today, kPartyStructure, id);
  if (!held) return;
  tx.fact(fact::kOrganisationMoved, tx.store().clock().today(), id, {.subject = before});
  const auto earlier = tx.one<Date>(sql::organisations::link_ended_on, kPartyStructure, id,
                                    held->valid_from, before);
  if (!earlier) {
    open_link(tx, kPartyStructure, id, before, held->valid_from);
    return;
  }
  tx.run(sql::organisations::delete_link_of, kPartyStructure, id, held->valid_from);
  tx.run(sql::organisations::reopen_link, kPartyStructure, id, *earlier);
}

// As link_unit(), for a unit that an organisation stood in before.
void relink_unit(Transaction& tx, const Organisation& held) {
  const auto unit = unit_named(tx, held);
  if (tx.one<Id>(sql::organisations::unit_today, held.id) == unit) return;
  tx.run(sql::organisations::delete_unit_link_today, held.id);
  if (!unit) return;
  if (tx.run(sql::organisations::reopen_unit_link, held.id, *unit) == 0) link_unit(tx, held);
}

bool put_own_field(Transaction& tx, Organisation& held, const FieldValue& given) {
  if (given.field == "phone") {
    held.phone.reset();
    if (!given.value.empty())
      held.phone = tx.store().keys().cipher().seal(given.value, phone_context(held.id));
    return true;
  }
  if (!put_field(held, given)) return false;
  if (given.field == "code") {
    held.code_key = fold_code(held.code);
    held.code_given = held.code != own_code(held.id);
  }
  return true;
}

}  // namespace

std::optional<Id> organisation_by_code(db::Reader& reader, std::string_view code) {
  return reader.one<Id>(sql::organisations::by_code_key, fold_code(code));
}

std::vector<Id> organisations_named(db::Reader& reader, std::string_view name) {
  return reader.all<Id>(sql::organisations::by_name, name);
}

std::optional<Organisation> organisation(db::Reader& reader, Id id) {
  return reader.one<Organisation>(sql::organisations::by_id, id);
}

void organisation_soon(db::Reader& reader, Id id) {
  reader.soon(sql::organisations::by_id, id);
  reader.soon(sql::organisations::parent_today, kPartyStructure, id);
}

std::optional<Id> organisation_named_under(db::Reader& reader, std::string_view name, Id parent) {
  return reader.one<Id>(sql::organisations::named_under, name, parent, kPartyStructure);
}

bool has_given_code(db::Reader& reader, Id id) {
  return reader.one<bool>(sql::organisations::code_given, id).value_or(false);
}

std::optional<Id> parent_of(db::Reader& reader, Id id) {
  const auto parent = reader.one<Id>(sql::organisations::parent_today, kPartyStructure, id);
  return parent == kNoId ? std::nullopt : parent;
}

Recorded record_organisation(Transaction& tx, const Origin& origin, std::optional<Id> known,
                             const OrganisationRecord& record) {
  if (!known) return create(tx, origin, record);
  auto held = organisation(tx, *known);
  return merge(tx, origin, std::move(*held), record);
}

std::optional<std::string> organisation_field(db::Reader& reader, const crypto::Keys& keys, Id id,
                                              std::string_view field) {
  const auto held = organisation(reader, id);
  if (!held) return std::nullopt;
  if (field == "phone") return opened_phone(keys, *held);
  if (field != "parent") return text_of_field(*held, field);
  const auto parent = parent_of(reader, id);
  return parent ? std::to_string(*parent) : "";
}

bool put_organisation_fields(Transaction& tx, Id id, const std::vector<FieldValue>& values) {
  auto held = organisation(tx, id);
  if (!held) return false;
  for (const FieldValue& given : values) {
    if (given.field == "parent")
      take_back_move(tx, id, detail::id_in(given.value));
    else
      put_own_field(tx, *held, given);
  }
  update(tx, *held);
  relink_unit(tx, *held);
  tx.fact(fact::kOrganisationChanged, tx.store().clock().today(), id);
  return true;
}

void rebuild_ancestry(Transaction& tx, std::string_view structure) {
  tx.run(sql::organisations::clear_ancestry, structure);
  tx.run(sql::organisations::fill_ancestry, structure);
}

void withdraw_organisation(Transaction& tx, Id id) {
  tx.run(sql::organisations::delete_links, id);
  tx.run(sql::organisations::delete_organisation, id);
  tx.fact(fact::kOrganisationWithdrawn, tx.store().clock().today(), id);
}

}  // namespace jishi::registry
