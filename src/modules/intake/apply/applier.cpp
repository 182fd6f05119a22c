#include "modules/intake/apply/applier.hpp"

#include "base/text.hpp"
#include "modules/dues/dues.hpp"
#include "modules/intake/read/values.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::intake {

namespace {

using registry::Outcome;

bool has_problem(const ReadRow& read, std::string_view code) {
  return std::any_of(read.problems.begin(), read.problems.end(),
                     [&](const Problem& problem) { return problem.code == code; });
}

// After these the person is not looked up: the id at hand is nobody's.
bool id_unusable(const ReadRow& read) {
  return has_problem(read, "id_check_digit") || has_problem(read, "id_digits_lost");
}

std::string_view precision_name(BirthDate::Precision precision) {
  switch (precision) {
    case BirthDate::Precision::day: return "day";
    case BirthDate::Precision::month: return "month";
    case BirthDate::Precision::year: return "year";
  }
  return "day";
}

}  // namespace

void refuse(ReadRow& read, std::string_view code, std::string_view column, std::string value) {
  Problem problem;
  problem.code = code;
  problem.column = column;
  problem.arguments = {{"value", std::move(value)}};
  read.problems.push_back(std::move(problem));
}

void refuse_as_duplicate(ReadRow& read, std::string_view column, std::string value,
                         std::uint32_t first) {
  read.problems.clear();
  refuse(read, "duplicate_in_file", column, std::move(value));
  read.problems.back().arguments.emplace_back("first", std::to_string(first));
}

registry::MemberRecord record_of(const MemberRow& row, Id organisation) {
  registry::MemberRecord record;
  record.number = row.number;
  record.name = row.name;
  record.citizen_id = row.citizen_id;
  record.sex = row.sex;
  record.ethnic = row.ethnic;
  if (row.birth)
    record.birth = registry::Birth{row.birth->from, precision_name(row.birth->precision)};
  record.education = row.education;
  record.occupation = row.occupation;
  record.phone = row.phone;
  record.address = row.address;
  record.organisation = organisation;
  record.stage = row.stage;
  record.joined = row.joined;
  record.confirmed = row.confirmed;
  record.probation_until = row.probation_until;
  record.status = row.status;
  record.lost_since = row.lost_since;
  record.floating_since = row.floating_since;
  return record;
}

void Applier::begin_sheet() {
  keys_.clear();
  without_numbers_.clear();
}

Applied Applier::apply(PreparedRow& row) {
  return std::visit(
      [&](auto& typed) -> Applied {
        using Typed = std::remove_reference_t<decltype(typed)>;
        if constexpr (std::is_same_v<Typed, MemberRow>) return apply_member(typed, row);
        if constexpr (std::is_same_v<Typed, PostRow>) return apply_post(typed, row);
        if constexpr (std::is_same_v<Typed, ActivityRow>) return apply_activity(typed, row);
        if constexpr (std::is_same_v<Typed, PaymentRow>) return apply_payment(typed, row);
        return {};  // organisations need each other: they are applied together, in
                    // organisations.cpp
      },
      row.read.row);
}

// A record that this import itself wrote was not held by the store before it. Ids only grow, so
// those that it made need no list.
Fate Applier::fate_of(const registry::Recorded& recorded) {
  if (recorded.outcome == Outcome::unchanged) {
    const bool own = recorded.id > last_id_before_ || changed_.contains(recorded.id);
    return own ? Fate::changed : Fate::unchanged;
  }
  if (recorded.outcome == Outcome::created) return Fate::created;
  if (recorded.id <= last_id_before_) changed_.insert(recorded.id);
  return Fate::changed;
}

Id Applier::resolve_organisation(const std::string& written, ReadRow& read) {
  if (written.empty()) return kNoId;
  const auto reference = references_.organisation(written);
  if (const Id* id = std::get_if<Id>(&reference)) return *id;
  const bool ambiguous = std::get<Missing>(reference) == Missing::ambiguous;
  refuse(read, ambiguous ? "organisation_ambiguous" : "organisation_missing", "组织代码", written);
  return kNoId;
}

std::optional<Id> Applier::resolve_person(const std::string& number, const std::string& citizen_id,
                                          ReadRow& read) {
  if (id_unusable(read) || (number.empty() && citizen_id.empty())) return std::nullopt;
  const auto person = references_.person(number, citizen_id);
  if (!person) {
    const bool by_number = !number.empty();
    refuse(read, "person_missing", by_number ? "人员编号" : "公民身份号码",
           by_number ? number : masked(citizen_id));
  }
  return person;
}

std::optional<Id> Applier::known_without_numbers(const MemberRow& row, Id organisation) {
  if (!row.birth) return std::nullopt;
  const auto alike =
      registry::persons_without_numbers(tx_, organisation, row.name, row.sex, row.birth->from);
  // The n-th of several who are alike is the n-th on record.
  const std::string key =
      fmt::format("{}:{}:{}:{}", organisation, row.name, row.sex, to_days(row.birth->from));
  const std::size_t place = without_numbers_[key]++;
  return place < alike.size() ? std::optional(alike[place]) : std::nullopt;
}

std::optional<Id> Applier::known_member(const MemberRow& row,
                                        const registry::SealedIdentity& sealed, Id organisation,
                                        ReadRow& read) {
  std::optional<Id> by_id;
  if (sealed.citizen_key) by_id = registry::person_by_citizen_key(tx_, *sealed.citizen_key);
  if (row.number.empty())
    return by_id || sealed.citizen_key ? by_id : known_without_numbers(row, organisation);
  const auto by_number = registry::person_by_number(tx_, row.number);
  if (!by_number || by_number == by_id) return by_id ? by_id : by_number;
  const bool of_another =
      sealed.citizen_key && (by_id || registry::citizen_key_of(tx_, *by_number));
  if (of_another) refuse(read, "number_conflict", "人员编号", row.number);
  return by_number;
}

Applied Applier::apply_member(MemberRow& row, PreparedRow& prepared) {
  ReadRow& read = prepared.read;
  if (has_problem(read, "id_digits_lost"))
    return {Fate::refused, resolve_quietly(row.organisation), kNoId};
  const std::string key =
      row.citizen_id.empty() ? "n:" + fold_code(row.number) : "c:" + row.citizen_id;
  const bool keyed = key.size() > 2 && !id_unusable(read);
  if (const auto first = keyed ? keys_.find(key) : std::nullopt) {
    const bool by_id = !row.citizen_id.empty();
    refuse_as_duplicate(read, by_id ? "公民身份号码" : "人员编号",
                        by_id ? masked(row.citizen_id) : row.number, *first);
    return {Fate::refused, resolve_quietly(row.organisation), kNoId};
  }
  Applied applied;
  applied.organisation = resolve_organisation(row.organisation, read);
  std::optional<Id> known;
  if (!id_unusable(read)) {
    if (!prepared.sealed)
      prepared.sealed = registry::seal_identity(tx_.store(), record_of(row, applied.organisation));
    if (applied.organisation != kNoId || keyed)
      known = known_member(row, *prepared.sealed, applied.organisation, read);
  }
  if (known && !reachable_person(tx_, *known)) {
    refuse(read, "person_elsewhere", row.number.empty() ? "公民身份号码" : "人员编号",
           row.number.empty() ? masked(row.citizen_id) : row.number);
    known.reset();
  }
  applied.person = known.value_or(kNoId);
  if (read.refused()) return applied;
  const auto recorded = registry::record_member(
      tx_, origin_, known, record_of(row, applied.organisation), *prepared.sealed);
  if (keyed) keys_.add(key, prepared.number);
  applied.person = recorded.id;
  applied.fate = fate_of(recorded);
  return applied;
}

Id Applier::resolve_quietly(const std::string& written) {
  const auto reference = references_.organisation(written);
  const Id* id = std::get_if<Id>(&reference);
  return id == nullptr ? kNoId : *id;
}

Applied Applier::apply_post(PostRow& row, PreparedRow& prepared) {
  ReadRow& read = prepared.read;
  if (has_problem(read, "id_digits_lost"))
    return {Fate::refused, resolve_quietly(row.organisation), kNoId};
  const bool keyed = !read.refused();
  Applied applied;
  applied.organisation = resolve_organisation(row.organisation, read);
  const auto person = resolve_person(row.number, row.citizen_id, read);
  applied.person = person.value_or(kNoId);
  const std::string key = fmt::format("{}:{}:{}:{}", applied.person, applied.organisation,
                                      row.title, to_days(row.from));
  const bool whole =
      person && applied.organisation != kNoId && !row.title.empty() && row.from != Date{};
  if (const auto first = whole ? keys_.find(key) : std::nullopt) {
    refuse_as_duplicate(read, row.number.empty() ? "公民身份号码" : "人员编号",
                        row.number.empty() ? masked(row.citizen_id) : row.number, *first);
    return applied;
  }
  if (!keyed || read.refused()) return applied;
  const auto recorded = registry::record_post(
      tx_, origin_, {*person, applied.organisation, row.title, row.from, row.to});
  keys_.add(key, prepared.number);
  applied.fate = fate_of(recorded);
  return applied;
}

Applied Applier::apply_activity(ActivityRow& row, PreparedRow& prepared) {
  ReadRow& read = prepared.read;
  Applied applied;
  applied.organisation = resolve_organisation(row.organisation, read);
  const std::string key =
      fmt::format("{}:{}:{}:{}", applied.organisation, row.kind, to_days(row.held_on), row.topic);
  const bool whole = applied.organisation != kNoId && !row.kind.empty() && row.held_on != Date{};
  if (const auto first = whole ? keys_.find(key) : std::nullopt) {
    refuse_as_duplicate(read, "组织代码", row.organisation, *first);
    return applied;
  }
  if (read.refused()) return applied;
  orglife::ActivityRecord record{
      applied.organisation, row.kind, row.held_on, row.period, row.topic, row.place, row.due,
      row.present,          {},       {}};
  std::string others;
  record.participants = resolve_participants(applied.organisation, row, read, others);
  record.others = others;
  const auto recorded = orglife::record_activity(tx_, origin_, record);
  keys_.add(key, prepared.number);
  applied.fate = fate_of(recorded);
  return applied;
}

std::vector<Id> Applier::resolve_participants(Id organisation, const ActivityRow& row,
                                              ReadRow& read, std::string& others) {
  std::vector<Id> known;
  std::string unknown;
  std::string ambiguous;
  const auto add = [](std::string& list, const std::string& name) {
    list += (list.empty() ? "" : "、") + name;
  };
  for (const std::string& written : row.participants) {
    const auto person = references_.participant(organisation, written);
    if (const Id* id = std::get_if<Id>(&person)) {
      known.push_back(*id);
      continue;
    }
    add(others, written);
    add(std::get<Missing>(person) == Missing::ambiguous ? ambiguous : unknown, written);
  }
  const auto report = [&](const char* code, std::string& names) {
    if (!names.empty())
      read.problems.push_back({code, "参加人", false, {{"value", std::move(names)}}});
  };
  report("participant_unknown", unknown);
  report("participant_ambiguous", ambiguous);
  return known;
}

Applied Applier::apply_payment(PaymentRow& row, PreparedRow& prepared) {
  ReadRow& read = prepared.read;
  if (has_problem(read, "id_digits_lost")) return {};
  Applied applied;
  const auto person = resolve_person(row.number, row.citizen_id, read);
  applied.person = person.value_or(kNoId);
  const std::string key = fmt::format("{}:{}:{}:{}", applied.person, row.month, row.amount_cents,
                                      row.paid_on ? to_days(*row.paid_on) : dues::kNoDay);
  const bool whole = person && row.month != 0 && !has_problem(read, "amount_invalid") &&
                     !has_problem(read, "date_invalid");
  if (const auto first = whole ? keys_.find(key) : std::nullopt) {
    refuse_as_duplicate(read, row.number.empty() ? "公民身份号码" : "人员编号",
                        row.number.empty() ? masked(row.citizen_id) : row.number, *first);
    return applied;
  }
  if (read.refused()) return applied;
  const dues::PaymentRecord record{*person, row.month, row.amount_cents, row.paid_on};
  if (*person != payer_) {
    payer_ = *person;
    payer_organisation_ = registry::organisation_of(tx_, *person).value_or(kNoId);
  }
  applied.fate = Fate::created;
  if (dues::record_payment(tx_, origin_, payer_organisation_, record) == Outcome::unchanged) {
    const bool own = dues::batch_of_payment(tx_, record) == origin_.batch;
    applied.fate = own ? Fate::changed : Fate::unchanged;
  }
  keys_.add(key, prepared.number);
  return applied;
}

}  // namespace jishi::intake
