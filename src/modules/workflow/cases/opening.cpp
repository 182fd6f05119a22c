#include "modules/workflow/cases/opening.hpp"

#include "base/integer.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/opening.sql.hpp"

namespace jishi::workflow {

namespace {

// 支部工作条例: a branch of seven full members and more has a committee.
constexpr std::size_t kMembersOfACommittee = 7;

struct Membership {
  std::string stage;
  std::optional<Date> joined;
  std::optional<Date> probation_until;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (stage, joined, probation_until))

class Opening {
 public:
  Opening(db::Reader& reader, const CaseRow& row, Date today, const feel::Value& variables)
      : reader_(reader), row_(row), today_(today) {
    if (const auto* held = variables.entries()) entries_ = *held;
  }

  feel::Value made() {
    put("organisation_kind", kind_of("organisation"));
    put("branch_kind", kind_of("branch"));
    if (row_.process == "development") {
      give_membership();
    } else if (row_.process == "appraisal") {
      give_year();
      put("members", members("full"));
      put("probationary", members("probationary"));
    } else if (row_.process == "year_plan") {
      give_year();
      put("has_committee", full_members() >= kMembersOfACommittee);
      put("has_groups",
          reader_.one<int>(sql::opening::has_groups, row_.organisation, today_).has_value());
    } else if (row_.process == "dues_base") {
      give_year();
    }
    return feel::Value::context(std::move(entries_));
  }

 private:
  const feel::Value* find(std::string_view name) const {
    for (const auto& entry : entries_) {
      if (entry.first == name) return &entry.second;
    }
    return nullptr;
  }

  void put(const char* name, feel::Value value) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.first == name; });
    entries_.emplace_back(name, std::move(value));
  }

  // Which year it is about is said by whoever begins; of itself it is this one.
  void give_year() {
    const feel::Value* year = find("year");
    if (year != nullptr && year->number() != nullptr) return;
    put("year", static_cast<int>(std::chrono::year_month_day(today_).year()));
  }

  // Of somebody on the roll, what it has of their membership: who is a probationary member already
  // goes on from there.
  void give_membership() {
    const auto held = reader_.one<Membership>(sql::opening::membership, row_.person);
    if (!held) return;
    const auto day = [](const std::optional<Date>& date) {
      return date ? feel::Value(to_iso(*date)) : feel::Value();
    };
    put("membership", feel::Value::context({{"stage", feel::Value(held->stage)},
                                            {"joined_on", day(held->joined)},
                                            {"until", day(held->probation_until)}}));
  }

  feel::Value kind_of(std::string_view place) const {
    const feel::Value* named = find(place);
    const auto text = named == nullptr ? std::nullopt : feel::text_of(*named);
    const Id id = text ? parse_id(*text) : kNoId;
    const auto held = registry::organisation(reader_, id);
    return feel::Value(held ? held->kind : std::string());
  }

  std::vector<Id> of_stage(std::string_view stage) const {
    return reader_.all<Id>(sql::opening::members, row_.organisation, stage, kMostInstances + 1);
  }
  std::size_t full_members() const { return of_stage("full").size(); }

  feel::Value members(std::string_view stage) const {
    std::vector<feel::Value> named;
    for (const Id person : of_stage(stage)) named.emplace_back(std::to_string(person));
    return feel::Value::list(std::move(named));
  }

  db::Reader& reader_;
  const CaseRow& row_;
  Date today_;
  feel::Value::Entries entries_;
};

}  // namespace

feel::Value with_opening(db::Reader& reader, const CaseRow& row, Date today,
                         feel::Value variables) {
  return Opening(reader, row, today, variables).made();
}

std::optional<Error> refuse_year(std::string_view process, bool each_year, Date today,
                                 const boost::json::object& given) {
  const auto* said = given.if_contains("year");
  if (!each_year || said == nullptr || said->is_null()) return std::nullopt;
  const bool ahead = process != "appraisal";
  const bool back = process != "year_plan";
  const int now = static_cast<int>(std::chrono::year_month_day(today).year());
  const int least = back ? now - 1 : now;
  const int most = ahead ? now + 1 : now;
  if (said->is_int64() && said->get_int64() >= least && said->get_int64() <= most)
    return std::nullopt;
  return fail(ErrorKind::invalid, "workflow.year_unfit",
              {{"path", "variables.year"},
               {"least", std::to_string(least)},
               {"most", std::to_string(most)}});
}

}  // namespace jishi::workflow
