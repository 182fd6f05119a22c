#pragma once
// One row of each of the five kinds of sheet, after its cells were read and checked for themselves,
// before it is held against the store. An empty text is an empty cell: it says nothing.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace jishi::intake {

enum class SheetKind { organisations, members, posts, activities, dues };

/// The name of a kind in `--json` output and in texts.
std::string_view name_of(SheetKind kind);

/// 党组织名册. Codes (`kind`, `unit_kind`) are those of packs/party/codes.toml.
struct OrganisationRow {
  std::string code;
  std::string name;
  std::string parent;  // code or full name, as given
  std::string kind;
  std::string unit_name;
  std::string credit_code;
  std::string unit_kind;
  std::string division;
  std::optional<Date> founded;
  std::optional<Date> elected;
  std::optional<int> term_years;
  std::optional<Date> extended_to;
  std::optional<Date> ended;
  std::string phone;
};

/// A birth date, known to the day, or (older registers) only to the month or the year.
struct BirthDate {
  Date from;  // the day, or the first day of the month or year
  enum class Precision { day, month, year } precision = Precision::day;

  friend bool operator==(const BirthDate&, const BirthDate&) = default;
};

/// 党员名册.
struct MemberRow {
  std::string number;
  std::string name;
  // 18 signs, upper-case X, check digit right; or empty. Of a refused row: what was written.
  std::string citizen_id;
  std::string sex;
  std::string ethnic;
  std::optional<BirthDate> birth;  // from the citizen id where there is one
  std::string education;
  std::string stage;  // full | probationary
  std::string organisation;
  Date joined;
  std::optional<Date> confirmed;
  std::optional<Date> probation_until;
  std::string occupation;
  std::string phone;
  std::string address;
  std::string status;  // empty when the cell was: normal for someone new, else as it is
  std::optional<Date> lost_since;
  std::optional<Date> floating_since;
};

/// 任职名册. `number` decides where both are given.
struct PostRow {
  std::string number;
  std::string citizen_id;
  std::string organisation;
  std::string title;  // a code of post_title, or as written
  Date from;
  std::optional<Date> to;
};

/// 组织生活记录.
struct ActivityRow {
  std::string organisation;
  std::string kind;
  Date held_on;
  std::optional<Period> period;
  std::string topic;
  std::string place;
  std::optional<int> due;
  std::optional<int> present;
  std::vector<std::string> participants;  // numbers or names, as written
};

/// 党费缴纳.
struct PaymentRow {
  std::string number;
  std::string citizen_id;
  int month = 0;  // month_index()
  std::int64_t amount_cents = 0;
  std::optional<Date> paid_on;
};

using Row = std::variant<OrganisationRow, MemberRow, PostRow, ActivityRow, PaymentRow>;

/// Why a row is refused, or (when `refuses` is false) what a person should know of an accepted one.
struct Problem {
  std::string code;    // of the contract: `id_check_digit`
  std::string column;  // canonical header: `公民身份号码`
  bool refuses = true;
  Arguments
      arguments;  // for the text `intake.<code>`; always has `value` where a cell was at fault

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// What became of one row's cells. `row` holds whatever could be read, also when the row is
/// refused, so that its subject can be told.
struct ReadRow {
  Row row;
  std::vector<Problem> problems;
  std::vector<std::pair<std::string, std::string>>
      notes;  // unknown columns: header and cell, kept as source notes

  bool refused() const;
};

}  // namespace jishi::intake
