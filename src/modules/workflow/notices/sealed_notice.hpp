#pragma once
// What a notice says, at rest.

#include "base/blob.hpp"
#include "base/id.hpp"
#include "platform/crypto/keys.hpp"

namespace jishi::workflow {

Blob sealed_notice(const crypto::Keys& keys, Id notice, std::string_view content);
/// `{}` when it does not open.
std::string opened_notice(const crypto::Keys& keys, Id notice, const Blob& sealed);

}  // namespace jishi::workflow
