#include "platform/sheets/row_builder.hpp"

#include <cmath>
#include <cstring>

#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {

RowBuilder::RowBuilder(RowSink& sink, const Limits& limits, Epoch epoch)
    : sink_(sink), limits_(limits), epoch_(epoch), texts_(first_room_.data(), first_room_.size()) {
}

void RowBuilder::begin(std::uint32_t number) {
  number_ = number;
  bytes_ = 0;
  cells_.clear();
  texts_.release();
}

Cell* RowBuilder::at(std::uint32_t column) {
  if (column >= limits_.columns) return nullptr;
  if (column >= cells_.size()) cells_.resize(column + 1);
  return &cells_[column];
}

std::string_view RowBuilder::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(texts_.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

Refusal RowBuilder::text(std::uint32_t column, std::string_view text, bool formula, bool lasting) {
  Cell* cell = at(column);
  if (cell == nullptr) return Refusal::too_many_columns;
  if (text.size() > limits_.text_length && utf16_length(text) > limits_.text_length) {
    return Refusal::cell_too_long;
  }
  bytes_ += text.size();
  if (bytes_ > limits_.row_bytes) return Refusal::row_too_long;
  *cell = {.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text,
           .formula = formula,
           .text = lasting ? text : keep(text)};
  return Refusal::none;
}

Refusal RowBuilder::number(std::uint32_t column, double value, std::string_view literal,
                           NumberFormat format, bool formula) {
  if (format == NumberFormat::date) {
    if (const auto day = date_of_serial(value, epoch_)) return date(column, *day, value, formula);
  }
  const std::string_view digits =
      literal.empty() ? number_text(value, room_) : number_text(literal, value, room_);
  const Refusal refusal = text(column, digits, formula);
  if (refusal != Refusal::none) return refusal;
  cells_[column].kind = Cell::Kind::number;
  cells_[column].number = value;
  return Refusal::none;
}

Refusal RowBuilder::date(std::uint32_t column, Date date, double serial, bool formula) {
  const Refusal refusal = text(column, date_text(date, serial, room_), formula);
  if (refusal != Refusal::none) return refusal;
  cells_[column].kind = Cell::Kind::date;
  cells_[column].number = serial;
  cells_[column].date = date;
  return Refusal::none;
}

Refusal RowBuilder::boolean(std::uint32_t column, bool value, bool formula) {
  const Refusal refusal = text(column, value ? "TRUE" : "FALSE", formula, true);
  if (refusal != Refusal::none) return refusal;
  cells_[column].kind = Cell::Kind::boolean;
  cells_[column].number = value ? 1 : 0;
  return Refusal::none;
}

Refusal RowBuilder::error(std::uint32_t column, std::string_view text, bool formula) {
  const Refusal refusal = this->text(column, text.empty() ? "#N/A" : text, formula);
  if (refusal == Refusal::none) cells_[column].kind = Cell::Kind::error;
  return refusal;
}

bool RowBuilder::give() {
  while (!cells_.empty() && cells_.back().kind == Cell::Kind::empty) cells_.pop_back();
  return cells_.empty() || sink_.row(number_, cells_);
}

}  // namespace jishi::sheets
