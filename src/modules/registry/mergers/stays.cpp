#include "modules/registry/mergers/stays.hpp"

namespace jishi::registry {

namespace {

/// A stretch of days; the last does not count.
struct Stretch {
  std::int32_t from = 0;
  std::int32_t to = 0;
};

constexpr std::int32_t kForever = 9'000'000;

Stretch stretch_of(const MembershipRow& row) {
  return {to_days(row.valid_from), row.valid_to ? to_days(*row.valid_to) : kForever};
}

MembershipRow within(MembershipRow row, Stretch days) {
  row.valid_from = from_days(days.from);
  row.valid_to = days.to == kForever ? std::nullopt : std::optional(from_days(days.to));
  return row;
}

/// Days that the guide leaves free: a row of its own, but for those before the day of joining.
void fill(const MembershipRow& row, Stretch free, std::int32_t joined, JoinedStays& into) {
  if (free.from >= free.to) return;
  const std::int32_t since = std::clamp(joined, free.from, free.to);
  if (free.from < since) into.left_out.push_back(within(row, {free.from, since}));
  if (since < free.to) into.rows.push_back(within(row, {since, free.to}));
}

/// Splits a row of the other into what falls on free days and what the guide leaves out.
void place(const MembershipRow& row, std::span<const MembershipRow> guide, std::int32_t joined,
           JoinedStays& into) {
  Stretch rest = stretch_of(row);
  for (const MembershipRow& standing : guide) {
    const Stretch taken = stretch_of(standing);
    if (taken.to <= rest.from || taken.from >= rest.to) continue;
    fill(row, {rest.from, taken.from}, joined, into);
    const Stretch both{std::max(rest.from, taken.from), std::min(rest.to, taken.to)};
    if (row.organisation != standing.organisation) into.left_out.push_back(within(row, both));
    rest.from = both.to;
  }
  fill(row, rest, joined, into);
}

// What a row says of a member's standing, without place and time.
template <class Use>
void each_standing_field(Use use) {
  for (const std::string_view field : {"stage", "joined", "confirmed", "probation_until", "status",
                                       "lost_since", "floating_since"}) {
    use(field);
  }
}

/// Gives `row` the standing before the merger, but where it was changed after it.
void take_back_standing(MembershipRow& row, const MembershipRow& after,
                        const MembershipRow& before) {
  each_standing_field([&](std::string_view field) {
    if (text_of_field(row, field) != text_of_field(after, field)) return;
    put_field(row, {std::string(field), *text_of_field(before, field)});
  });
}

}  // namespace

JoinedStays join_stays(std::span<const MembershipRow> guide, std::span<const MembershipRow> other,
                       const std::optional<Date>& joined) {
  JoinedStays stays;
  stays.rows.assign(guide.begin(), guide.end());
  const std::int32_t first = joined ? to_days(*joined) : -kForever;
  for (const MembershipRow& row : other) place(row, guide, first, stays);
  std::sort(stays.rows.begin(), stays.rows.end(),
            [](const MembershipRow& left, const MembershipRow& right) {
              return left.valid_from < right.valid_from;
            });
  return stays;
}

std::optional<std::vector<MembershipRow>> stays_without_merger(const StaysOfMerger& stays) {
  if (stays.now == stays.after) return stays.before;
  if (stays.before.empty() || stays.after.empty()) return std::nullopt;
  // What came later begins at the row that was open after the merger: those before must stand.
  const std::size_t closed = stays.after.size() - 1;
  if (stays.now.size() <= closed) return std::nullopt;
  if (!std::equal(stays.after.begin(), stays.after.end() - 1, stays.now.begin())) {
    return std::nullopt;
  }
  const MembershipRow& open = stays.after.back();
  const MembershipRow& then = stays.now[closed];
  if (then.valid_from != open.valid_from) return std::nullopt;
  std::vector<MembershipRow> rows = stays.before;
  MembershipRow& last = rows.back();
  const MembershipRow held = last;
  last = then;
  last.valid_from = held.valid_from;
  take_back_standing(last, open, held);
  if (then.organisation == open.organisation) last.organisation = held.organisation;
  if (then.batch == open.batch) last.batch = held.batch;
  if (last.valid_to && *last.valid_to <= last.valid_from) return std::nullopt;
  for (std::size_t i = closed + 1; i < stays.now.size(); ++i) {
    rows.push_back(stays.now[i]);
    take_back_standing(rows.back(), open, held);
  }
  return rows;
}

}  // namespace jishi::registry
