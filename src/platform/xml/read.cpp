#include <expat.h>

#include <set>

#include "base/text.hpp"
#include "platform/xml/xml.hpp"

namespace jishi::xml {

namespace {

constexpr std::string_view kXmlSpace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kXmlnsSpace = "http://www.w3.org/2000/xmlns/";

std::string_view prefix_of(std::string_view name) {
  const auto colon = name.find(':');
  return colon == name.npos ? std::string_view() : name.substr(0, colon);
}

/// Builds the tree from what expat meets; stops it at the first thing that is refused.
class Builder {
 public:
  explicit Builder(XML_Parser parser) : parser_(parser) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetCdataSectionHandler(parser, on_cdata_start, on_cdata_end);
    XML_SetCommentHandler(parser, on_comment);
    XML_SetProcessingInstructionHandler(parser, on_instruction);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    XML_SetXmlDeclHandler(parser, on_declaration);
  }

  const std::optional<Error>& error() const { return error_; }
  Document take() { return std::move(document_); }

 private:
  static Builder& self(void* data) { return *static_cast<Builder*>(data); }
  static void on_start(void* data, const char* name, const char** attributes) {
    self(data).start(name, attributes);
  }
  static void on_end(void* data, const char*) { self(data).end(); }
  static void on_text(void* data, const char* text, int length) {
    self(data).text(std::string_view(text, static_cast<std::size_t>(length)));
  }
  static void on_cdata_start(void* data) {
    self(data).add(Node::Kind::cdata, {}, {});
    self(data).in_cdata_ = true;
  }
  static void on_cdata_end(void* data) { self(data).in_cdata_ = false; }
  static void on_comment(void* data, const char* text) {
    self(data).add(Node::Kind::comment, {}, text);
  }
  static void on_instruction(void* data, const char* target, const char* text) {
    self(data).add(Node::Kind::instruction, target, text);
  }
  static void on_doctype(void* data, const char*, const char*, const char*, int) {
    self(data).fail("xml.doctype");
  }
  static void on_declaration(void* data, const char* version, const char*, int standalone) {
    Document& document = self(data).document_;
    document.has_declaration = true;
    if (version != nullptr) document.version = version;
    document.standalone = standalone;
  }

  void fail(std::string_view code, Arguments arguments = {}) {
    if (error_) return;
    arguments.emplace_back("line", std::to_string(XML_GetCurrentLineNumber(parser_)));
    arguments.emplace_back("column", std::to_string(XML_GetCurrentColumnNumber(parser_) + 1));
    error_ = jishi::fail(ErrorKind::invalid, code, std::move(arguments));
    XML_StopParser(parser_, XML_FALSE);
  }

  void start(std::string_view name, const char** attributes) {
    if (error_) return;
    if (open_.size() >= static_cast<std::size_t>(kMostDepth)) {
      return fail("xml.too_deep", {{"limit", std::to_string(kMostDepth)}});
    }
    Node node;
    node.name = name;
    node.line = static_cast<int>(XML_GetCurrentLineNumber(parser_));
    const std::size_t outer = bindings_.size();
    for (; *attributes != nullptr; attributes += 2) {
      node.attributes.push_back({attributes[0], attributes[1], {}});
      bind(node.attributes.back());
    }
    if (!count(1 + node.attributes.size())) return;
    node.space = space_of(prefix_of(node.name));
    for (Attribute& attribute : node.attributes) {
      const auto prefix = prefix_of(attribute.name);
      if (attribute.name == "xmlns") attribute.space = kXmlnsSpace;
      if (!prefix.empty()) attribute.space = space_of(prefix);
    }
    refuse_twice(node);
    open_.push_back({std::move(node), outer});
  }

  // Two attributes of one name in one namespace, behind different prefixes.
  void refuse_twice(const Node& node) {
    std::set<std::pair<std::string_view, std::string_view>> met;
    for (const Attribute& one : node.attributes) {
      if (one.space.empty() || met.emplace(one.space, one.local()).second) continue;
      return fail("xml.twice", {{"name", one.name}});
    }
  }

  void bind(const Attribute& attribute) {
    const bool bare = attribute.name == "xmlns";
    if (!bare && !attribute.name.starts_with("xmlns:")) return;
    bindings_.push_back(bare ? std::string() : attribute.name.substr(6));
    spaces_[bindings_.back()].push_back(attribute.value);
  }

  std::string space_of(std::string_view prefix) {
    if (prefix == "xml") return std::string(kXmlSpace);
    if (prefix == "xmlns") return std::string(kXmlnsSpace);
    const auto bound = spaces_.find(prefix);
    if (bound != spaces_.end() && !bound->second.empty()) {
      const std::string& space = bound->second.back();
      if (prefix.empty() || !space.empty()) return space;
    }
    if (!prefix.empty()) fail("xml.prefix", {{"prefix", std::string(prefix)}});
    return {};
  }

  void end() {
    if (error_ || open_.empty()) return;
    Open ended = std::move(open_.back());
    open_.pop_back();
    for (; bindings_.size() > ended.outer_bindings; bindings_.pop_back()) {
      spaces_[bindings_.back()].pop_back();
    }
    if (open_.empty()) {
      document_.root = std::move(ended.node);
      rooted_ = true;
    } else {
      open_.back().node.children.push_back(std::move(ended.node));
    }
  }

  std::vector<Node>& here() {
    if (!open_.empty()) return open_.back().node.children;
    return rooted_ ? document_.after : document_.before;
  }

  void add(Node::Kind kind, std::string_view name, std::string_view value) {
    if (error_ || !count(1)) return;
    Node node;
    node.kind = kind;
    node.name = name;
    node.value = value;
    node.line = static_cast<int>(XML_GetCurrentLineNumber(parser_));
    here().push_back(std::move(node));
  }

  // expat gives a text in pieces.
  void text(std::string_view piece) {
    if (error_) return;
    const auto kind = in_cdata_ ? Node::Kind::cdata : Node::Kind::text;
    if (!here().empty() && here().back().kind == kind && (in_cdata_ || !closed_cdata())) {
      here().back().value += piece;
    } else {
      add(kind, {}, piece);
    }
  }
  bool closed_cdata() { return here().back().kind == Node::Kind::cdata; }

  bool count(std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ <= kMostNodes) return true;
    fail("xml.too_many", {{"limit", std::to_string(kMostNodes)}});
    return false;
  }

  struct Open {
    Node node;
    std::size_t outer_bindings = 0;
  };

  XML_Parser parser_;
  Document document_;
  std::vector<Open> open_;
  std::vector<std::string> bindings_;  // prefixes in force, the innermost last
  std::map<std::string, std::vector<std::string>, std::less<>> spaces_;  // of each, likewise
  std::optional<Error> error_;
  std::size_t nodes_ = 0;
  bool in_cdata_ = false;
  bool rooted_ = false;
};

// What expat says in English, as a text of our own.
std::string_view code_of(XML_Error error) {
  switch (error) {
    case XML_ERROR_NO_ELEMENTS: return "xml.unfinished";
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
    case XML_ERROR_UNCLOSED_CDATA_SECTION: return "xml.cut_off";
    case XML_ERROR_SYNTAX:
    case XML_ERROR_INVALID_TOKEN:
    case XML_ERROR_BAD_CHAR_REF: return "xml.bad_sign";
    case XML_ERROR_TAG_MISMATCH: return "xml.tag_mismatch";
    case XML_ERROR_DUPLICATE_ATTRIBUTE: return "xml.attribute_twice";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: return "xml.second_root";
    case XML_ERROR_UNDEFINED_ENTITY: return "xml.entity";
    case XML_ERROR_MISPLACED_XML_PI:
    case XML_ERROR_XML_DECL: return "xml.declaration";
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING: return "xml.encoding";
    default: return "xml.malformed";
  }
}

// A file in GB18030 that does not say so is taken for UTF-8, and stumbles over its first word.
std::string_view code_of(XML_Error error, std::string_view bytes) {
  const auto code = code_of(error);
  const bool wide = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
  return code == "xml.bad_sign" && !wide && !is_utf8(bytes) ? "xml.encoding" : code;
}

}  // namespace

Result<Document> read(std::string_view bytes) {
  if (bytes.size() > kMostBytes) {
    return fail(ErrorKind::invalid, "xml.too_large",
                {{"bytes", std::to_string(bytes.size())}, {"limit", std::to_string(kMostBytes)}});
  }
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
      XML_ParserCreate(nullptr), XML_ParserFree);
  if (parser == nullptr) throw std::bad_alloc();
  Builder builder(parser.get());
  const auto status = XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), 1);
  if (builder.error()) return *builder.error();
  if (status != XML_STATUS_OK) {
    return fail(ErrorKind::invalid, code_of(XML_GetErrorCode(parser.get()), bytes),
                {{"line", std::to_string(XML_GetCurrentLineNumber(parser.get()))},
                 {"column", std::to_string(XML_GetCurrentColumnNumber(parser.get()) + 1)}});
  }
  return builder.take();
}

}  // namespace jishi::xml
