#include "platform/sheets/xml_stream.hpp"

#include <charconv>
#include <cstring>
#include <new>

#include <expat.h>

namespace jishi::sheets {

namespace {

constexpr int kBlock = 64 * 1024;

// A tag or comment is held in memory until it ends; none of a workbook is nearly as long.
constexpr std::uint64_t kLongestToken = 1U << 20U;

std::string_view without_prefix(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

}  // namespace

const char* Attributes::find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (name == without_prefix(*pair)) return pair[1];
  }
  return nullptr;
}

const char* Attributes::find_prefixed(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    const char* colon = std::strchr(*pair, ':');
    if (colon != nullptr && name == colon + 1) return pair[1];
  }
  return nullptr;
}

std::string_view Attributes::text(std::string_view name) const {
  const char* value = find(name);
  return value == nullptr ? std::string_view{} : value;
}

bool Attributes::is_true(std::string_view name) const {
  const std::string_view value = text(name);
  return value == "1" || value == "true" || value == "on";
}

std::uint32_t Attributes::number(std::string_view name, std::uint32_t otherwise) const {
  const std::string_view value = text(name);
  std::uint32_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = read.ec == std::errc{} && read.ptr == value.data() + value.size();
  return whole ? number : otherwise;
}

void XmlHandler::stop() {
  if (stream_ != nullptr) stream_->halt();
}

void XmlHandler::fail(Error error) {
  if (stream_ == nullptr) return;
  if (!stream_->error_) stream_->error_ = std::move(error);
  stream_->halt();
}

/// What expat calls. It may call on after it was told to stop, hence the questions.
struct XmlCallbacks {
  static XmlStream& of(void* data) { return *static_cast<XmlStream*>(data); }

  static void XMLCALL start(void* data, const XML_Char* name, const XML_Char** attributes) {
    XmlStream& stream = of(data);
    stream.quiet_bytes_ = 0;
    if (stream.stopped_) return;
    if (++stream.depth_ > stream.source_.limits.xml_depth) {
      stream.handler_.fail(stream.bad_xml());
      return;
    }
    stream.handler_.start(without_prefix(name), Attributes(attributes));
  }

  static void XMLCALL end(void* data, const XML_Char* name) {
    XmlStream& stream = of(data);
    stream.quiet_bytes_ = 0;
    if (stream.stopped_) return;
    --stream.depth_;
    stream.handler_.end(without_prefix(name));
  }

  static void XMLCALL characters(void* data, const XML_Char* text, int length) {
    XmlStream& stream = of(data);
    stream.quiet_bytes_ = 0;
    if (!stream.stopped_) stream.handler_.characters({text, static_cast<std::size_t>(length)});
  }

  static void XMLCALL doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    XmlStream& stream = of(data);
    stream.handler_.fail(stream.bad_xml());
  }
};

void XmlStream::Free::operator()(XML_ParserStruct* parser) const {
  XML_ParserFree(parser);
}

XmlStream::XmlStream(ZipPart part, XmlHandler& handler, const Source& source)
    : part_(std::move(part)),
      handler_(handler),
      source_(source),
      parser_(XML_ParserCreate(nullptr)) {
  if (!parser_) throw std::bad_alloc();
  handler_.stream_ = this;
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), &XmlCallbacks::start, &XmlCallbacks::end);
  XML_SetCharacterDataHandler(parser_.get(), &XmlCallbacks::characters);
  XML_SetStartDoctypeDeclHandler(parser_.get(), &XmlCallbacks::doctype);
}

XmlStream::~XmlStream() {
  handler_.stream_ = nullptr;
}

void XmlStream::halt() {
  stopped_ = true;
  XML_StopParser(parser_.get(), XML_FALSE);
}

Error XmlStream::bad_xml() const {
  return source_.error("bad_xml",
                       {{"line", std::to_string(XML_GetCurrentLineNumber(parser_.get()))}});
}

Result<bool> XmlStream::pump() {
  if (ended_) return false;
  void* block = XML_GetBuffer(parser_.get(), kBlock);
  if (block == nullptr) throw std::bad_alloc();
  auto count = part_.read(static_cast<char*>(block), kBlock);
  if (!count) return count.error();
  ended_ = *count == 0;
  quiet_bytes_ += *count;
  const auto status = XML_ParseBuffer(parser_.get(), static_cast<int>(*count), ended_ ? 1 : 0);
  if (error_) return *error_;
  if (stopped_) {
    ended_ = true;
    return false;
  }
  if (status != XML_STATUS_OK || quiet_bytes_ > kLongestToken) return bad_xml();
  return !ended_;
}

Result<Done> XmlStream::run() {
  for (;;) {
    const auto more = pump();
    if (!more) return more.error();
    if (!*more) return Done{};
  }
}

Result<Done> read_xml(ZipPackage& package, std::string_view part, XmlHandler& handler) {
  auto opened = package.part(part);
  if (!opened) return opened.error();
  XmlStream stream(std::move(*opened), handler, package.source());
  return stream.run();
}

}  // namespace jishi::sheets
