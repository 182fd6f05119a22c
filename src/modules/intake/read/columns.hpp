#pragma once
// The columns of the five kinds of sheet, as the contract names them.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "modules/intake/rows.hpp"

namespace jishi::intake {

/// Every column that a sheet may have. One column is one field in every kind of sheet that has it.
enum class Column : std::uint8_t {
  organisation_code,
  person_number,
  citizen_id,
  // 党组织名册
  organisation_name,
  parent,
  organisation_kind,
  unit_name,
  credit_code,
  unit_kind,
  division,
  founded,
  elected,
  term,
  extended_to,
  ended,
  organisation_phone,
  // 党员名册
  name,
  sex,
  ethnic,
  birth,
  education,
  stage,
  joined,
  confirmed,
  probation_until,
  occupation,
  phone,
  address,
  status,
  lost_since,
  floating_since,
  // 任职名册
  post_title,
  post_from,
  post_to,
  // 组织生活记录
  activity_kind,
  held_on,
  period,
  topic,
  place,
  due,
  present,
  participants,
  // 党费缴纳
  month,
  amount,
  paid_on,
};

inline constexpr std::size_t kColumnCount = static_cast<std::size_t>(Column::paid_on) + 1;

/// Whether a sheet is of its kind without the column. Of the columns that are `either`, one is
/// enough.
enum class Need : std::uint8_t { optional, required, either };

struct ColumnUse {
  Column column;
  Need need = Need::optional;
};

inline constexpr SheetKind kSheetKinds[] = {SheetKind::organisations, SheetKind::members,
                                            SheetKind::posts, SheetKind::activities,
                                            SheetKind::dues};

/// The contract's name of a column: `公民身份号码`.
std::string_view header_of(Column column);

/// The columns of a kind, in the contract's order (that of a workbook we write).
std::span<const ColumnUse> columns_of(SheetKind kind);

/// The column of a kind that a header means: its name or a synonym, whatever `*`, spaces, line
/// breaks and bracketed hints stand about it.
std::optional<Column> column_named(SheetKind kind, std::string_view header);

}  // namespace jishi::intake
