#include "modules/registry/roll/branches.hpp"

#include "base/text.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/roll/branches.sql.hpp"

namespace jishi::registry {

namespace {

using Node = Outline::Node;

/// The part of a tree that the caller may see.
struct Seen {
  const RollTree& tree;
  std::vector<Span> spans;

  Seen(const Roll& roll, const Scope& scope)
      : tree(roll.in(scope.structure)), spans(tree.outline().spans(scope)) {}
  const std::vector<Node>& nodes() const { return tree.outline().nodes(); }
};

Branch branch_at(const Seen& seen, std::uint32_t place) {
  const Node& node = seen.nodes()[place];
  Branch branch{node.id, node.code, node.name, node.kind, 0, 0, 0, 0};
  for (std::uint32_t child = place + 1; child < node.end; child = seen.nodes()[child].end) {
    if (!seen.nodes()[child].ended && within(seen.spans, child)) ++branch.children;
  }
  for (const Span& part : cut(seen.spans, {place, node.end})) {
    branch.organisations += seen.tree.outline().living(part);
    branch.members += seen.tree.members_in(part);
    branch.on_record += seen.tree.members_in(part, true);
  }
  return branch;
}

/// The children of a place, or, for kNowhere, the first places of the scope.
std::vector<std::uint32_t> below(const Seen& seen, std::uint32_t place) {
  const auto& nodes = seen.nodes();
  std::vector<std::uint32_t> places;
  const auto add = [&](std::uint32_t child) {
    if (!nodes[child].ended && within(seen.spans, child)) places.push_back(child);
  };
  if (place == Outline::kNowhere) {
    for (const Span& span : seen.spans) add(span.begin);
    std::sort(places.begin(), places.end(), [&](std::uint32_t left, std::uint32_t right) {
      return fold_code(nodes[left].code) < fold_code(nodes[right].code);
    });
    return places;
  }
  const std::uint32_t end = nodes[place].end;
  for (std::uint32_t child = place + 1; child < end; child = nodes[child].end) add(child);
  return places;
}

/// The way down to a place from where the scope begins.
std::vector<Branch> line_to(const Seen& seen, std::uint32_t place) {
  std::vector<Branch> line;
  for (; place != Outline::kNowhere && within(seen.spans, place);
       place = seen.nodes()[place].above) {
    line.push_back(branch_at(seen, place));
  }
  std::reverse(line.begin(), line.end());
  return line;
}

/// A phone of an organisation, as people see it who have no purpose for the whole.
std::string masked_phone(db::Reader& reader, const crypto::Keys& keys, const Organisation& held) {
  if (!held.phone) return {};
  return masked(organisation_field(reader, keys, held.id, "phone").value_or(""));
}

}  // namespace

Result<BranchPage> branches(db::Reader& reader, Roll& held, const Scope& scope,
                            const BranchQuery& query) {
  if (const auto error = refuse_limit(query.limit)) return *error;
  return held.look(reader, [&](const Roll& roll) -> Result<BranchPage> {
    const Seen seen(roll, scope);
    std::uint32_t place = Outline::kNowhere;
    if (query.organisation != kNoId) {
      place = seen.tree.outline().place_of(query.organisation);
      if (!within(seen.spans, place)) return organisation_not_found(query.organisation);
    }
    const auto places = below(seen, place);
    auto next = places.begin();
    if (!query.after.empty()) {
      // By code, so that an organisation that went meanwhile does not end the list.
      next = std::find_if(places.begin(), places.end(), [&](std::uint32_t one) {
        return fold_code(seen.nodes()[one].code) > query.after;
      });
    }
    BranchPage page;
    for (; next != places.end(); ++next) {
      if (page.rows.size() == static_cast<std::size_t>(query.limit)) {
        page.next = fold_code(page.rows.back().code);
        break;
      }
      page.rows.push_back(branch_at(seen, *next));
    }
    return page;
  });
}

Result<std::vector<Branch>> breadcrumbs(db::Reader& reader, Roll& held, const Scope& scope,
                                        Id organisation) {
  return held.look(reader, [&](const Roll& roll) -> Result<std::vector<Branch>> {
    const Seen seen(roll, scope);
    auto line = line_to(seen, seen.tree.outline().place_of(organisation));
    if (line.empty()) return organisation_not_found(organisation);
    return line;
  });
}

Result<OrganisationPage> organisation_page(db::Reader& reader, const crypto::Keys& keys, Roll& held,
                                           const Scope& scope, Id id) {
  const auto row = registry::organisation(reader, id);
  const bool own = std::find(scope.own.begin(), scope.own.end(), id) != scope.own.end();
  if (!row || (!own && !in_scope(reader, scope, id))) return organisation_not_found(id);
  OrganisationPage page{
      id,
      row->code,
      row->name,
      row->kind,
      row->unit_name,
      row->credit_code,
      row->unit_kind,
      row->division,
      row->founded,
      row->elected,
      row->term_years,
      row->extended_to,
      row->ended,
      masked_phone(reader, keys, *row),
      reader.one<std::string>(sql::branches::source_name, row->source).value_or(""),
      {},
      {},
      reader.all<std::string>(sql::branches::structures, id),
      {}};
  Date today;
  held.look(reader, [&](const Roll& roll) {
    const Seen seen(roll, scope);
    page.line = line_to(seen, seen.tree.outline().place_of(id));
    if (!page.line.empty()) page.counts = page.line.back();
    today = roll.day();
    return true;
  });
  page.posts = reader.all<PostHolder>(sql::branches::holders, id, today, kMaxPostsShown);
  return page;
}

}  // namespace jishi::registry
