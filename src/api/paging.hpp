#pragma once
// Pages by key: `next` holds the last row's sort key, so that a page costs the same wherever it
// lies, and rows that come meanwhile shift nothing.

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace jishi::api {

inline constexpr int kPage = 50;

/// The rows of a page: 50 unless told, `most` at most. Fails with api.limit_out_of_range.
Result<int> page_limit(const std::optional<int>& wanted, int most);

/// Leaves of rows, of which one more than a page holds was asked for, those of the page; whether
/// there are more.
template <class Row>
bool cut_to_page(std::vector<Row>& rows, int limit) {
  if (rows.size() <= static_cast<std::size_t>(limit)) return false;
  rows.erase(rows.begin() + limit, rows.end());
  return true;
}

/// The numbers of a page's `next`, joined by points.
std::string page_next(const std::vector<std::int64_t>& key);

/// The numbers in `after`, or `first` without one. Fails with api.page_unknown.
template <std::size_t N>
Result<std::array<std::int64_t, N>> page_after(const std::optional<std::string>& after,
                                               const std::array<std::int64_t, N>& first) {
  if (!after) return first;
  std::array<std::int64_t, N> key{};
  const char* at = after->data();
  const char* end = at + after->size();
  for (std::size_t i = 0; i < N; ++i) {
    if (i > 0 && (at == end || *at++ != '.'))
      return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
    const auto read = std::from_chars(at, end, key[i]);
    if (read.ec != std::errc())
      return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
    at = read.ptr;
  }
  if (at != end) return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
  return key;
}

}  // namespace jishi::api
