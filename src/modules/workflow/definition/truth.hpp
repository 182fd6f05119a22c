#pragma once
// `xs:boolean` as attributes of BPMN have it.

#include <optional>
#include <string_view>

#include "platform/xml/xml.hpp"

namespace jishi::workflow {

/// `true`, `1`, `false` or `0`, blanks around it aside; nothing for anything else.
std::optional<bool> truth_of(std::string_view text);

/// That of an attribute; `otherwise` where there is none, or one that is no truth (which is refused
/// where the attributes are looked at).
bool truth(const xml::Node& node, std::string_view attribute, bool otherwise);

}  // namespace jishi::workflow
