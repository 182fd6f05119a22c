#include "platform/http/event_queue.hpp"

#include <boost/asio/io_context.hpp>

namespace jishi::http {
namespace {

std::shared_ptr<const Event> event(std::string id, std::string name = "", std::string data = "") {
  return std::make_shared<const Event>(Event{std::move(id), std::move(name), std::move(data)});
}

/// A queue with a connection's end of it: counts how often it was woken.
struct Listener {
  boost::asio::io_context context;
  std::shared_ptr<EventQueue> queue = std::make_shared<EventQueue>();
  int woken = 0;
  bool closed = false;

  Listener() {
    queue->on_wake(
        [this] {
          ++woken;
          closed = queue->closed();  // as a connection does that is in the middle of a write
        },
        context.get_executor());
  }
  ~Listener() { queue->detach(); }
  void run() {
    context.restart();
    context.run();
  }
};

TEST(EventQueue, WritesEventsAsTheStandardSays) {
  Listener listener;
  EXPECT_TRUE(listener.queue->send(event("7", "lamp", "one\ntwo\r\nthree\rfour")));
  EXPECT_TRUE(listener.queue->send(event("", "", "")));
  EXPECT_EQ(listener.queue->take(),
            "id: 7\nevent: lamp\ndata: one\ndata: two\ndata: three\ndata: four\n\ndata: \n\n");
  EXPECT_EQ(listener.queue->take(), "");
}

TEST(EventQueue, AnIdOrNameCannotBeginAnotherField) {
  Listener listener;
  listener.queue->send(event("7\ndata: forged", "lamp\r\nid: 8", "x"));
  EXPECT_EQ(listener.queue->take(), "id: 7\nevent: lamp\ndata: x\n\n");
}

TEST(EventQueue, HoldsSoManyAndThenCutsItsListenerOff) {
  Listener listener;
  for (std::size_t i = 0; i < EventStream::kMaxQueued; ++i)
    ASSERT_TRUE(listener.queue->send(event(std::to_string(i))));
  EXPECT_FALSE(listener.queue->closed());
  EXPECT_FALSE(listener.queue->send(event("late")));
  EXPECT_TRUE(listener.queue->closed());
  EXPECT_FALSE(listener.queue->send(event("later")));
  EXPECT_EQ(listener.queue->take(), "");
}

TEST(EventQueue, WakesItsConnectionOnceForWhatComesTogether) {
  Listener listener;
  listener.queue->send(event("1"));
  listener.queue->send(event("2"));
  listener.run();
  EXPECT_EQ(listener.woken, 1);
  listener.queue->take();
  listener.queue->send(event("3"));
  listener.run();
  EXPECT_EQ(listener.woken, 2);
}

TEST(EventQueue, AConnectionThatWritesStillHearsThatItsListenerIsCutOff) {
  Listener listener;
  listener.queue->send(event("1"));
  listener.queue->take();  // and writes it, for long
  listener.queue->send(event("2"));
  listener.run();
  EXPECT_FALSE(listener.closed);
  while (listener.queue->send(event("more"))) {
  }
  listener.run();
  EXPECT_TRUE(listener.closed);
}

TEST(EventQueue, AConnectionThatWritesStillHearsThatTheServerStops) {
  Listener listener;
  listener.queue->send(event("1"));
  listener.run();
  listener.queue->close();
  listener.run();
  EXPECT_TRUE(listener.closed);
}

TEST(EventQueue, OutlivesItsConnection) {
  std::shared_ptr<EventQueue> queue;
  {
    Listener listener;
    queue = listener.queue;
    queue->send(event("1"));
  }
  EXPECT_FALSE(queue->send(event("2")));
  queue->close();
  EXPECT_EQ(queue->take(), "");
}

}  // namespace
}  // namespace jishi::http
