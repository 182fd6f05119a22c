#include <limits>

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "modules/orglife/appraisal/appraisal.hpp"
#include "modules/orglife/appraisal/appraisal.sql.hpp"
#include "modules/orglife/appraisal/sealed_grade.hpp"

namespace jishi::orglife {

namespace {

// Whoever manages the cases of an organisation: its secretary, and the department above.
constexpr api::Permission kRead = "workflow.manage";

struct GradeRow {
  Id person = kNoId;
  std::string name;
  std::string number;
  Id organisation = kNoId;
  int year = 0;
  Blob grade;
};
BOOST_DESCRIBE_STRUCT(GradeRow, (), (person, name, number, organisation, year, grade))

struct ShownGrade {
  Id person = kNoId;
  std::string name;
  std::string number;
  Id organisation = kNoId;
  int year = 0;
  std::string grade;  // excellent | qualified | basic | not_qualified
};
BOOST_DESCRIBE_STRUCT(ShownGrade, (), (person, name, number, organisation, year, grade))

struct GradesQuery {
  std::optional<int> year;           // this year when not given
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(GradesQuery, (), (year, after, limit))

struct OwnGradesQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(OwnGradesQuery, (), (after, limit))

/// What the ballot of a year came to.
struct AppraisalSums {
  int year = 0;
  Date decided_on;
  int due = 0;
  int present = 0;
  int collected = 0;
  int graded = 0;
};
BOOST_DESCRIBE_STRUCT(AppraisalSums, (), (year, decided_on, due, present, collected, graded))

int year_asked(const api::Call& call, const std::optional<int>& year) {
  const std::chrono::year_month_day today(call.store.clock().today());
  return year.value_or(static_cast<int>(today.year()));
}

std::vector<ShownGrade> opened(const api::Call& call, std::vector<GradeRow> rows) {
  std::vector<ShownGrade> shown;
  for (GradeRow& row : rows) {
    const GradeOf of{row.organisation, row.year, row.person};
    shown.push_back({row.person, std::move(row.name), std::move(row.number), row.organisation,
                     row.year, opened_grade(call.store.keys(), of, row.grade)});
  }
  return shown;
}

// A grade is of the branch alone: of what stands below it, each branch is asked.
Result<api::Page<ShownGrade>> of_organisation(api::Call& call, const GradesQuery& asked) {
  const auto limit = api::page_limit(asked.limit, kMaxGradesAPage);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {0});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    auto rows = reader.all<GradeRow>(sql::appraisal::of_organisation, call.organisation,
                                     year_asked(call, asked.year), (*after)[0], *limit + 1);
    api::Page<ShownGrade> page;
    if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().person});
    page.items = opened(call, std::move(rows));
    return page;
  });
}

Result<api::Page<ShownGrade>> own(api::Call& call, const OwnGradesQuery& asked) {
  const auto limit = api::page_limit(asked.limit, kMaxGradesAPage);
  if (!limit) return limit.error();
  const auto after = api::page_after<2>(asked.after, {std::numeric_limits<int>::max(), 0});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    auto rows = reader.all<GradeRow>(sql::appraisal::of_person, call.caller.person, (*after)[0],
                                     (*after)[1], *limit + 1);
    api::Page<ShownGrade> page;
    if (api::cut_to_page(rows, *limit))
      page.next = api::page_next({rows.back().year, rows.back().organisation});
    page.items = opened(call, std::move(rows));
    return page;
  });
}

struct SumsQuery {
  std::optional<int> year;  // this year when not given
};
BOOST_DESCRIBE_STRUCT(SumsQuery, (), (year))

Result<AppraisalSums> sums(api::Call& call, const SumsQuery& asked) {
  const int year = year_asked(call, asked.year);
  return call.store.read([&](db::Reader& reader) -> Result<AppraisalSums> {
    auto found = reader.one<AppraisalSums>(sql::appraisal::sums, call.organisation, year);
    if (found) return std::move(*found);
    return fail(ErrorKind::not_found, "orglife.appraisal_missing",
                {{"year", std::to_string(year)}});
  });
}

}  // namespace

void appraisal_routes(api::Routes& routes) {
  const auto organisation = api::organisation_in("organisation");
  routes.get_slowly<GradesQuery>("/api/v1/organisations/{organisation}/grades",
                                 {"orglife.grades", kRead, organisation}, of_organisation);
  routes.get_slowly<SumsQuery>("/api/v1/organisations/{organisation}/appraisal",
                               {"orglife.appraisal", api::kSee, organisation}, sums);
  routes.get_slowly<OwnGradesQuery>("/api/v1/grades",
                                    {"orglife.own_grades", {}, api::own_account()}, own);
}

}  // namespace jishi::orglife
