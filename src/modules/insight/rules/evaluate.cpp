#include "modules/insight/rules/evaluate.hpp"

#include <cctype>
#include <iterator>

#include "modules/insight/rules/rule_file.hpp"

namespace jishi::insight {

namespace {

constexpr std::string_view kMarts[] = {"organisation", "member",  "post",
                                       "activity",     "payment", "task"};
constexpr std::string_view kGoneKeys[] = {"organisation", "person", "post",
                                          "activity",     "person", "task"};
constexpr std::string_view kFixed[] = {"organisation", "subject", "level", "since", "due"};
constexpr std::string_view kKept = "keep";
constexpr std::string_view kRows = "rows";
constexpr std::size_t kFewOrganisations = 20;

/// Where the rules look: the whole marts, or what stands in them under the organisations in
/// scope_organisation(), read once and kept for all rules.
enum class Extent { whole, within };

// The marts by the names that rules know. The parts of a mart are filtered before they are put
// together, so that a sorted base is read only where the organisations stand.
std::string marts_of(Extent extent) {
  std::string query = "with ";
  for (std::size_t i = 0; i < std::size(kMarts); ++i) {
    query += extent == Extent::whole
                 ? fmt::format("{0} as not materialized (select * from mart.{0}), ", kMarts[i])
                 : fmt::format(
                       "{0} as materialized (select b.* from mart.{0}_base as b"
                       " semi join scope_organisation() as s on s.id = b.organisation"
                       " anti join mart.{0}_gone as g on g.{1} = b.{1}"
                       " union all select d.* from mart.{0}_delta as d"
                       " semi join scope_organisation() as s on s.id = d.organisation), ",
                       kMarts[i], kGoneKeys[i]);
  }
  query.resize(query.size() - 2);
  return query;
}

// `setting` has a row for every organisation: the day, and the parameters as resolved along the
// tree. What nobody set is not looked up: a join costs more than the rest of a small rule.
std::string setting_of(const Rule& rule, const RuleInput& input) {
  std::string columns = fmt::format("o.organisation, date '{}' as as_of", to_iso(input.as_of));
  std::string joins;
  for (std::size_t i = 0; i < rule.parameters.size(); ++i) {
    const RuleParameter& parameter = rule.parameters[i];
    if (!input.set_parameters->contains(rule.id + ":" + parameter.name)) {
      columns += fmt::format(", {} as {}", parameter.standard, parameter.name);
      continue;
    }
    columns += fmt::format(", coalesce(p{0}.value, {1})::integer as {2}", i, parameter.standard,
                           parameter.name);
    joins += fmt::format(
        " left join mart.parameter_value as p{0} on p{0}.organisation = o.organisation"
        " and p{0}.rule = '{1}' and p{0}.parameter = '{2}'",
        i, rule.id, parameter.name);
  }
  return fmt::format("select {} from organisation as o{}", columns, joins);
}

/// A query of a rule, with its `setting`, as a table named q; the rule's own text stays as it is.
std::string table_of(const Rule& rule, std::string_view query, const RuleInput& input) {
  return fmt::format("(with setting as ({}) select r.* from (\n{}) as r) as q",
                     setting_of(rule, input), query);
}

std::string json_of(const std::vector<std::string>& columns) {
  if (columns.empty()) return "'{}'";
  std::string fields;
  for (const std::string& column : columns) {
    fields += fmt::format("{0}'{1}': q.\"{1}\"", fields.empty() ? "" : ", ", column);
  }
  return fmt::format("cast(to_json({{{}}}) as varchar)", fields);
}

std::string lit_or_kept(const Rule& rule) {
  return rule.keeps ? "q.level is not null or q.keep" : "q.level is not null";
}

/// The assessments of one rule that `condition` wants; `number` tells rules apart.
std::string assessments_of(const Rule& rule, std::size_t number, const RuleInput& input,
                           std::string_view condition) {
  return fmt::format(
      "select {} as rule, q.organisation, q.subject, q.level, q.since, q.due, {} as evidence"
      " from {} where {}",
      number, json_of(rule.evidence), table_of(rule, rule.query, input), condition);
}

std::string joined(const RuleList& rules, const auto& part) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < rules.size(); ++i) parts.push_back(part(*rules[i], i));
  return fmt::format("{}", fmt::join(parts, "\nunion all\n"));
}

/// The rows that the lit subjects of one rule rest on: of each the last few by their own columns.
std::string rows_of(const Rule& rule, std::size_t number, const RuleInput& input) {
  const std::string order =
      rule.row_columns.empty()
          ? "q.subject"
          : fmt::format("q.\"{}\" desc", fmt::join(rule.row_columns, "\" desc, q.\""));
  return fmt::format(
      "select {0} as rule, subject, list(row order by place desc) as found"
      " from (select q.subject, {1} as row, row_number() over (partition by q.subject"
      " order by {2}) as place from {3} semi join (select subject from said"
      " where rule = {0} and level is not null) as l on l.subject = q.subject)"
      " where place <= {4} group by subject",
      number, json_of(rule.row_columns), order, table_of(rule, rule.rows_query, input),
      Evaluation::kMaxRows);
}

std::string verdicts_text(Extent extent, const RuleList& rules, const RuleInput& input, Rows rows) {
  const std::string said = joined(rules, [&](const Rule& rule, std::size_t i) {
    return assessments_of(rule, i, input, lit_or_kept(rule));
  });
  if (rows == Rows::without) return marts_of(extent) + "\n" + said;
  const std::string found =
      joined(rules, [&](const Rule& rule, std::size_t i) { return rows_of(rule, i, input); });
  return fmt::format(
      "{}, said as materialized ({}), found as materialized ({})\n"
      "select s.*, f.found from said as s left join found as f"
      " on f.rule = s.rule and f.subject = s.subject",
      marts_of(extent), said, found);
}

boost::json::object object_of(std::string_view text) {
  return boost::json::parse(boost::json::string_view(text.data(), text.size())).as_object();
}

Assessment assessment_of(const duck::Rows& rows) {
  Assessment result;
  result.organisation = rows.get_int64(1);
  result.subject = rows.get_int64(2);
  if (!rows.is_null(3)) result.level = rows.get_text(3);
  if (!rows.is_null(4)) result.since = rows.get_date(4);
  if (!rows.is_null(5)) result.due = rows.get_date(5);
  result.evidence = object_of(rows.get_text(6));
  if (rows.column_count() > 7 && !result.level.empty()) {
    boost::json::array found;
    if (!rows.is_null(7)) {
      const boost::json::value texts = rows.get_json(7);
      for (const auto& text : texts.as_array()) found.push_back(object_of(text.as_string()));
    }
    result.evidence[kRows] = std::move(found);
  }
  return result;
}

Result<std::vector<Verdict>> read(const RuleList& rules, Result<duck::Rows> rows) {
  if (!rows) return rows.error();
  std::vector<Verdict> verdicts;
  while (rows->next()) {
    verdicts.push_back({rules[static_cast<std::size_t>(rows->get_int64(0))], assessment_of(*rows)});
  }
  return verdicts;
}

// Whatever stands there as a word, even as the name of a column: one too many does no harm.
MartSet marts_named(std::string_view query) {
  const auto in_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  MartSet marts = 0;
  for (std::size_t begin = 0; begin < query.size(); ++begin) {
    std::size_t end = begin;
    while (end < query.size() && in_word(query[end])) ++end;
    for (std::size_t i = 0; i < std::size(kMarts); ++i) {
      const bool same = std::equal(query.begin() + static_cast<std::ptrdiff_t>(begin),
                                   query.begin() + static_cast<std::ptrdiff_t>(end),
                                   kMarts[i].begin(), kMarts[i].end(), [](char word, char mart) {
                                     return std::tolower(static_cast<unsigned char>(word)) == mart;
                                   });
      if (same) marts |= mart_bit(static_cast<MartNumber>(i));
    }
    begin = end;
  }
  return marts;
}

// DuckDB names the line of the text it was given; the rule's own text begins on its first line.
int line_in(const Error& error, int first_line) {
  for (const auto& [name, text] : error.arguments) {
    const auto at = text.find("LINE ");
    if (at != text.npos) return first_line + std::max(std::atoi(text.c_str() + at + 5), 2) - 2;
  }
  return first_line;
}

std::string reason_in(const Error& error) {
  for (const auto& [name, text] : error.arguments) {
    if (!text.empty() && name != "file") return text.substr(0, text.find('\n'));
  }
  return error.code;
}

}  // namespace

RuleList Evaluation::rules_for(Date as_of, MartSet marts) const {
  RuleList list;
  for (const Rule& rule : *rules_) {
    if ((rule.marts & marts) != 0 && (!rule.valid_to || *rule.valid_to >= as_of))
      list.push_back(&rule);
  }
  return list;
}

Result<duck::Prepared*> Evaluation::planned(const RuleList& rules, Date as_of, Rows rows) {
  if (planned_for_ != as_of || generation_ != marts_->generation()) {
    plans_.clear();
    planned_for_ = as_of;
    generation_ = marts_->generation();
  }
  auto plan = plans_.find({rules, rows});
  if (plan == plans_.end()) {
    auto prepared =
        marts_->connection().prepare(verdicts_text(Extent::within, rules, input(as_of), rows));
    if (!prepared) return prepared.error();
    plan = plans_.emplace(std::pair(rules, rows), std::move(*prepared)).first;
  }
  return &plan->second;
}

Result<std::vector<Verdict>> Evaluation::whole(Date as_of, Rows rows) {
  const RuleList rules = rules_for(as_of);
  if (rules.empty()) return std::vector<Verdict>();
  return read(rules,
              marts_->connection().query(verdicts_text(Extent::whole, rules, input(as_of), rows)));
}

Result<std::vector<Verdict>> Evaluation::of_rule(const Rule& rule, Date as_of) {
  const RuleList rules{&rule};
  auto verdicts = read(rules, marts_->connection().query(verdicts_text(
                                  Extent::whole, rules, input(as_of), Rows::without)));
  if (verdicts) {
    std::erase_if(*verdicts,
                  [](const Verdict& verdict) { return verdict.assessment.level.empty(); });
  }
  return verdicts;
}

Result<std::vector<Verdict>> Evaluation::look(const Scope& scope, Date as_of, Rows rows) {
  marts_->scope_to(scope.organisations);
  const auto statement = planned(scope.rules, as_of, rows);
  if (!statement) return statement.error();
  return read(scope.rules, (*statement)->query());
}

// In a few organisations few rules are lit, and only those are asked for their rows.
Result<std::vector<Verdict>> Evaluation::within(const Scope& scope, Date as_of) {
  if (scope.rules.empty() || scope.organisations.empty()) return std::vector<Verdict>();
  if (scope.organisations.size() > kFewOrganisations) return look(scope, as_of, Rows::with);
  auto verdicts = look(scope, as_of, Rows::without);
  if (!verdicts) return verdicts;
  std::set<const Rule*> lit;
  for (const Verdict& verdict : *verdicts) {
    if (!verdict.assessment.level.empty()) lit.insert(verdict.rule);
  }
  std::erase_if(*verdicts, [&](const Verdict& verdict) { return lit.contains(verdict.rule); });
  for (const Rule* rule : lit) {
    auto with_rows = look({scope.organisations, {rule}}, as_of, Rows::with);
    if (!with_rows) return with_rows;
    std::move(with_rows->begin(), with_rows->end(), std::back_inserter(*verdicts));
  }
  return verdicts;
}

Result<std::optional<Assessment>> Evaluation::subject(const Rule& rule, Date as_of, Id organisation,
                                                      Id subject) {
  marts_->scope_to({organisation});
  auto rows = marts_->connection().query(
      marts_of(Extent::within) + "\n" +
      assessments_of(rule, 0, input(as_of), fmt::format("q.subject = {}", subject)));
  if (!rows) return rows.error();
  if (!rows->next()) return std::optional<Assessment>();
  return std::optional<Assessment>(assessment_of(*rows));
}

Result<std::vector<boost::json::object>> Evaluation::rows(const Rule& rule, Date as_of,
                                                          Id organisation, Id subject,
                                                          std::size_t limit) {
  marts_->scope_to({organisation});
  auto rows = marts_->connection().query(fmt::format(
      "{}\nselect {} from (select * from {} where q.subject = {} order by all limit {}) as q",
      marts_of(Extent::within), json_of(rule.row_columns),
      table_of(rule, rule.rows_query, input(as_of)), subject, limit));
  if (!rows) return rows.error();
  std::vector<boost::json::object> found;
  while (rows->next()) found.push_back(object_of(rows->get_text(0)));
  return found;
}

Result<Done> check_rules(duck::Connection& duck, std::vector<Rule>& rules) {
  static const std::set<std::string> kNoParameters;
  const RuleInput nothing_set{Date{}, &kNoParameters};
  // The query itself begins on the second line.
  const auto columns_of =
      [&](const Rule& rule, std::string_view query, int line,
          std::span<const std::string_view> needed) -> Result<std::vector<std::string>> {
    const auto prepared = duck.prepare(marts_of(Extent::whole) + " select q.* from " +
                                       table_of(rule, query, nothing_set));
    if (!prepared)
      return rule_error(rule.file, line_in(prepared.error(), line), reason_in(prepared.error()));
    std::vector<std::string> columns;
    for (const auto& column : prepared->columns()) columns.push_back(column.name);
    for (const std::string_view name : needed) {
      if (std::find(columns.begin(), columns.end(), name) == columns.end())
        return rule_error(rule.file, line, fmt::format("the query gives no column {}", name));
    }
    std::erase_if(columns, [&](const std::string& name) {
      return std::find(needed.begin(), needed.end(), name) != needed.end();
    });
    return columns;
  };
  for (Rule& rule : rules) {
    auto evidence = columns_of(rule, rule.query, rule.query_line, kFixed);
    if (!evidence) return evidence.error();
    rule.keeps = std::erase(*evidence, kKept) > 0;
    rule.evidence = std::move(*evidence);
    auto rows = columns_of(rule, rule.rows_query, rule.rows_line, std::span(kFixed).first(2));
    if (!rows) return rows.error();
    rule.row_columns = std::move(*rows);
    rule.marts = marts_named(rule.query) | marts_named(rule.rows_query);
  }
  return Done{};
}

std::string rollup_query(std::string_view query, Date as_of) {
  return marts_of(Extent::whole) +
         ", ancestry as not materialized (select * from mart.ancestry) select q.* from " +
         table_of(Rule{}, query, {as_of, nullptr});
}

}  // namespace jishi::insight
