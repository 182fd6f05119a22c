#pragma once
// What was entered at the steps of a case, written as people read it: by step in the order of the
// process, each field with its form's label.

#include <set>

#include "base/language.hpp"
#include "modules/workflow/cases/answers.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostEnteredRows = 500;     // of a list
inline constexpr std::size_t kMostEnteredSteps = 300;    // of a case
inline constexpr std::size_t kMostEnteredNames = 2'000;  // ids that are looked up
inline constexpr std::size_t kMostSubject = 120;         // signs

struct EnteredColumn {
  std::string title;
  std::string kind;  // text | date
};
BOOST_DESCRIBE_STRUCT(EnteredColumn, (), (title, kind))

struct EnteredRow {
  std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(EnteredRow, (), (cells))

/// A field. Of a list `items`, of a table `columns` and `rows`; otherwise `text`, a date as
/// YYYY-MM-DD.
struct EnteredField {
  std::string name;
  std::string title;
  std::string kind;  // text | date | list | rows
  std::string text;
  std::vector<std::string> items;
  std::vector<EnteredColumn> columns;
  std::vector<EnteredRow> rows;
  std::int64_t left_off = 0;  // items or rows beyond kMostEnteredRows
};
BOOST_DESCRIBE_STRUCT(EnteredField, (), (name, title, kind, text, items, columns, rows, left_off))

/// A step at which something was entered. Done by several, one for each of them; done in several
/// rounds (a review every half year, a vote that is held again), one for each.
struct Entered {
  std::string element;
  std::string name;
  Id account = kNoId;        // who wrote it; 0: it is not on record which step did
  std::string account_name;  // empty: as well
  std::optional<std::int64_t> at_ms;
  int round = 0;  // which of several, from 1; 0: it is the only one
  std::vector<EnteredField> fields;
};
BOOST_DESCRIBE_STRUCT(Entered, (), (element, name, account, account_name, at_ms, round, fields))

/// A step as the case stands: when it was done last; open where it never was.
struct StepNow {
  Index node = kNone;
  std::optional<std::int64_t> done_ms;
  bool open = false;
};

/// What names stand for ids.
using EnteredNames = std::map<std::string, std::string, std::less<>>;

/// Pure. `steps`: those for people, in the order of the process. Every answer of a step that led
/// on is shown, and the latest (of each person, where several do it). A variable that no kept
/// answer holds is shown at the step that was done last of those that ask for it. `hidden`:
/// variables that are left out.
std::vector<Entered> entered_of(const HeldCase& held, const std::vector<StepNow>& steps,
                                const std::vector<StepAnswer>& answers,
                                const std::vector<std::string>& hidden, const EnteredNames& names,
                                Language language);

/// The names of all persons and organisations that are picked in the forms of a case.
EnteredNames names_entered(db::Reader& reader, const HeldCase& held,
                           const std::vector<StepNow>& steps,
                           const std::vector<StepAnswer>& answers);

/// What a case is called beside its procedure: the variable that `jishi:subject` names. Empty where
/// it holds nothing, is confidential, or the file names none.
std::string subject_of(const HeldCase& held);

/// The subjects of cases, for the rows of one page; only cases that have one. What does not read is
/// left out.
std::map<Id, std::string> subjects_of(Store& store, db::Reader& reader, const Office& office,
                                      const std::vector<Id>& cases);

}  // namespace jishi::workflow
