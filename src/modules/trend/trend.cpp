#include "modules/trend/trend.hpp"

namespace jishi::trend {

namespace {

using registry::Stood;

Date first_of(Date day, Step step) {
  const std::chrono::year_month_day date(day);
  const unsigned month = static_cast<unsigned>(date.month());
  const unsigned begin = step == Step::month ? month : (month - 1) / 3 * 3 + 1;
  return *make_date(static_cast<int>(date.year()), begin, 1);
}

Date next_after(Date first, Step step) {
  // From a first day the next one lies fewer days ahead than this, and never a period further.
  return first_of(first + std::chrono::days(step == Step::month ? 31 : 92), step);
}

/// Counts intervals at the days of the points: each adds one from its first day on and takes it
/// away from its end on.
class Steps {
 public:
  explicit Steps(const std::vector<Point>& points) : days_(points.size()), changes_(points.size()) {
    for (std::size_t i = 0; i < points.size(); ++i) days_[i] = points[i].last;
  }

  void add(Date since, Date until) {
    change(since, 1);
    change(until, -1);
  }

  std::vector<std::int64_t> sums() const {
    std::vector<std::int64_t> sums;
    std::int64_t sum = 0;
    for (const std::int64_t change : changes_) sums.push_back(sum += change);
    return sums;
  }

 private:
  // Counts from the first point on whose day it holds.
  void change(Date day, int by) {
    const auto at = std::lower_bound(days_.begin(), days_.end(), day);
    if (at != days_.end()) changes_[static_cast<std::size_t>(at - days_.begin())] += by;
  }

  std::vector<Date> days_;
  std::vector<std::int64_t> changes_;
};

Result<std::vector<Point>> points_of(const Query& query, Date today) {
  std::vector<Point> points;
  for (Date first = first_of(query.from, query.step); first <= query.to && first <= today;) {
    const Date next = next_after(first, query.step);
    points.push_back({first, std::min(next - std::chrono::days(1), today), 0, 0, 0});
    first = next;
    if (points.size() > kMaxPoints) break;
  }
  if (points.empty() || points.size() > kMaxPoints) {
    return fail(ErrorKind::invalid, "trend.range", {{"limit", std::to_string(kMaxPoints)}});
  }
  return points;
}

void count_activity(std::vector<Point>& points, Date day) {
  const auto at =
      std::lower_bound(points.begin(), points.end(), day,
                       [](const Point& point, Date other) { return point.last < other; });
  if (at != points.end() && at->first <= day) ++at->activities;
}

void count_activities(db::Reader& reader, std::string_view structure, const Query& query,
                      Date today, const std::vector<Stood>& stood, std::vector<Point>& points) {
  if (query.basis == registry::Basis::today) {
    for (const Id one :
         registry::restated_organisations(reader, structure, query.organisation, today)) {
      orglife::each_activity_day(reader, one, [&](Date day) { count_activity(points, day); });
    }
    return;
  }
  for (const Stood& one : stood) {
    orglife::each_activity_day(reader, one.organisation, [&](Date day) {
      if (day >= one.since && day < one.until) count_activity(points, day);
    });
  }
}

}  // namespace

Result<std::vector<Point>> trend_of(db::Reader& reader, const registry::Scope& scope,
                                    const Query& query, Date today) {
  if (!registry::in_scope(reader, scope, query.organisation)) {
    return registry::organisation_not_found(query.organisation);
  }
  auto points = points_of(query, today);
  if (!points) return points.error();
  const auto stood =
      query.basis == registry::Basis::then
          ? registry::stood_below(reader, scope.structure, query.organisation)
          : registry::restated_below(reader, scope.structure, query.organisation, today);
  Steps organisations(*points);
  for (const Stood& one : stood) organisations.add(one.since, one.until);
  Steps members(*points);
  registry::memberships_below(reader, scope.structure, query.organisation, query.basis, today,
                              [&](Id, Date since, Date until) { members.add(since, until); });
  const auto organisation_sums = organisations.sums();
  const auto member_sums = members.sums();
  for (std::size_t i = 0; i < points->size(); ++i) {
    (*points)[i].organisations = organisation_sums[i];
    (*points)[i].members = member_sums[i];
  }
  count_activities(reader, scope.structure, query, today, stood, *points);
  return points;
}

}  // namespace jishi::trend
