#pragma once
// Answers in a smaller coding (RFC 9110, Content-Encoding), for those who take it.

#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace jishi::http {

/// The text as gzip, as small as it gets: for what is made once and sent often. The same text gives
/// the same bytes.
std::string gzipped(std::string_view text);

/// Whether Accept-Encoding takes a coding; of weights only zero counts.
bool accepts_coding(const Request& request, std::string_view coding);

/// A text that everybody may read, in both codings, each with its entity tag.
class Document {
 public:
  Document() = default;
  explicit Document(std::string text);

  const std::string& text() const { return *plain_; }
  /// 200 with the coding that the request takes. To be asked for again each time, which costs
  /// nothing where nothing has changed: 304.
  Response answer(const Request& request, std::string_view content_type) const;

 private:
  std::shared_ptr<const std::string> plain_;
  std::shared_ptr<const std::string> gzip_;
  std::string plain_tag_;
  std::string gzip_tag_;
};

}  // namespace jishi::http
