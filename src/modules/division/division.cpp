#include "modules/division/division.hpp"

#include <charconv>

#include "modules/division/division.sql.hpp"

namespace jishi::division {

namespace {

constexpr std::array<std::size_t, kLevels> kDigits{2, 4, 6, 9, 12};
constexpr Id kLevelsOfCode = 8;

std::optional<Id> integer(std::string_view text) {
  Id value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Id> id_of(std::string_view code) {
  const auto digits = std::find(kDigits.begin(), kDigits.end(), code.size());
  const bool plain =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits == kDigits.end() || !plain) return std::nullopt;
  std::string whole(code);
  whole.resize(kDigits.back(), '0');
  return *integer(whole) * kLevelsOfCode + (digits - kDigits.begin()) + 1;
}

std::optional<Division> find(db::Reader& reader, Id id) {
  return reader.one<Division>(sql::division::by_id, id);
}

Result<DivisionPage> children(db::Reader& reader, Id parent, std::string_view after, int limit) {
  const auto last = after.empty() ? std::optional<Id>(kNoId) : integer(after);
  if (!last || limit < 1 || limit > kMaxPage) {
    return fail(ErrorKind::invalid, "division.page", {{"limit", std::to_string(kMaxPage)}});
  }
  if (parent != kNoId && !find(reader, parent)) {
    return fail(ErrorKind::not_found, "division.missing", {{"division", std::to_string(parent)}});
  }
  DivisionPage page{reader.all<Division>(sql::division::children, parent, *last, limit + 1), {}};
  if (page.rows.size() > static_cast<std::size_t>(limit)) {
    page.rows.pop_back();
    page.next = std::to_string(page.rows.back().id);
  }
  return page;
}

std::vector<Division> path(db::Reader& reader, Id id) {
  std::vector<Division> line;
  while (id != kNoId && line.size() < kLevels) {
    auto here = find(reader, id);
    if (!here) break;
    id = here->parent;
    line.push_back(std::move(*here));
  }
  std::reverse(line.begin(), line.end());
  return line;
}

}  // namespace jishi::division
