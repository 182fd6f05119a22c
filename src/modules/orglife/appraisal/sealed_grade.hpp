#pragma once
// A grade at rest: it opens for its own organisation, year and person only.

#include "base/blob.hpp"
#include "base/id.hpp"
#include "platform/crypto/keys.hpp"

namespace jishi::orglife {

struct GradeOf {
  Id organisation = kNoId;
  int year = 0;
  Id person = kNoId;
};

Blob sealed_grade(const crypto::Keys& keys, const GradeOf& of, std::string_view grade);
/// Empty when it does not open.
std::string opened_grade(const crypto::Keys& keys, const GradeOf& of, const Blob& sealed);

}  // namespace jishi::orglife
