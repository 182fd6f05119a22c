#include "modules/registry/roll/names.hpp"

#include <algorithm>

#include "platform/pinyin/pinyin.hpp"

namespace jishi::registry {

namespace {

bool stands_before(std::u16string_view left, std::u16string_view right) {
  return pinyin::before(pinyin::Readings::get(), left, right);
}

}  // namespace

Names::Number Names::put(std::string_view name) {
  std::u16string units = pinyin::to_utf16(name);
  const auto found = std::lower_bound(
      order_.begin(), order_.end(), units,
      [&](Number one, const auto& other) { return stands_before(text(one), other); });
  if (found != order_.end() && text(*found) == units) return *found;
  const auto [entry, added] = fresh_.try_emplace(std::move(units), static_cast<Number>(count()));
  if (added) {
    units_ += entry->first;
    begins_.push_back(static_cast<std::uint32_t>(units_.size()));
  }
  return entry->second;
}

void Names::settle() {
  if (fresh_.empty()) return;
  std::vector<Number> came;
  came.reserve(fresh_.size());
  for (const auto& [name, number] : fresh_) came.push_back(number);
  fresh_ = {};
  const auto less = [&](Number left, Number right) {
    return stands_before(text(left), text(right));
  };
  std::sort(came.begin(), came.end(), less);
  std::vector<Number> merged(order_.size() + came.size());
  std::merge(order_.begin(), order_.end(), came.begin(), came.end(), merged.begin(), less);
  order_ = std::move(merged);
  ranks_.resize(order_.size());
  for (std::size_t i = 0; i < order_.size(); ++i)
    ranks_[order_[i]] = static_cast<std::uint32_t>(2 * i + 2);
}

std::uint64_t Names::rank_of(std::string_view name) const {
  const std::u16string units = pinyin::to_utf16(name);
  const auto found = std::lower_bound(
      order_.begin(), order_.end(), units,
      [&](Number one, const auto& other) { return stands_before(text(one), other); });
  if (found == order_.end()) return 2 * order_.size() + 1;
  return ranks_[*found] - (text(*found) == units ? 0U : 1U);
}

}  // namespace jishi::registry
