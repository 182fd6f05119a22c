#pragma once
// What the server itself refuses, as its parts hand it on.

#include "platform/http/server.hpp"

namespace jishi::http {

/// A refusal whose kind follows from its status.
Refusal refusal(int status, std::string_view code, Arguments arguments = {});

/// The answer to a refusal as options.refusal writes it. Never throws: where the writer does, the
/// code alone is said.
Response answer_of(const ServerOptions& options, const Request& request, const Refusal& refusal);

/// The answer that says a refusal's code and nothing else.
Response plain_answer(const Request& request, const Refusal& refusal);

}  // namespace jishi::http
