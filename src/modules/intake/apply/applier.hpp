#pragma once
// Holds read rows against the store, row by row: references, keys, conflicts of numbers; then the
// record itself.

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "modules/intake/apply/references.hpp"
#include "modules/intake/apply/sheet_keys.hpp"
#include "modules/intake/rows.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::intake {

/// A read row on its way to the store, with what could be prepared beside the writer.
struct PreparedRow {
  std::uint32_t number = 0;  // as the spreadsheet counts
  ReadRow read;
  std::string cells;  // as read, separated by U+001F: for the quarantine
  std::optional<registry::SealedIdentity> sealed;
};

/// What became of a row.
enum class Fate { refused, created, changed, unchanged };

struct Applied {
  Fate fate = Fate::refused;
  // Who the row speaks of, as far as it can be told: their lights tell of refused rows.
  Id organisation = kNoId;
  Id person = kNoId;
};

/// The record of a member row; views into the row.
registry::MemberRecord record_of(const MemberRow& row, Id organisation);

class Applier {
 public:
  Applier(Transaction& tx, const registry::Origin& origin)
      : tx_(tx), origin_(origin), references_(tx), last_id_before_(tx.store().new_id()) {}

  /// A new sheet begins: keys count anew.
  void begin_sheet();

  /// Applies a row of members, posts, activities or dues. Problems found here are added to the
  /// row's.
  Applied apply(PreparedRow& row);

 private:
  Applied apply_member(MemberRow& row, PreparedRow& prepared);
  Applied apply_post(PostRow& row, PreparedRow& prepared);
  Applied apply_activity(ActivityRow& row, PreparedRow& prepared);
  Applied apply_payment(PaymentRow& row, PreparedRow& prepared);

  Id resolve_organisation(const std::string& written, ReadRow& read);
  Id resolve_quietly(const std::string& written);
  std::optional<Id> resolve_person(const std::string& number, const std::string& citizen_id,
                                   ReadRow& read);
  std::optional<Id> known_member(const MemberRow& row, const registry::SealedIdentity& sealed,
                                 Id organisation, ReadRow& read);
  std::optional<Id> known_without_numbers(const MemberRow& row, Id organisation);
  /// The participants who are known; the names of the rest go into `others`.
  std::vector<Id> resolve_participants(Id organisation, const ActivityRow& row, ReadRow& read,
                                       std::string& others);
  Fate fate_of(const registry::Recorded& recorded);

  Transaction& tx_;
  const registry::Origin& origin_;
  References references_;
  SheetKeys keys_;
  std::unordered_map<std::string, std::size_t> without_numbers_;
  Id payer_ = kNoId;  // rows of one payer usually follow each other
  Id payer_organisation_ = kNoId;
  Id last_id_before_;               // this import
  std::unordered_set<Id> changed_;  // of the records there were before it
};

/// Refuses a row for a reason that only the store knows.
void refuse(ReadRow& read, std::string_view code, std::string_view column, std::string value);

/// A row that repeats the key of `first`, an accepted one of its sheet, is refused for that only.
void refuse_as_duplicate(ReadRow& read, std::string_view column, std::string value,
                         std::uint32_t first);

}  // namespace jishi::intake
