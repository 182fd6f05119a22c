#include "modules/dues/dues.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/marts/marts.hpp"
#include "modules/insight/marts/store_rows.sql.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {

namespace {

// More touched organisations than this are looked at as a whole.
constexpr std::size_t kMaxTouched = 20'000;

struct FactRow {
  std::int64_t seq = 0;
  std::int32_t kind = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (seq, kind, organisation, person, subject))

// Kinds are numbered by tens: 1–19 organisations, 20–29 persons, 30–39 posts, 40–49 activities,
// 50–59 payments.
enum class Family { organisation, person, post, activity, payment, other };

Family family_of(std::int32_t kind) {
  if (kind < 20) return Family::organisation;
  if (kind < 30) return Family::person;
  if (kind < 40) return Family::post;
  if (kind < 50) return Family::activity;
  if (kind < 60) return Family::payment;
  return Family::other;
}

void note(TouchedRecords& touched, const FactRow& fact) {
  switch (family_of(fact.kind)) {
    case Family::organisation:
      touched.organisation_rows.insert(fact.organisation);
      touched.structure = true;
      break;
    case Family::person:
      touched.persons.insert(fact.person);
      touched.payers.insert(fact.person);  // payments stand under the person's present organisation
      // The organisation a member left.
      if (fact.kind == static_cast<std::int32_t>(registry::fact::kMemberMoved))
        touched.organisations.insert(fact.subject);
      break;
    case Family::post: touched.posts.insert(fact.subject); break;
    case Family::activity: touched.activities.insert(fact.subject); break;
    case Family::payment: touched.payers.insert(fact.person); break;
    case Family::other:
      if (fact.kind == 73) touched.parameters = true;
      return;
  }
  if (fact.organisation != kNoId) touched.organisations.insert(fact.organisation);
}

}  // namespace

TouchedRecords touched_between(db::Reader& reader, std::int64_t position, std::int64_t until) {
  TouchedRecords touched;
  reader.each<FactRow>(
      sql::store_rows::facts_after, [&](const FactRow& fact) { note(touched, fact); }, position,
      until - position);
  // Where they are now, and where they hold posts: the fact may name another organisation or none.
  Ids people = touched.persons;
  people.insert(touched.payers.begin(), touched.payers.end());
  const auto add = [&](Id organisation) { touched.organisations.insert(organisation); };
  if (!people.empty()) {
    reader.each<Id>(sql::store_rows::organisations_of_persons, add, json_list(people));
    reader.each<Id>(sql::store_rows::organisations_of_posts, add, json_list(touched.persons));
  }
  touched.too_many = touched.organisations.size() > kMaxTouched || touched.parameters;
  return touched;
}

}  // namespace jishi::insight
