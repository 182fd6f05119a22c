#include "modules/election/ballot/ballot.hpp"

#include <gtest/gtest.h>

namespace jishi::election {

namespace {

const BoxTerms kTerms{7, "选举", {{1, "杨"}, {2, "周"}, {3, "赵"}}, 2, 5, {}};

/// As it is given out of a box that was opened with `terms`.
boost::json::object exported_of(BoxTerms terms, bool old = false) {
  if (!old) terms.head = head_of(terms);
  const std::vector<std::string> records{record_of(7, {1, 2}, "aa"), record_of(7, {1}, "bb"),
                                         record_of(7, {}, "cc")};
  std::vector<std::string> commitments;
  for (const auto& record : records) commitments.push_back(commitment_of(record));
  return export_of(terms, records, root_of(terms.head, commitments));
}

boost::json::object exported() {
  return exported_of(kTerms);
}

TEST(Ballot, IsCountedAgainFromAnExport) {
  const auto tally = verify_export(exported());
  ASSERT_TRUE(tally) << tally.error().code;
  EXPECT_EQ(tally->ballots, 3);
  EXPECT_EQ(tally->blank, 1);
  EXPECT_EQ(tally->votes.at(1), 2);
  EXPECT_EQ(tally->votes.at(2), 1);
  EXPECT_FALSE(tally->votes.contains(3));
}

TEST(Ballot, TheRootDoesNotHangOnAnOrder) {
  EXPECT_EQ(root_of("", {"b", "a"}), root_of("", {"a", "b"}));
  EXPECT_NE(root_of("", {"a", "b"}), root_of("", {"a", "c"}));
  EXPECT_NE(root_of("head", {"a", "b"}), root_of("", {"a", "b"}));
  EXPECT_NE(commitment_of(record_of(7, {1}, "aa")), commitment_of(record_of(7, {1}, "ab")));
}

TEST(Ballot, RefusesChoicesThatAreNone) {
  EXPECT_FALSE(refuse_choice(kTerms, {}));
  EXPECT_FALSE(refuse_choice(kTerms, {3, 1}));
  EXPECT_EQ(refuse_choice(kTerms, {1, 2, 3})->code, "election.too_many_chosen");
  EXPECT_EQ(refuse_choice(kTerms, {1, 1})->code, "election.chosen_twice");
  EXPECT_EQ(refuse_choice(kTerms, {4})->code, "election.candidate_unknown");
}

TEST(Ballot, WhatTheBoxWasOpenedWithCannotBeChanged) {
  struct Case {
    const char* code;
    std::function<void(boost::json::object&)> change;
  };
  const Case cases[] = {
      {"election.head_box", [](auto& held) { held["box"] = "8"; }},
      {"election.head_title", [](auto& held) { held["title"] = "别的"; }},
      {"election.head_candidates",
       [](auto& held) {
         auto& all = held["candidates"].as_array();
         std::swap(all[0].as_object()["name"], all[1].as_object()["name"]);
       }},
      {"election.head_seats", [](auto& held) { held["seats"] = 1; }},
      {"election.head_issued", [](auto& held) { held["issued"] = 999; }},
      {"election.root_wrong",
       [](auto& held) {
         BoxTerms other = kTerms;
         other.title = "别的";
         held["title"] = other.title;
         held["head"] = head_of(other);
       }},
      {"election.export_invalid", [](auto& held) { held.erase("head"); }},
      {"election.export_invalid", [](auto& held) { held["format"] = "jishi-ballots-1"; }},
  };
  for (const Case& one : cases) {
    boost::json::object held = exported();
    one.change(held);
    const auto tally = verify_export(held);
    ASSERT_FALSE(tally) << one.code;
    EXPECT_EQ(tally.error().code, one.code);
  }
}

TEST(Ballot, ARootThatWasMadeAnewIsNotThePublishedOne) {
  BoxTerms other = kTerms;
  std::swap(other.candidates[0].name, other.candidates[1].name);
  const auto held = exported_of(other);
  EXPECT_TRUE(verify_export(held));
  const std::string published(exported().at("root").as_string());
  EXPECT_TRUE(verify_export(exported(), published));
  EXPECT_EQ(verify_export(held, published).error().code, "election.root_not_published");
}

TEST(Ballot, AnOldExportIsCountedAgainAndSaysItsFormat) {
  const auto held = exported_of(kTerms, true);
  EXPECT_EQ(held.at("format"), "jishi-ballots-1");
  EXPECT_TRUE(verify_export(held));
}

TEST(Ballot, CandidatesExceedSeatsByAFifth) {
  EXPECT_FALSE(refuse_difference(1, 1));
  EXPECT_FALSE(refuse_difference(4, 3));
  EXPECT_FALSE(refuse_difference(6, 5));
  EXPECT_EQ(refuse_difference(3, 3)->code, "election.too_few_candidates");
  EXPECT_EQ(refuse_difference(7, 6)->code, "election.too_few_candidates");
}

TEST(Ballot, AnExportThatWasChangedIsFound) {
  struct Case {
    const char* code;
    std::function<void(boost::json::object&)> change;
  };
  const auto replace = [](boost::json::object& held, const std::string& record) {
    held["records"].as_array()[0] = record;
  };
  const Case cases[] = {
      {"election.export_invalid", [](auto& held) { held["format"] = "other"; }},
      {"election.export_invalid", [](auto& held) { held.erase("records"); }},
      {"election.export_invalid", [](auto& held) { held["seats"] = "two"; }},
      {"election.commitment_wrong", [&](auto& held) { replace(held, record_of(7, {3}, "aa")); }},
      {"election.commitment_wrong", [](auto& held) { held["records"].as_array().pop_back(); }},
      {"election.commitment_wrong",
       [](auto& held) {
         held["records"].as_array().push_back(held["records"].as_array()[0]);
         held["commitments"].as_array().push_back(held["commitments"].as_array()[0]);
       }},
      {"election.root_wrong", [](auto& held) { held["root"] = "00"; }},
      {"election.root_wrong",
       [&](auto& held) {
         replace(held, record_of(7, {3}, "aa"));
         held["commitments"].as_array()[0] = commitment_of(record_of(7, {3}, "aa"));
       }},
      {"election.too_many_ballots",
       [](auto& held) {
         BoxTerms terms = kTerms;
         terms.issued = 2;
         held = exported_of(terms);
       }},
      {"election.tally_wrong", [](auto& held) { held["votes"].as_object()["3"] = 1; }},
      {"election.tally_wrong", [](auto& held) { held["blank"] = 0; }},
      {"election.too_many_chosen",
       [](auto& held) {
         BoxTerms terms = kTerms;
         terms.seats = 1;
         held = exported_of(terms);
       }},
      {"election.candidate_unknown",
       [](auto& held) {
         BoxTerms terms = kTerms;
         terms.candidates.erase(terms.candidates.begin());
         held = exported_of(terms);
       }},
      {"election.record_invalid", [](auto& held) {
         BoxTerms terms = kTerms;
         terms.box = 8;
         held = exported_of(terms);
       }}};
  for (const Case& one : cases) {
    boost::json::object held = exported();
    one.change(held);
    const auto tally = verify_export(held);
    ASSERT_FALSE(tally) << one.code;
    EXPECT_EQ(tally.error().code, one.code);
  }
  EXPECT_FALSE(verify_export(boost::json::array()));
}

}  // namespace

}  // namespace jishi::election
