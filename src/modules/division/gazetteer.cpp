#include "base/text.hpp"
#include "modules/division/division.hpp"
#include "modules/division/division.sql.hpp"
#include "platform/pinyin/pinyin.hpp"

namespace jishi::division {

namespace {

struct Release {
  std::string digest;
  std::int64_t loaded = 0;
};
BOOST_DESCRIBE_STRUCT(Release, (), (digest, loaded))

struct Hit {
  int match = 0;
  int level = 0;
  Id id = kNoId;

  friend auto operator<=>(const Hit&, const Hit&) = default;
};

constexpr Id kLevelsOfCode = 8;
constexpr std::size_t kCodeDigits = 12;

/// The ids of the divisions whose codes begin with some digits; empty for what is no such text.
struct CodeRange {
  Id first = 0;
  Id last = 0;

  explicit CodeRange(std::string_view digits) {
    if (digits.empty() || digits.size() > kCodeDigits) return;
    for (std::size_t i = 0; i < kCodeDigits; ++i) {
      const char digit = i < digits.size() ? digits[i] : '0';
      if (digit < '0' || digit > '9') return;
      first = first * 10 + (digit - '0');
    }
    Id width = 1;
    for (std::size_t i = digits.size(); i < kCodeDigits; ++i) width *= 10;
    last = (first + width) * kLevelsOfCode;
    first *= kLevelsOfCode;
  }

  bool holds(Id id) const { return id >= first && id < last; }
};

}  // namespace

void Gazetteer::read(db::Reader& reader) {
  const auto release = reader.one<Release>(sql::division::release);
  const std::int64_t loaded = release ? release->loaded : 0;
  if (loaded == loaded_) return;
  loaded_ = -1;
  ids_.clear();
  units_.clear();
  begins_.assign(1, 0);
  db::Cursor& cursor = reader.connection().execute(sql::division::names, {});
  while (cursor.next()) {
    ids_.push_back(cursor.integer(0));
    units_ += pinyin::to_utf16(cursor.bytes(1));
    begins_.push_back(static_cast<std::uint32_t>(units_.size()));
  }
  loaded_ = loaded;
}

std::vector<Division> Gazetteer::search(db::Reader& reader, std::string_view typed, Id below,
                                        int limit) {
  const pinyin::Query query(typed);
  std::vector<Division> found;
  if (query.empty()) return found;
  const CodeRange codes(fold_code(typed));
  // All below a division follow it in the order of ids.
  const auto top = below == kNoId ? std::nullopt : find(reader, below);
  if (below != kNoId && !top) return found;
  const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, kMaxFound));
  std::vector<Hit> hits;
  {
    const std::lock_guard lock(mutex_);
    read(reader);
    auto first = ids_.begin();
    auto last = ids_.end();
    if (top) {
      first = std::upper_bound(ids_.begin(), ids_.end(), below);
      last = std::min(ids_.end(), first + top->below);
    }
    const std::u16string_view units = units_;
    for (auto id = first; id != last; ++id) {
      const auto i = static_cast<std::size_t>(id - ids_.begin());
      const bool by_code = codes.holds(*id);
      const auto match = by_code
                             ? pinyin::Match::exact
                             : query.match(units.substr(begins_[i], begins_[i + 1] - begins_[i]));
      if (match == pinyin::Match::none) continue;
      const Hit hit{static_cast<int>(match), static_cast<int>(*id % kLevelsOfCode), *id};
      if (hits.size() == wanted && hits.front() < hit) continue;
      hits.push_back(hit);
      std::push_heap(hits.begin(), hits.end());
      if (hits.size() <= wanted) continue;
      std::pop_heap(hits.begin(), hits.end());
      hits.pop_back();
    }
  }
  std::sort_heap(hits.begin(), hits.end());
  for (const Hit& hit : hits) {
    if (auto one = find(reader, hit.id)) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace jishi::division
