// Who listens, and for how long: over a gate that says what a test wants.

#include "modules/live/live.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"

namespace jishi::live {
namespace {

constexpr FactKind kKind{40};
constexpr Id kBranch = 11;
constexpr Id kPerson = 77;  // every listener's own, so that they are told of every fact
constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::milliseconds kSweep{20};

class FakeGate final : public api::Gate {
 public:
  Result<api::Caller> caller(const http::Request&) override { return api::Caller{}; }
  std::vector<Id> ended(const std::vector<Id>& credentials) override {
    const std::lock_guard lock(mutex_);
    std::vector<Id> out;
    for (const Id one : credentials) {
      if (ended_.contains(one)) out.push_back(one);
    }
    return out;
  }
  bool may(const api::Caller&, api::Permission, Id) override { return true; }
  bool may_somewhere(const api::Caller&, api::Permission) override { return true; }
  std::vector<Id> places(const api::Caller& caller, api::Permission) override {
    const std::lock_guard lock(mutex_);
    return places_[caller.account];
  }
  std::vector<api::Place> scope(const api::Caller&, api::Permission) override { return {}; }
  bool may_see_person(const api::Caller&, api::Permission, Id) override { return true; }

  void end(Id session) {
    const std::lock_guard lock(mutex_);
    ended_.insert(session);
  }
  void place(Id account, std::vector<Id> places) {
    const std::lock_guard lock(mutex_);
    places_[account] = std::move(places);
  }

 private:
  std::mutex mutex_;
  std::set<Id> ended_;
  std::map<Id, std::vector<Id>> places_;
};

class FakeStream final : public http::EventStream {
 public:
  bool send(std::shared_ptr<const http::Event>) override {
    const std::lock_guard lock(mutex_);
    if (!closed_) ++told_;
    told_something_.notify_all();
    return !closed_;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    told_something_.notify_all();
  }
  bool closes() {
    return waits_for([this] { return closed_; });
  }
  bool is_told(int events) {
    return waits_for([this, events] { return told_ >= events; });
  }
  int told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }
  bool closed() {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  template <class Holds>
  bool waits_for(Holds holds) {
    std::unique_lock lock(mutex_);
    return told_something_.wait_for(lock, kPatience, holds);
  }

  std::mutex mutex_;
  std::condition_variable told_something_;
  int told_ = 0;
  bool closed_ = false;
};

class LiveTest : public testing::Test {
 protected:
  LiveTest() : live(*store, gate, {}, kSweep) {
    store->on_commit([this] { live.wake(); });
  }
  ~LiveTest() override { store->on_commit({}); }

  static api::Caller caller(Id account, Id session) {
    api::Caller caller;
    caller.account = account;
    caller.session = session;
    caller.person = kPerson;
    return caller;
  }
  std::shared_ptr<FakeStream> listen(Id account, Id session) {
    auto stream = std::make_shared<FakeStream>();
    const auto listening = live.listen(caller(account, session), 0, stream);
    EXPECT_TRUE(listening);
    return stream;
  }
  void tell(Id organisation, Id subject) {
    const auto told = store->write({}, [&](Transaction& tx) -> Result<Done> {
      tx.fact(kKind, store.clock.today(), organisation, {.person = kPerson, .subject = subject});
      return Done{};
    });
    EXPECT_TRUE(told);
  }

  TestStore store;
  FakeGate gate;
  Live live;
};

TEST_F(LiveTest, AStreamEndsAtOnceWithItsSession) {
  tell(kBranch, 1);
  const auto one = listen(501, 7);
  const auto other = listen(501, 8);
  ASSERT_TRUE(one->is_told(1));
  ASSERT_TRUE(other->is_told(1));
  gate.end(7);
  tell(kNoId, 501);
  EXPECT_TRUE(one->closes());
  tell(kBranch, 2);
  EXPECT_FALSE(other->closed()) << "of another session";
}

TEST_F(LiveTest, AStreamEndsWhenThePlacesOfItsAccountChange) {
  gate.place(501, {kBranch});
  gate.place(502, {kBranch});
  tell(kBranch, 1);
  const auto one = listen(501, 7);
  const auto other = listen(502, 8);
  ASSERT_TRUE(one->is_told(1));
  ASSERT_TRUE(other->is_told(1));
  gate.place(501, {});
  tell(kBranch, 501);  // what ended the role, and is not told any more
  EXPECT_TRUE(one->closes());
  EXPECT_EQ(one->told(), 1);
  EXPECT_FALSE(other->closed());
}

TEST_F(LiveTest, WithoutAFactItEndsAtTheNextLook) {
  tell(kBranch, 1);
  const auto one = listen(501, 7);
  ASSERT_TRUE(one->is_told(1));
  gate.end(7);
  EXPECT_TRUE(one->closes());
}

}  // namespace
}  // namespace jishi::live
