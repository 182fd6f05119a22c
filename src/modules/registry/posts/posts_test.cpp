#include "modules/registry/posts/posts.hpp"

#include <gtest/gtest.h>

#include "modules/registry/test_records.hpp"

namespace jishi::registry {
namespace {

const Teller kWorkbook{"workbook", std::nullopt};

class Posts : public testing::Test {
 protected:
  std::optional<Date> end_of(Id post) {
    static constexpr Statement kEnd{"test.end", "select to_date from registry_post where id = $1"};
    return archive.store().read(
        [&](db::Reader& reader) { return *reader.one<std::optional<Date>>(kEnd, post); });
  }

  Archive archive;
  Id branch = found(archive.store(), "A", {}, day(2001, 1, 1));
  Id person = join(archive.store(), "M1", branch, day(2005, 1, 1));
};

TEST_F(Posts, PersonPlaceTitleAndFirstDayTellThemApart) {
  PostRecord record{person, branch, "secretary", day(2024, 1, 1), std::nullopt};
  const auto made = archive.post(kWorkbook, record);
  EXPECT_EQ(made.outcome, Outcome::created);
  EXPECT_EQ(archive.post(kWorkbook, record).outcome, Outcome::unchanged);
  record.to = day(2026, 1, 1);
  const auto ended = archive.post(kWorkbook, record);
  EXPECT_EQ(ended.outcome, Outcome::changed);
  EXPECT_EQ(ended.id, made.id);
  EXPECT_EQ(end_of(made.id), day(2026, 1, 1));
  record.from = day(2026, 1, 1);
  record.to.reset();
  EXPECT_NE(archive.post(kWorkbook, record).id, made.id);
}

TEST_F(Posts, EndAndResume) {
  const Id open = appoint(archive.store(), person, branch, day(2024, 1, 1));
  const Id later = appoint(archive.store(), person, branch, day(2026, 2, 15));
  const Id over =
      archive
          .post(kWorkbook, {person, branch, "deputy_secretary", day(2020, 1, 1), day(2022, 1, 1)})
          .id;
  const auto done = archive.store().write(kTester, [&](Transaction& tx) {
    const auto ended = end_posts(tx, manual_origin(tx), branch, day(2026, 2, 1));
    EXPECT_EQ(ended, (std::vector<Id>{open, later}));
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(end_of(open), day(2026, 2, 1));
  EXPECT_EQ(end_of(later), day(2026, 2, 15));  // never before it began
  EXPECT_EQ(end_of(over), day(2022, 1, 1));
  const auto resumed = archive.store().write(kTester, [&](Transaction& tx) {
    resume_post(tx, manual_origin(tx), open, R"({"to_before":null})");
    resume_post(tx, manual_origin(tx), later, R"({"to_before":"2027-01-01"})");
    resume_post(tx, manual_origin(tx), over, "not JSON");
    resume_post(tx, manual_origin(tx), 12345, "{}");
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(resumed);
  EXPECT_FALSE(end_of(open));
  EXPECT_EQ(end_of(later), day(2027, 1, 1));
  EXPECT_EQ(end_of(over), day(2022, 1, 1));
}

TEST_F(Posts, AWithdrawnOneIsGone) {
  const PostRecord record{person, branch, "secretary", day(2024, 1, 1), std::nullopt};
  const Id post = archive.post(kWorkbook, record).id;
  const auto done = archive.store().write(kTester, [&](Transaction& tx) {
    withdraw_post(tx, post);
    withdraw_post(tx, post);
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(archive.post(kWorkbook, record).outcome, Outcome::created);
}

}  // namespace
}  // namespace jishi::registry
