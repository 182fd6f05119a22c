#pragma once
// The bytes of a connection, plain or by TLS. Known to this folder's Asio files only.

#include <boost/asio/buffer.hpp>

#include "platform/http/loop.hpp"

namespace jishi::http {

/// To be used by one coroutine at a time. What waits is ended by cancel().
class Transport {
 public:
  using Buffers = std::array<boost::asio::const_buffer, 3>;
  static constexpr std::chrono::seconds kWriteTimeout{60};  // without any progress

  static std::unique_ptr<Transport> plain(boost::asio::ip::tcp::socket socket, Deadline& deadline);
  static std::unique_ptr<Transport> tls(boost::asio::ip::tcp::socket socket,
                                        Certificate::Context certificate, Deadline& deadline);
  virtual ~Transport() = default;

  /// Makes it ready for bytes; false when the peer and we do not agree.
  virtual boost::asio::awaitable<bool> open() = 0;
  /// What came. Empty when the peer has ended, or the wait was cancelled. Valid until the next
  /// co_await.
  virtual boost::asio::awaitable<std::string_view> read() = 0;
  /// Renews the deadline whenever something went out.
  virtual boost::asio::awaitable<bool> write(Buffers buffers) = 0;
  virtual boost::asio::awaitable<bool> write_file(int file, std::uint64_t first,
                                                  std::uint64_t length) = 0;
  /// Tells the peer that nothing follows.
  virtual boost::asio::awaitable<void> finish() = 0;

  boost::asio::awaitable<bool> write(std::string_view text);
  virtual boost::asio::ip::tcp::socket& socket() = 0;
  void cancel();
  void close();

 protected:
  explicit Transport(Deadline& deadline) : deadline_(deadline) {}
  Deadline& deadline_;
};

}  // namespace jishi::http
