#pragma once
// What the job of an import says when it is done: sheets with what their columns were taken for,
// the first refusals with their place, and all of them counted by their code.

#include <map>

#include "api/jobs/jobs.hpp"
#include "modules/intake/import/import.hpp"

namespace jishi::intake {

inline constexpr std::size_t kMaxToldRefusals = 200;
inline constexpr std::size_t kMaxToldNotices = 200;  // of all sheets together

/// Keeps the first refusals for the job's result, and counts the rest.
class ImportNotes final : public ImportObserver {
 public:
  explicit ImportNotes(const api::JobRun& run) : run_(run) {}

  void refused(const Refusal& refusal) override;
  void progress(std::int64_t rows, double part) override { run_.progress(part, rows); }

  boost::json::array take_refusals() { return std::move(refusals_); }
  /// Rows by the code for which they were refused, most first.
  boost::json::array codes() const;

 private:
  const api::JobRun& run_;
  boost::json::array refusals_;
  std::map<std::string, std::int64_t> rows_by_code_;
};

/// The result of an import's job.
boost::json::object result_of(const ImportReport& report, ImportNotes& notes);

/// A problem in both languages, beside what else is told of it.
void add_words(boost::json::object& told, const Problem& problem);

}  // namespace jishi::intake
