#pragma once
// Organisations refer to each other, in any order and across sheets: they are judged together, then
// written from the top down.

#include <string>
#include <unordered_map>
#include <vector>

#include "modules/intake/apply/applier.hpp"

namespace jishi::intake {

inline constexpr std::size_t kMaxOrganisationRows = 2'000'000;

/// The organisation rows of one import.
class OrganisationRows {
 public:
  struct Entry {
    std::size_t sheet = 0;
    PreparedRow row;
    Applied applied;
  };

  /// Adds a row of the sheet with this number; sheets come one after another, rows in their order.
  void add(std::size_t sheet, PreparedRow row);
  std::size_t size() const { return entries_.size(); }

  /// Judges all rows and writes the accepted ones. Afterwards every entry has its problems and its
  /// fate.
  void apply(Transaction& tx, const registry::Origin& origin);

  std::vector<Entry>& entries() { return entries_; }

 private:
  // An organisation that the import speaks of, in one row or (across sheets) in several.
  struct Node {
    std::vector<std::size_t> rows;
    std::string parent;           // as written; of the first row that names one
    std::size_t parent_node = 0;  // index + 1 of a node; 0: none
    Id parent_id = kNoId;         // of an organisation that only the store knows
    std::optional<Id> known;
    bool refused = false;  // for its superior, or for a fault of its own
    bool on_cycle = false;
    bool written = false;
  };
  // Rows of one sheet with one key, of which the first acceptable one stands. Where none is, the
  // first speaks for them: others may refer to it, and it may stand on a cycle.
  struct Group {
    std::vector<std::size_t> rows;
    std::size_t standing = 0;  // place in `rows`; past the end: none
    std::size_t speaker() const { return rows[standing < rows.size() ? standing : 0]; }
  };

  void find_keys(Transaction& tx);
  void group_rows();
  bool judge(Transaction& tx);
  void build_nodes(Transaction& tx);
  // The superior that `written` means; a fault's code where there is none.
  struct Superior {
    std::size_t node = 0;  // index + 1
    Id id = kNoId;
    std::string_view fault;
  };
  Superior superior_of(Transaction& tx, const std::string& written, std::optional<Id> known) const;
  void find_cycles(Transaction& tx);
  void refuse_below();
  void report(Transaction& tx);
  void report_group(Transaction& tx, const Group& group);
  bool stand_next(Group& group);
  void name_subjects();
  void write(Transaction& tx, const registry::Origin& origin, std::size_t node);
  OrganisationRow& row_of(std::size_t entry) {
    return std::get<OrganisationRow>(entries_[entry].row.read.row);
  }

  std::vector<Entry> entries_;
  std::vector<std::string> keys_;  // of the entries
  std::vector<Group> groups_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> node_of_entry_;  // index + 1
  std::unordered_set<std::size_t> cycle_entries_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
};

}  // namespace jishi::intake
