#include "modules/intake/apply/organisations.hpp"

#include <set>

#include "base/text.hpp"

namespace jishi::intake {

void OrganisationRows::add(std::size_t sheet, PreparedRow row) {
  entries_.push_back({sheet, std::move(row), {}});
}

void OrganisationRows::apply(Transaction& tx, const registry::Origin& origin) {
  find_keys(tx);
  group_rows();
  while (judge(tx)) {
  }
  report(tx);
  for (std::size_t node = 0; node < nodes_.size(); ++node) write(tx, origin, node);
  name_subjects();
}

// Refused rows of an organisation that is on record speak of it, too: its lights tell of them.
void OrganisationRows::name_subjects() {
  for (const Group& group : groups_) {
    const auto known = nodes_[node_of_entry_[group.speaker()] - 1].known;
    for (const std::size_t entry : group.rows) {
      Applied& applied = entries_[entry].applied;
      if (applied.organisation == kNoId) applied.organisation = known.value_or(kNoId);
    }
  }
}

// 组织代码, else name and parent, which one row may name by its code and the next by its name.
void OrganisationRows::find_keys(Transaction& tx) {
  std::unordered_set<std::string> codes;
  std::unordered_map<std::string, std::set<std::string>> codes_of_name;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const OrganisationRow& row = row_of(i);
    if (row.code.empty()) continue;
    codes.insert(fold_code(row.code));
    codes_of_name[row.name].insert(fold_code(row.code));
  }
  const auto parent_code = [&](const std::string& written) {
    const std::string code = fold_code(written);
    if (codes.contains(code) || registry::organisation_by_code(tx, written)) return code;
    const auto named = codes_of_name.find(written);
    if (named != codes_of_name.end() && named->second.size() == 1) return *named->second.begin();
    const auto stored = registry::organisations_named(tx, written);
    if (stored.size() == 1) return registry::organisation(tx, stored.front())->code_key;
    return code;
  };
  keys_.reserve(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const OrganisationRow& row = row_of(i);
    keys_.push_back(row.code.empty() ? "n:" + row.name + "\x1f" + parent_code(row.parent)
                                     : "c:" + fold_code(row.code));
  }
}

void OrganisationRows::group_rows() {
  std::unordered_map<std::string, std::size_t> group_of;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const OrganisationRow& row = row_of(i);
    if (row.code.empty() && row.name.empty()) continue;
    const std::string key = std::to_string(entries_[i].sheet) + ":" + keys_[i];
    const auto [place, fresh] = group_of.emplace(key, groups_.size());
    if (fresh) groups_.emplace_back();
    groups_[place->second].rows.push_back(i);
  }
  const auto faulty = [&](std::size_t entry) { return entries_[entry].row.read.refused(); };
  for (Group& group : groups_) {
    const auto first = std::find_if_not(group.rows.begin(), group.rows.end(), faulty);
    group.standing = static_cast<std::size_t>(first - group.rows.begin());
  }
}

// Judges with the rows that stand now. True when a refusal lets a later row of the same key stand
// in its place.
bool OrganisationRows::judge(Transaction& tx) {
  build_nodes(tx);
  for (Node& node : nodes_) {
    const Superior superior = superior_of(tx, node.parent, node.known);
    node.parent_node = superior.node;
    node.parent_id = superior.id;
    node.refused = node.refused || !superior.fault.empty();
  }
  find_cycles(tx);
  refuse_below();
  bool again = false;
  for (Group& group : groups_) again = stand_next(group) || again;
  return again;
}

bool OrganisationRows::stand_next(Group& group) {
  if (group.standing >= group.rows.size()) return false;
  const std::size_t entry = group.rows[group.standing];
  const Node& node = nodes_[node_of_entry_[entry] - 1];
  if (!node.refused) return false;
  std::size_t next = group.standing + 1;
  while (next < group.rows.size() && entries_[group.rows[next]].row.read.refused()) ++next;
  if (next == group.rows.size()) return false;
  if (node.on_cycle) cycle_entries_.insert(entry);
  group.standing = next;
  return true;
}

void OrganisationRows::build_nodes(Transaction& tx) {
  nodes_.clear();
  by_code_.clear();
  by_name_.clear();
  node_of_entry_.assign(entries_.size(), 0);
  std::unordered_map<std::string, std::size_t> node_of_key;
  for (const Group& group : groups_) {
    const std::size_t entry = group.speaker();
    const OrganisationRow& row = row_of(entry);
    const auto [place, fresh] = node_of_key.emplace(keys_[entry], nodes_.size());
    if (fresh) {
      nodes_.emplace_back();
      nodes_.back().refused = true;
      if (!row.code.empty()) {
        nodes_.back().known = registry::organisation_by_code(tx, row.code);
        by_code_.emplace(fold_code(row.code), place->second);
      }
      by_name_[row.name].push_back(place->second);
    }
    Node& node = nodes_[place->second];
    const bool stands = group.standing < group.rows.size();
    if (stands) node.rows.push_back(entry);
    // Where another sheet has an acceptable row for it, the organisation stands.
    node.refused = node.refused && !stands;
    node_of_entry_[entry] = place->second + 1;
    if (node.parent.empty()) node.parent = row.parent;
  }
}

// By code, in the import before the store; else by name, over both.
OrganisationRows::Superior OrganisationRows::superior_of(Transaction& tx,
                                                         const std::string& written,
                                                         std::optional<Id> known) const {
  if (known && !reachable_organisation(tx, *known)) return {0, kNoId, "organisation_elsewhere"};
  // Nobody whose scope ends somewhere puts an organisation at the top.
  const bool at_top = written.empty() && !known;
  if (at_top && tx.reach() != nullptr) return {0, kNoId, "parent_missing"};
  if (written.empty()) return {};
  if (const auto found = by_code_.find(fold_code(written)); found != by_code_.end())
    return {found->second + 1, kNoId, {}};
  if (const auto coded = registry::organisation_by_code(tx, written)) {
    if (reachable_organisation(tx, *coded)) return {0, *coded, {}};
    return {0, kNoId, "parent_missing"};
  }
  std::vector<std::size_t> here;
  if (const auto named = by_name_.find(written); named != by_name_.end()) here = named->second;
  std::vector<Id> stored;
  for (const Id id : registry::organisations_named(tx, written)) {
    const bool also_here =
        std::any_of(here.begin(), here.end(), [&](std::size_t n) { return nodes_[n].known == id; });
    if (!also_here && reachable_organisation(tx, id)) stored.push_back(id);
  }
  if (here.size() + stored.size() > 1) return {0, kNoId, "organisation_ambiguous"};
  if (!here.empty()) return {here.front() + 1, kNoId, {}};
  if (!stored.empty()) return {0, stored.front(), {}};
  return {0, kNoId, "parent_missing"};
}

// Walks upwards from every node; through organisations that only the store knows by their links.
void OrganisationRows::find_cycles(Transaction& tx) {
  std::unordered_map<Id, std::size_t> node_of_id;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].known) node_of_id.emplace(*nodes_[i].known, i);
  }
  const auto above = [&](std::size_t node) -> std::optional<std::size_t> {
    if (nodes_[node].parent_node != 0) return nodes_[node].parent_node - 1;
    Id id = nodes_[node].parent_id;
    // An empty cell says nothing: the organisation stays where the store has it.
    if (nodes_[node].parent.empty() && nodes_[node].known)
      id = registry::parent_of(tx, *nodes_[node].known).value_or(kNoId);
    for (int depth = 0; id != kNoId && depth < 64; ++depth) {
      const auto here = node_of_id.find(id);
      if (here != node_of_id.end()) return here->second;
      id = registry::parent_of(tx, id).value_or(kNoId);
    }
    return std::nullopt;
  };
  enum class Mark : char { fresh, open, closed };
  std::vector<Mark> marks(nodes_.size(), Mark::fresh);
  for (std::size_t start = 0; start < nodes_.size(); ++start) {
    std::vector<std::size_t> path;
    std::optional<std::size_t> node = start;
    while (node && marks[*node] == Mark::fresh) {
      marks[*node] = Mark::open;
      path.push_back(*node);
      node = above(*node);
    }
    if (node && marks[*node] == Mark::open) {
      const auto begin = std::find(path.begin(), path.end(), *node);
      for (auto on = begin; on != path.end(); ++on) {
        if (nodes_[*on].parent.empty()) continue;  // its row claims nothing
        nodes_[*on].refused = nodes_[*on].on_cycle = true;
      }
    }
    for (const std::size_t seen : path) marks[seen] = Mark::closed;
  }
}

// What stands below a refused row is refused too.
void OrganisationRows::refuse_below() {
  for (bool changed = true; changed;) {
    changed = false;
    for (Node& node : nodes_) {
      if (node.refused || node.parent_node == 0 || !nodes_[node.parent_node - 1].refused) continue;
      node.refused = changed = true;
    }
  }
}

void OrganisationRows::report(Transaction& tx) {
  for (const Group& group : groups_) {
    const std::size_t speaker = group.speaker();
    if (nodes_[node_of_entry_[speaker] - 1].on_cycle) cycle_entries_.insert(speaker);
    report_group(tx, group);
  }
}

void OrganisationRows::report_group(Transaction& tx, const Group& group) {
  std::optional<std::uint32_t> accepted;
  for (std::size_t i = 0; i < group.rows.size(); ++i) {
    const std::size_t entry = group.rows[i];
    ReadRow& read = entries_[entry].row.read;
    const OrganisationRow& row = row_of(entry);
    if (accepted) {
      const bool by_code = !row.code.empty();
      refuse_as_duplicate(read, by_code ? "组织代码" : "组织名称", by_code ? row.code : row.name,
                          *accepted);
      continue;
    }
    if (i == group.standing && !nodes_[node_of_entry_[entry] - 1].refused)
      accepted = entries_[entry].row.number;
    if (accepted) continue;
    if (cycle_entries_.contains(entry)) {
      read.problems.clear();
      refuse(read, "parent_cycle", "上级组织代码", row.parent);
      continue;
    }
    const Superior superior = superior_of(tx, row.parent, nodes_[node_of_entry_[entry] - 1].known);
    const bool below_refused = superior.node != 0 && nodes_[superior.node - 1].refused;
    const std::string_view fault = below_refused ? "parent_missing" : superior.fault;
    if (!fault.empty()) refuse(read, fault, "上级组织代码", row.parent);
  }
}

void OrganisationRows::write(Transaction& tx, const registry::Origin& origin, std::size_t index) {
  // From the top down, without recursion: a chain may be as long as the import.
  std::vector<std::size_t> line;
  for (std::size_t at = index; !nodes_[at].written && !nodes_[at].refused;) {
    line.push_back(at);
    nodes_[at].written = true;
    if (nodes_[at].parent_node == 0) break;
    at = nodes_[at].parent_node - 1;
  }
  for (auto at = line.rbegin(); at != line.rend(); ++at) {
    Node& node = nodes_[*at];
    std::optional<Id> parent;
    if (node.parent_node != 0) parent = nodes_[node.parent_node - 1].known;
    if (node.parent_id != kNoId) parent = node.parent_id;
    const OrganisationRow& first = row_of(node.rows.front());
    if (!node.known)
      node.known = registry::organisation_named_under(tx, first.name, parent.value_or(kNoId));
    if (node.known && !first.code.empty() && registry::has_given_code(tx, *node.known) &&
        registry::organisation_by_code(tx, first.code) != node.known) {
      node.known.reset();  // another organisation of the same name
    }
    bool news = false;
    for (const std::size_t entry : node.rows) {
      const OrganisationRow& row = row_of(entry);
      const registry::OrganisationRecord record{
          row.code,        row.name,        parent,       row.kind,    row.unit_name,
          row.credit_code, row.unit_kind,   row.division, row.founded, row.elected,
          row.term_years,  row.extended_to, row.ended,    row.phone};
      const auto recorded = registry::record_organisation(tx, origin, node.known, record);
      node.known = recorded.id;
      news = news || recorded.outcome != registry::Outcome::unchanged;
      Applied& applied = entries_[entry].applied;
      applied.organisation = recorded.id;
      applied.fate = recorded.outcome == registry::Outcome::created ? Fate::created
                     : news                                         ? Fate::changed
                                                                    : Fate::unchanged;
    }
  }
}

}  // namespace jishi::intake
