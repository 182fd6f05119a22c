#pragma once
// One connection, from its first byte to its last. Known to this folder's Asio files only.

#include "platform/http/loop.hpp"

namespace jishi::http {

/// A connection that was accepted and counted.
struct Opened {
  boost::asio::ip::tcp::socket socket;
  Certificate::Context certificate;  // nullptr: plain
  std::string address;
  std::shared_ptr<Shared> shared;
};

/// Serves a connection until it ends.
boost::asio::awaitable<void> serve_connection(Loop& loop, Opened opened);

}  // namespace jishi::http
