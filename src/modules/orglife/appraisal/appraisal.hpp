#pragma once
// The democratic appraisal of a year (民主评议党员): a grade for every full member, decided by the
// branch committee. Nothing in the program follows from a grade; the member sees their own.

#include "api/call.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::orglife {

inline constexpr std::size_t kMaxGraded = 5'000;  // of one appraisal
inline constexpr int kMaxGradesAPage = 200;

/// Grades: excellent | qualified | basic | not_qualified.
struct Grade {
  Id person = kNoId;
  std::string grade;
};

struct Appraisal {
  Id organisation = kNoId;
  int year = 0;
  Date decided_on;
  int due = 0;        // with the right to vote
  int present = 0;    // of those
  int collected = 0;  // ballots
  int members = 0;    // full members: of them at most a third are excellent
  std::vector<Grade> grades;
};

/// The pure decision. Errors: orglife.appraisal_grade (of an unknown grade), appraisal_twice (of a
/// person with two), appraisal_third, appraisal_sums, appraisal_empty, appraisal_too_long.
std::optional<Error> refuse_appraisal(const Appraisal& appraisal);

/// Why a year of an organisation is appraised no more: orglife.appraisal_stands where it is on
/// record.
std::optional<Error> refuse_appraised(db::Reader& reader, Id organisation, int year);

/// Records the appraisal of a year, once. Errors: those of refuse_appraisal();
/// orglife.appraisal_stands.
Result<Done> record_appraisal(Transaction& tx, const Appraisal& appraisal);

void appraisal_routes(api::Routes& routes);

}  // namespace jishi::orglife
