// What cells say of dates, months, periods and amounts: as text, as numbers, in both epochs.

#include <bit>
#include <cstdlib>
#include <cstring>

#include "modules/intake/read/dates.hpp"
#include "modules/intake/read/values.hpp"
#include "platform/sheets/utf8.hpp"

namespace {

using namespace jishi;
using sheets::Cell;
using sheets::Epoch;

void must(bool holds) {
  if (!holds) std::abort();
}

Cell text_cell(std::string_view text) {
  Cell cell;
  cell.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text;
  cell.text = text;
  return cell;
}

// A date that was read and written down is read as itself.
void check_dates(const Cell& cell, Epoch epoch) {
  if (const auto date = intake::date_in(cell, epoch)) {
    const std::string iso = to_iso(*date);
    must(intake::date_in(text_cell(iso), epoch) == date);
    const auto birth = intake::birth_in(cell, epoch);
    must(birth && birth->from == *date);
  }
  if (const auto month = intake::month_in(cell, epoch)) must(*month > 0);
  if (const auto period = intake::period_in(cell, epoch)) {
    must(period->first_day() <= period->last_day());
  }
}

void check_values(const Cell& cell) {
  if (const auto cents = intake::amount_in(cell)) must(*cents >= 0 && *cents <= 100'000'000);
  if (const auto number = intake::whole_number_in(cell)) must(*number >= 0 && *number <= 1'000'000);
  if (const auto years = intake::term_in(cell)) must(*years >= 1 && *years <= 10);
  must(intake::citizen_id_in(cell).id.size() <= cell.text.size() + 32);
  intake::NumberBuffer buffer;
  must(intake::written(cell, buffer).size() <= cell.text.size() + buffer.size());
}

void check(const Cell& cell) {
  for (const Epoch epoch : {Epoch::e1900, Epoch::e1904}) check_dates(cell, epoch);
  check_values(cell);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size >= sizeof(double)) {
    Cell number;
    number.kind = Cell::Kind::number;
    std::memcpy(&number.number, data, sizeof(double));
    const std::string digits = std::to_string(number.number);
    number.text = digits;
    check(number);
  }
  bytes = bytes.substr(0, sheets::valid_utf8_prefix(bytes));
  check(text_cell(bytes));
  (void)intake::participants_in(bytes);
  (void)intake::masked(bytes);
  (void)intake::tidy_phone(bytes);
  return 0;
}
