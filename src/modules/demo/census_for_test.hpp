#pragma once
// Takes a city, checks every row as an import would and counts lights by the contract's own words:
// written apart from the rules of the pack, and slowly, so that tests may hold one against the
// other.

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/checks.hpp"
#include "modules/demo/demo.hpp"

namespace jishi::demo {

class Census final : public CitySink {
 public:
  explicit Census(Date as_of) : as_of_(as_of) {}

  struct Organisation {
    intake::OrganisationRow row;
    std::vector<std::size_t> members;
    std::vector<intake::PostRow> posts;
    std::vector<intake::ActivityRow> activities;  // without participants
  };
  struct Member {
    intake::MemberRow row;
    std::size_t organisation = 0;
    std::set<int> paid;  // months
  };
  struct Light {
    std::string rule;
    std::string level;
    std::string subject;
    bool operator<(const Light& other) const {
      return std::tie(rule, level, subject) < std::tie(other.rule, other.level, other.subject);
    }
  };

  std::vector<Organisation> organisations;
  std::vector<Member> members;
  std::set<std::string> faults;  // what an import would refuse
  std::uint64_t hash = 14695981039346656037U;

  bool organisation(const intake::OrganisationRow& row) override;
  bool member(const intake::MemberRow& row) override;
  bool post(const intake::PostRow& row) override;
  bool activity(const intake::ActivityRow& row) override;
  bool payment(const intake::PaymentRow& row) override;

  /// The lights on a day; only days from the as-of date on make sense.
  std::set<Light> lights(Date on) const;

 private:
  void fault_if(bool wrong, const char* what) {
    if (wrong) faults.insert(what);
  }
  void take(std::string_view text) {
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    hash = (hash ^ 0xFFU) * 1099511628211U;
  }
  void take(const std::optional<Date>& date) { take(date ? to_iso(*date) : std::string("-")); }

  bool is_member(const Member& member, Date on) const {
    return member.row.status == "normal" && member.row.joined <= on;
  }
  bool is_full(const Member& member, Date on) const {
    return member.row.stage == "full" && (!member.row.confirmed || *member.row.confirmed <= on);
  }
  void light_organisation(const Organisation& organisation, Date on, std::set<Light>& lit) const;
  void light_election(const Organisation& organisation, Date on, std::set<Light>& lit) const;
  void light_posts(const Organisation& organisation, Date on, std::set<Light>& lit) const;
  void light_meetings(const Organisation& organisation, int full, Date on,
                      std::set<Light>& lit) const;
  void light_member(const Member& member, Date on, std::set<Light>& lit) const;

  Date as_of_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::string, std::size_t> by_number_;
  std::unordered_set<std::string> keys_;
};

inline bool is_branch(const intake::OrganisationRow& row) {
  return row.kind == "branch" || row.kind == "joint_branch";
}

inline bool Census::organisation(const intake::OrganisationRow& row) {
  fault_if(row.code.size() != 12 || !by_code_.emplace(row.code, organisations.size()).second,
           "organisation code");
  fault_if(!keys_.insert("name " + row.name).second, "organisation name");
  fault_if(!row.parent.empty() && !by_code_.contains(row.parent), "parent_missing");
  fault_if(row.parent.empty() != organisations.empty(), "more than one top");
  fault_if(!row.credit_code.empty() && !is_credit_code(row.credit_code), "credit code");
  fault_if(!row.founded || *row.founded > as_of_, "founded");
  fault_if(row.elected && (*row.elected > as_of_ || *row.elected < *row.founded), "elected");
  fault_if(row.ended && *row.ended < *row.founded, "ended");
  for (const auto& text : {row.code, row.name, row.parent, row.kind, row.unit_name, row.credit_code,
                           row.unit_kind, row.division, row.phone}) {
    take(text);
  }
  for (const auto& date : {row.founded, row.elected, row.extended_to, row.ended}) take(date);
  organisations.push_back({row, {}, {}, {}});
  return true;
}

inline bool Census::member(const intake::MemberRow& row) {
  fault_if(!by_number_.emplace(row.number, members.size()).second, "number");
  fault_if(!row.phone.empty() && !keys_.insert("phone " + row.phone).second, "phone");
  const Date birth = row.birth ? row.birth->from : as_of_;
  if (!row.citizen_id.empty()) {
    fault_if(!is_citizen_id(row.citizen_id) || !keys_.insert(row.citizen_id).second, "citizen id");
    fault_if(birth_of_citizen_id(row.citizen_id) != birth, "id_birth_mismatch");
    fault_if((sex_of_citizen_id(row.citizen_id) == Sex::male) != (row.sex == "male"),
             "id_sex_mismatch");
  }
  fault_if(full_years(birth, row.joined) < 18, "under_age");
  fault_if(row.joined > as_of_ || birth >= row.joined, "joined");
  fault_if(row.confirmed && (*row.confirmed < row.joined || *row.confirmed > as_of_), "confirmed");
  fault_if(row.stage == "probationary" && row.confirmed.has_value(), "confirmed on probation");
  fault_if(row.lost_since && *row.lost_since > as_of_, "lost");
  fault_if(row.name.empty() || row.ethnic.empty() || row.occupation.empty(), "required");
  const auto place = by_code_.find(row.organisation);
  fault_if(place == by_code_.end(), "organisation_missing");
  if (place == by_code_.end()) return false;
  for (const auto& text :
       {row.number, row.name, row.citizen_id, row.sex, row.ethnic, row.education, row.stage,
        row.organisation, row.occupation, row.phone, row.address, row.status}) {
    take(text);
  }
  for (const auto& date : {std::optional(row.joined), row.confirmed, row.probation_until,
                           row.lost_since, row.floating_since}) {
    take(date);
  }
  organisations[place->second].members.push_back(members.size());
  members.push_back({row, place->second, {}});
  return true;
}

inline bool Census::post(const intake::PostRow& row) {
  fault_if(!by_number_.contains(row.number), "post: person_missing");
  fault_if(!by_code_.contains(row.organisation), "post: organisation_missing");
  fault_if(row.to && *row.to < row.from, "post: date_order");
  fault_if(row.from > as_of_ || (row.to && *row.to > as_of_), "post: date");
  fault_if(!keys_.insert(row.number + row.organisation + row.title + to_iso(row.from)).second,
           "post: duplicate");
  for (const auto& text : {row.number, row.organisation, row.title}) take(text);
  take(row.from);
  take(row.to);
  organisations[by_code_.at(row.organisation)].posts.push_back(row);
  return true;
}

inline bool Census::activity(const intake::ActivityRow& row) {
  fault_if(!by_code_.contains(row.organisation), "activity: organisation_missing");
  fault_if(row.held_on > as_of_, "activity: date");
  fault_if(!keys_.insert(row.organisation + row.kind + to_iso(row.held_on) + row.topic).second,
           "activity: duplicate");
  fault_if(!row.due || !row.present || *row.present > *row.due, "activity: present");
  for (const auto& text : {row.organisation, row.kind, row.topic, row.place}) take(text);
  take(row.held_on);
  take(row.period ? row.period->text() : std::string());
  for (const auto& participant : row.participants) {
    fault_if(!by_number_.contains(participant), "activity: person_missing");
    take(participant);
  }
  auto& kept = organisations[by_code_.at(row.organisation)].activities;
  kept.push_back(row);
  kept.back().participants.clear();
  return true;
}

inline bool Census::payment(const intake::PaymentRow& row) {
  const auto place = by_number_.find(row.number);
  fault_if(place == by_number_.end(), "payment: person_missing");
  if (place == by_number_.end()) return false;
  Member& member = members[place->second];
  fault_if(row.amount_cents <= 0 || row.amount_cents > 100'000, "payment: amount");
  fault_if(!row.paid_on || *row.paid_on > as_of_, "payment: date");
  fault_if(row.month > month_index(as_of_), "payment: month");
  fault_if(!member.paid.insert(row.month).second, "payment: duplicate");
  take(row.number);
  take(std::to_string(std::int64_t{row.month} * 1'000'000 + row.amount_cents));
  take(row.paid_on);
  return true;
}

inline std::set<Census::Light> Census::lights(Date on) const {
  std::set<Light> lit;
  for (const Organisation& each : organisations) {
    const bool ended = each.row.ended && *each.row.ended <= on;
    if (!ended && *each.row.founded <= on) light_organisation(each, on, lit);
  }
  for (const Member& each : members) {
    if (is_member(each, on)) light_member(each, on, lit);
  }
  return lit;
}

inline void Census::light_organisation(const Organisation& each, Date on,
                                       std::set<Light>& lit) const {
  light_election(each, on, lit);
  light_posts(each, on, lit);
  if (!is_branch(each.row)) return;
  int count = 0;
  int full = 0;
  for (const std::size_t member : each.members) {
    if (!is_member(members[member], on)) continue;
    ++count;
    if (is_full(members[member], on)) ++full;
  }
  if (count > 50) lit.insert({"registry/branch_too_large", "yellow", each.row.code});
  if (full < 3 && each.row.kind == "branch") {
    lit.insert({"registry/branch_too_small", "red", each.row.code});
  }
  light_meetings(each, full, on, lit);
}

inline void Census::light_election(const Organisation& each, Date on, std::set<Light>& lit) const {
  const auto& row = each.row;
  const bool elects = is_branch(row) || row.kind == "committee" || row.kind == "general_branch";
  if (!elects || !row.elected) return;
  const bool local = row.unit_kind == "community" || row.unit_kind == "village";
  const int term = row.term_years.value_or(row.kind == "committee" || local ? 5 : 3);
  const Date end =
      std::max(add_months(*row.elected, 12 * term), row.extended_to.value_or(*row.elected));
  if (on > end) {
    lit.insert({"election/term_overdue", "red", row.code});
  } else if (on >= add_months(end, -6)) {
    lit.insert({"election/term_overdue", "yellow", row.code});
  }
}

inline void Census::light_posts(const Organisation& each, Date on, std::set<Light>& lit) const {
  const auto& row = each.row;
  bool filled = false;
  std::optional<Date> last;
  for (const auto& post : each.posts) {
    if (post.from > on) continue;
    const auto& holder = members[by_number_.at(post.number)].row;
    if (holder.status != "normal" && (!post.to || *post.to > on)) {
      lit.insert({"registry/post_holder_gone", "yellow", row.code});
    }
    if (post.title != "secretary") continue;
    if (!post.to || *post.to >= on) filled = true;
    if (post.to) last = std::max(last.value_or(*post.to), *post.to);
  }
  if (filled) return;
  if (!is_branch(row) && row.kind != "committee" && row.kind != "general_branch") return;
  const Date vacant = last ? *last + std::chrono::days(1) : *row.founded;
  if (on > add_months(vacant, 3)) {
    lit.insert({"registry/secretary_vacant", "red", row.code});
  } else if (on > add_months(vacant, 1)) {
    lit.insert({"registry/secretary_vacant", "yellow", row.code});
  }
}

inline void Census::light_meetings(const Organisation& each, int full, Date on,
                                   std::set<Light>& lit) const {
  const auto held = [&](const char* kind, const Period& period) {
    return std::any_of(each.activities.begin(), each.activities.end(), [&](const auto& activity) {
      if (activity.kind != kind || activity.held_on > on) return false;
      if (!activity.period) {
        return activity.held_on >= period.first_day() && activity.held_on <= period.last_day();
      }
      return activity.period->first_day() >= period.first_day() &&
             activity.period->last_day() <= period.last_day();
    });
  };
  const auto founded_before = [&](const Period& period) {
    return *each.row.founded <= period.first_day();
  };
  const auto check = [&](const char* rule, const char* kind, PeriodKind of, int warning) {
    const Period current = period_of(of, on);
    const Period last = current.next(-1);
    if (founded_before(last) && !held(kind, last)) {
      lit.insert({rule, "red", each.row.code});
    } else if (founded_before(current) && on > current.last_day() - std::chrono::days(warning) &&
               !held(kind, current)) {
      lit.insert({rule, "yellow", each.row.code});
    }
  };
  check("orglife/members_meeting", "members_meeting", PeriodKind::quarter, 15);
  check("orglife/lecture", "lecture", PeriodKind::quarter, 15);
  check("orglife/theme_day", "theme_day", PeriodKind::month, 5);
  if (full >= 7) check("orglife/committee_meeting", "committee_meeting", PeriodKind::month, 5);

  const Period year = period_of(PeriodKind::year, on);
  const bool last_missing = founded_before(year.next(-1)) && !held("life_meeting", year.next(-1));
  const bool early = on <= make_date(year.year, 3, 31).value();
  const bool december = on >= make_date(year.year, 12, 2).value();
  if (last_missing && !early) {
    lit.insert({"orglife/life_meeting", "red", each.row.code});
  } else if (last_missing || (december && founded_before(year) && !held("life_meeting", year))) {
    lit.insert({"orglife/life_meeting", "yellow", each.row.code});
  }
}

inline void Census::light_member(const Member& each, Date on, std::set<Light>& lit) const {
  const auto& row = each.row;
  const Organisation& home = organisations[each.organisation];
  if (home.row.ended && *home.row.ended <= on) {
    lit.insert({"registry/member_stranded", "red", row.number});
  }
  if (row.lost_since && on > add_months(*row.lost_since, 6)) {
    lit.insert({"registry/lost_contact", "red", row.number});
  } else if (row.lost_since && on > add_months(*row.lost_since, 3)) {
    lit.insert({"registry/lost_contact", "yellow", row.number});
  }
  if (!is_full(each, on)) {
    const Date end = row.probation_until.value_or(add_months(row.joined, 12));
    if (on > end) {
      lit.insert({"development/probation_overdue", "red", row.number});
    } else if (on >= end - std::chrono::days(30)) {
      lit.insert({"development/probation_overdue", "yellow", row.number});
    }
  }
  if (row.lost_since && *row.lost_since <= on) return;
  int first = month_index(on) + 1;
  for (const std::size_t other : home.members) {
    const auto& paid = members[other].paid;
    if (is_member(members[other], on) && !paid.empty()) first = std::min(first, *paid.begin());
  }
  first = std::max(first, month_index(row.joined) + 1);
  int unpaid = 0;
  for (int month = month_index(on) - 1; month >= first && !each.paid.contains(month); --month) {
    ++unpaid;
  }
  if (unpaid >= 3) lit.insert({"dues/unpaid", unpaid >= 5 ? "red" : "yellow", row.number});
}

}  // namespace jishi::demo
