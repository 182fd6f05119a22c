#include "modules/orglife/full_text/full_text.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "ledger/test_store.hpp"
#include "modules/orglife/orglife.hpp"
#include "platform/fulltext/test_contents.hpp"
#include "platform/pack/codes_file.hpp"

namespace jishi::orglife {
namespace {

namespace fs = std::filesystem;

constexpr Actor kTester{7};

const Codes& pack_codes() {
  static const Codes kCodes = *load_codes(JISHI_SOURCE_DIR "/packs/party/codes.toml");
  return kCodes;
}

class FullTexts : public testing::Test {
 protected:
  FullTexts() {
    branch_ = found("A");
    other_ = found("B");
    open();
  }

  Id found(const std::string& code) {
    registry::CreateOrganisation command;
    command.name = code;
    command.code = code;
    command.kind = "branch";
    command.on = *make_date(2001, 1, 1);
    return registry::create_organisation(*store_, kTester, command)
        ->organisations.front()
        .organisation;
  }

  Id record(std::string_view topic, Id organisation = kNoId, std::string_view kind = "lecture",
            Date held_on = *make_date(2026, 2, 1)) {
    return store_
        ->write(kTester,
                [&](Transaction& tx) {
                  ActivityRecord made;
                  made.organisation = organisation == kNoId ? branch_ : organisation;
                  made.kind = kind;
                  made.held_on = held_on;
                  made.topic = topic;
                  return Result(record_activity(tx, registry::manual_origin(tx), made));
                })
        ->id;
  }

  /// 第0课, 第1课 …, all in one transaction.
  void record_many(std::int64_t count) {
    (void)store_->write_alone(kTester, [&](Transaction& tx) -> Result<Done> {
      for (std::int64_t i = 0; i < count; ++i) {
        const std::string topic = fmt::format("第{}课", i);
        ActivityRecord made;
        made.organisation = branch_;
        made.kind = "lecture";
        made.held_on = *make_date(2026, 2, 1);
        made.topic = topic;
        record_activity(tx, registry::manual_origin(tx), made);
      }
      return Done{};
    });
  }

  void correct(Id activity, std::string_view topic, Id organisation = kNoId) {
    ASSERT_TRUE(store_->write(kTester, [&](Transaction& tx) {
      ActivityRecord made;
      made.organisation = organisation == kNoId ? branch_ : organisation;
      made.kind = "lecture";
      made.held_on = *make_date(2026, 2, 1);
      made.topic = topic;
      return correct_activity(tx, activity, made);
    }));
  }

  void withdraw(Id activity) {
    ASSERT_TRUE(
        store_->write(kTester, [&](Transaction& tx) { return withdraw_activity(tx, activity); }));
  }

  /// As a program that starts: forgets what is in memory.
  void open(const Codes& codes = pack_codes()) {
    full_text_.reset();
    FullTextOptions options;
    options.notice = [this](const Error& error) { notices_ += error.code + " "; };
    full_text_.emplace(*store_, codes, options);
    notices_.clear();
  }

  void follow() {
    const auto done = full_text_->catch_up();
    ASSERT_TRUE(done) << done.error().code;
  }

  api::Page<ListedActivity> page(ActivityFilter filter, const Within& within = {}) {
    const CodeSet& kinds = pack_codes().set("activity_kind");
    auto found = store_->read([&](db::Reader& reader) {
      return search_activities(reader, *full_text_, kinds, Language::zh, filter, within);
    });
    failed_ = found ? "" : found.error().code;
    return found ? std::move(*found) : api::Page<ListedActivity>();
  }

  /// The topics of what is found, or the code of the refusal.
  std::string search(const std::string& typed, const Within& within = {}) {
    ActivityFilter filter;
    filter.q = typed;
    std::string topics;
    for (const ListedActivity& one : page(filter, within).items)
      topics += (topics.empty() ? "" : "|") + one.topic;
    return failed_.empty() ? topics : failed_;
  }

  std::vector<fs::path> indexes() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(FullText::folder_of(*store_)))
      found.push_back(entry.path());
    return found;
  }

  /// All that the index holds, which must be the only one.
  std::string contents() {
    EXPECT_EQ(indexes().size(), 1U);
    return fulltext::contents_of(indexes().front());
  }

  TestStore store_;
  Id branch_ = kNoId;
  Id other_ = kNoId;
  std::optional<FullText> full_text_;
  std::string notices_;
  std::string failed_;
};

using FullTextFollows = FullTexts;
using FullTextFaults = FullTexts;
using ActivitySearch = FullTexts;

TEST_F(FullTextFollows, WhatIsRecordedCorrectedAndTakenBack) {
  const Id first = record("换届选举");
  EXPECT_EQ(search("换届"), "orglife.search_not_ready");
  follow();
  EXPECT_EQ(search("换届"), "换届选举");
  record("换届筹备");
  follow();
  EXPECT_EQ(search("换届"), "换届筹备|换届选举");
  correct(first, "学习条例");
  follow();
  EXPECT_EQ(search("换届"), "换届筹备");
  EXPECT_EQ(search("条例"), "学习条例");
  withdraw(first);
  follow();
  EXPECT_EQ(search("条例"), "");
  EXPECT_EQ(full_text_->position(), store_->last_seq());
}

TEST_F(FullTextFollows, AnActivityToItsNewOrganisation) {
  const Id activity = record("换届");
  follow();
  correct(activity, "换届", other_);
  follow();
  const auto only = [](Id organisation) {
    return Within{[organisation](Id other) { return other == organisation; }, {organisation}};
  };
  EXPECT_EQ(search("换届", only(branch_)), "");
  EXPECT_EQ(search("换届", only(other_)), "换届");
}

TEST_F(FullTextFollows, ResumesWithoutAWord) {
  record("换届");
  follow();
  EXPECT_EQ(notices_, "orglife.full_text_missing ");
  open();
  record("换届二");
  follow();
  EXPECT_EQ(notices_, "");
  EXPECT_EQ(search("换届"), "换届二|换届");
}

TEST_F(FullTextFollows, MoreFactsThanAreReadAtOnce) {
  record_many(Indexing::kFactsAtOnce + 100);
  follow();
  EXPECT_EQ(search("第20050课"), "第20050课");
  const std::string followed = contents();
  ASSERT_TRUE(full_text_->rebuild({}));
  EXPECT_EQ(contents(), followed);
}

TEST_F(FullTextFollows, OnAThreadOfItsOwn) {
  full_text_->start();
  for (const std::string topic : {"换届", "学习"}) {
    record(topic);
    full_text_->wake();
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (search(topic) != topic && std::chrono::steady_clock::now() < until)
      std::this_thread::yield();
    EXPECT_EQ(search(topic), topic);
  }
}

TEST_F(FullTextFaults, DamagedItIsMadeAnew) {
  record_many(2'000);
  const auto spoil = [&](const std::function<void(const fs::path&)>& how) {
    follow();
    const std::string whole = contents();
    open();
    how(indexes().front());
    (void)full_text_->catch_up();
    (void)search("第7课");  // where it was not seen before, it is seen now
    follow();
    EXPECT_NE(notices_.find("orglife.full_text_damaged"), notices_.npos) << notices_;
    EXPECT_EQ(search("第7课"), "第7课");
    EXPECT_EQ(contents(), whole);
  };
  spoil([](const fs::path& index) {
    fs::resize_file(index / "postlist.glass", fs::file_size(index / "postlist.glass") / 2);
  });
  spoil([](const fs::path& index) { fs::resize_file(index / "postlist.glass", 0); });
  spoil([](const fs::path& index) { std::ofstream(index / "iamglass") << "x"; });
  spoil([](const fs::path& index) {
    std::fstream file(index / "postlist.glass", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(8'192);
    file << std::string(60'000, 'x');
  });
}

TEST_F(FullTextFaults, MissingItIsMadeAnew) {
  record("换届");
  follow();
  open();
  fs::remove_all(FullText::folder_of(*store_));
  follow();
  EXPECT_EQ(notices_, "orglife.full_text_missing ");
  EXPECT_EQ(search("换届"), "换届");
}

TEST_F(FullTextFaults, OfAnotherStoreItIsMadeAnew) {
  record("换届");
  follow();
  const fs::path own = indexes().front();
  TestStore another;
  FullText of_another(*another, pack_codes(), {});
  ASSERT_TRUE(of_another.catch_up());
  open();
  fs::remove_all(own);
  fs::copy(FullText::folder_of(*another) / "activities.1", own);
  follow();
  EXPECT_EQ(notices_, "orglife.full_text_foreign ");
  EXPECT_EQ(search("换届"), "换届");
}

TEST_F(FullTextFaults, AheadOfARestoredStoreItIsMadeAnew) {
  record("换届");
  const Id lost = record("丢失");
  follow();
  open();
  store_.alter(
      fmt::format("delete from orglife_activity where id = {};"
                  "delete from ledger_fact where seq = {}",
                  lost, store_->last_seq()));
  follow();
  EXPECT_EQ(notices_, "orglife.full_text_foreign ");
  EXPECT_EQ(search("换届"), "换届");
  EXPECT_EQ(search("丢失"), "");
}

TEST_F(FullTextFaults, WithOtherNamesOfKindsItIsMadeAnew) {
  record("换届");
  follow();
  Codes renamed;
  renamed.add("activity_kind", CodeSet("类别", "Kind", {{"lecture", "讲座", "Talk", {}}}));
  open(renamed);
  follow();
  EXPECT_EQ(notices_, "orglife.full_text_outdated ");
}

TEST_F(FullTextFaults, OneThatWasNotFinishedIsPassedOver) {
  record("换届");
  follow();
  open();
  ASSERT_TRUE(fulltext::Writer::open(FullText::folder_of(*store_) / "activities.9"));
  follow();
  EXPECT_EQ(notices_, "");
  EXPECT_EQ(search("换届"), "换届");
  EXPECT_EQ(indexes().size(), 1U);
}

TEST_F(FullTextFaults, ItIsAskedWhileItIsMadeAnew) {
  record_many(Indexing::kRowsAtOnce + 1);
  follow();
  std::string meanwhile;
  LongWork work;
  work.progress = [&](double part) {
    EXPECT_GT(part, 0);
    record("换届");
    ASSERT_TRUE(full_text_->catch_up());
    meanwhile += search("换届") + search("第7课");
  };
  ASSERT_TRUE(full_text_->rebuild(work));
  EXPECT_EQ(meanwhile, "换届第7课");
  EXPECT_EQ(search("换届"), "换届");
  EXPECT_EQ(indexes().size(), 1U);
  EXPECT_EQ(full_text_->position(), store_->last_seq());
}

TEST_F(FullTextFaults, CancelledItLeavesWhatWasThere) {
  record("换届");
  follow();
  const std::string before = contents();
  LongWork work;
  work.cancelled = [] { return true; };
  const auto done = full_text_->rebuild(work);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "orglife.rebuild_cancelled");
  EXPECT_EQ(contents(), before);
  EXPECT_EQ(search("换届"), "换届");
}

TEST_F(ActivitySearch, TellsOnlyWhatTheStoreStillSays) {
  const Id moved = record("换届一");
  const Id renamed = record("换届二");
  const Id gone = record("换届三");
  record("换届四");
  follow();
  // The index knows nothing of this yet.
  correct(moved, "换届一", other_);
  correct(renamed, "学习");
  withdraw(gone);
  const Within own{[&](Id organisation) { return organisation == branch_; }, {}};
  EXPECT_EQ(search("换届", own), "换届四");
}

TEST_F(ActivitySearch, PagesHoldEverythingOnceAlsoWhereTheIndexIsBehind) {
  std::vector<Id> activities;
  for (int i = 0; i < 120; ++i) activities.push_back(record(fmt::format("换届{}", i)));
  follow();
  for (std::size_t i = 0; i < activities.size(); i += 2) withdraw(activities[i]);
  for (const auto order : {ActivityOrder::latest, ActivityOrder::best}) {
    ActivityFilter filter;
    filter.q = "换届";
    filter.order = order;
    filter.limit = 7;
    std::set<Id> seen;
    std::size_t rows = 0;
    do {
      const auto part = page(filter);
      ASSERT_EQ(failed_, "");
      for (const ListedActivity& one : part.items) seen.insert(one.id);
      rows += part.items.size();
      filter.after = part.next;
    } while (filter.after);
    EXPECT_EQ(rows, activities.size() / 2);
    EXPECT_EQ(seen.size(), rows);
  }
}

TEST_F(ActivitySearch, FindsAKindByItsNameInEitherLanguage) {
  record("学习", branch_, "theme_day");
  record("学习二", branch_,
         "a kind that the pack does not have, of more than sixty-four signs, ok");
  follow();
  EXPECT_EQ(search("主题党日"), "学习");
  EXPECT_EQ(search("theme day"), "学习");
  EXPECT_EQ(search("sixty"), "学习二");
  ActivityFilter filter;
  filter.q = "学习";
  filter.kind = "theme_day";
  EXPECT_EQ(page(filter).items.size(), 1U);
  filter.kind = "a kind that the pack does not have, of more than sixty-four signs, OK";
  EXPECT_EQ(page(filter).items.size(), 0U);
}

}  // namespace
}  // namespace jishi::orglife
