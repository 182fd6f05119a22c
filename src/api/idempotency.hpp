#pragma once
// Idempotency-Key: a command that is sent again is answered as the first time and done once.

#include <functional>

#include "api/call.hpp"

namespace jishi::api {

inline constexpr std::size_t kMaxIdempotencyKey = 128;
/// How long an answer is kept; a key that is older is new again.
inline constexpr std::int64_t kKeepAnswersMs = 24 * 3600 * 1000;

/// Does `work` in one transaction with the note of its answer, unless the caller did so with this
/// key before: then that answer. Refused: api.key_invalid; api.key_reused, when the key came with
/// another request. Refusals are not kept: what failed may be tried again.
Result<std::string> do_once(Call& call, Actor actor, std::string_view key,
                            const std::function<Result<std::string>(Transaction&)>& work);

/// Drops answers that are kept no longer: from time to time, as commands need not wait for it.
void forget_answers(Store& store);

}  // namespace jishi::api
