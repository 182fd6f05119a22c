#include "api/routes.hpp"
#include "api/paging.hpp"
#include "base/integer.hpp"
#include "modules/intake/queues/queues.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::intake {

namespace {

using api::Call;

constexpr api::Permission kDecide = "registry.write";
// Rows that are looked at for one page: of others' rows in between there may be many.
constexpr int kMostLooked = 2000;
constexpr int kUsual = 50;

struct QueueQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(QueueQuery, (), (after, limit))

bool in_scope(Call& call, Id organisation) {
  return organisation != kNoId && call.gate.may(call.caller, call.permission, organisation);
}

/// Goes through a queue until a page of rows in scope is full; `read(key, limit)` gives the rows
/// after a key, `key_of(row)` theirs, `mine(row)` whether the caller may see it.
template <std::size_t N, class Read, class KeyOf, class Mine>
auto page_in_scope(const QueueQuery& asked, const Read& read, const KeyOf& key_of, const Mine& mine)
    -> Result<api::Page<
        typename std::invoke_result_t<Read, std::array<std::int64_t, N>, int>::value_type>> {
  using Row = typename std::invoke_result_t<Read, std::array<std::int64_t, N>, int>::value_type;
  const auto limit = api::page_limit(asked.limit, kMaxQueued);
  if (!limit) return limit.error();
  const auto first = api::page_after<N>(asked.after, {});
  if (!first) return first.error();
  api::Page<Row> page;
  std::array<std::int64_t, N> key = *first;
  for (int looked = 0; looked < kMostLooked;) {
    std::vector<Row> rows = read(key, kMaxQueued);
    for (Row& row : rows) {
      key = key_of(row);
      ++looked;
      if (!mine(row)) continue;
      if (static_cast<int>(page.items.size()) == *limit) {
        const auto last = key_of(page.items.back());
        page.next = api::page_next({last.begin(), last.end()});
        return page;
      }
      page.items.push_back(std::move(row));
    }
    if (static_cast<int>(rows.size()) < kMaxQueued) return page;
  }
  page.next = api::page_next({key.begin(), key.end()});
  return page;
}

Result<api::Page<OpenConflict>> list_conflicts(Call& call, const QueueQuery& asked) {
  return page_in_scope<1>(
      asked,
      [&](std::array<std::int64_t, 1> after, int limit) {
        return conflicts(call.store, after[0], limit);
      },
      [](const OpenConflict& row) { return std::array<std::int64_t, 1>{row.id}; },
      [&](const OpenConflict& row) {
        const auto place = call.store.read(
            [&](db::Reader& reader) { return organisation_of_conflict(reader, row.id); });
        return in_scope(call, place.value_or(kNoId));
      });
}

Result<api::Page<PossibleDuplicate>> list_duplicates(Call& call, const QueueQuery& asked) {
  return page_in_scope<2>(
      asked,
      [&](std::array<std::int64_t, 2> after, int limit) {
        return possible_duplicates(call.store, after[0], after[1], limit);
      },
      [](const PossibleDuplicate& row) {
        return std::array<std::int64_t, 2>{row.first, row.second};
      },
      [&](const PossibleDuplicate& row) {
        return call.gate.may_see_person(call.caller, call.permission, row.first) &&
               call.gate.may_see_person(call.caller, call.permission, row.second);
      });
}

struct ConflictDecision {
  bool take = false;  // the other value; otherwise the one that stands is kept
};
BOOST_DESCRIBE_STRUCT(ConflictDecision, (), (take))

struct PairDecision {
  bool same = false;  // both are one person
};
BOOST_DESCRIBE_STRUCT(PairDecision, (), (same))

Result<api::Acknowledged> decide(Call& call, Store& store, const ConflictDecision& body) {
  const api::CallerReach reach(call.gate, call.caller, call.permission);
  const auto done =
      decide_conflict(store, Actor{call.caller.account, &reach}, call.subject, body.take);
  if (!done) return done.error();
  return api::Acknowledged{};
}

Result<PairDecided> decide_pair(Call& call, Store& store, const PairDecision& body) {
  const auto second = parse_integer(call.request.segment("other").value_or(""));
  if (!second || !call.gate.may_see_person(call.caller, call.permission, *second))
    return fail(ErrorKind::not_found, "api.not_found");
  // A pair is named by the older of the two first.
  return decide_duplicate(store, Actor{call.caller.account}, std::min(call.subject, *second),
                          std::max(call.subject, *second), body.same);
}

}  // namespace

void queue_routes(api::Routes& routes, Store& store) {
  routes.list<QueueQuery>("/api/v1/conflicts", {"intake.list_conflicts", kDecide, api::anywhere()},
                          list_conflicts);
  routes.act<ConflictDecision>(
      http::Method::put, "/api/v1/conflicts/{conflict}/decision",
      {"intake.decide_conflict", kDecide, api::record_in("conflict", organisation_of_conflict)},
      [&](Call& call, const ConflictDecision& body) { return decide(call, store, body); });
  routes.list<QueueQuery>("/api/v1/duplicates",
                          {"intake.list_duplicates", kDecide, api::anywhere()}, list_duplicates);
  routes.act<PairDecision>(
      http::Method::put, "/api/v1/persons/{person}/duplicates/{other}/decision",
      {"intake.decide_duplicate", kDecide, api::person_in("person")},
      [&](Call& call, const PairDecision& body) { return decide_pair(call, store, body); });
}

}  // namespace jishi::intake
