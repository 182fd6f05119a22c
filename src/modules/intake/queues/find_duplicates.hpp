#pragma once
// Who may be one person: found at the end of every import, decided by people.

#include "ledger/store.hpp"
#include "modules/intake/import/quarantine.hpp"

namespace jishi::intake {

/// Finds whom a batch made or renamed among the persons on record: equal name and phone; equal
/// name, sex and birth date where one of the two has no citizen id.
void find_duplicates(Transaction& tx, Id batch);

/// Whether a citizen id that is wrong or lost its last digits may have been meant for a right one:
/// one digit wrong, missing or too many, or two neighbours swapped; of the digits that were kept.
bool alike(std::string_view written, std::string_view right);

/// Rows of members refused for their citizen ids, held against persons on record at the end.
class SimilarIds {
 public:
  static constexpr std::size_t kMaxRows = 100'000;  // an import with more has another fault

  /// Takes note of a refused row; others than those meant are passed over.
  void note(const RowPlace& place, const ReadRow& read, Id organisation);
  /// Holds the rows against the members of their organisations, as they are now on record.
  void find(Transaction& tx) const;

 private:
  struct Written {
    RowPlace place;
    Id organisation = kNoId;
    std::string name;
    std::string citizen_id;
  };
  std::vector<Written> rows_;
};

}  // namespace jishi::intake
