#pragma once
// XML as events, from a part of a package. Refuses document types (and with them entities) and
// nesting beyond the limit; names come without their prefix, so that both namespaces of OOXML
// (transitional, strict) and every choice of prefix read alike.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "platform/sheets/zip_package.hpp"

struct XML_ParserStruct;

namespace jishi::sheets {

/// The attributes of an element.
class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}
  /// The value of an attribute by its name without prefix; nullptr where it is missing.
  const char* find(std::string_view name) const;
  /// The same for an attribute that must have a prefix (`r:id`).
  const char* find_prefixed(std::string_view name) const;
  /// The value as text; empty where it is missing.
  std::string_view text(std::string_view name) const;
  /// Whether an xsd:boolean attribute says yes.
  bool is_true(std::string_view name) const;
  /// The value as a whole number; `otherwise` where it is missing or none.
  std::uint32_t number(std::string_view name, std::uint32_t otherwise) const;
  const char** begin() const { return pairs_; }

 private:
  const char** pairs_;
};

class XmlStream;

/// Takes the events. May stop the stream by stop() or fail().
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void characters(std::string_view) {}

  /// Ends the reading early, as a success.
  void stop();
  /// Ends the reading with an error; the first one counts.
  void fail(Error error);

 private:
  friend class XmlStream;
  XmlStream* stream_ = nullptr;
};

class XmlStream {
 public:
  XmlStream(ZipPart part, XmlHandler& handler, const Source& source);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  /// Reads one block; false at the end. Errors: those of the part and of the handler,
  /// `sheets.bad_xml`.
  Result<bool> pump();
  /// Reads to the end or until the handler stops.
  Result<Done> run();
  const ZipPart& part() const { return part_; }

 private:
  friend class XmlHandler;
  friend struct XmlCallbacks;
  struct Free {
    void operator()(XML_ParserStruct* parser) const;
  };
  void halt();
  Error bad_xml() const;

  ZipPart part_;
  XmlHandler& handler_;
  const Source& source_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::optional<Error> error_;
  std::uint32_t depth_ = 0;
  std::uint64_t quiet_bytes_ = 0;  // read since the last event
  bool stopped_ = false;
  bool ended_ = false;
};

/// Reads a whole part into a handler.
Result<Done> read_xml(ZipPackage& package, std::string_view part, XmlHandler& handler);

}  // namespace jishi::sheets
