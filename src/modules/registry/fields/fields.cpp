#include "modules/registry/fields/fields.hpp"

#include "modules/registry/facts.hpp"
#include "modules/registry/fields/fields.sql.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/posts/posts.hpp"
#include "modules/registry/structure/move/move_organisation.hpp"

namespace jishi::registry {

namespace {

constexpr int kPage = 1'000;  // rows held at a time: a batch may have millions

struct ChangeRow {
  Id subject = kNoId;
  std::string field;
  Blob before;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (subject, field, before))

struct Made {
  Id id = kNoId;
  Id organisation = kNoId;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(Made, (), (id, organisation, person))

Error field_missing(std::string_view field) {
  return fail(ErrorKind::not_found, "registry.field_missing", {{"field", std::string(field)}});
}

bool put_fields(Transaction& tx, std::string_view subject_kind, Id subject,
                const std::vector<FieldValue>& values) {
  if (subject_kind == "person") return put_member_fields(tx, subject, values);
  if (subject_kind == "organisation") return put_organisation_fields(tx, subject, values);
  if (subject_kind == "post") return put_post_fields(tx, subject, values);
  return false;
}

/// Calls `visit` for every record of a batch in a statement's table, page by page.
template <class Visit>
std::int64_t each_made(Transaction& tx, const Statement& page, Id batch, Visit visit) {
  std::int64_t count = 0;
  // Ids grow with time: what a batch made has greater ones than the batch.
  for (Id last = batch;;) {
    const auto rows = tx.all<Made>(page, batch, last, kPage);
    for (const Made& row : rows) visit(row);
    count += static_cast<std::int64_t>(rows.size());
    if (rows.size() < static_cast<std::size_t>(kPage)) return count;
    last = rows.back().id;
  }
}

void withdraw_made(Transaction& tx, Id batch, Withdrawn& withdrawn) {
  const Date today = tx.store().clock().today();
  tx.run(sql::fields::delete_conflicts, batch);
  tx.run(sql::fields::delete_duplicates, batch);
  withdrawn.posts = each_made(tx, sql::fields::posts_made, batch, [&](const Made& post) {
    tx.fact(fact::kPostWithdrawn, today, post.organisation,
            {.person = post.person, .subject = post.id});
  });
  tx.run(sql::fields::delete_posts, batch);
  withdrawn.persons = each_made(tx, sql::fields::persons_made, batch, [&](const Made& person) {
    tx.fact(fact::kPersonWithdrawn, today, person.organisation, {.person = person.id});
  });
  tx.run(sql::fields::delete_memberships, batch);
  tx.run(sql::fields::delete_persons, batch);
  withdrawn.organisations =
      each_made(tx, sql::fields::organisations_made, batch, [&](const Made& organisation) {
        tx.fact(fact::kOrganisationWithdrawn, today, organisation.id);
      });
  tx.run(sql::fields::delete_links, batch);
  tx.run(sql::fields::delete_unit_links, batch);
  tx.run(sql::fields::delete_organisations, batch);
}

}  // namespace

std::optional<std::string> field_of(db::Reader& reader, const crypto::Keys& keys,
                                    std::string_view subject_kind, Id subject,
                                    std::string_view field) {
  if (subject_kind == "person") return member_field(reader, keys, subject, field);
  if (subject_kind == "organisation") return organisation_field(reader, keys, subject, field);
  if (subject_kind == "post") return post_field(reader, subject, field);
  return std::nullopt;
}

Result<Done> decide_field(Transaction& tx, std::string_view subject_kind, Id subject,
                          const FieldValue& decided) {
  const auto before = field_of(tx, tx.store().keys(), subject_kind, subject, decided.field);
  if (!before) return field_missing(decided.field);
  if (*before == decided.value) return Done{};
  const Date today = tx.store().clock().today();
  if (decided.field == "parent") {
    const auto moved =
        move_organisation(tx, {subject, detail::id_in(decided.value), std::nullopt, std::nullopt});
    if (!moved) return moved.error();
    return Done{};
  }
  const Origin origin = manual_origin(tx);
  if (decided.field == "organisation") {
    move_member(tx, origin, subject, detail::id_in(decided.value), today);
    return Done{};
  }
  remember(tx, origin, subject, decided.field, *before);
  put_fields(tx, subject_kind, subject, {decided});
  return Done{};
}

void changes_of_batch(Transaction& tx, Id batch, const VisitChanges& visit) {
  const crypto::Keys& keys = tx.store().keys();
  std::vector<FieldValue> fields;
  Id subject = kNoId;
  const auto give = [&] {
    if (!fields.empty()) visit(subject, fields);
    fields.clear();
  };
  Id last = kNoId;
  std::string last_field;
  while (true) {
    auto rows = tx.all<ChangeRow>(sql::fields::changes_of_batch, batch, last, last_field, kPage);
    for (ChangeRow& row : rows) {
      if (row.subject != subject) give();
      subject = row.subject;
      const auto before = open_beside(keys, row.subject, row.field, row.before);
      fields.push_back({row.field, before.value_or("")});
    }
    if (rows.size() < static_cast<std::size_t>(kPage)) break;
    last = rows.back().subject;
    last_field = rows.back().field;
  }
  give();
}

Withdrawn withdraw_batch(Transaction& tx, Id batch) {
  Withdrawn withdrawn;
  withdraw_made(tx, batch, withdrawn);
  bool moved = withdrawn.organisations > 0;
  changes_of_batch(tx, batch, [&](Id subject, const std::vector<FieldValue>& before) {
    // Of which kind it is, only its table knows; what the batch itself made is gone already.
    const bool organisation = put_organisation_fields(tx, subject, before);
    moved = moved || organisation;
    if (!organisation && !put_member_fields(tx, subject, before))
      put_post_fields(tx, subject, before);
  });
  withdrawn.fields = tx.run(sql::fields::forget_changes, batch);
  tx.run(sql::fields::delete_unused_units, batch);
  if (moved) rebuild_ancestry(tx, kPartyStructure);
  return withdrawn;
}

}  // namespace jishi::registry
