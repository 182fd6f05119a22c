#pragma once
// One connection, from its first byte to its last. Known to this folder's Beast files only.

#include <list>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "platform/http/shared.hpp"

namespace jishi::http {

/// A connection as its loop knows it; used on the loop's thread.
struct Handle {
  bool busy = false;            // a request runs
  std::function<void()> close;  // ends what it waits for
};
using Handles = std::list<Handle>;

/// Serves a connection until it ends. `tls`: nullptr for a plain one.
boost::asio::awaitable<void> serve_connection(std::shared_ptr<Shared> shared, Handles& handles,
                                              boost::asio::ip::tcp::socket socket,
                                              std::shared_ptr<boost::asio::ssl::context> tls,
                                              std::string address);

}  // namespace jishi::http
