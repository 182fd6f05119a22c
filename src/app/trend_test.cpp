// Trends against brute force on random histories of moves, splits, mergers and transfers.

#include "modules/trend/trend.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "modules/registry/test_records.hpp"

namespace jishi::trend {
namespace {

using namespace jishi::registry;

const Date kStart = day(2025, 1, 10);

struct Held {
  Id person = kNoId;
  Id organisation = kNoId;
  Date since;
  std::optional<Date> until;
};
BOOST_DESCRIBE_STRUCT(Held, (), (person, organisation, since, until))

struct Pair {
  Id predecessor = kNoId;
  Id successor = kNoId;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (predecessor, successor))

/// A town in which things happen month after month.
class Years {
 public:
  explicit Years(unsigned seed) : random(seed), store(kStart) {
    root = found(*store, "root", {}, kStart);
    organisations.push_back(root);
    for (int i = 0; i < 5; ++i) make();
  }

  void live() {
    for (int month = 0; month < 14; ++month) {
      for (int i = 0; i < 4; ++i) act();
      store.clock.set_ms(store.clock.now_ms() + std::int64_t{86'400'000} * (10 + below(25)));
    }
  }

  int below(int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }
  Id any() {
    return organisations[static_cast<std::size_t>(below(static_cast<int>(organisations.size())))];
  }

  std::mt19937 random;
  TestStore store;
  Id root = kNoId;
  std::vector<Id> organisations;
  std::vector<Id> members;

 private:
  void make() {
    const auto made = [&] {
      CreateOrganisation command;
      command.name = "o" + std::to_string(organisations.size()) + "-" + std::to_string(random());
      command.kind = "branch";
      command.parent = any();
      return create_organisation(*store, kTester, command);
    }();
    keep(made);
  }

  void keep(const Result<Changes>& done) {
    if (!done) return;
    for (const OrganisationChange& change : done->organisations) {
      if (change.turn == Turn::created) organisations.push_back(change.organisation);
    }
  }

  void act() {
    const Date today = store.clock.today();
    switch (below(7)) {
      case 0: make(); break;
      case 1: (void)move_organisation(*store, kTester, {any(), any(), {}, {}}); break;
      case 2: keep(merge_organisations(*store, kTester, {{any(), any()}, any(), {}, {}})); break;
      case 3: split(); break;
      case 4:
        if (members.empty()) break;
        (void)store->write(kTester, [&](Transaction& tx) {
          move_member(tx, manual_origin(tx),
                      members[static_cast<std::size_t>(below(static_cast<int>(members.size())))],
                      any(), today);
          return Result<Done>(Done{});
        });
        break;
      default: members.push_back(join(*store, std::to_string(members.size() + 1), any(), today));
    }
  }

  void split() {
    const Id from = any();
    const auto here = store->read([&](db::Reader& reader) {
      return std::pair(members_in_care(reader, from),
                       children(reader, kPartyStructure, from, store.clock.today()));
    });
    const std::string unique = std::to_string(random());
    SplitPart one{"x" + unique, "branch", {}, {}, {}};
    SplitPart two{"y" + unique, "branch", {}, {}, {}};
    for (const Id member : here.first) (below(2) == 0 ? one : two).members.push_back(member);
    for (const Place& child : here.second) {
      (below(2) == 0 ? one : two).children.push_back(child.organisation);
    }
    keep(split_organisation(*store, kTester, {from, {one, two}, below(2) == 0, {}}));
  }
};

/// The plainest way to the same numbers.
class Brute {
 public:
  Brute(db::Reader& read, Date now) : reader(read), today(now) {
    static constexpr Statement kHeld{
        "test.held", "select person, organisation, valid_from, valid_to from registry_membership"};
    static constexpr Statement kPairs{
        "test.pairs",
        "select s.predecessor, s.successor from registry_succession s"
        " join registry_organisation o on o.id = s.predecessor where o.ended = s.happened"
        " and s.predecessor <> s.successor order by s.successor"};
    held = reader.all<Held>(kHeld);
    for (const Pair& pair : reader.all<Pair>(kPairs)) {
      successors[pair.predecessor].push_back(pair.successor);
    }
  }

  std::int64_t members_then(Id node, Date on) {
    std::set<Id> there;
    for (const Place& place : subtree(reader, kPartyStructure, node, on)) {
      there.insert(place.organisation);
    }
    return std::count_if(held.begin(), held.end(), [&](const Held& one) {
      return holds(one, on) && there.contains(one.organisation);
    });
  }

  std::int64_t organisations_then(Id node, Date on) {
    return static_cast<std::int64_t>(subtree(reader, kPartyStructure, node, on).size());
  }

  std::int64_t members_restated(Id node, Date on) {
    static constexpr Statement kBelow{
        "test.below",
        "select organisation from registry_ancestry where structure = 'party' and ancestor = $1"};
    const auto rows = reader.all<Id>(kBelow, node);
    const std::set<Id> there(rows.begin(), rows.end());
    return std::count_if(held.begin(), held.end(), [&](const Held& one) {
      return holds(one, on) && there.contains(of_today(one, one.organisation));
    });
  }

 private:
  static bool holds(const Held& one, Date on) {
    return one.since <= on && (!one.until || *one.until > on);
  }

  Id of_today(const Held& one, Id organisation, int depth = 0) {
    const auto next = successors.find(organisation);
    if (next == successors.end() || depth == 100) return organisation;
    const Held* went = nullptr;
    for (const Held& other : held) {
      if (other.person != one.person || !one.until || other.since < *one.until) continue;
      if (went == nullptr || other.since < went->since) went = &other;
    }
    for (const Id successor : next->second) {
      if (next->second.size() > 1 && went != nullptr && went->organisation == successor) {
        return of_today(one, successor, depth + 1);
      }
    }
    return of_today(one, next->second.front(), depth + 1);
  }

  db::Reader& reader;
  Date today;
  std::vector<Held> held;
  std::map<Id, std::vector<Id>> successors;
};

TEST(Trend, RandomHistoriesAreToldAsBruteForceTellsThem) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    Years years(seed);
    years.live();
    const Date today = years.store.clock.today();
    years.store->read([&](db::Reader& reader) {
      Brute brute(reader, today);
      const std::vector<Id> all{years.root};
      for (int i = 0; i < 4; ++i) {
        const Id node = i == 0 ? years.root : years.any();
        if (!in_scope(reader, Scope{all}, node)) continue;
        for (const Basis basis : {Basis::then, Basis::today}) {
          const auto points =
              trend_of(reader, Scope{all}, {node, kStart, today, Step::month, basis}, today);
          EXPECT_TRUE(points);
          for (const Point& point : *points) {
            if (basis == Basis::then) {
              EXPECT_EQ(point.members, brute.members_then(node, point.last)) << seed;
              EXPECT_EQ(point.organisations, brute.organisations_then(node, point.last)) << seed;
              const auto counts = counts_on(reader, Scope{all}, node, point.last);
              EXPECT_EQ(counts->members, point.members);
              MembersOnQuery asked;
              asked.organisation = node;
              asked.on = point.last;
              asked.limit = 200;
              const auto page = members_on(reader, Scope{all}, asked);
              EXPECT_EQ(static_cast<std::int64_t>(page->items.size()), point.members);
            } else {
              EXPECT_EQ(point.members, brute.members_restated(node, point.last)) << seed;
            }
          }
        }
      }
      return true;
    });
  }
}

TEST(Trend, ASplitIsToldBothWays) {
  TestStore store(day(2025, 1, 1));
  const Id root = found(*store, "root", {}, day(2025, 1, 1));
  const Id left = found(*store, "left", root, day(2025, 1, 1));
  const Id right = found(*store, "right", root, day(2025, 1, 1));
  const Id whole = found(*store, "whole", left, day(2025, 1, 1));
  const Id one = join(*store, "1", whole, day(2025, 1, 5));
  const Id two = join(*store, "2", whole, day(2025, 1, 5));
  store.clock.set_ms(std::int64_t{to_days(day(2025, 3, 10))} * 86'400'000);
  SplitPart stays{"stays", "branch", {}, {one}, {}};
  SplitPart goes{"goes", "branch", {}, {two}, {}};
  const auto split =
      split_organisation(*store, kTester, {whole, {stays, goes}, false, day(2025, 3, 10)});
  ASSERT_TRUE(split) << split.error().code;
  Id gone = kNoId;
  for (const OrganisationChange& change : split->organisations) {
    if (change.turn == Turn::created && change.name == "goes") gone = change.organisation;
  }
  ASSERT_TRUE(move_organisation(*store, kTester, {gone, right, {}, {}}));
  const Date today = day(2025, 3, 31);
  store.clock.set_ms(std::int64_t{to_days(today)} * 86'400'000);
  store->read([&](db::Reader& reader) {
    const std::vector<Id> all{root};
    const auto members = [&](Id node, Basis basis) {
      std::string line;
      const auto points = trend_of(
          reader, Scope{all}, {node, day(2025, 1, 1), day(2025, 3, 31), Step::month, basis}, today);
      for (const Point& point : *points) line += std::to_string(point.members) + " ";
      return line;
    };
    EXPECT_EQ(members(left, Basis::then), "2 2 1 ");
    EXPECT_EQ(members(right, Basis::then), "0 0 1 ");
    EXPECT_EQ(members(left, Basis::today), "1 1 1 ");
    EXPECT_EQ(members(right, Basis::today), "1 1 1 ");
    return true;
  });
}

TEST(Trend, RefusesWhatIsOutsideTheScopeAndEndlessRanges) {
  TestStore store(day(2025, 1, 1));
  const Id root = found(*store, "root", {}, day(2025, 1, 1));
  const Id other = found(*store, "other", {}, day(2025, 1, 1));
  store->read([&](db::Reader& reader) {
    const std::vector<Id> places{root};
    const Date today = day(2025, 1, 1);
    const auto code = [&](Id node, Date from, Date to) {
      const auto points = trend_of(reader, Scope{places}, {node, from, to, {}, {}}, today);
      return points ? std::string() : points.error().code;
    };
    EXPECT_EQ(code(other, today, today), "registry.not_found");
    EXPECT_EQ(code(root, today, day(2024, 1, 1)), "trend.range");
    EXPECT_EQ(code(root, day(2025, 3, 1), day(2025, 6, 1)), "trend.range");
    EXPECT_EQ(code(root, day(1900, 1, 1), today), "trend.range");
    EXPECT_EQ(code(root, day(2024, 6, 1), today), "");
    EXPECT_EQ(counts_on(reader, Scope{places}, other, today).error().code, "registry.not_found");
    MembersOnQuery asked;
    asked.organisation = other;
    asked.on = today;
    EXPECT_EQ(members_on(reader, Scope{places}, asked).error().code, "registry.not_found");
    EXPECT_EQ(branches_on(reader, Scope{places}, other, today).error().code, "registry.not_found");
    return true;
  });
}

TEST(Trend, ActivitiesAreCountedWhereTheyWereHeld) {
  TestStore store(day(2025, 1, 1));
  const Id root = found(*store, "root", {}, day(2025, 1, 1));
  const Id left = found(*store, "left", root, day(2025, 1, 1));
  const Id right = found(*store, "right", root, day(2025, 1, 1));
  const Id moved = found(*store, "moved", left, day(2025, 1, 1));
  store.clock.set_ms(std::int64_t{to_days(day(2025, 5, 15))} * 86'400'000);
  ASSERT_TRUE(move_organisation(*store, kTester, {moved, right, day(2025, 4, 1), {}}));
  const auto held = store->write(kTester, [&](Transaction& tx) {
    for (const unsigned month : {1U, 3U, 4U, 5U}) {
      orglife::ActivityRecord record;
      record.organisation = moved;
      record.kind = "branch_meeting";
      record.held_on = day(2025, month, 12);
      record.topic = "学习";
      orglife::record_activity(tx, manual_origin(tx), record);
    }
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(held);
  store->read([&](db::Reader& reader) {
    const std::vector<Id> all{root};
    const auto activities = [&](Id node, Basis basis) {
      std::string line;
      const auto points = trend_of(reader, Scope{all},
                                   {node, day(2025, 1, 1), day(2025, 6, 30), Step::quarter, basis},
                                   day(2025, 5, 15));
      for (const Point& point : *points) line += std::to_string(point.activities) + " ";
      return line;
    };
    EXPECT_EQ(activities(left, Basis::then), "2 0 ");
    EXPECT_EQ(activities(right, Basis::then), "0 2 ");
    EXPECT_EQ(activities(left, Basis::today), "0 0 ");
    EXPECT_EQ(activities(right, Basis::today), "2 2 ");
    return true;
  });
}

}  // namespace
}  // namespace jishi::trend
