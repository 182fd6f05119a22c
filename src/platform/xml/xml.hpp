#pragma once
// XML documents in and out (expat reads). The tree keeps all that the information set holds:
// comments, instructions, CDATA sections, blanks, prefixes, the order of everything. A document
// type declaration is refused, and with it every entity of one's own: no bombs, no foreign files.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace jishi::xml {

inline constexpr std::size_t kMostBytes = 8 << 20;
inline constexpr int kMostDepth = 200;
inline constexpr std::size_t kMostNodes = 500'000;  // attributes counted too

struct Attribute {
  std::string name;  // as written, with its prefix
  std::string value;
  std::string space;  // the namespace its prefix stands for; empty without prefix

  std::string_view local() const;
};

struct Node {
  enum class Kind { element, text, cdata, comment, instruction };

  Kind kind = Kind::element;
  std::string name;   // of an element as written; an instruction's target
  std::string value;  // of anything but an element
  std::string space;  // the namespace of an element
  std::vector<Attribute> attributes;
  std::vector<Node> children;
  int line = 0;

  std::string_view local() const;
  bool is(std::string_view wanted_space, std::string_view wanted_local) const;
  /// The value of an attribute without prefix; nothing when there is none.
  const std::string* attribute(std::string_view wanted) const;
  std::string attribute_or(std::string_view wanted, std::string_view otherwise) const;
  /// The first element below of that local name, in this element's own namespace.
  const Node* child(std::string_view wanted_local) const;
  std::vector<const Node*> all(std::string_view wanted_local) const;
  /// Texts and CDATA sections right below, joined.
  std::string text() const;
};

struct Document {
  std::string version = "1.0";
  bool has_declaration = false;
  int standalone = -1;       // as declared: 1 yes, 0 no, -1 not said
  std::vector<Node> before;  // comments and instructions
  Node root;
  std::vector<Node> after;
};

/// Reads a document. Errors: xml.malformed, xml.doctype, xml.too_large, xml.too_deep,
/// xml.prefix, xml.twice; with `line` and `column`.
Result<Document> read(std::string_view bytes);

/// Writes it, in UTF-8. Read again it is the same, but for the encoding it had.
std::string write(const Document& document);

}  // namespace jishi::xml
