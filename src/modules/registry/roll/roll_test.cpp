// The roll against the store: whatever happens, lists, counts and searches say what plain SQL over
// the tables says.

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "modules/registry/test_records.hpp"

namespace jishi::registry {
namespace {

struct Plain {
  Id person = kNoId;
  std::string name;
  std::optional<Date> birth;
};
BOOST_DESCRIBE_STRUCT(Plain, (), (person, name, birth))

class Town {
 public:
  Town() : roll(held.clock) {
    city = found(*held, "city", {}, kFounding);
    east = found(*held, "east", city, kFounding);
    west = found(*held, "west", city, kFounding);
    lane = found(*held, "lane", east, kFounding);
  }

  Id member(const std::string& number, const std::string& name, Id organisation,
            std::optional<Date> birth = std::nullopt, const std::string& status = "normal",
            const std::string& phone = "", const std::string& citizen_id = "") {
    MemberRecord record;
    record.number = number;
    record.name = name;
    record.organisation = organisation;
    record.stage = "full";
    record.sex = "female";
    record.joined = kFounding;
    record.status = status;
    record.phone = phone;
    record.citizen_id = citizen_id;
    if (birth) record.birth = Birth{*birth};
    const SealedIdentity sealed = seal_identity(*held, record);
    const auto made = held->write(kTester, [&](Transaction& tx) {
      return Result<Recorded>(record_member(tx, manual_origin(tx), std::nullopt, record, sealed));
    });
    return made->id;
  }

  std::string names(const std::vector<Id>& places, const MemberQuery& query) {
    const auto page = held->read(
        [&](db::Reader& reader) { return members_page(reader, roll, Scope{places}, query); });
    if (!page) return page.error().code;
    std::string line;
    for (const MemberRow& row : page->rows) line += (line.empty() ? "" : " ") + row.name;
    return line;
  }

  std::string search(const std::vector<Id>& places, const std::string& typed, Id near = kNoId) {
    const Found found = held->read([&](db::Reader& reader) {
      return find(reader, held->keys(), roll, Scope{places}, {typed, near, 20});
    });
    std::string line;
    for (const FoundPerson& person : found.persons)
      line += (line.empty() ? "" : " ") + person.name + "/" + person.by;
    for (const FoundOrganisation& one : found.organisations)
      line += (line.empty() ? "" : " ") + one.code + "/" + one.by;
    return line;
  }

  static inline const Date kFounding = day(2020, 1, 1);

  TestStore held;
  Roll roll;
  Id city;
  Id east;
  Id west;
  Id lane;
};

TEST(Roll, AListShowsTheSubtreeWithinTheScope) {
  Town town;
  town.member("1", "曾一", town.lane);
  town.member("2", "安二", town.west);
  town.member("3", "张三", town.east);
  EXPECT_EQ(town.names({town.city}, {}), "安二 曾一 张三");
  EXPECT_EQ(town.names({town.east}, {}), "曾一 张三");
  EXPECT_EQ(town.names({town.lane, town.west, town.lane}, {}), "安二 曾一");
  EXPECT_EQ(town.names({}, {}), "");
  MemberQuery query;
  query.filter.organisation = town.east;
  EXPECT_EQ(town.names({town.city}, query), "曾一 张三");
  EXPECT_EQ(town.names({town.west}, query), "registry.not_found");
  EXPECT_EQ(town.names({}, query), "registry.not_found");
  query.filter.direct = true;
  EXPECT_EQ(town.names({town.city}, query), "张三");
  query.filter.organisation = 12345;
  EXPECT_EQ(town.names({town.city}, query), "registry.not_found");
}

TEST(Roll, ItFollowsWhatHappens) {
  Town town;
  const Id one = town.member("1", "张三", town.lane);
  EXPECT_EQ(town.names({town.east}, {}), "张三");
  (void)town.held->write(kTester, [&](Transaction& tx) {
    move_member(tx, manual_origin(tx), one, town.west, tx.store().clock().today());
    return Result<Done>(Done{});
  });
  EXPECT_EQ(town.names({town.east}, {}), "");
  EXPECT_EQ(town.names({town.west}, {}), "张三");
  ASSERT_TRUE(move_organisation(*town.held, kTester, {town.west, town.lane, {}, {}}));
  EXPECT_EQ(town.names({town.east}, {}), "张三");
  (void)town.held->write(kTester, [&](Transaction& tx) {
    put_member_fields(tx, one, {{"name", "李四"}, {"status", "lost"}});
    return Result<Done>(Done{});
  });
  MemberQuery lost;
  lost.filter.status = "lost";
  EXPECT_EQ(town.names({town.city}, lost), "李四");
  EXPECT_EQ(town.search({town.city}, "zhangsan"), "");
  (void)town.held->write(kTester, [&](Transaction& tx) {
    withdraw_person(tx, one);
    return Result<Done>(Done{});
  });
  EXPECT_EQ(town.names({town.city}, {}), "");
}

TEST(Roll, PagesFollowEachOtherWithoutGapsWhateverTheOrder) {
  Town town;
  std::mt19937 random(5);
  const char* kNames[] = {"张三", "李四", "王五", "曾六", "Ali", "张三丰", "单~七"};
  const Id places[] = {town.city, town.east, town.west, town.lane};
  for (int i = 0; i < 60; ++i) {
    std::optional<Date> birth;
    if (random() % 5 != 0) birth = day(1950 + static_cast<int>(random() % 5), 3, 1);
    const std::string number = random() % 3 == 0 ? "" : std::to_string(100 + i);
    town.member(number, kNames[random() % 7], places[random() % 4], birth);
  }
  for (const MemberOrder order : {MemberOrder::name, MemberOrder::birth, MemberOrder::joined,
                                  MemberOrder::number, MemberOrder::organisation}) {
    for (const bool descending : {false, true}) {
      MemberQuery query{{}, order, descending, "", 7};
      std::vector<Id> paged;
      for (int pages = 0; pages < 20; ++pages) {
        const auto page = town.held->read([&](db::Reader& reader) {
          const std::vector<Id> scope{town.city};
          return members_page(reader, town.roll, Scope{scope}, query);
        });
        ASSERT_TRUE(page) << page.error().code;
        for (const MemberRow& row : page->rows) paged.push_back(row.person);
        query.after = page->next;
        if (query.after.empty()) break;
      }
      EXPECT_EQ(paged.size(), 60U);
      EXPECT_EQ(std::set<Id>(paged.begin(), paged.end()).size(), 60U);
      query = {{}, order, descending, "", kMaxPage};
      const std::vector<Id> scope{town.city};
      const auto whole = town.held->read([&](db::Reader& reader) {
        return *members_page(reader, town.roll, Scope{scope}, query);
      });
      for (std::size_t i = 0; i < paged.size(); ++i) EXPECT_EQ(paged[i], whole.rows[i].person);
    }
  }
}

TEST(Roll, FiltersSayWhatSqlSays) {
  Town town;
  std::mt19937 random(8);
  const Id places[] = {town.city, town.east, town.west, town.lane};
  for (int i = 0; i < 80; ++i) {
    std::optional<Date> birth;
    if (i % 4 != 0) birth = day(1950 + static_cast<int>(random() % 40), 1, 1);
    town.member(std::to_string(i), "名", places[random() % 4], birth,
                random() % 2 == 0 ? "normal" : "lost");
  }
  static constexpr Statement kCount{
      "test.count",
      "select count(*) from registry_membership m join registry_person p on p.id = m.person"
      " join registry_ancestry a on a.organisation = m.organisation and a.structure = 'party'"
      " where a.ancestor = $1 and m.valid_to is null and m.status = $2"
      " and ($3 = -99999 or p.birth >= $3) and ($4 = -99999 or p.birth <= $4)"};
  for (int i = 0; i < 40; ++i) {
    MemberFilter filter;
    filter.organisation = places[random() % 4];
    filter.status = random() % 2 == 0 ? "normal" : "lost";
    if (random() % 2 == 0) filter.born_from = day(1950 + static_cast<int>(random() % 40), 1, 1);
    if (random() % 2 == 0) filter.born_to = day(1950 + static_cast<int>(random() % 40), 1, 1);
    town.held->read([&](db::Reader& reader) {
      const std::vector<Id> scope{town.city};
      const auto counted = count_members(reader, town.roll, Scope{scope}, filter);
      const auto plain =
          reader.one<std::int64_t>(kCount, filter.organisation, filter.status,
                                   filter.born_from ? to_days(*filter.born_from) : -99999,
                                   filter.born_to ? to_days(*filter.born_to) : -99999);
      EXPECT_EQ(*counted, *plain);
      return true;
    });
  }
}

TEST(Roll, RefusesWhatIsNoCursorAndNoPage) {
  Town town;
  town.member("1", "张三", town.lane);
  for (const MemberOrder order :
       {MemberOrder::name, MemberOrder::birth, MemberOrder::organisation}) {
    for (const char* after : {"x", "~", "~x", "x~99999999999999999999", "\xff~1"}) {
      MemberQuery query{{}, order, false, after, 50};
      EXPECT_EQ(town.names({town.city}, query), "api.page_unknown") << after;
    }
  }
  EXPECT_EQ(town.names({town.city}, {{}, MemberOrder::name, false, "", 0}),
            "api.limit_out_of_range");
  EXPECT_EQ(town.names({town.city}, {{}, MemberOrder::name, false, "", 201}),
            "api.limit_out_of_range");
}

TEST(Roll, SearchFindsBestFirstAndOnlyInScope) {
  Town town;
  town.member("88001", "张三", town.lane);
  town.member("88002", "张三丰", town.west);
  town.member("88003", "章珊", town.west);
  town.member("88004", "赵叔", town.east);
  town.member("99001", "单雄信", town.east);
  EXPECT_EQ(town.search({town.city}, "张三"), "张三/exact 张三丰/prefix");
  EXPECT_EQ(town.search({town.city}, "zhangsan"), "张三/pinyin 张三丰/pinyin_prefix");
  EXPECT_EQ(town.search({town.city}, "zhangs"),
            "张三/initials 章珊/initials 张三丰/initials_prefix");
  EXPECT_EQ(town.search({town.city}, "zs"),
            "张三/initials 章珊/initials 赵叔/initials "
            "张三丰/initials_prefix");
  EXPECT_EQ(town.search({town.west}, "zs"), "章珊/initials 张三丰/initials_prefix");
  EXPECT_EQ(town.search({town.city}, "zs", town.west),
            "章珊/initials 张三/initials 赵叔/initials 张三丰/initials_prefix");
  EXPECT_EQ(town.search({town.city}, "danxx"), "单雄信/initials");
  EXPECT_EQ(town.search({town.city}, "8800"), "张三/number 张三丰/number 章珊/number 赵叔/number");
  EXPECT_EQ(town.search({town.lane}, "8800"), "张三/number");
  EXPECT_EQ(town.search({}, "zs"), "");
  EXPECT_EQ(town.search({town.city}, "  "), "");
}

TEST(Roll, SearchByPhoneAndCitizenIdIsByEqualityAndInScope) {
  Town town;
  town.member("1", "张三", town.lane, {}, "normal", "13800138000", "11010519491231002X");
  EXPECT_EQ(town.search({town.east}, "13800138000"), "张三/phone");
  EXPECT_EQ(town.search({town.east}, "1380013800"), "");
  EXPECT_EQ(town.search({town.west}, "13800138000"), "");
  EXPECT_EQ(town.search({town.east}, "11010519491231002x"), "张三/citizen_id");
  EXPECT_EQ(town.search({town.west}, "11010519491231002X"), "");
}

TEST(Roll, OrganisationsAreFoundAndCounted) {
  Town town;
  town.member("1", "张三", town.lane);
  town.member("2", "李四", town.east, {}, "lost");
  EXPECT_EQ(town.search({town.city}, "lan"), "lane/prefix");
  EXPECT_EQ(town.search({town.west}, "lan"), "");
  town.held->read([&](db::Reader& reader) {
    const std::vector<Id> all{town.city};
    const auto below = branches(reader, town.roll, Scope{all}, {town.city, "", 1});
    EXPECT_EQ(below->rows.at(0).code, "east");
    EXPECT_EQ(below->rows.at(0).organisations, 2);
    EXPECT_EQ(below->rows.at(0).children, 1);
    EXPECT_EQ(below->rows.at(0).members, 1);
    EXPECT_EQ(below->rows.at(0).on_record, 2);
    const auto rest = branches(reader, town.roll, Scope{all}, {town.city, below->next, 1});
    EXPECT_EQ(rest->rows.at(0).code, "west");
    EXPECT_EQ(rest->next, "");
    const std::vector<Id> some{town.east};
    EXPECT_EQ(branches(reader, town.roll, Scope{some}, {kNoId, "", 50})->rows.at(0).code, "east");
    EXPECT_EQ(branches(reader, town.roll, Scope{some}, {town.west, "", 50}).error().code,
              "registry.not_found");
    const auto line = breadcrumbs(reader, town.roll, Scope{some}, town.lane);
    EXPECT_EQ(line->size(), 2U);
    EXPECT_EQ(line->front().code, "east");
    const auto page =
        organisation_page(reader, town.held->keys(), town.roll, Scope{some}, town.lane);
    EXPECT_EQ(page->counts.members, 1);
    EXPECT_EQ(page->line.size(), 2U);
    EXPECT_EQ(organisation_page(reader, town.held->keys(), town.roll, Scope{some}, town.city)
                  .error()
                  .code,
              "registry.not_found");
    return true;
  });
}

TEST(Roll, RandomHistoriesAreFollowedAsIfReadAnew) {
  Town town;
  std::mt19937 random(11);
  const Id places[] = {town.city, town.east, town.west, town.lane};
  std::vector<Id> members;
  for (int step = 0; step < 120; ++step) {
    const Id place = places[random() % 4];
    if (members.empty() || random() % 3 == 0) {
      members.push_back(town.member(std::to_string(step), "名" + std::to_string(step % 7), place));
    } else {
      const Id who = members[random() % members.size()];
      (void)town.held->write(kTester, [&](Transaction& tx) {
        switch (random() % 3) {
          case 0: move_member(tx, manual_origin(tx), who, place, tx.store().clock().today()); break;
          case 1: put_member_fields(tx, who, {{"name", "改" + std::to_string(step)}}); break;
          default: withdraw_person(tx, who);
        }
        return Result<Done>(Done{});
      });
    }
    if (step % 10 == 0) {
      (void)move_organisation(*town.held, kTester, {town.lane, places[random() % 3], {}, {}});
    }
    Roll anew(town.held.clock);
    town.held->read([&](db::Reader& reader) {
      for (const Id one : places) {
        const auto count = [&](Roll& roll) {
          return roll.look(reader, [&](const Roll& held) {
            const RollTree& tree = held.in(kPartyStructure);
            return tree.members_in(tree.outline().subtree(one), true);
          });
        };
        EXPECT_EQ(count(town.roll), count(anew));
        const std::vector<Id> scope{one};
        MemberQuery query;
        query.limit = kMaxPage;
        const auto followed = members_page(reader, town.roll, Scope{scope}, query);
        const auto read = members_page(reader, anew, Scope{scope}, query);
        EXPECT_EQ(to_json(*followed), to_json(*read));
      }
      return true;
    });
  }
}

}  // namespace
}  // namespace jishi::registry
