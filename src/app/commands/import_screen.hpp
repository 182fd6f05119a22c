#pragma once
// What a person or a program sees of an import.

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::app {

/// What a problem says to a person.
std::string say_problem(const Context& context, const intake::Problem& problem);

/// Follows an import: progress on a terminal, refusals as NDJSON lines or gathered for the summary.
class ImportScreen final : public intake::ImportObserver {
 public:
  static constexpr std::size_t kMaxExamples = 3;

  explicit ImportScreen(const Context& context)
      : context_(context), started_(std::chrono::steady_clock::now()) {}

  void refused(const intake::Refusal& refusal) override;
  void progress(std::int64_t rows, double part) override;

  /// One NDJSON line a sheet; what else is to be known of it goes to stderr, in words.
  void print_sheets(const intake::ImportReport& report) const;
  /// The sheets as a table, what is to be known of them, and the refusals by code.
  void print_summary(const intake::ImportReport& report) const;

 private:
  struct Refusals {
    std::int64_t count = 0;
    std::vector<std::string> examples;
  };

  void print_sheet_table(const intake::ImportReport& report) const;
  std::vector<std::string> remarks_on(const intake::SheetReport& sheet) const;
  void print_remarks(const intake::SheetReport& sheet) const;

  const Context& context_;
  std::chrono::steady_clock::time_point started_;
  std::map<std::string, Refusals> by_code_;
};

}  // namespace jishi::app
