#pragma once

#include "base/result.hpp"

namespace jishi::app {

/// The exit statuses that scripts rely on.
enum class Status : int { done = 0, refused = 1, usage = 2, failed = 3, interrupted = 130 };

/// The status an error ends the program with: what the caller can put right is `refused`, what the
/// machine must give (a folder, a key file, a disk) is `failed`.
Status status_of(const Error& error);

}  // namespace jishi::app
