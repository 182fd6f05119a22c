#include "platform/xml/xml.hpp"

namespace jishi::xml {

namespace {

void append_escaped(std::string& made, std::string_view text, bool attribute) {
  for (const char sign : text) {
    switch (sign) {
      case '&': made += "&amp;"; break;
      case '<': made += "&lt;"; break;
      case '>': made += "&gt;"; break;
      case '\r': made += "&#13;"; break;
      case '"': made += attribute ? "&quot;" : "\""; break;
      // A reader makes a space of these in an attribute, unless they are written so.
      case '\n': made += attribute ? "&#10;" : "\n"; break;
      case '\t': made += attribute ? "&#9;" : "\t"; break;
      default: made += sign;
    }
  }
}

void append(std::string& made, const Node& node) {
  switch (node.kind) {
    case Node::Kind::text: append_escaped(made, node.value, false); return;
    case Node::Kind::cdata: made += "<![CDATA[" + node.value + "]]>"; return;
    case Node::Kind::comment: made += "<!--" + node.value + "-->"; return;
    case Node::Kind::instruction:
      made += "<?" + node.name + (node.value.empty() ? "" : " " + node.value) + "?>";
      return;
    case Node::Kind::element: break;
  }
  made += "<" + node.name;
  for (const Attribute& attribute : node.attributes) {
    made += " " + attribute.name + "=\"";
    append_escaped(made, attribute.value, true);
    made += '"';
  }
  if (node.children.empty()) {
    made += "/>";
    return;
  }
  made += '>';
  for (const Node& child : node.children) append(made, child);
  made += "</" + node.name + ">";
}

}  // namespace

std::string_view Attribute::local() const {
  const auto colon = name.find(':');
  return colon == name.npos ? std::string_view(name) : std::string_view(name).substr(colon + 1);
}

std::string_view Node::local() const {
  const auto colon = name.find(':');
  return colon == name.npos ? std::string_view(name) : std::string_view(name).substr(colon + 1);
}

bool Node::is(std::string_view wanted_space, std::string_view wanted_local) const {
  return kind == Kind::element && space == wanted_space && local() == wanted_local;
}

const std::string* Node::attribute(std::string_view wanted) const {
  for (const Attribute& held : attributes) {
    if (held.name == wanted) return &held.value;
  }
  return nullptr;
}

std::string Node::attribute_or(std::string_view wanted, std::string_view otherwise) const {
  const auto* found = attribute(wanted);
  return found == nullptr ? std::string(otherwise) : *found;
}

const Node* Node::child(std::string_view wanted_local) const {
  for (const Node& below : children) {
    if (below.is(space, wanted_local)) return &below;
  }
  return nullptr;
}

std::vector<const Node*> Node::all(std::string_view wanted_local) const {
  std::vector<const Node*> found;
  for (const Node& below : children) {
    if (below.is(space, wanted_local)) found.push_back(&below);
  }
  return found;
}

std::string Node::text() const {
  std::string joined;
  for (const Node& below : children) {
    if (below.kind == Kind::text || below.kind == Kind::cdata) joined += below.value;
  }
  return joined;
}

std::string write(const Document& document) {
  std::string made;
  if (document.has_declaration) {
    made += "<?xml version=\"" + document.version + "\" encoding=\"UTF-8\"";
    if (document.standalone >= 0) {
      made += document.standalone == 1 ? " standalone=\"yes\"" : " standalone=\"no\"";
    }
    made += "?>\n";
  }
  for (const Node& node : document.before) {
    append(made, node);
    made += '\n';
  }
  append(made, document.root);
  for (const Node& node : document.after) {
    made += '\n';
    append(made, node);
  }
  return made += '\n';
}

}  // namespace jishi::xml
