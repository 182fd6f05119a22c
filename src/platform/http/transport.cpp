#include "platform/http/transport.hpp"

#include <sys/sendfile.h>

#include <unistd.h>

#include <vector>

#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/ssl.hpp>

namespace jishi::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr auto kTuple = asio::experimental::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadAtOnce = 64 * 1024;
constexpr std::uint64_t kSendfileAtOnce = 1024 * 1024;  // then others have their turn
constexpr std::size_t kTlsAtOnce = 16 * 1024;           // a record

/// Where the bytes of a loop's connections arrive. From the heap, when it is first needed: every
/// thread of the program would else begin with these 64 KB.
std::vector<char>& space_of_loop() {
  static thread_local std::vector<char> space(kReadAtOnce);
  return space;
}

class PlainTransport final : public Transport {
 public:
  PlainTransport(tcp::socket socket, Deadline& deadline)
      : Transport(deadline), socket_(std::move(socket)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.native_non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  tcp::socket& socket() override { return socket_; }
  asio::awaitable<bool> open() override { co_return true; }

  // Waits without holding memory: the bytes go to a place that the loop's connections share.
  asio::awaitable<std::string_view> read() override {
    std::vector<char>& shared_space = space_of_loop();
    while (true) {
      const auto [failed] = co_await socket_.async_wait(tcp::socket::wait_read, kTuple);
      if (failed) co_return std::string_view();
      error_code error;
      const std::size_t bytes = socket_.read_some(asio::buffer(shared_space), error);
      if (error == asio::error::would_block || error == asio::error::interrupted) continue;
      co_return std::string_view(shared_space.data(), error ? 0 : bytes);
    }
  }

  asio::awaitable<bool> write(Buffers buffers) override {
    deadline_.after(kWriteTimeout);
    while (asio::buffer_size(buffers) > 0) {
      error_code error;
      std::size_t sent = socket_.write_some(buffers, error);
      for (asio::const_buffer& buffer : buffers) {
        const std::size_t part = std::min(sent, buffer.size());
        buffer += part;
        sent -= part;
      }
      if (!error) continue;
      const bool ready = co_await writable(error);
      if (!ready) co_return false;
    }
    co_return true;
  }

  asio::awaitable<bool> write_file(int file, std::uint64_t first, std::uint64_t length) override {
    deadline_.after(kWriteTimeout);
    auto at = static_cast<off_t>(first);
    while (length > 0) {
      const auto part = std::min(length, kSendfileAtOnce);
      const auto sent = ::sendfile(socket_.native_handle(), file, &at, part);
      if (sent == 0) co_return false;  // the file has become shorter
      if (sent > 0) {
        length -= static_cast<std::uint64_t>(sent);
        continue;
      }
      const error_code error(errno, boost::system::system_category());
      const bool ready = co_await writable(error);
      if (!ready) co_return false;
    }
    co_return true;
  }

  asio::awaitable<void> finish() override {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    co_return;
  }

 private:
  asio::awaitable<bool> writable(error_code error) {
    if (error == asio::error::interrupted) co_return true;
    if (error != asio::error::would_block && error != asio::error::try_again) co_return false;
    deadline_.after(kWriteTimeout);
    const auto [failed] = co_await socket_.async_wait(tcp::socket::wait_write, kTuple);
    co_return !failed;
  }

  tcp::socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, Certificate::Context certificate, Deadline& deadline)
      : Transport(deadline),
        certificate_(std::move(certificate)),
        stream_(std::move(socket), *certificate_) {
    error_code ignored;
    stream_.next_layer().set_option(tcp::no_delay(true), ignored);
  }

  tcp::socket& socket() override { return stream_.next_layer(); }

  asio::awaitable<bool> open() override {
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kTuple);
    co_return !error;
  }

  asio::awaitable<std::string_view> read() override {
    const auto space = asio::buffer(space_);
    const auto [error, bytes] = co_await stream_.async_read_some(space, kTuple);
    co_return std::string_view(space_.data(), error ? 0 : bytes);
  }

  asio::awaitable<bool> write(Buffers buffers) override {
    std::string record;
    record.reserve(std::min(asio::buffer_size(buffers), kTlsAtOnce));
    for (const asio::const_buffer& buffer : buffers) {
      std::string_view rest(static_cast<const char*>(buffer.data()), buffer.size());
      while (!rest.empty()) {
        const auto part = rest.substr(0, kTlsAtOnce - record.size());
        record += part;
        rest.remove_prefix(part.size());
        if (record.size() < kTlsAtOnce) continue;
        const bool sent = co_await write_record(record);
        if (!sent) co_return false;
      }
    }
    if (record.empty()) co_return true;
    co_return co_await write_record(record);
  }

  asio::awaitable<bool> write_file(int file, std::uint64_t first, std::uint64_t length) override {
    std::string record;
    while (length > 0) {
      record.resize(std::min<std::uint64_t>(length, kTlsAtOnce));
      const auto bytes = ::pread(file, record.data(), record.size(), static_cast<off_t>(first));
      if (bytes <= 0) co_return false;
      record.resize(static_cast<std::size_t>(bytes));
      first += record.size();
      length -= record.size();
      const bool sent = co_await write_record(record);
      if (!sent) co_return false;
    }
    co_return true;
  }

  asio::awaitable<void> finish() override { (void)co_await stream_.async_shutdown(kTuple); }

 private:
  // Leaves `record` empty.
  asio::awaitable<bool> write_record(std::string& record) {
    deadline_.after(kWriteTimeout);
    const auto buffer = asio::buffer(record);
    const auto [error, bytes] = co_await asio::async_write(stream_, buffer, kTuple);
    (void)bytes;
    record.clear();
    co_return !error;
  }

  Certificate::Context certificate_;
  asio::ssl::stream<tcp::socket> stream_;
  std::array<char, kTlsAtOnce> space_{};
};

}  // namespace

std::unique_ptr<Transport> Transport::plain(tcp::socket socket, Deadline& deadline) {
  return std::make_unique<PlainTransport>(std::move(socket), deadline);
}

std::unique_ptr<Transport> Transport::tls(tcp::socket socket, Certificate::Context certificate,
                                          Deadline& deadline) {
  return std::make_unique<TlsTransport>(std::move(socket), std::move(certificate), deadline);
}

asio::awaitable<bool> Transport::write(std::string_view text) {
  return write(Buffers{asio::buffer(text.data(), text.size())});
}

void Transport::cancel() {
  error_code ignored;
  socket().cancel(ignored);
}

void Transport::close() {
  error_code ignored;
  socket().close(ignored);
}

}  // namespace jishi::http
