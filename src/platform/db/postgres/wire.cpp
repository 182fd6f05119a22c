#include "platform/db/postgres/wire.hpp"

#include <bit>
#include <charconv>

namespace jishi::db::postgres {

namespace {

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::int64_t signed_of(std::string_view bytes) {
  const std::uint64_t value = big_endian(bytes);
  const auto unused = static_cast<unsigned>(64 - 8 * bytes.size());
  return static_cast<std::int64_t>(value << unused) >> unused;
}

// A number of digits to the base of 10,000: their count, the power of the first, sign, digits
// shown.
double numeric_of(std::string_view bytes) {
  constexpr std::size_t kHead = 8;
  constexpr std::uint64_t kNegative = 0x4000;
  const auto field = [&](std::size_t at) { return bytes.substr(at, 2); };
  double value = 0;
  double power = 1;
  const std::int64_t weight = signed_of(field(2));
  for (std::int64_t i = 0; i < weight; ++i) power *= 10'000;
  for (std::int64_t i = weight; i < 0; ++i) power /= 10'000;
  for (std::size_t at = kHead; at + 2 <= bytes.size(); at += 2) {
    value += static_cast<double>(big_endian(field(at))) * power;
    power /= 10'000;
  }
  return big_endian(field(4)) == kNegative ? -value : value;
}

std::int64_t numeric_integer_of(std::string_view bytes) {
  constexpr std::size_t kHead = 8;
  constexpr std::uint64_t kNegative = 0x4000;
  const std::int64_t weight = signed_of(bytes.substr(2, 2));
  std::int64_t value = 0;
  for (std::int64_t i = 0; i <= weight; ++i) {
    const std::size_t at = kHead + static_cast<std::size_t>(i) * 2;
    const std::uint64_t digit = at + 2 <= bytes.size() ? big_endian(bytes.substr(at, 2)) : 0;
    value = value * 10'000 + static_cast<std::int64_t>(digit);
  }
  return big_endian(bytes.substr(4, 2)) == kNegative ? -value : value;
}

bool is_text(Oid type) {
  return type == kText || type == kVarchar || type == kJson || type == kUnknown || type == kName ||
         type == kBytea;
}

}  // namespace

void append_big_endian(std::string& bytes, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(value >> static_cast<unsigned>(shift));
  }
}

Parameters::Parameters(std::span<const Parameter> values, std::span<const Oid> types) {
  values_.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Oid type = types[i];
    if (std::holds_alternative<std::monostate>(values[i])) {
      values_.push_back(nullptr);
      lengths_.push_back(0);
      formats_.push_back(1);
    } else if (const auto* integer = std::get_if<std::int64_t>(&values[i])) {
      add_integer(*integer, type);
    } else if (const auto* real = std::get_if<double>(&values[i])) {
      add_real(*real, type);
    } else if (const auto* text = std::get_if<std::string_view>(&values[i])) {
      add_bytes(*text, is_text(type));
    } else {
      add_bytes(std::get<BlobView>(values[i]).bytes, is_text(type));
    }
  }
}

Parameters::Parameters(std::vector<std::string> values) {
  for (std::string& value : values) own(std::move(value), true);
}

void Parameters::add_integer(std::int64_t value, Oid type) {
  if (type != kInt8) return own(std::to_string(value), false);
  std::string bytes;
  append_big_endian(bytes, static_cast<std::uint64_t>(value), 8);
  own(std::move(bytes), true);
}

void Parameters::add_real(double value, Oid type) {
  if (type != kFloat8) return own(fmt::format("{}", value), false);
  std::string bytes;
  append_big_endian(bytes, std::bit_cast<std::uint64_t>(value), 8);
  own(std::move(bytes), true);
}

// The text form ends with a zero; the binary form of texts is their bytes.
void Parameters::add_bytes(std::string_view bytes, bool binary) {
  if (!binary) return own(std::string(bytes), false);
  values_.push_back(bytes.data() == nullptr ? "" : bytes.data());
  lengths_.push_back(static_cast<int>(bytes.size()));
  formats_.push_back(1);
}

void Parameters::own(std::string text, bool binary) {
  owned_.push_back(std::move(text));
  values_.push_back(owned_.back().c_str());
  lengths_.push_back(static_cast<int>(owned_.back().size()));
  formats_.push_back(binary ? 1 : 0);
}

void Parameters::append_to(std::string& key) const {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_[i] == nullptr) {
      key += '-';
      continue;
    }
    key += '+';
    append_big_endian(key, static_cast<std::uint64_t>(lengths_[i]), 4);
    key.append(values_[i], static_cast<std::size_t>(lengths_[i]));
  }
}

void Rows::hold(ResultPtr result) {
  show(result.get());
  result_ = std::move(result);
}

void Rows::show(const PGresult* result) {
  result_.reset();
  shown_ = result;
  size_ = result == nullptr ? 0 : PQntuples(result);
  columns_ = result == nullptr ? 0 : PQnfields(result);
  row_ = -1;
  converted_.clear();
}

bool Rows::next() {
  if (!converted_.empty()) converted_.clear();
  return ++row_ < size_;
}

std::string_view Rows::raw(int column) const {
  return {PQgetvalue(shown_, row_, column),
          static_cast<std::size_t>(PQgetlength(shown_, row_, column))};
}

std::int64_t Rows::integer(int column) const {
  const std::string_view bytes = raw(column);
  switch (type(column)) {
    case kInt8:
    case kInt4:
    case kInt2:
    case kOid: return signed_of(bytes);
    case kBool: return bytes == std::string_view("\1", 1) ? 1 : 0;
    case kNumeric: return bytes.empty() ? 0 : numeric_integer_of(bytes);
    case kFloat4:
    case kFloat8: return static_cast<std::int64_t>(real(column));
    default: break;
  }
  std::int64_t value = 0;
  std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  return value;
}

double Rows::real(int column) const {
  const std::string_view bytes = raw(column);
  switch (type(column)) {
    case kFloat8: return bytes.empty() ? 0 : std::bit_cast<double>(big_endian(bytes));
    case kFloat4:
      return bytes.empty() ? 0
                           : std::bit_cast<float>(static_cast<std::uint32_t>(big_endian(bytes)));
    case kNumeric: return bytes.empty() ? 0 : numeric_of(bytes);
    case kText:
    case kVarchar:
    case kUnknown: {
      double value = 0;
      std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
      return value;
    }
    default: return static_cast<double>(integer(column));
  }
}

std::string_view Rows::bytes(int column) const {
  if (is_null(column) || is_text(type(column)) || type(column) == kChar) return raw(column);
  const bool is_real = type(column) == kFloat8 || type(column) == kFloat4;
  return converted_.emplace_back(is_real ? fmt::format("{}", real(column))
                                         : std::to_string(integer(column)));
}

}  // namespace jishi::db::postgres
