#include "modules/orglife/appraisal/appraisal.hpp"

#include <set>

#include "modules/orglife/appraisal/appraisal.sql.hpp"
#include "modules/orglife/appraisal/sealed_grade.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

namespace {

constexpr std::string_view kGrades[] = {"excellent", "qualified", "basic", "not_qualified"};

bool is_grade(std::string_view grade) {
  return std::find(std::begin(kGrades), std::end(kGrades), grade) != std::end(kGrades);
}

std::string context_of(Id organisation, int year, Id person) {
  return "orglife_grade.grade." + std::to_string(organisation) + "." + std::to_string(year) + "." +
         std::to_string(person);
}

std::optional<Error> refuse_grades(const Appraisal& appraisal) {
  std::set<Id> seen;
  int excellent = 0;
  for (const Grade& one : appraisal.grades) {
    if (!is_grade(one.grade))
      return fail(ErrorKind::invalid, "orglife.appraisal_grade", {{"value", one.grade}});
    if (!seen.insert(one.person).second)
      return fail(ErrorKind::invalid, "orglife.appraisal_twice",
                  {{"person", std::to_string(one.person)}});
    if (one.grade == kGrades[0]) ++excellent;
  }
  if (3 * excellent > appraisal.members) {
    return fail(
        ErrorKind::refused, "orglife.appraisal_third",
        {{"excellent", std::to_string(excellent)}, {"members", std::to_string(appraisal.members)}});
  }
  return std::nullopt;
}

}  // namespace

Blob sealed_grade(const crypto::Keys& keys, const GradeOf& of, std::string_view grade) {
  return keys.cipher().seal(grade, context_of(of.organisation, of.year, of.person));
}

std::string opened_grade(const crypto::Keys& keys, const GradeOf& of, const Blob& sealed) {
  const auto opened = keys.cipher().open(sealed, context_of(of.organisation, of.year, of.person));
  return opened ? *opened : std::string();
}

std::optional<Error> refuse_appraisal(const Appraisal& appraisal) {
  if (appraisal.grades.empty()) return fail(ErrorKind::invalid, "orglife.appraisal_empty");
  if (appraisal.grades.size() > kMaxGraded) {
    return fail(ErrorKind::invalid, "orglife.appraisal_too_long",
                {{"limit", std::to_string(kMaxGraded)}});
  }
  const bool sums = appraisal.due > 0 && appraisal.present >= 0 && appraisal.collected >= 0 &&
                    appraisal.present <= appraisal.due && appraisal.collected <= appraisal.present;
  if (!sums) {
    return fail(ErrorKind::refused, "orglife.appraisal_sums",
                {{"due", std::to_string(appraisal.due)},
                 {"present", std::to_string(appraisal.present)},
                 {"collected", std::to_string(appraisal.collected)}});
  }
  return refuse_grades(appraisal);
}

std::optional<Error> refuse_appraised(db::Reader& reader, Id organisation, int year) {
  const auto stands = reader.one<Date>(sql::appraisal::stands, organisation, year);
  if (!stands) return std::nullopt;
  return fail(ErrorKind::refused, "orglife.appraisal_stands",
              {{"year", std::to_string(year)}, {"date", to_iso(*stands)}});
}

Result<Done> record_appraisal(Transaction& tx, const Appraisal& appraisal) {
  if (auto refused = refuse_appraisal(appraisal)) return std::move(*refused);
  if (auto refused = refuse_appraised(tx, appraisal.organisation, appraisal.year))
    return std::move(*refused);
  tx.run(sql::appraisal::add, appraisal.organisation, appraisal.year, appraisal.decided_on,
         appraisal.due, appraisal.present, appraisal.collected,
         static_cast<int>(appraisal.grades.size()));
  for (const Grade& one : appraisal.grades) {
    tx.run(sql::appraisal::add_grade, appraisal.organisation, appraisal.year, one.person,
           sealed_grade(tx.store().keys(), {appraisal.organisation, appraisal.year, one.person},
                        one.grade));
  }
  tx.fact(fact::kAppraisalRecorded, appraisal.decided_on, appraisal.organisation,
          {.amount = static_cast<std::int64_t>(appraisal.grades.size())});
  return Done{};
}

}  // namespace jishi::orglife
