#pragma once
// An answer on its way. Known to this folder's Asio files only.

#include "platform/http/transport.hpp"
#include "platform/http/wire.hpp"

namespace jishi::http {

/// What an answer depends on of the request it answers.
struct Asked {
  const Request& request;
  bool head = false;  // no body, whatever the answer has
  unsigned version = 11;
  bool keep_alive = true;
};

class Sender {
 public:
  Sender(Shared& shared, Transport& transport) : shared_(shared), transport_(transport) {}

  struct Sent {
    bool whole = false;       // and another may follow
    int status = 0;           // as it went out
    std::uint64_t bytes = 0;  // of the body
  };
  /// Everything but streams of events.
  boost::asio::awaitable<Sent> send(Response response, const Asked& asked);
  /// The header of a stream of events, which ends with the connection.
  boost::asio::awaitable<Sent> send_stream_header(Response response, const Asked& asked);

 private:
  boost::asio::awaitable<Sent> send_text(Response response, const Asked& asked,
                                         std::string_view text);
  boost::asio::awaitable<Sent> send_file(Response response, const Asked& asked, FileBody body);
  boost::asio::awaitable<Sent> send_open(Response response, const Asked& asked, int file);
  boost::asio::awaitable<Sent> send_parts(Response response, const Asked& asked, BodySource source);
  boost::asio::awaitable<bool> send_part(std::string_view part, bool chunked);

  Shared& shared_;
  Transport& transport_;
};

}  // namespace jishi::http
