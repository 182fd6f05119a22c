#include "modules/election/ballot/ballot.hpp"

#include <gtest/gtest.h>

namespace jishi::election {

namespace {

const BoxTerms kTerms{7, "选举", {{1, "杨"}, {2, "周"}, {3, "赵"}}, 2, 5};

boost::json::object exported() {
  const std::vector<std::string> records{record_of(7, {1, 2}, "aa"), record_of(7, {1}, "bb"),
                                         record_of(7, {}, "cc")};
  std::vector<std::string> commitments;
  for (const auto& record : records) commitments.push_back(commitment_of(record));
  return export_of(kTerms, records, root_of(commitments));
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
  EXPECT_EQ(root_of({"b", "a"}), root_of({"a", "b"}));
  EXPECT_NE(root_of({"a", "b"}), root_of({"a", "c"}));
  EXPECT_NE(commitment_of(record_of(7, {1}, "aa")), commitment_of(record_of(7, {1}, "ab")));
}

TEST(Ballot, RefusesChoicesThatAreNone) {
  EXPECT_FALSE(refuse_choice(kTerms, {}));
  EXPECT_FALSE(refuse_choice(kTerms, {3, 1}));
  EXPECT_EQ(refuse_choice(kTerms, {1, 2, 3})->code, "election.too_many_chosen");
  EXPECT_EQ(refuse_choice(kTerms, {1, 1})->code, "election.chosen_twice");
  EXPECT_EQ(refuse_choice(kTerms, {4})->code, "election.candidate_unknown");
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
      {"election.too_many_ballots", [](auto& held) { held["issued"] = 2; }},
      {"election.tally_wrong", [](auto& held) { held["votes"].as_object()["3"] = 1; }},
      {"election.tally_wrong", [](auto& held) { held["blank"] = 0; }},
      {"election.too_many_chosen", [](auto& held) { held["seats"] = 1; }},
      {"election.candidate_unknown",
       [](auto& held) {
         held["candidates"].as_array().erase(held["candidates"].as_array().begin());
       }},
      {"election.record_invalid", [](auto& held) { held["box"] = "8"; }}};
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
