#include "api/jobs/jobs.hpp"

#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"

namespace jishi::api {
namespace {

constexpr Id kAccount = 11;
constexpr Id kBranch = 7;

/// Jobs of two kinds: `wait` ends when it is let go or cancelled, `quick` at once.
class JobsTest : public ::testing::Test {
 protected:
  JobsTest() { start(); }

  void start() {
    jobs = std::make_unique<Jobs>(
        *store, [this](std::string_view, Id job, std::string_view) { ++broken[job]; });
    jobs->add({"wait", [this](const JobRun& run) { return wait(run); },
               [this](Id job, const boost::json::object&, JobState end) { cleaned[job] = end; },
               false, 2});
    jobs->add({"quick", [this](const JobRun& run) { return quick(run); }, {}, true, 0});
    jobs->start();
  }

  Result<boost::json::object> wait(const JobRun& run) {
    ++runs;
    while (!run.cancel && !let_go) std::this_thread::yield();
    if (run.cancel) return fail(ErrorKind::conflict, "api.job_over");
    return boost::json::object{{"ran", true}};
  }

  Result<boost::json::object> quick(const JobRun& run) {
    if (run.input.contains("break")) throw std::runtime_error("broken");
    if (run.input.contains("away") && ++tries < 3) throw db::Failure(db::FailureKind::lost, "away");
    run.progress(0.5, 21);
    return boost::json::object{{"said", run.input.at("say")}};
  }

  Id submit(std::string_view kind, boost::json::object input = {{"say", "hello"}}) {
    const auto job = jobs->submit(kind, kBranch, kAccount, std::move(input));
    if (!job) throw std::runtime_error(job.error().code);
    return job->id;
  }
  Job shown(Id job) { return *jobs->find(job, Language::en); }
  /// Waits until one more has begun.
  void reach() {
    ++awaited;
    while (runs < awaited) std::this_thread::yield();
  }

  TestStore store;
  std::map<Id, int> broken;
  std::map<Id, JobState> cleaned;
  std::atomic<int> runs{0};
  std::atomic<int> tries{0};
  std::atomic<bool> let_go{false};
  int awaited = 0;
  std::unique_ptr<Jobs> jobs;
};

TEST_F(JobsTest, OfOneKindDoNotWaitForThoseOfAnother) {
  const Id first = submit("wait");
  reach();
  const Id second = submit("quick");
  while (shown(second).state != JobState::done) std::this_thread::yield();
  EXPECT_EQ(shown(second).result.at("said"), "hello");
  EXPECT_EQ(shown(second).rows, 21);
  EXPECT_EQ(shown(second).part, 1000);
  EXPECT_EQ(shown(first).state, JobState::running);
  let_go = true;
  jobs->drain();
  EXPECT_EQ(shown(first).state, JobState::done);
  EXPECT_EQ(cleaned.at(first), JobState::done);
}

TEST_F(JobsTest, OfAnAccountsOwnAreSeenByItAlone) {
  const Id own = submit("quick");
  const Id others = submit("wait");
  reach();
  ASSERT_EQ(jobs->list(kBranch, Language::en).size(), 1U);
  EXPECT_EQ(jobs->list(kBranch, Language::en)[0].id, others);
  EXPECT_EQ(jobs->list_own(kAccount, Language::en).size(), 2U);
  EXPECT_TRUE(jobs->list_own(kAccount + 1, Language::en).empty());
  store->read([&](db::Reader& reader) {
    EXPECT_EQ(organisation_of_job(reader, own), std::nullopt);
    EXPECT_EQ(organisation_of_job(reader, others), kBranch);
    EXPECT_EQ(account_of_job(reader, own), kAccount);
    return 0;
  });
  let_go = true;
}

TEST_F(JobsTest, AreBoundedByAccount) {
  submit("wait");
  reach();
  submit("wait");
  const auto third = jobs->submit("wait", kBranch, kAccount, {});
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, "api.too_many_own_jobs");
  EXPECT_TRUE(jobs->submit("quick", kBranch, kAccount, {{"say", 1}}));
  for (std::int64_t i = 0; i < Jobs::kMaxWaiting - 1; ++i)
    ASSERT_TRUE(jobs->submit("wait", kBranch, kAccount + 1 + i, {})) << i;
  EXPECT_EQ(jobs->submit("wait", kBranch, kAccount + 999, {}).error().code, "api.too_many_jobs");
}

TEST_F(JobsTest, ThatAreCancelledEndAtOnceOrWhenTheyNoticeIt) {
  const Id running = submit("wait");
  reach();
  const Id waiting = submit("wait");
  EXPECT_TRUE(jobs->cancel(waiting));
  EXPECT_EQ(shown(waiting).state, JobState::cancelled);
  EXPECT_EQ(cleaned.at(waiting), JobState::cancelled) << "what it had is taken away, too";
  EXPECT_TRUE(jobs->cancel(running));
  jobs->drain();
  EXPECT_EQ(shown(running).state, JobState::cancelled);
  EXPECT_EQ(jobs->cancel(running).error().code, "api.job_over");
  EXPECT_EQ(jobs->cancel(4711).error().code, "api.job_over");
  EXPECT_EQ(runs, 1);
}

TEST_F(JobsTest, ThatTheProgramsEndCutShortBeginAgainHoweverOften) {
  const Id job = submit("wait");
  for (int start_number = 0; start_number <= Jobs::kMaxAttempts; ++start_number) {
    reach();
    jobs.reset();
    start();
  }
  reach();
  EXPECT_EQ(shown(job).state, JobState::running);
  let_go = true;
  jobs->drain();
  EXPECT_EQ(shown(job).state, JobState::done);
}

TEST_F(JobsTest, ThatBreakFailInWordsAndAreTold) {
  const Id job = submit("quick", {{"break", true}});
  jobs->drain();
  EXPECT_EQ(shown(job).state, JobState::failed);
  EXPECT_NE(shown(job).error->find("The job was not done"), std::string::npos);
  EXPECT_EQ(broken[job], 1);
}

TEST_F(JobsTest, StandWhileTheStoreIsAwayAndAreTriedAgain) {
  const Id job = submit("quick", {{"away", true}, {"say", "back"}});
  while (shown(job).state != JobState::done) {
    submit("quick");  // what wakes the line before it looks by itself
    jobs->drain();
  }
  EXPECT_EQ(shown(job).result.at("said"), "back");
  EXPECT_EQ(tries, 3);
}

}  // namespace
}  // namespace jishi::api
