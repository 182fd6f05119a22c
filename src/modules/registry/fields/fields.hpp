#pragma once
// Single fields of whatever record: what a person decides of one, and what an import changed.

#include <functional>

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/fields/field_text.hpp"

namespace jishi::registry {

/// What a field of an organisation, person or post holds today, opened; nothing where there is no
/// such record or field. Organisations stand as their ids.
std::optional<std::string> field_of(db::Reader& reader, const crypto::Keys& keys,
                                    std::string_view subject_kind, Id subject,
                                    std::string_view field);

/// Gives a field the value that a person decided on; the archive remembers the one before. Fails
/// with registry.field_missing, and as a move does where the field is an organisation's parent.
Result<Done> decide_field(Transaction& tx, std::string_view subject_kind, Id subject,
                          const FieldValue& decided);

/// Calls `visit` for every subject of which a batch changed fields, with their values before.
using VisitChanges = std::function<void(Id subject, const std::vector<FieldValue>& before)>;
void changes_of_batch(Transaction& tx, Id batch, const VisitChanges& visit);

/// What was taken back of a batch.
struct Withdrawn {
  std::int64_t organisations = 0;
  std::int64_t persons = 0;
  std::int64_t posts = 0;
  std::int64_t fields = 0;  // of records that stay; those of activities too
};

/// Takes back everything a batch made here, and gives every field it changed the value before, each
/// with its fact; the caller has made sure that nothing later rests on it. Fields of records that
/// other modules own are only forgotten: their modules restore them first.
Withdrawn withdraw_batch(Transaction& tx, Id batch);

}  // namespace jishi::registry
