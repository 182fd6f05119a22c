#include "platform/http/sender.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio.hpp>

#include "platform/http/conditional.hpp"
#include "platform/http/on_worker.hpp"

namespace jishi::http {

namespace asio = boost::asio;

namespace {

// Up to here a file goes out in one write with its header.
constexpr std::uint64_t kSmallFile = 32 * 1024;

Framing framing(const Asked& asked, std::optional<std::uint64_t> length) {
  return {length, !length && asked.version >= 11, asked.keep_alive, asked.request.secure};
}

bool has_no_body(int status) {
  return status == 204 || status == 304 || status < 200;
}

/// Closes a file when the coroutine that reads it ends, however it does.
class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

/// A version of a file: whoever writes into one changes its time.
std::string tag_of(const struct stat& state) {
  return '"' + std::to_string(state.st_ino) + '-' + std::to_string(state.st_size) + '-' +
         std::to_string(state.st_mtim.tv_sec) + '.' + std::to_string(state.st_mtim.tv_nsec) + '"';
}

}  // namespace

asio::awaitable<Sender::Sent> Sender::send(Response response, const Asked& asked) {
  Body body = std::move(response.body);
  if (auto* text = std::get_if<std::string>(&body))
    co_return co_await send_text(std::move(response), asked, *text);
  if (auto* text = std::get_if<std::shared_ptr<const std::string>>(&body))
    co_return co_await send_text(std::move(response), asked, **text);
  if (auto* file = std::get_if<FileBody>(&body))
    co_return co_await send_file(std::move(response), asked, std::move(*file));
  if (auto* source = std::get_if<BodySource>(&body))
    co_return co_await send_parts(std::move(response), asked, std::move(*source));
  co_return Sent{};
}

asio::awaitable<Sender::Sent> Sender::send_text(Response response, const Asked& asked,
                                                std::string_view text) {
  answer_if_changed(asked.request, response);
  const bool bare = has_no_body(response.status);
  Framing framed = framing(asked, bare ? std::nullopt : std::optional<std::uint64_t>(text.size()));
  framed.chunked = false;
  if (bare || asked.head) text = {};
  const std::string header = header_text(response, asked.request.id, framed);
  const Transport::Buffers buffers{asio::buffer(header), asio::buffer(text.data(), text.size())};
  const bool sent = co_await transport_.write(buffers);
  co_return Sent{sent && asked.keep_alive, response.status, text.size()};
}

asio::awaitable<Sender::Sent> Sender::send_file(Response response, const Asked& asked,
                                                FileBody body) {
  const OpenFile file(body.path);
  std::error_code ignored;
  if (body.remove) std::filesystem::remove(body.path, ignored);
  if (file.descriptor() >= 0)
    co_return co_await send_open(std::move(response), asked, file.descriptor());
  Response missing = answer_of(shared_.options, asked.request, refusal(404, "http.not_found"));
  co_return co_await send(std::move(missing), asked);
}

asio::awaitable<Sender::Sent> Sender::send_open(Response response, const Asked& asked, int file) {
  struct stat state {};
  if (::fstat(file, &state) != 0 || !S_ISREG(state.st_mode)) {
    Response missing = answer_of(shared_.options, asked.request, refusal(404, "http.not_found"));
    co_return co_await send(std::move(missing), asked);
  }
  set_if_missing(response, "ETag", tag_of(state));
  set_if_missing(response, "Accept-Ranges", "bytes");
  answer_if_changed(asked.request, response);
  ByteRange range{0, static_cast<std::uint64_t>(state.st_size)};
  if (!asked.head) answer_range(asked.request, response, range);  // of GET only
  if (has_no_body(response.status)) co_return co_await send_text(std::move(response), asked, {});
  if (!asked.head && range.length <= kSmallFile) {
    std::string text(range.length, '\0');
    const auto read = ::pread(file, text.data(), text.size(), static_cast<off_t>(range.first));
    if (read == static_cast<ssize_t>(text.size()))
      co_return co_await send_text(std::move(response), asked, text);
  }
  const std::string header = header_text(response, asked.request.id, framing(asked, range.length));
  bool sent = co_await transport_.write(header);
  if (asked.head) range.length = 0;
  if (sent && range.length > 0)
    sent = co_await transport_.write_file(file, range.first, range.length);
  co_return Sent{sent && asked.keep_alive, response.status, range.length};
}

asio::awaitable<Sender::Sent> Sender::send_parts(Response response, const Asked& asked,
                                                 BodySource source) {
  const bool chunked = asked.version >= 11 && !has_no_body(response.status);
  const bool keep_alive = asked.keep_alive && asked.version >= 11;
  const Framing framed{std::nullopt, chunked, keep_alive, asked.request.secure};
  const std::string header = header_text(response, asked.request.id, framed);
  Sent sent;
  sent.status = response.status;
  sent.whole = co_await transport_.write(header);
  if (asked.head || has_no_body(response.status)) {
    sent.whole = sent.whole && keep_alive;
    co_return sent;
  }
  std::string part;
  bool more = true;
  bool failed = false;
  while (more && sent.whole) {
    part.clear();
    // The next part is made when this one is on its way: a slow reader makes a slow source.
    // Named: g++ 12 destroys what is made within a co_await's arguments twice.
    std::function<void()> work = [&] {
      try {
        more = source(part);
      } catch (...) {
        failed = true;
      }
    };
    const bool ran = co_await on_worker(shared_.workers, true, std::move(work));
    // The length is not known: only an end without the last chunk tells that it is not whole.
    if (!ran || failed) co_return Sent{false, sent.status, sent.bytes};
    if (part.empty()) continue;
    sent.whole = co_await send_part(part, chunked);
    sent.bytes += part.size();
  }
  if (sent.whole && chunked) sent.whole = co_await transport_.write("0\r\n\r\n");
  sent.whole = sent.whole && keep_alive;
  co_return sent;
}

asio::awaitable<bool> Sender::send_part(std::string_view part, bool chunked) {
  if (!chunked) co_return co_await transport_.write(part);
  const std::string size = fmt::format("{:x}\r\n", part.size());
  const Transport::Buffers buffers{asio::buffer(size), asio::buffer(part.data(), part.size()),
                                   asio::const_buffer("\r\n", 2)};
  co_return co_await transport_.write(buffers);
}

asio::awaitable<Sender::Sent> Sender::send_stream_header(Response response, const Asked& asked) {
  const Framing framed{std::nullopt, false, false, asked.request.secure};
  const std::string header = header_text(response, asked.request.id, framed);
  const bool sent = co_await transport_.write(header);
  co_return Sent{sent, response.status, 0};
}

}  // namespace jishi::http
