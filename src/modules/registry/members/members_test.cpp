#include "modules/registry/members/members.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "modules/registry/test_records.hpp"

namespace jishi::registry {
namespace {

const Teller kWorkbook{"workbook", std::nullopt};
const Teller kOther{"other workbook", std::nullopt};
constexpr std::string_view kCitizenId = "11010119800307871X";
constexpr std::string_view kPhone = "13900139000";
constexpr std::string_view kAddress = "朝阳路七十七号院";

class Members : public testing::Test {
 protected:
  MemberRecord record() const {
    MemberRecord told;
    told.number = "M1";
    told.name = "张三丰";
    told.citizen_id = kCitizenId;
    told.sex = "male";
    told.birth = Birth{day(1980, 3, 7), "day"};
    told.phone = kPhone;
    told.address = kAddress;
    told.organisation = branch;
    told.stage = "full";
    told.joined = day(2005, 7, 1);
    return told;
  }
  Id place_of(Id person) {
    return archive.store().read(
        [&](db::Reader& reader) { return *organisation_of(reader, person); });
  }

  Archive archive;
  Id branch = found(archive.store(), "A", {}, day(2001, 1, 1));
  Id other = found(archive.store(), "B", {}, day(2001, 1, 1));
};

TEST_F(Members, AreFoundAndExistOnce) {
  const auto made = archive.member(kWorkbook, std::nullopt, record());
  EXPECT_EQ(made.outcome, Outcome::created);
  archive.store().read([&](db::Reader& reader) {
    const Blob key = citizen_key(archive.store().keys(), kCitizenId);
    EXPECT_EQ(person_by_citizen_key(reader, key), made.id);
    EXPECT_EQ(citizen_key_of(reader, made.id), key);
    EXPECT_EQ(person_by_number(reader, " m1 "), made.id);
    EXPECT_EQ(members_named(reader, branch, "张三丰"), std::vector<Id>{made.id});
    EXPECT_TRUE(members_named(reader, other, "张三丰").empty());
    return 0;
  });
  EXPECT_EQ(archive.member(kWorkbook, made.id, record()).outcome, Outcome::unchanged);
}

TEST_F(Members, SealedValuesCannotBeReadInTheFile) {
  if (archive.held().on_postgres()) GTEST_SKIP() << "reads a file";
  const Id id = archive.member(kWorkbook, std::nullopt, record()).id;
  MemberRecord moved = record();
  moved.phone = "13800138000";
  archive.member(kWorkbook, id, moved);
  moved.address = "海淀路一号";
  archive.member(kOther, id, moved);
  EXPECT_EQ(archive.waiting(), 1);
  std::string bytes;
  const auto file = archive.held().file();
  for (const char* ending : {"", "-wal"}) {
    std::ifstream stream(file.string() + ending, std::ios::binary);
    std::ostringstream all;
    all << stream.rdbuf();
    bytes += all.str();
  }
  EXPECT_NE(bytes.find("张三丰"), std::string::npos);  // the file is the right one
  for (const std::string_view secret :
       {kCitizenId, kPhone, kAddress, std::string_view("13800138000"),
        std::string_view("海淀路一号"), std::string_view("198003078")}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
}

TEST_F(Members, AMoveClosesOneMembershipAndOpensAnother) {
  const Id id = archive.member(kWorkbook, std::nullopt, record()).id;
  MemberRecord moved = record();
  moved.organisation = other;
  EXPECT_EQ(archive.member(kWorkbook, id, moved).outcome, Outcome::changed);
  EXPECT_EQ(place_of(id), other);
  static constexpr Statement kMemberships{
      "test.memberships",
      "select count(*) from registry_membership a join registry_membership b"
      " on b.person = a.person and b.valid_from = a.valid_to and b.valid_to is null"};
  EXPECT_EQ(archive.ask(kMemberships), 1);
}

TEST_F(Members, ADecidedMoveStandsAgainstAWorkbook) {
  const Id id = archive.member(kWorkbook, std::nullopt, record()).id;
  const auto done = archive.store().write(kTester, [&](Transaction& tx) {
    EXPECT_EQ(move_member(tx, manual_origin(tx), id, other, day(2020, 1, 1)), branch);
    EXPECT_FALSE(move_member(tx, manual_origin(tx), 12345, other, day(2020, 1, 1)));
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(place_of(id), other);
  EXPECT_EQ(archive.member(kWorkbook, id, record()).outcome, Outcome::changed);  // a conflict
  EXPECT_EQ(place_of(id), other);
  EXPECT_EQ(archive.waiting(), 1);
}

TEST_F(Members, ABirthMonthDoesNotContradictADay) {
  const Id id = archive.member(kWorkbook, std::nullopt, record()).id;
  MemberRecord vague = record();
  vague.birth = Birth{day(1980, 3, 1), "month"};
  EXPECT_EQ(archive.member(kOther, id, vague).outcome, Outcome::unchanged);
  vague.birth = Birth{day(1980, 3, 8), "day"};
  EXPECT_EQ(archive.member(kOther, id, vague).outcome, Outcome::changed);
  EXPECT_EQ(archive.waiting(), 1);
}

TEST_F(Members, WithoutNumbersOnlyTheirOrderTellsThemApart) {
  MemberRecord told = record();
  told.number = {};
  told.citizen_id = {};
  const Id first = archive.member(kWorkbook, std::nullopt, told).id;
  const Id second = archive.member(kWorkbook, std::nullopt, told).id;
  archive.store().read([&](db::Reader& reader) {
    EXPECT_EQ(persons_without_numbers(reader, branch, "张三丰", "male", day(1980, 3, 7)),
              (std::vector<Id>{first, second}));
    EXPECT_TRUE(persons_without_numbers(reader, other, "张三丰", "male", day(1980, 3, 7)).empty());
    return 0;
  });
}

TEST_F(Members, AWithdrawnPersonIsGone) {
  const Id id = archive.member(kWorkbook, std::nullopt, record()).id;
  const auto done = archive.store().write(kTester, [&](Transaction& tx) {
    withdraw_person(tx, id);
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  EXPECT_FALSE(
      archive.store().read([&](db::Reader& reader) { return organisation_of(reader, id); }));
  EXPECT_EQ(archive.member(kWorkbook, std::nullopt, record()).outcome, Outcome::created);
}

TEST(Masked, ShowsTheEndsOnly) {
  EXPECT_EQ(masked("11010119800307871X"), "110*************1X");
  EXPECT_EQ(masked("12345"), "*****");
  EXPECT_EQ(masked(""), "");
}

}  // namespace
}  // namespace jishi::registry
