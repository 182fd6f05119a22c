#include "platform/fulltext/index.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>
#include "base/texts.hpp"

#include <atomic>
#include <fstream>
#include <map>
#include <thread>

#include "platform/fulltext/terms.hpp"
#include "platform/fulltext/test_contents.hpp"
#include "platform/fulltext/words.hpp"

namespace jishi::fulltext {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    static std::atomic<int> count{0};
    const fs::path memory("/dev/shm");
    path_ = (fs::exists(memory) ? memory : fs::temp_directory_path()) /
            fmt::format("jishi-fulltext-{}-{}", ::getpid(), count++);
    fs::remove_all(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path index() const { return path_ / "index"; }

 private:
  fs::path path_;
};

Record record(std::int64_t id, std::string_view text, std::int32_t day = 0,
              std::int64_t owner = 1) {
  return {id, owner, day, {{text, 1}}, {}};
}

const Mark kMark{"form", "store", 7, "leaf"};

class Index : public testing::Test {
 protected:
  void commit(const std::vector<Record>& records) {
    for (const Record& one : records) ASSERT_TRUE(writer_->put(one));
    ASSERT_TRUE(writer_->commit(kMark));
  }

  /// The ids of what is found, in order.
  std::string found(const std::string& typed, Question question = {}) {
    const auto words = Words::read(typed);
    question.terms = words->terms();
    if (question.limit == 1) question.limit = 50;
    const auto places = reader_.find(question);
    if (!places) return places.error().code;
    std::string ids;
    for (const Place& place : *places) {
      ids += (ids.empty() ? "" : " ") + std::to_string(place.id);
      last_ = place;
    }
    return ids;
  }

  Folder folder_;
  std::unique_ptr<Writer> writer_ = std::move(*Writer::open(folder_.index()));
  Reader reader_{folder_.index()};
  Place last_;
};

TEST_F(Index, FindsWhatWasCommitted) {
  commit({});
  EXPECT_EQ(found("党课"), "");
  ASSERT_TRUE(writer_->put(record(1, "书记讲党课")));
  EXPECT_EQ(found("党课"), "");
  ASSERT_TRUE(writer_->commit(kMark));
  EXPECT_EQ(found("党课"), "1");
  EXPECT_EQ(found("党课 书记"), "1");
  EXPECT_EQ(found("党课 换届"), "");
  EXPECT_EQ(*reader_.count(), 1);
}

TEST_F(Index, ARecordTakesThePlaceOfTheOneBefore) {
  commit({record(1, "党课"), record(2, "换届")});
  commit({record(1, "换届")});
  EXPECT_EQ(found("党课"), "");
  EXPECT_EQ(found("换届"), "2 1");
  ASSERT_TRUE(writer_->remove(2));
  ASSERT_TRUE(writer_->remove(3));
  ASSERT_TRUE(writer_->commit(kMark));
  EXPECT_EQ(found("换届"), "1");
}

TEST_F(Index, StandsInOrderOfDaysOrOfWhatSaysMore) {
  Record better = record(4, "", -5);
  better.fields = {{"党课", 4}};
  commit({record(1, "党课", 3), record(2, "党课 党课", 1), record(3, "党课", 3), better});
  EXPECT_EQ(found("党课"), "3 1 2 4");
  Question best;
  best.order = Order::best;
  EXPECT_EQ(found("党课", best), "4 2 3 1");
}

TEST_F(Index, GoesOnWhereAPageEnded) {
  std::vector<Record> records;
  for (int i = 1; i <= 9; ++i)
    records.push_back(record(i, i % 2 == 0 ? "党课 党课" : "党课", i / 4));
  commit(records);
  for (const Order order : {Order::latest, Order::best}) {
    Question question;
    question.order = order;
    const std::string whole = found("党课", question);
    std::string pages;
    for (question.limit = 4;; question.after = last_) {
      const std::string page = found("党课", question);
      if (page.empty()) break;
      pages += (pages.empty() ? "" : " ") + page;
    }
    EXPECT_EQ(pages, whole);
    EXPECT_EQ(std::count(whole.begin(), whole.end(), ' '), 8);
  }
}

TEST_F(Index, NarrowsByTagsDaysAndOwners) {
  Record one = record(1, "党课", 10, 7);
  one.tags = {"a", "x"};
  Record two = record(2, "党课", 20, 8);
  two.tags = {"b", "x"};
  Record three = record(3, "党课", 30, 9);
  three.tags = {"c"};
  commit({one, two, three});
  const std::vector<std::string> x{"x"};
  const std::vector<std::string> bc{"b", "c"};
  Question question;
  question.all_tags = x;
  EXPECT_EQ(found("党课", question), "2 1");
  question.any_tags = bc;
  EXPECT_EQ(found("党课", question), "2");
  question = {};
  question.from = 20;
  EXPECT_EQ(found("党课", question), "3 2");
  question.to = 20;
  EXPECT_EQ(found("党课", question), "2");
  question = {};
  question.admits = [](std::int64_t owner) { return owner != 8; };
  EXPECT_EQ(found("党课", question), "3 1");
  question.limit = 2;
  question.after = Place{0, 30, 3};
  EXPECT_EQ(found("党课", question), "1");
}

TEST_F(Index, TagsAndIdsAreNoWords) {
  Record one = record(1, "党课");
  one.tags = {"lecture"};
  commit({one});
  for (const char* typed : {"lecture", "Tlecture", "T", "Q", "Q1", "P", "mark"})
    EXPECT_EQ(found(typed), "") << typed;
}

TEST_F(Index, KeepsItsMarkWithItsRecords) {
  EXPECT_EQ(*writer_->mark(), std::nullopt);
  commit({record(1, "党课")});
  ASSERT_TRUE(writer_->put(record(2, "党课")));
  writer_.reset();  // as if the program had ended here
  writer_ = std::move(*Writer::open(folder_.index()));
  EXPECT_EQ(*writer_->mark(), kMark);
  EXPECT_EQ(found("党课"), "1");
}

TEST_F(Index, IsWrittenByOneAtATime) {
  const auto second = Writer::open(folder_.index());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "fulltext.locked");
}

TEST_F(Index, ReadersGoOnWhileItIsWritten) {
  commit({record(1, "党课")});
  std::atomic<bool> done{false};
  std::atomic<int> failed{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      const auto words = Words::read("党课");
      Question question;
      question.terms = words->terms();
      question.limit = 1'000;
      while (!done) {
        const auto places = reader_.find(question);
        if (!places) ADD_FAILURE() << say(Language::en, places.error());
        if (!places || places->empty()) ++failed;
      }
    });
  }
  // Nobody commits without a pause: the program does so a few times a second.
  for (int i = 2; i < 60; ++i) {
    commit({record(i, "党课")});
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(failed, 0);
}

class DamagedIndex : public Index {
 protected:
  void SetUp() override {
    std::vector<Record> records;
    for (int i = 0; i < 2'000; ++i) records.push_back(record(i, fmt::format("第{}次党课", i), i));
    commit(records);
    writer_.reset();
  }

  /// What the index is, once a file of it was spoiled: read, searched, written.
  std::string verdict() {
    const auto checked = check(folder_.index());
    return checked ? "whole" : checked.error().code;
  }
};

TEST_F(DamagedIndex, IsToldFromAWholeOne) {
  EXPECT_EQ(verdict(), "whole");
  fs::resize_file(folder_.index() / "postlist.glass",
                  fs::file_size(folder_.index() / "postlist.glass") / 2);
  EXPECT_EQ(verdict(), "fulltext.damaged");
}

TEST_F(DamagedIndex, WithoutATable) {
  fs::remove(folder_.index() / "postlist.glass");
  EXPECT_EQ(verdict(), "fulltext.damaged");
  // Who writes it begins anew, and can tell by the mark.
  EXPECT_EQ(*(*Writer::open(folder_.index()))->mark(), std::nullopt);
}

TEST_F(DamagedIndex, WithJunkForAHead) {
  std::ofstream(folder_.index() / "iamglass", std::ios::binary) << std::string(200, 'x');
  EXPECT_EQ(verdict(), "fulltext.damaged");
  EXPECT_EQ(Writer::open(folder_.index()).error().code, "fulltext.damaged");
  EXPECT_EQ(found("党课"), "fulltext.damaged");
}

TEST_F(DamagedIndex, WithJunkWithin) {
  for (const char* table : {"postlist.glass", "termlist.glass"}) {
    std::fstream file(folder_.index() / table, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(8'192);
    file << std::string(20'000, 'x');
    file.close();
    EXPECT_EQ(verdict(), "fulltext.damaged");
  }
  EXPECT_EQ(found("党课"), "fulltext.damaged");
}

// The index and a plain list of the records give the same answers.
RC_GTEST_PROP(IndexProperty, SaysWhatAListOfTheRecordsSays, ()) {
  static const std::vector<std::string> kTexts = {
      "党课", "换届大会", "党员大会 换届", "2026年党课", "meeting 2026", "", "第三党小组学习"};
  const auto any = [&] {
    return std::string_view(kTexts[*rc::gen::inRange<std::size_t>(0, kTexts.size())]);
  };
  const Folder folder;
  auto writer = std::move(*Writer::open(folder.index()));
  Reader reader(folder.index());
  std::map<std::int64_t, Record> records;
  for (int steps = *rc::gen::inRange(1, 40); steps > 0; --steps) {
    const std::int64_t id = *rc::gen::inRange(1, 15);
    if (*rc::gen::inRange(0, 5) == 0) {
      records.erase(id);
      RC_ASSERT(bool(writer->remove(id)));
      continue;
    }
    const Record made{
        id, *rc::gen::inRange(1, 4), *rc::gen::inRange(-3, 3), {{any(), 3}, {any(), 1}}, {}};
    records[id] = made;
    RC_ASSERT(bool(writer->put(made)));
    if (*rc::gen::inRange(0, 4) == 0) RC_ASSERT(bool(writer->commit(kMark)));
  }
  RC_ASSERT(bool(writer->commit(kMark)));
  const auto words = Words::read(*rc::gen::element<std::string>("党课", "大会", "换届 大会", "2026",
                                                                "mee*", "党", "\"2026 党课\""));
  const std::int64_t owner = *rc::gen::inRange(1, 4);
  std::vector<Place> wanted;
  for (const auto& [id, one] : records) {
    std::map<std::string, std::int64_t> counts;
    for (const Field& field : one.fields)
      each_term(plain_text(field.text), [&](const auto& term) { counts[term] += field.weight; });
    Place place{0, one.day, id};
    bool all = one.owner != owner;
    for (const std::string& term : words->terms()) {
      all = all && counts.contains(term);
      place.score += counts[term];
    }
    if (all) wanted.push_back(place);
  }
  std::sort(wanted.begin(), wanted.end(), before);
  Question question;
  question.terms = words->terms();
  question.order = Order::best;
  question.admits = [&](std::int64_t of) { return of != owner; };
  question.limit = 100;
  const auto found = reader.find(question);
  RC_ASSERT(bool(found));
  RC_ASSERT(*found == wanted);
}

}  // namespace
}  // namespace jishi::fulltext
