// Random commands on a small forest: whatever they do, the closure is the one that the links give,
// no organisation stands in two places or under itself on any day, and the past stays as it was.

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kStart = day(2026, 1, 1);

struct LinkRow {
  Id child = kNoId;
  Id parent = kNoId;
  Date from;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (child, parent, from, to))

/// A store on which random commands of one seed are tried; most are refused.
class Forest {
 public:
  explicit Forest(unsigned seed) : random_(seed), store_(kStart) {}

  Store& store() { return *store_; }
  Date today() const { return store_.clock.today(); }
  void next_day() {
    store_.clock.set_ms(store_.clock.now_ms() + 86'400'000);
    last_command_ = kNoId;  // what is taken back later changes the past
  }

  void act(bool in_the_past) {
    std::optional<Date> on;
    if (in_the_past && below(2) == 0) on = today() - std::chrono::days(below(10));
    std::optional<Result<Changes>> done;
    switch (below(10)) {
      case 0:
      case 1:
      case 2: done = create(on); break;
      case 3:
      case 4:
      case 5: done = move_organisation(*store_, kTester, {any(), any_or_top(), on, {}}); break;
      case 6: done = abolish_organisation(*store_, kTester, {any(), on}); break;
      case 7: done = reopen_organisation(*store_, kTester, {any(), on}); break;
      case 8: done = restructure(on); break;
      default: done = undo(*store_, kTester, {last_command_}); break;
    }
    if (!*done) return;
    last_command_ = (**done).command;
    for (const OrganisationChange& change : (**done).organisations) {
      if (change.turn == Turn::created) organisations_.push_back(change.organisation);
    }
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  Reference any() {
    if (organisations_.empty()) return Reference("none yet");
    return organisations_[static_cast<std::size_t>(below(static_cast<int>(organisations_.size())))];
  }
  Reference any_or_top() { return below(5) == 0 ? Reference() : any(); }

  Result<Changes> create(std::optional<Date> on) {
    CreateOrganisation command;
    if (organisations_.size() > 12 && below(4) != 0)
      return move_organisation(*store_, kTester, {any(), any(), on, {}});
    command.name = std::string(1, static_cast<char>('a' + below(26)));
    command.kind = "branch";
    command.parent = any_or_top();
    command.on = on;
    return create_organisation(*store_, kTester, command);
  }

  Result<Changes> restructure(std::optional<Date> on) {
    if (below(2) == 0) {
      return merge_organisations(*store_, kTester, {{any(), any()}, any(), {}, on});
    }
    const Reference from = any();
    SplitPart one{"x" + std::to_string(below(100)), "branch", {}, {}, {}};
    SplitPart two{"y" + std::to_string(below(100)), "branch", {}, {}, {}};
    const auto meant = store_->read([&](db::Reader& reader) {
      const auto id = organisation_meant(reader, from);
      return id ? children(reader, kPartyStructure, *id, today()) : std::vector<Place>{};
    });
    for (const Place& child : meant)
      (below(2) == 0 ? one : two).children.push_back(child.organisation);
    return split_organisation(*store_, kTester, {from, {one, two}, below(2) == 0, on});
  }

  std::mt19937 random_;
  TestStore store_;
  std::vector<Id> organisations_;
  Id last_command_ = kNoId;
};

std::vector<LinkRow> links(Store& store) {
  static constexpr Statement kLinks{"test.links",
                                    "select child, parent, valid_from, valid_to from registry_link"
                                    " where structure = 'party' order by child, valid_from"};
  return store.read([](db::Reader& reader) { return reader.all<LinkRow>(kLinks); });
}

void expect_no_overlaps(const std::vector<LinkRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_TRUE(!rows[i].to || *rows[i].to > rows[i].from);
    if (i + 1 == rows.size() || rows[i + 1].child != rows[i].child) continue;
    ASSERT_TRUE(rows[i].to.has_value());
    ASSERT_LE(*rows[i].to, rows[i + 1].from);
  }
}

// The tree changes only on days on which a link begins.
void expect_no_cycles(const std::vector<LinkRow>& rows) {
  std::set<Date> days;
  for (const LinkRow& row : rows) days.insert(row.from);
  for (const Date on : days) {
    std::map<Id, Id> parent_of;
    for (const LinkRow& row : rows) {
      if (row.from <= on && (!row.to || *row.to > on)) parent_of[row.child] = row.parent;
    }
    for (const auto& [child, parent] : parent_of) {
      Id above = parent;
      for (std::size_t steps = 0; above != kNoId; ++steps) {
        ASSERT_NE(above, child);
        ASSERT_LE(steps, parent_of.size());
        const auto found = parent_of.find(above);
        above = found == parent_of.end() ? kNoId : found->second;
      }
    }
  }
}

void expect_one_place_each(Store& store) {
  static constexpr Statement kHomeless{
      "test.homeless",
      "select count(*) from registry_organisation o where 1 <> (select count(*) from registry_link "
      "l"
      " where l.structure = 'party' and l.child = o.id and l.valid_to is null)"};
  static constexpr Statement kOrphans{
      "test.orphans",
      "select count(*) from registry_link l join registry_organisation c on c.id = l.child"
      " join registry_organisation p on p.id = l.parent"
      " where l.valid_to is null and c.ended is null and p.ended is not null"};
  store.read([](db::Reader& reader) {
    EXPECT_EQ(reader.one<int>(kHomeless), 0);
    EXPECT_EQ(reader.one<int>(kOrphans), 0);
    return 0;
  });
}

/// Where every organisation stood on a day.
std::vector<std::string> tree_on(Store& store, Date on) {
  return store.read([&](db::Reader& reader) {
    std::vector<std::string> lines;
    for (const Place& place : subtree(reader, kPartyStructure, kNoId, on)) {
      lines.push_back(codes(path(reader, kPartyStructure, place.organisation, on)));
    }
    return lines;
  });
}

class TreeProperty : public testing::TestWithParam<unsigned> {};

TEST_P(TreeProperty, ClosureLinksAndLifeHoldTogether) {
  Forest forest(GetParam());
  for (int step = 0; step < 200; ++step) {
    forest.act(true);
    if (step % 5 == 4) forest.next_day();
    if (step % 4 != 3) continue;
    EXPECT_TRUE(closure_holds(forest.store()));
    const auto rows = links(forest.store());
    expect_no_overlaps(rows);
    expect_no_cycles(rows);
    expect_one_place_each(forest.store());
    if (HasFailure()) FAIL() << "step " << step;
  }
}

TEST_P(TreeProperty, ThePastStaysAsItWas) {
  Forest forest(GetParam());
  std::map<Date, std::vector<std::string>> seen;
  for (int today = 0; today < 12; ++today) {
    for (int step = 0; step < 10; ++step) forest.act(false);
    seen[forest.today()] = tree_on(forest.store(), forest.today());
    forest.next_day();
    for (const auto& [on, lines] : seen) EXPECT_EQ(tree_on(forest.store(), on), lines);
  }
  EXPECT_GT(seen.rbegin()->second.size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TreeProperty, testing::Range(1U, 16U));

}  // namespace
}  // namespace jishi::registry
