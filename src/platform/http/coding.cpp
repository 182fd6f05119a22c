#include "platform/http/coding.hpp"

#include <stdexcept>

#include <zlib.h>

#include "base/hash.hpp"
#include "platform/http/target.hpp"

namespace jishi::http {

namespace {

constexpr std::size_t kTagDigits = 24;  // of SHA-256

std::string tag_of(std::string_view text) {
  return '"' + to_hex(bytes_of(sha256(text))).substr(0, kTagDigits) + '"';
}

/// Whether a weight says anything but "never": `q=0`, `q=0.000`.
bool wanted(std::string_view parameters) {
  return !parameters.starts_with("q=0") ||
         parameters.find_first_of("123456789", 3) != parameters.npos;
}

}  // namespace

std::string gzipped(std::string_view text) {
  constexpr int kGzip = 15 + 16;  // the largest window, and gzip's frame instead of zlib's
  constexpr int kMemory = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::runtime_error("deflateInit2 failed");
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  // zlib takes what it only reads as not const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("deflate failed");
  return packed;
}

bool accepts_coding(const Request& request, std::string_view coding) {
  auto list = request.header("accept-encoding").value_or("");
  std::optional<bool> named;
  bool any = false;
  while (!list.empty()) {
    const auto comma = list.find(',');
    const auto part = list.substr(0, comma);
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    const auto mark = part.find(';');
    const auto word = trimmed_header(part.substr(0, mark));
    const bool takes = mark == part.npos || wanted(trimmed_header(part.substr(mark + 1)));
    if (same_word(word, coding)) named = takes;
    if (word == "*") any = takes;
  }
  return named.value_or(any);
}

Document::Document(std::string text)
    : plain_(std::make_shared<const std::string>(std::move(text))),
      gzip_(std::make_shared<const std::string>(gzipped(*plain_))),
      plain_tag_(tag_of(*plain_)),
      gzip_tag_(tag_of(*gzip_)) {
}

Response Document::answer(const Request& request, std::string_view content_type) const {
  const bool packed = gzip_->size() < plain_->size() && accepts_coding(request, "gzip");
  Response response;
  response.content_type = content_type;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language");
  response.headers.emplace_back("ETag", packed ? gzip_tag_ : plain_tag_);
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packed ? gzip_ : plain_;
  return response;
}

}  // namespace jishi::http
