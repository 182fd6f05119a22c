#include "modules/intake/apply/references.hpp"

#include "base/text.hpp"

namespace jishi::intake {

bool reachable_organisation(Transaction& tx, Id organisation) {
  return tx.reach() == nullptr || tx.reach()->organisation(tx, organisation);
}

bool reachable_person(Transaction& tx, Id person) {
  return tx.reach() == nullptr || tx.reach()->person(tx, person);
}

OrganisationReference References::organisation(const std::string& written) {
  const auto known = organisations_.find(written);
  if (known != organisations_.end()) return known->second;
  OrganisationReference found = Missing::none;
  if (const auto by_code = registry::organisation_by_code(tx_, written)) {
    if (reachable_organisation(tx_, *by_code)) found = *by_code;
  } else {
    auto named = registry::organisations_named(tx_, written);
    std::erase_if(named, [&](Id id) { return !reachable_organisation(tx_, id); });
    if (named.size() == 1) found = named.front();
    if (named.size() > 1) found = Missing::ambiguous;
  }
  if (organisations_.size() >= kMaxRemembered) organisations_.clear();
  organisations_.emplace(written, found);
  return found;
}

std::optional<Id> References::person(const std::string& number, const std::string& citizen_id) {
  // Rows of one person usually follow each other.
  if (number == last_number_ && citizen_id == last_citizen_id_) return last_person_;
  const crypto::Keys& keys = tx_.store().keys();
  std::optional<Id> person;
  if (number.empty()) {
    person = registry::person_by_citizen_key(tx_, registry::citizen_key(keys, citizen_id));
  } else {
    person = registry::person_by_number(tx_, number);
    if (person && !citizen_id.empty()) {
      const auto key = registry::citizen_key_of(tx_, *person);
      if (key && *key != registry::citizen_key(keys, citizen_id)) person.reset();
    }
  }
  if (person && !reachable_person(tx_, *person)) person.reset();
  last_number_ = number;
  last_citizen_id_ = citizen_id;
  last_person_ = person;
  return person;
}

PersonReference References::participant(Id organisation, const std::string& written) {
  const std::string key = std::to_string(organisation) + ":" + written;
  const auto known = participants_.find(key);
  if (known != participants_.end()) return known->second;
  PersonReference person = Missing::none;
  if (const auto numbered = registry::person_by_number(tx_, written)) {
    if (reachable_person(tx_, *numbered)) person = *numbered;
  } else {
    const auto named = registry::members_named(tx_, organisation, written);
    if (named.size() == 1) person = named.front();
    if (named.size() > 1) person = Missing::ambiguous;
  }
  if (participants_.size() >= kMaxRemembered) participants_.clear();
  participants_.emplace(key, person);
  return person;
}

}  // namespace jishi::intake
