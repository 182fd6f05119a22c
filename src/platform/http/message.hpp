#pragma once
// What a handler is given and what it gives back. Nothing of Beast or Asio is seen here.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace jishi::http {

enum class Method { get, head, post, put, patch, del, options };

/// `GET` of Method::get; HEAD is served by the GET handler and seen by it as get.
std::string_view name_of(Method method);

/// Whether a request by this method may change something.
constexpr bool changes(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

using Header = std::pair<std::string, std::string>;
/// Decoded names and values, in the order they came.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The first value of a name, if there is one.
std::optional<std::string_view> find_field(const Fields& fields, std::string_view name);

/// A file of a multipart upload, already on disk; deleted when the request ends unless moved away.
struct UploadedFile {
  std::string field;
  std::string name;  // as the sender called it, without any folders; for people only
  std::filesystem::path path;
  std::uint64_t size = 0;
};

/// A request whose framing, size, encoding and path were checked. Texts are valid UTF-8.
struct Request {
  Method method = Method::get;
  std::string host;  // of whom it was asked, as name[:port] in lower case; empty in HTTP/1.0
  std::string path;  // percent-decoded, without the query: /api/v1/persons/7
  Fields segments;   // of the route's {names}
  Fields query;      // of the target, or empty
  Fields cookies;
  std::vector<Header> headers;      // names in lower case
  std::string body;                 // of a route without uploads
  Fields form;                      // texts of a multipart body
  std::vector<UploadedFile> files;  // of a route with uploads
  std::string remote_address;       // of the peer, or what a trusted front says of it
  std::string id;                   // 16 hex digits; in the answer as X-Request-Id and in the log
  bool secure = false;              // came by TLS, also to a trusted front

  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  std::optional<std::string_view> segment(std::string_view name) const;
};

/// An event of a stream (text/event-stream). `data` may hold several lines.
struct Event {
  std::string id;
  std::string name;
  std::string data;
};

/// One listener of server-sent events. Its queue is bounded: one who reads too slowly is cut off
/// and resumes by Last-Event-ID.
class EventStream {
 public:
  static constexpr std::size_t kMaxQueued = 256;

  virtual ~EventStream() = default;
  /// Queues an event; from any thread. False when the listener is gone or was cut off.
  virtual bool send(std::shared_ptr<const Event> event) = 0;
  virtual void close() = 0;
};

/// Called on a worker thread until it returns false: puts the next part of a long answer into
/// `part`.
using BodySource = std::function<bool(std::string& part)>;

/// Takes over a stream of events once its header is sent.
using StreamTaker = std::function<void(std::shared_ptr<EventStream>)>;

struct FileBody {
  std::filesystem::path path;
  bool remove = false;  // once it was sent
};

using Body = std::variant<std::string, std::shared_ptr<const std::string>, FileBody, BodySource,
                          StreamTaker>;

struct Response {
  int status = 200;
  std::string content_type;  // empty: there is no body
  std::vector<Header> headers;
  Body body;
};

}  // namespace jishi::http
