#include "modules/workflow/cases/start_rules.hpp"

#include "base/integer.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/start_rules.sql.hpp"
#include "modules/workflow/mergers/hand_over.hpp"

namespace jishi::workflow {

namespace {

constexpr int kMostLookedAt = 200;  // running cases of one process in one organisation
constexpr std::string_view kSuperior = "superior";

struct MemberRow {
  std::string status;
  std::string stage;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (status, stage))

bool is_one_of(const std::vector<std::string>& words, const std::string& word) {
  return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
}

std::string year_of(const feel::Value& variables) {
  const feel::Value* year = variables.entry("year");
  return year == nullptr ? std::string() : feel::text_of(*year).value_or("");
}

// A year that is appraised is not appraised again: said at once, not to the last who is informed.
std::optional<Error> refuse_appraised(db::Reader& reader, const CaseRow& row,
                                      const feel::Value& variables) {
  if (row.process != "appraisal") return std::nullopt;
  const auto year = parse_integer(year_of(variables));
  if (!year || *year < 1 || *year > 9'999) return std::nullopt;
  return orglife::refuse_appraised(reader, row.organisation, static_cast<int>(*year));
}

std::optional<Error> refuse_person(db::Reader& reader, const StartRules& rules, Id person) {
  const auto member = reader.one<MemberRow>(sql::start_rules::member, person);
  if (!rules.standing.empty() && (!member || !is_one_of(rules.standing, member->status)))
    return fail(ErrorKind::refused, "workflow.person_standing", {{"path", "person"}});
  if (member && member->status == "normal" && !is_one_of(rules.stages, member->stage))
    return fail(ErrorKind::refused, "workflow.person_stage", {{"path", "person"}});
  return std::nullopt;
}

std::optional<Error> refuse_second(Store& store, db::Reader& reader, const Office& office,
                                   const HeldCase& held, const feel::Value& variables) {
  const auto one = runs_already(store, reader, office, held, variables);
  if (!one) return refuse_appraised(reader, held.row, variables);
  return fail(ErrorKind::conflict, "workflow.runs_already", {{"case", std::to_string(*one)}});
}

/// What is a branch's, or a duty of every year, is the Party's: a region or a grid has no members
/// of its own, no organisational life, no appraisal.
std::optional<Error> refuse_no_party(db::Reader& reader, const HeldCase& held) {
  const Definition& definition = *held.playable->definition;
  const Scope& process = definition.scopes[held.playable->scope];
  if (!process.begins.each_year && definition.nodes[process.start].task.at != "branch")
    return std::nullopt;
  if (reader.one<int>(sql::start_rules::of_the_party, held.row.organisation)) return std::nullopt;
  return fail(ErrorKind::refused, "workflow.not_of_the_party", {{"path", "process"}});
}

}  // namespace

std::optional<Error> refuse_beginning(Store& store, db::Reader& reader, const Office& office,
                                      const HeldCase& held, const feel::Value& variables) {
  const CaseRow& row = held.row;
  const StartRules& rules = held.playable->definition->scopes[held.playable->scope].begins;
  if (rules.about_person && row.person == kNoId)
    return fail(ErrorKind::invalid, "workflow.person_needed", {{"path", "person"}});
  if (row.person != kNoId) {
    if (auto refused = refuse_person(reader, rules, row.person)) return refused;
  }
  if (auto refused = refuse_no_party(reader, held)) return refused;
  return refuse_second(store, reader, office, held, variables);
}

std::optional<Id> runs_already(Store& store, db::Reader& reader, const Office& office,
                               const HeldCase& held, const feel::Value& variables) {
  const CaseRow& row = held.row;
  const StartRules& rules = held.playable->definition->scopes[held.playable->scope].begins;
  std::vector<Id> running;
  if (rules.once_person && row.person != kNoId) {
    running =
        reader.all<Id>(sql::start_rules::running_about, row.person, row.process, kMostLookedAt);
  } else if (rules.once_organisation) {
    running =
        reader.all<Id>(sql::start_rules::running_in, row.organisation, row.process, kMostLookedAt);
  }
  for (const Id one : running) {
    if (one == row.id) continue;
    if (rules.each_year) {
      const auto other = held_case(store, reader, office, one);
      if (!other || year_of(variables_of(other->state)) != year_of(variables)) continue;
    }
    return one;
  }
  return std::nullopt;
}

std::optional<Error> refuse_year_change(Store& store, db::Reader& reader, const Office& office,
                                        const HeldCase& held, const feel::Value& given) {
  const StartRules& rules = held.playable->definition->scopes[held.playable->scope].begins;
  const std::string year = year_of(given);
  if (!rules.each_year || year.empty() || year == year_of(variables_of(held.state)))
    return std::nullopt;
  return refuse_second(store, reader, office, held, given);
}

std::optional<Error> refuse_no_superior(db::Reader& reader, const HeldCase& held) {
  const auto& nodes = held.playable->definition->nodes;
  const bool asks = std::any_of(nodes.begin(), nodes.end(),
                                [](const Node& node) { return node.task.at == kSuperior; });
  if (!asks || superior_of(reader, held.row.organisation)) return std::nullopt;
  if (reader.one<int>(sql::start_rules::of_the_party, held.row.organisation)) return std::nullopt;
  return fail(ErrorKind::refused, "workflow.no_superior");
}

}  // namespace jishi::workflow
