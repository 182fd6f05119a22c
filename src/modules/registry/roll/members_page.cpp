#include "modules/registry/roll/members_page.hpp"

#include <charconv>
#include <compare>
#include <cstring>
#include <set>

#include <boost/endian/conversion.hpp>

#include "api/paging.hpp"
#include "base/text.hpp"
#include "modules/registry/roll/roll.sql.hpp"
#include "modules/registry/roll/sieve.hpp"

namespace jishi::registry {

namespace {

// What stands between the value and the person of a cursor. The last one counts: a name may hold
// it.
constexpr char kMark = '~';

/// Where a member stands in a sorted list. Of numbers the first 24 signs count.
struct Key {
  std::array<std::uint64_t, 3> values{};
  Id person = kNoId;

  friend auto operator<=>(const Key&, const Key&) = default;
};

std::uint64_t ordered(std::int32_t day) {
  return static_cast<std::uint64_t>(std::int64_t{day} + (std::int64_t{1} << 32));
}

// Big-endian, so that numbers are ordered as texts; none stands behind all.
std::array<std::uint64_t, 3> packed(std::string_view text) {
  std::array<std::uint64_t, 3> values{};
  if (text.empty()) {
    values.fill(~std::uint64_t{0});
    return values;
  }
  std::memcpy(values.data(), text.data(), std::min(text.size(), sizeof values));
  for (std::uint64_t& value : values) {
    value = boost::endian::big_to_native(value);
  }
  return values;
}

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Sorter {
 public:
  Sorter(const Roll& roll, const RollTree& tree, MemberOrder order)
      : roll_(roll), tree_(tree), order_(order) {}

  /// The first value of a row's key: what tells most rows apart from those that are wanted.
  std::uint64_t first(const RollRow& row) const {
    switch (order_) {
      case MemberOrder::name: return roll_.names().rank(row.name);
      case MemberOrder::birth: return ordered(row.birth);
      case MemberOrder::joined: return ordered(row.joined);
      case MemberOrder::number: return packed(roll_.number_of(row))[0];
      case MemberOrder::organisation: break;
    }
    return tree_.place_of(row.organisation);
  }

  Key key(const RollRow& row) const {
    switch (order_) {
      case MemberOrder::name: return {{roll_.names().rank(row.name)}, row.person};
      case MemberOrder::birth: return {{ordered(row.birth)}, row.person};
      case MemberOrder::joined: return {{ordered(row.joined)}, row.person};
      case MemberOrder::number: return {packed(roll_.number_of(row)), row.person};
      case MemberOrder::organisation: break;
    }
    return {{tree_.place_of(row.organisation), roll_.names().rank(row.name)}, row.person};
  }

  /// The key that a cursor stands for, also when the member has gone or changed since.
  std::optional<Key> key(std::string_view cursor) const {
    const std::size_t mark = cursor.rfind(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    const auto person = integer(cursor.substr(mark + 1));
    const std::string_view value = cursor.substr(0, mark);
    if (!person || !is_utf8(value)) return std::nullopt;
    if (order_ == MemberOrder::name) return Key{{roll_.names().rank_of(value)}, *person};
    if (order_ == MemberOrder::number) return Key{packed(value), *person};
    if (order_ == MemberOrder::organisation) return in_organisation(value, *person);
    const auto day = integer(value);
    if (!day || *day < -1'000'000 || *day > RollRow::kNoDay) return std::nullopt;
    return Key{{ordered(static_cast<std::int32_t>(*day))}, *person};
  }

  std::string cursor(const MemberRow& row, const RollRow& on_roll) const {
    return fmt::format("{}{}{}", value(row, on_roll), kMark, row.person);
  }

 private:
  std::optional<Key> in_organisation(std::string_view value, Id person) const {
    const std::size_t mark = value.find(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    const auto organisation = integer(value.substr(0, mark));
    if (!organisation) return std::nullopt;
    const std::uint32_t place = tree_.outline().place_of(*organisation);
    if (place == Outline::kNowhere) return std::nullopt;
    return Key{{place, roll_.names().rank_of(value.substr(mark + 1))}, person};
  }

  std::string value(const MemberRow& row, const RollRow& on_roll) const {
    switch (order_) {
      case MemberOrder::name: return row.name;
      case MemberOrder::birth: return std::to_string(on_roll.birth);
      case MemberOrder::joined: return std::to_string(on_roll.joined);
      case MemberOrder::number: return std::string(roll_.number_of(on_roll));
      case MemberOrder::organisation: break;
    }
    return fmt::format("{}{}{}", row.organisation, kMark, row.name);
  }

  const Roll& roll_;
  const RollTree& tree_;
  MemberOrder order_;
};

/// The `limit` entries that stand first of all that were offered. They are gathered in a buffer
/// that is cut down to them when it is full, so that the order in which they come does not matter.
class FirstRows {
 public:
  FirstRows(std::size_t limit, bool descending) : limit_(limit), descending_(descending) {
    buffer_.reserve(kBuffer);
  }

  /// Whether a row with this first value of its key cannot be among them.
  bool rejects(std::uint64_t first) const {
    if (!last_) return false;
    return descending_ ? first < last_->values[0] : first > last_->values[0];
  }

  void offer(const Key& key, const RollRow& row) {
    if (last_ && !before(key, *last_)) return;
    buffer_.emplace_back(key, &row);
    if (buffer_.size() == kBuffer) cut();
  }

  std::vector<const RollRow*> take() {
    std::sort(buffer_.begin(), buffer_.end(), [&](const Entry& left, const Entry& right) {
      return before(left.first, right.first);
    });
    buffer_.resize(std::min(buffer_.size(), limit_));
    std::vector<const RollRow*> rows;
    rows.reserve(buffer_.size());
    for (const Entry& entry : buffer_) rows.push_back(entry.second);
    return rows;
  }

  bool before(const Key& left, const Key& right) const {
    return descending_ ? right < left : left < right;
  }

 private:
  using Entry = std::pair<Key, const RollRow*>;
  static constexpr std::size_t kBuffer = 4'096;
  static_assert(kBuffer > 2 * kMaxWholePage);

  void cut() {
    const auto last = buffer_.begin() + static_cast<std::ptrdiff_t>(limit_) - 1;
    std::nth_element(
        buffer_.begin(), last, buffer_.end(),
        [&](const Entry& left, const Entry& right) { return before(left.first, right.first); });
    last_ = last->first;
    buffer_.resize(limit_);
  }

  std::size_t limit_;
  bool descending_;
  std::vector<Entry> buffer_;
  std::optional<Key> last_;  // so many stand before it that nothing behind it is wanted
};

std::vector<const RollRow*> first_rows(const Roll& roll, const Sieve& sieve, const Sorter& sorter,
                                       const std::optional<Key>& after, bool descending,
                                       std::size_t limit) {
  FirstRows first(limit, descending);
  const auto look_at = [&](const RollRow& row) {
    const std::uint64_t value = sorter.first(row);
    if (first.rejects(value) || !sieve.passes(row)) return;
    if (after && (descending ? value > after->values[0] : value < after->values[0])) return;
    const Key key = sorter.key(row);
    if (!after || first.before(*after, key)) first.offer(key, row);
  };
  // Numbers and organisations often rise with the rows: from the end that is wanted the rest is
  // soon rejected.
  const auto& rows = roll.rows();
  if (descending) {
    std::for_each(rows.rbegin(), rows.rend(), look_at);
  } else {
    std::for_each(rows.begin(), rows.end(), look_at);
  }
  return first.take();
}

/// Where a filter may look, or registry.not_found.
Result<std::vector<Span>> spans_of(const RollTree& tree, const Scope& scope,
                                   const MemberFilter& filter) {
  std::vector<Span> spans = tree.outline().spans(scope);
  if (filter.organisation == kNoId) return spans;
  Span wanted = tree.outline().subtree(filter.organisation);
  if (!within(spans, wanted.begin) || wanted.begin == wanted.end) {
    return organisation_not_found(filter.organisation);
  }
  if (filter.direct) wanted.end = wanted.begin + 1;
  return cut(spans, wanted);
}

}  // namespace

Result<MemberPage> members_page(db::Reader& reader, Roll& held, const Scope& scope,
                                const MemberQuery& query) {
  if (const auto error = refuse_limit(query.limit, query.whole ? kMaxWholePage : kMaxPage))
    return *error;
  if (auto error = refuse_bands(query.filter.bands)) return std::move(*error);
  return held.look(reader, [&](const Roll& roll) -> Result<MemberPage> {
    const RollTree& tree = roll.in(scope.structure);
    auto spans = spans_of(tree, scope, query.filter);
    if (!spans) return spans.error();
    const Sorter sorter(roll, tree, query.order);
    std::optional<Key> after;
    if (!query.after.empty()) {
      after = sorter.key(query.after);
      if (!after) return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
    }
    const Sieve sieve(roll, tree, query.filter, std::move(*spans));
    const auto limit = static_cast<std::size_t>(query.limit);
    auto found = first_rows(roll, sieve, sorter, after, query.descending, limit + 1);
    const bool more = found.size() > limit;
    if (more) found.pop_back();
    MemberPage page;
    const RollRow* last = nullptr;
    for (const RollRow* row : found) {
      auto shown = reader.one<MemberRow>(sql::roll::member_row, row->person);
      if (!shown) continue;
      page.rows.push_back(std::move(*shown));
      last = row;
    }
    if (more && last != nullptr) page.next = sorter.cursor(page.rows.back(), *last);
    return page;
  });
}

Result<std::int64_t> count_members(db::Reader& reader, Roll& held, const Scope& scope,
                                   const MemberFilter& filter) {
  if (auto error = refuse_bands(filter.bands)) return std::move(*error);
  return held.look(reader, [&](const Roll& roll) -> Result<std::int64_t> {
    const RollTree& tree = roll.in(scope.structure);
    auto spans = spans_of(tree, scope, filter);
    if (!spans) return spans.error();
    const Sieve sieve(roll, tree, filter, std::move(*spans));
    return static_cast<std::int64_t>(
        std::count_if(roll.rows().begin(), roll.rows().end(),
                      [&](const RollRow& row) { return sieve.passes(row); }));
  });
}

Result<std::vector<Id>> organisations_in_view(db::Reader& reader, Roll& held, const Scope& scope,
                                              Id organisation, const MemberView& view) {
  const MemberFilter filter{organisation,
                            false,
                            view.stage.value_or(""),
                            view.status.value_or(""),
                            view.sex.value_or(""),
                            view.education.value_or(""),
                            view.born_from,
                            view.born_to,
                            view.joined_from,
                            view.joined_to,
                            view.name.value_or(""),
                            {view.education_band.value_or(""), view.occupation_band.value_or(""),
                             view.ethnic_group.value_or("")}};
  if (auto error = refuse_bands(filter.bands)) return std::move(*error);
  return held.look(reader, [&](const Roll& roll) -> Result<std::vector<Id>> {
    const RollTree& tree = roll.in(scope.structure);
    auto spans = spans_of(tree, scope, filter);
    if (!spans) return spans.error();
    const Sieve sieve(roll, tree, filter, std::move(*spans));
    std::set<std::uint32_t> places;
    for (const RollRow& row : roll.rows()) {
      if (sieve.passes(row)) places.insert(tree.place_of(row.organisation));
    }
    std::vector<Id> organisations;
    for (const std::uint32_t place : places)
      organisations.push_back(tree.outline().nodes()[place].id);
    std::sort(organisations.begin(), organisations.end());
    return organisations;
  });
}

Error organisation_not_found(Id organisation) {
  return fail(ErrorKind::not_found, "registry.not_found",
              {{"organisation", std::to_string(organisation)}});
}

std::optional<Error> refuse_limit(int limit, int most) {
  const auto fits = api::page_limit(limit, most);
  return fits ? std::nullopt : std::optional(fits.error());
}

}  // namespace jishi::registry
