#pragma once
// One thread with its connections. Known to this folder's Asio files only.

#include <list>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "platform/http/shared.hpp"

namespace jishi::http {

class Loop;

/// Until when a connection waits for its peer. A sweep of the loop looks at all of them, which is
/// cheaper than a timer for each wait; so the moment is kept to within kSweep.
struct Deadline {
  using Clock = std::chrono::steady_clock;
  Clock::time_point at = Clock::time_point::max();
  bool passed = false;

  void after(Clock::duration time) {
    at = Clock::now() + time;
    passed = false;
  }
  void never() { at = Clock::time_point::max(); }
};

/// A connection as its loop knows it; only ever used on the loop's thread.
class Member {
 public:
  explicit Member(Loop& loop);
  virtual ~Member();
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  /// Ends the connection where no request runs.
  virtual void retire() = 0;
  /// Ends it whatever it does.
  virtual void cut() = 0;
  /// The deadline has passed: what it waits for is given up.
  virtual void expire() = 0;

  Deadline deadline;

 private:
  Loop& loop_;
  std::list<Member*>::iterator place_;
};

/// The certificate in use; replaced while connections with the one before go on.
class Certificate {
 public:
  using Context = std::shared_ptr<boost::asio::ssl::context>;

  void set(Context context) { std::atomic_store(&context_, std::move(context)); }
  /// nullptr: there is none, connections are plain.
  Context get() const { return std::atomic_load(&context_); }

 private:
  Context context_;
};

class Loop {
 public:
  static constexpr std::chrono::milliseconds kSweep{100};

  Loop(std::shared_ptr<Shared> shared, std::shared_ptr<const Certificate> certificate);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  Result<Done> listen(const boost::asio::ip::tcp::endpoint& endpoint, bool with_others);
  unsigned short port() const;
  void start();

  /// From any thread: no more connections, and those that nobody uses end.
  void retire();
  /// From any thread: all connections end.
  void cut();
  /// Ends the thread; what still hangs is given up.
  void stop();

 private:
  friend class Member;
  boost::asio::awaitable<void> accept();
  void take(boost::asio::ip::tcp::socket socket);
  boost::asio::awaitable<void> sweep();
  /// Calls `what` of every member; a member may end by it.
  void for_each(void (Member::*what)());

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<const Certificate> certificate_;
  std::list<Member*> members_;  // outlives the context, whose end ends connections
  boost::asio::io_context context_{1};
  boost::asio::ip::tcp::acceptor acceptor_{context_};
  std::thread thread_;
};

}  // namespace jishi::http
