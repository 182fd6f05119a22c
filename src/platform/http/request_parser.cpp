#include "platform/http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace jishi::http {

namespace beast = boost::beast;
using beast::http::error;
using boost::system::error_code;

namespace {

std::string_view view_of(beast::string_view text) {
  return {text.data(), text.size()};
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

// A field that goes on in the next line (RFC 9112, 5.2): Beast joins them, others may not.
bool is_folded(std::string_view lines) {
  return lines.find("\r\n ") != lines.npos || lines.find("\r\n\t") != lines.npos;
}

// The lines of a header, as far as they came.
std::string_view header_part(std::string_view input) {
  if (input.starts_with("\r\n")) return input.substr(0, 2);
  return input.substr(0, input.find("\r\n\r\n"));
}

// Beast sees it when the lines around it are whole; who waits for them may wait for long.
bool has_bare_line_feed(std::string_view lines) {
  for (auto at = lines.find('\n'); at != lines.npos; at = lines.find('\n', at + 1)) {
    if (at == 0 || lines[at - 1] != '\r') return true;
  }
  return false;
}

// Whether a first line names a version, and one that is not spoken here: Beast says so of every
// line that ends otherwise than it should.
bool names_other_version(std::string_view line) {
  constexpr std::string_view kName = "HTTP/";
  const auto target = line.find(' ');
  const auto version = target == line.npos ? line.npos : line.find(' ', target + 1);
  if (version == line.npos) return false;
  line.remove_prefix(version + 1);
  if (!line.starts_with(kName) || line.size() < kName.size() + 3) return false;
  const auto number = line.substr(kName.size(), 3);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return digit(number[0]) && number[1] == '.' && digit(number[2]) && number != "1.0" &&
         number != "1.1";
}

}  // namespace

class RequestParser::Machine final : public beast::http::basic_parser<true> {
 public:
  explicit Machine(std::size_t max_header_bytes) : max_header_(max_header_bytes) {
    header_limit(static_cast<std::uint32_t>(max_header_bytes));
    body_limit(boost::none);
  }

  Step header_step(std::string_view input);
  Step body_step(std::string_view input);
  RequestHead head;
  std::uint64_t most_of_body = 0;

 private:
  Refusal refusal_of(error_code code) const;
  Refusal too_large() const {
    return refusal(431, "http.header_too_large", {{"limit", std::to_string(max_header_)}});
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code&) override {
    head.method = view_of(method);
    head.target = view_of(target);
    head.version = static_cast<unsigned>(version);
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     error_code& code) override;
  void on_header_impl(error_code& code) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view piece, error_code&) override {
    piece_ = view_of(piece);
    return piece.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view piece, error_code&) override {
    piece_ = view_of(piece);
    return piece.size();
  }
  void on_finish_impl(error_code&) override {}

  const std::size_t max_header_;
  std::size_t header_bytes_ = 0;
  bool header_done_ = false;
  bool coded_ = false;  // a Transfer-Encoding was there
  std::string_view piece_;
};

void RequestParser::Machine::on_field_impl(beast::http::field field, beast::string_view name,
                                           beast::string_view value, error_code& code) {
  if (header_done_) return;  // a trailer: nothing here asks for one
  if (field == beast::http::field::content_length) {
    // Twice the same is allowed by Beast; who stands before us may have counted otherwise.
    if (head.length || view_of(value).find(',') != std::string_view::npos) {
      code = error::multiple_content_length;
      return;
    }
    head.length = 0;
  }
  if (field == beast::http::field::transfer_encoding) {
    coded_ = true;
    if (!beast::iequals(value, "chunked")) {
      code = error::bad_transfer_encoding;
      return;
    }
  }
  if (head.headers.size() == kMaxHeaders) {
    code = error::header_limit;
    return;
  }
  head.headers.emplace_back(lower(view_of(name)), view_of(value));
}

void RequestParser::Machine::on_header_impl(error_code& code) {
  header_done_ = true;
  // HTTP/1.0 knows no codings: what such a sender means is a guess.
  if (coded_ && head.version < 11) {
    code = error::bad_transfer_encoding;
    return;
  }
  head.chunked = coded_;
}

Refusal RequestParser::Machine::refusal_of(error_code code) const {
  if (code == error::header_limit) return too_large();
  if (code == error::body_limit)
    return refusal(413, "http.body_too_large", {{"limit", std::to_string(most_of_body)}});
  return refusal(400, "http.malformed");
}

RequestParser::Step RequestParser::Machine::header_step(std::string_view input) {
  Step step;
  // An empty line before a request is forgiven (RFC 9112, 2.2).
  while (header_bytes_ < 4 && !got_some() && input.starts_with("\r\n")) {
    input.remove_prefix(2);
    step.used += 2;
    header_bytes_ += 2;
  }
  if (input.empty() || input == "\r") return step;
  const std::size_t room = max_header_ - std::min(max_header_, header_bytes_);
  if (has_bare_line_feed(header_part(input).substr(0, room))) {
    step.refusal = refusal(400, "http.malformed");
    return step;
  }
  error_code code;
  const std::size_t used = put(boost::asio::buffer(input.data(), input.size()), code);
  step.used += used;
  header_bytes_ += used;
  if (is_folded(input.substr(0, used))) {
    step.refusal = refusal(400, "http.malformed");
  } else if (header_bytes_ > max_header_) {
    step.refusal = too_large();
  } else if (code == error::bad_version && names_other_version(input)) {
    step.refusal = refusal(505, "http.version");
  } else if (code && code != error::need_more) {
    step.refusal = refusal_of(code);
  } else if (is_header_done()) {
    step.done = true;
    if (const auto length = content_length()) head.length = *length;
    head.keep_alive = keep_alive();
  } else if (header_bytes_ + input.size() - used > max_header_) {
    step.refusal = too_large();
  }
  return step;
}

RequestParser::Step RequestParser::Machine::body_step(std::string_view input) {
  Step step;
  if (is_done()) {
    step.done = true;
    return step;
  }
  if (input.empty()) return step;
  // A chunk's line, or the trailers, must be whole within a window: how much of them comes at once
  // makes no difference then.
  if (head.chunked) input = input.substr(0, kMaxChunkLine);
  error_code code;
  piece_ = {};
  step.used = put(boost::asio::buffer(input.data(), input.size()), code);
  step.body = piece_;
  step.done = !code && is_done();
  if (code && code != error::need_more) {
    step.refusal = refusal_of(code);
  } else if (code && step.used == 0 && input.size() == kMaxChunkLine) {
    step.refusal = refusal(400, "http.malformed");
  }
  return step;
}

RequestParser::RequestParser(std::size_t max_header_bytes)
    : machine_(std::make_unique<Machine>(max_header_bytes)) {
}

RequestParser::~RequestParser() = default;

RequestParser::Step RequestParser::read_header(std::string_view input) {
  return machine_->header_step(input);
}

RequestHead& RequestParser::head() {
  return machine_->head;
}

void RequestParser::limit_body(std::uint64_t bytes) {
  machine_->most_of_body = bytes;
  machine_->body_limit(bytes);
}

RequestParser::Step RequestParser::read_body(std::string_view input) {
  return machine_->body_step(input);
}

}  // namespace jishi::http
