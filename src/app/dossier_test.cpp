#include "modules/dossier/dossier.hpp"

#include <gtest/gtest.h>

#include "modules/registry/test_records.hpp"

namespace jishi::dossier {
namespace {

using namespace jishi::registry;

class DossierTest : public testing::Test {
 protected:
  DossierTest() {
    const Date founding = day(2020, 1, 1);
    city = found(archive.store(), "city", {}, founding);
    branch = found(archive.store(), "branch", city, founding);
    other = found(archive.store(), "other", city, founding);
    record.number = "1";
    record.name = "张三";
    record.organisation = branch;
    record.stage = "full";
    record.joined = founding;
    record.phone = "13800138000";
    record.citizen_id = "11010519491231002X";
    record.address = "青山市幸福街道幸福路一号";
    record.education = "master";
    person = archive.member({}, std::nullopt, record).id;
  }

  Result<Dossier> read(const std::vector<Id>& places, Id whom) {
    return archive.store().read([&](db::Reader& reader) {
      return dossier_of(reader, archive.store().keys(), Scope{places}, whom);
    });
  }

  static ArchiveField field(const Dossier& dossier, std::string_view name) {
    for (const ArchiveField& one : dossier.person.fields) {
      if (one.field == name) return one;
    }
    return {};
  }

  Archive archive;
  MemberRecord record;
  Id city = kNoId;
  Id branch = kNoId;
  Id other = kNoId;
  Id person = kNoId;
};

TEST_F(DossierTest, OutsideTheScopeThereIsNobody) {
  EXPECT_EQ(read({other}, person).error().code, "registry.person_not_found");
  EXPECT_EQ(read({}, person).error().code, "registry.person_not_found");
  EXPECT_EQ(read({city}, person + 1).error().code, "registry.person_not_found");
  EXPECT_TRUE(read({city}, person));
  EXPECT_TRUE(read({branch}, person));
}

TEST_F(DossierTest, SensitiveValuesAreMasked) {
  const auto dossier = read({city}, person);
  const std::string json = boost::json::serialize(to_json(*dossier));
  EXPECT_EQ(json.find("13800138000"), std::string::npos);
  EXPECT_EQ(json.find("11010519491231002X"), std::string::npos);
  EXPECT_EQ(json.find("一号"), std::string::npos);
  EXPECT_EQ(field(*dossier, "phone").value, "138******00");
  EXPECT_TRUE(field(*dossier, "phone").masked);
  EXPECT_EQ(field(*dossier, "address").value, "青山市幸福街***");
  EXPECT_FALSE(field(*dossier, "education").masked);
}

TEST_F(DossierTest, FieldsTellTheirSourceAndWhatIsContested) {
  record.education = "doctor";
  archive.member({"census", 90}, person, record);
  record.education = "college";
  archive.member({"rumour", 10}, person, record);
  const auto dossier = read({city}, person);
  EXPECT_EQ(field(*dossier, "education").value, "doctor");
  EXPECT_EQ(field(*dossier, "education").source, "census");
  EXPECT_GT(field(*dossier, "education").since_ms, 0);
  EXPECT_TRUE(field(*dossier, "education").contested);
  EXPECT_EQ(field(*dossier, "stage").source, "workbook");
  EXPECT_EQ(field(*dossier, "stage").since_ms, 0);
  EXPECT_FALSE(field(*dossier, "stage").contested);
}

TEST_F(DossierTest, MovesActivitiesAndDuesAreShown) {
  Store& store = archive.store();
  const Date today = store.clock().today();
  const auto done = store.write(kTester, [&](Transaction& tx) {
    const Origin origin = manual_origin(tx);
    move_member(tx, origin, person, other, today);
    for (int i = 1; i <= 12; ++i) {
      orglife::ActivityRecord activity;
      activity.organisation = other;
      activity.kind = "branch_meeting";
      activity.held_on = day(2025, static_cast<unsigned>(i), 3);
      activity.topic = "学习";
      if (i % 2 == 0) activity.participants = {person};
      orglife::record_activity(tx, origin, activity);
      dues::record_payment(tx, origin, other, {person, month_index(2025, 1) + i, 1'000, today});
    }
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  const auto dossier = read({other}, person);
  ASSERT_TRUE(dossier);
  ASSERT_EQ(dossier->person.memberships.size(), 2U);
  EXPECT_EQ(dossier->person.memberships.front().organisation, other);
  EXPECT_EQ(dossier->person.memberships.back().to, today);
  ASSERT_EQ(dossier->activities.size(), 10U);
  EXPECT_EQ(dossier->activities.front().held_on, day(2025, 12, 3));
  EXPECT_TRUE(dossier->activities.front().present);
  EXPECT_FALSE(dossier->activities[1].present);
  EXPECT_EQ(dossier->dues.size(), 12U);
  EXPECT_EQ(dossier->dues.front().amount_cents, 1'000);
  EXPECT_EQ(read({branch}, person).error().code, "registry.person_not_found");
}

}  // namespace
}  // namespace jishi::dossier
