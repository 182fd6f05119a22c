#include "platform/sheets/string_table.hpp"

#include <cstring>
#include <limits>

namespace jishi::sheets {

namespace {

constexpr unsigned kBlockBits = 18;
constexpr std::size_t kBlock = std::size_t{1} << kBlockBits;

}  // namespace

bool StringTable::add(std::string_view text, std::uint64_t limit) {
  const auto length = static_cast<std::uint32_t>(text.size());
  const std::size_t needed = sizeof length + text.size();
  bytes_ += needed + sizeof(std::uint32_t);
  if (bytes_ > limit || needed > kBlock) return false;
  if (blocks_.empty() || used_ + needed > kBlock) {
    if ((blocks_.size() + 1) * kBlock > std::numeric_limits<std::uint32_t>::max()) return false;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlock));
    used_ = 0;
  }
  char* place = blocks_.back().get() + used_;
  std::memcpy(place, &length, sizeof length);
  if (length != 0) std::memcpy(place + sizeof length, text.data(), length);
  places_.push_back(static_cast<std::uint32_t>((blocks_.size() - 1) * kBlock + used_));
  used_ += needed;
  return true;
}

std::string_view StringTable::operator[](std::size_t number) const {
  const std::uint32_t place = places_[number];
  const char* begin = blocks_[place >> kBlockBits].get() + (place & (kBlock - 1));
  std::uint32_t length = 0;
  std::memcpy(&length, begin, sizeof length);
  return {begin + sizeof length, length};
}

}  // namespace jishi::sheets
