#pragma once
// Letters of introduction (介绍信) that transfers issue: a number, a last day, a code by which
// whoever holds the paper can verify it.

#include "modules/workflow/operations/operations.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

/// Bytes of a letter's code, before they are written as hexadecimal digits.
inline constexpr std::size_t kLetterCodeBytes = 16;

/// What a code tells whoever has it: nothing of the person.
struct LetterShown {
  std::string number;  // 年份 and number: 2026-0007
  std::string committee_name;
  std::string receiver_name;
  Date issued;
  Date expires;
  bool valid = false;  // neither void nor past its last day
};
BOOST_DESCRIBE_STRUCT(LetterShown, (),
                      (number, committee_name, receiver_name, issued, expires, valid))

/// As it is written: 2026-0007.
std::string letter_number(int year, int number);

/// A case's letters are no longer valid: they were used, or the case is over.
void void_letters_of(Transaction& tx, Id case_id);

/// `registry.issue_letter` and `registry.void_letter`.
void add_letter_operations(Operations& operations);

/// GET /api/v1/letters/{code}, open to whoever has the code.
void letter_routes(api::Routes& routes);

}  // namespace jishi::workflow
