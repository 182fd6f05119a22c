#pragma once
// What the commands of process files have in common.

#include "app/context.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app {

/// Reads a file as XML. Errors: those of the file, and of XML.
Result<xml::Document> read_process_file(const std::string& file);

/// The roles and forms of --pack, where there is one.
workflow::Surroundings surroundings_of(const Context& context);

/// What a finding says in a line; where it names no element, of the file.
std::string line_of(const Context& context, const std::string& file,
                    const workflow::Finding& finding);

/// Prints what is refused or warned of: a line each, or a JSON object each.
void print_findings(const Context& context, const std::string& file,
                    const workflow::Findings& findings);

}  // namespace jishi::app
