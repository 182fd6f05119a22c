#include "modules/insight/marts/touched.hpp"

#include "modules/dues/dues.hpp"
#include "modules/insight/facts.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/marts/store_rows.sql.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::insight {

namespace {

// More touched organisations than this are looked at as a whole.
constexpr std::size_t kMaxTouched = 20'000;

struct FactRow {
  std::int32_t kind = 0;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (kind, organisation, person, subject))

constexpr std::int32_t number(FactKind kind) {
  return static_cast<std::int32_t>(kind);
}

// Kinds are numbered by tens: 1–19 organisations, 20–29 persons, 30–39 posts, 40–49 activities,
// 50–59 payments, 122–125 tasks.
enum class Family { organisation, person, post, activity, payment, task, parameter, other };

Family family_of(std::int32_t kind) {
  if (kind == number(fact::kParameterSet)) return Family::parameter;
  if (kind < number(registry::fact::kPersonRecorded)) return Family::organisation;
  if (kind < number(registry::fact::kPostRecorded)) return Family::person;
  if (kind < number(orglife::fact::kActivityRecorded)) return Family::post;
  if (kind < number(dues::fact::kPaymentRecorded)) return Family::activity;
  if (kind < number(dues::fact::kPaymentRecorded) + 10) return Family::payment;
  const bool of_task =
      kind >= number(workflow::fact::kTaskOpened) && kind <= number(workflow::fact::kTaskCancelled);
  return of_task ? Family::task : Family::other;
}

bool changes_tree(std::int32_t kind) {
  return kind != number(registry::fact::kOrganisationChanged) &&
         kind != number(registry::fact::kOrganisationRenamed);
}

/// Gathers what facts touched.
class Gatherer {
 public:
  explicit Gatherer(TouchedRecords& touched) : touched_(touched) {}

  void note(const FactRow& fact) {
    switch (family_of(fact.kind)) {
      case Family::organisation:
        touched_.organisation_rows.insert(fact.organisation);
        if (!changes_tree(fact.kind)) break;
        touched_.structure = true;
        roots_.insert(fact.organisation);
        break;
      case Family::person:
        touched_.persons.insert(fact.person);
        // Payments stand under the payer's present organisation.
        touched_.payers.insert(fact.person);
        // The organisation a member left.
        if (fact.kind == number(registry::fact::kMemberMoved))
          touched_.organisations.insert(fact.subject);
        break;
      case Family::post: touched_.posts.insert(fact.subject); break;
      case Family::activity:
        // Rosters, plans and appraisals are not in the marts, but their organisations may show
        // them.
        if (fact.kind < number(orglife::fact::kAttendanceMoved))
          touched_.activities.insert(fact.subject);
        break;
      case Family::payment:
        if (fact.kind == number(dues::fact::kPaymentRecorded)) {
          touched_.paid.insert(fact.person);
        } else {
          touched_.payers.insert(fact.person);
        }
        break;
      case Family::task: touched_.tasks.insert(fact.subject); break;
      case Family::parameter:
        touched_.parameters = true;
        roots_.insert(fact.organisation);
        break;
      case Family::other: return;
    }
    if (fact.organisation != kNoId) touched_.organisations.insert(fact.organisation);
  }

  /// Organisations whose parameters may be others now, with all below them.
  const Ids& roots() const { return roots_; }

 private:
  TouchedRecords& touched_;
  Ids roots_;
};

}  // namespace

MartSet TouchedRecords::marts() const {
  if (parameters || !organisation_rows.empty()) return kAllMarts;
  MartSet marts = 0;
  if (!persons.empty()) marts |= mart_bit(kMember) | mart_bit(kPost) | mart_bit(kPayment);
  if (!posts.empty()) marts |= mart_bit(kPost);
  if (!activities.empty()) marts |= mart_bit(kActivity);
  if (!payers.empty() || !paid.empty()) marts |= mart_bit(kPayment);
  if (!tasks.empty()) marts |= mart_bit(kTask);
  return marts;
}

TouchedRecords touched_between(db::Reader& reader, std::int64_t position, std::int64_t until) {
  TouchedRecords touched;
  touched.after = position;
  touched.until = until;
  Gatherer gatherer(touched);
  reader.each<FactRow>(
      sql::store_rows::facts_between, [&](const FactRow& fact) { gatherer.note(fact); }, position,
      until);
  const auto add = [&](Id organisation) { touched.organisations.insert(organisation); };
  // Where they are now, and where they hold posts: the fact may name another organisation or none.
  for (const auto* persons : {&touched.payers, &touched.paid}) {
    if (!persons->empty())
      reader.each<Id>(sql::store_rows::organisations_of_persons, add, json_list(*persons));
  }
  for (const Id payer : touched.payers) touched.paid.erase(payer);
  if (!touched.persons.empty()) {
    reader.each<Id>(sql::store_rows::organisations_of_posts, add, json_list(touched.persons));
  }
  const bool parameters = reader.one<bool>(sql::store_rows::any_parameter).value_or(false);
  if (parameters && !gatherer.roots().empty()) {
    reader.each<Id>(sql::store_rows::organisations_below, add, json_list(gatherer.roots()));
    touched.parameters = true;
  }
  touched.too_many = touched.organisations.size() > kMaxTouched;
  return touched;
}

std::int64_t facts_between(db::Reader& reader, std::int64_t position, std::int64_t until) {
  return reader.one<std::int64_t>(sql::store_rows::count_between, position, until).value_or(0);
}

}  // namespace jishi::insight
