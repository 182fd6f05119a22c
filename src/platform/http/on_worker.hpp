#pragma once
// Work on another thread, as a coroutine waits for it. Known to this folder's Asio files only.

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/workers.hpp"

namespace jishi::http {

/// Runs `work` on a worker and comes back to the caller's thread. False: too much waits already.
/// `begun`: the rest of what has begun, which is taken all the same. What `work` refers to must
/// live as long as the coroutine that waits.
inline boost::asio::awaitable<bool> on_worker(Workers& workers, bool begun,
                                              std::function<void()> work) {
  namespace asio = boost::asio;
  const auto executor = co_await asio::this_coro::executor;
  auto start = [&workers, begun, executor, work = std::move(work)](auto handler) mutable {
    // A std::function wants to be copied; the handler cannot be.
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    auto run = [executor, kept, work = std::move(work)]() mutable {
      work();
      // Only the caller's thread may hold the handler from here on.
      asio::post(executor, [kept = std::move(kept)] { (*kept)(true); });
    };
    const bool taken = begun ? workers.submit_more(std::move(run)) : workers.submit(std::move(run));
    if (!taken) asio::post(executor, [kept = std::move(kept)] { (*kept)(false); });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
      std::move(start), asio::use_awaitable);
}

}  // namespace jishi::http
