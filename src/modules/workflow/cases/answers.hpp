#pragma once
// What was written at each step of a case, kept with the event that brought it.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

inline constexpr int kMostAnswers = 500;  // of a case that are read, the latest

/// An answer to the form of a step.
struct StepAnswer {
  std::string element;
  Id account = kNoId;
  std::string account_name;
  std::int64_t at_ms = 0;
  Id task = kNoId;
  bool corrected = false;  // it led nowhere: the step was asked for again at once, or taken back
  boost::json::object fields;
};

/// Keeps what an act on a task brought, sealed. Nothing where it brought nothing.
void keep_answer(Transaction& tx, const HeldCase& held, Id event, const Act& act);

/// The answers of a case, the latest first. What does not open is left out: the case is shown
/// without it.
std::vector<StepAnswer> answers_of(Store& store, db::Reader& reader, Id case_id);

}  // namespace jishi::workflow
