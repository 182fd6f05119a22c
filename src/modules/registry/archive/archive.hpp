#pragma once
// The super archive (超级档案): every field has a value, a source, a day since when, and someone
// who recorded it. Sources have ranks; where two differ the higher rank stands and the other value
// is kept beside it.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/store.hpp"

namespace jishi::registry {

/// Where the values of one import or command come from.
struct Origin {
  Id source = kNoId;
  int rank = 0;
  Id batch = kNoId;
  std::int64_t recorded_ms = 0;
};

inline constexpr int kDefaultRank = 50;

/// What a person enters or decides by a command; it stands over an import of the default rank.
inline constexpr std::string_view kManualSource = "manual";
inline constexpr int kManualRank = 60;

/// What became of a record that was held against the store.
enum class Outcome { created, changed, unchanged };
BOOST_DESCRIBE_ENUM(Outcome, created, changed, unchanged)

/// The source of a name, made when it is new. A rank given here replaces the one remembered.
Origin origin_of(Transaction& tx, std::string_view source_name, std::optional<int> rank, Id batch);

/// The origin of what a person decides in this command.
Origin manual_origin(Transaction& tx);
/// The same, asked now and looked at later, together with what is asked in between (db::Asked).
/// To be called once.
std::function<Origin()> ask_manual_origin(Transaction& tx);

/// Keeps in the archive's history what a field held before `origin` replaced it.
void remember(Transaction& tx, const Origin& origin, Id subject, std::string_view field,
              std::string_view before);

/// Where the value of a field comes from: its last change, else the record's own origin.
Origin origin_of_field(db::Reader& reader, Id subject, std::string_view field, const Origin& owner);

/// Which of two values of equal rank stands: what the same source says in a later import, or always
/// the one that is held.
enum class Tie { later_of_source, held };

/// Holds the fields of a record that came in against those of the archive. Each call compares one
/// field; an empty value that came in says nothing. Afterwards outcome() tells whether the
/// archive's row has to be written.
class Merger {
 public:
  /// `owner`: the record's own source and batch, where a field has no row of its own.
  Merger(Transaction& tx, const Origin& origin, std::string_view subject_kind, Id subject,
         Origin owner, Tie tie = Tie::later_of_source)
      : tx_(tx),
        origin_(origin),
        subject_kind_(subject_kind),
        subject_(subject),
        owner_(owner),
        tie_(tie) {}

  void text(std::string_view field, std::string& held, std::string_view came);
  void date(std::string_view field, std::optional<Date>& held, const std::optional<Date>& came);
  void integer(std::string_view field, std::optional<int>& held, const std::optional<int>& came);

  /// For a value that is not kept as text: both as text, and whether the one that came is to be
  /// taken.
  bool takes(std::string_view field, const std::string& held, const std::string& came);

  /// Keeps a value beside the one that stands, though its source might rank higher: it cannot be
  /// taken.
  void set_aside(std::string_view field, std::string_view came);

  /// Names of the fields that were given a new value.
  const std::vector<std::string>& changed() const { return changed_; }
  bool conflicted() const { return conflicted_; }
  /// Whether a value was put beside the one that stands, to wait for a decision.
  bool beside() const { return beside_; }

 private:
  bool known_conflict(std::string_view field, std::string_view came);
  bool stands(const Origin& held) const;
  void keep_beside(std::string_view field, std::string_view other, Id source);

  Transaction& tx_;
  const Origin& origin_;
  std::string_view subject_kind_;
  Id subject_;
  Origin owner_;
  Tie tie_;
  std::vector<std::string> changed_;
  bool conflicted_ = false;
  bool beside_ = false;
};

/// One row of a field's history or of the conflict queue, opened, for people.
struct FieldChange {
  std::string field;
  std::string before;
  std::string source;
  std::int64_t recorded_ms = 0;
};

/// The history of a subject's fields, latest first; of a person with that of those merged into
/// them.
std::vector<FieldChange> history_of(Store& store, Id subject);

/// Seals a value of the archive's side tables (history, conflicts).
Blob seal_beside(const crypto::Keys& keys, Id subject, std::string_view field,
                 std::string_view value);

/// Opens such a value; nothing when it does not open.
std::optional<std::string> open_beside(const crypto::Keys& keys, Id subject, std::string_view field,
                                       const Blob& sealed);

}  // namespace jishi::registry
