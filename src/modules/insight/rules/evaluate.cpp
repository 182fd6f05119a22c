#include "modules/insight/rules/evaluate.hpp"

#include "modules/insight/rules/rule_file.hpp"

namespace jishi::insight {

namespace {

constexpr std::string_view kMarts[] = {"organisation", "member", "post", "activity", "payment"};
constexpr std::string_view kFixed[] = {"organisation", "subject", "level", "since", "due"};
constexpr std::string_view kKept = "keep";

// `setting` has a row for every organisation: the day, and the parameters as resolved along the
// tree.
std::string setting(const Rule& rule, Extent extent, Date as_of) {
  const std::string_view prefix = extent == Extent::whole ? "mart." : "scope_";
  std::string columns = fmt::format("o.organisation, date '{}' as as_of", to_iso(as_of));
  std::string joins;
  for (std::size_t i = 0; i < rule.parameters.size(); ++i) {
    const RuleParameter& parameter = rule.parameters[i];
    columns += fmt::format(", coalesce(p{0}.value, {1})::integer as {2}", i, parameter.standard,
                           parameter.name);
    joins += fmt::format(
        " left join mart.parameter_value as p{0} on p{0}.organisation = o.organisation"
        " and p{0}.rule = '{1}' and p{0}.parameter = '{2}'",
        i, rule.id, parameter.name);
  }
  return fmt::format("select {} from {}organisation as o{}", columns, prefix, joins);
}

/// Where the fixed columns and the evidence stand in a rule's result.
struct Columns {
  std::size_t fixed[std::size(kFixed)] = {};
  std::optional<std::size_t> kept;
  std::vector<std::pair<std::size_t, std::string>> evidence;

  explicit Columns(const duck::Rows& rows) {
    for (std::size_t i = 0; i < rows.column_count(); ++i) {
      const std::string name = rows.column_name(i);
      const auto place = std::find(std::begin(kFixed), std::end(kFixed), name);
      if (place != std::end(kFixed)) {
        fixed[place - std::begin(kFixed)] = i;
      } else if (name == kKept) {
        kept = i;
      } else {
        evidence.emplace_back(i, name);
      }
    }
  }
};

Assessment assessment(const duck::Rows& rows, const Columns& columns) {
  Assessment result;
  result.organisation = rows.get_int64(columns.fixed[0]);
  result.subject = rows.get_int64(columns.fixed[1]);
  if (!rows.is_null(columns.fixed[2])) result.level = rows.get_text(columns.fixed[2]);
  if (!rows.is_null(columns.fixed[3])) result.since = rows.get_date(columns.fixed[3]);
  if (!rows.is_null(columns.fixed[4])) result.due = rows.get_date(columns.fixed[4]);
  for (const auto& [place, name] : columns.evidence) result.evidence[name] = rows.get_json(place);
  return result;
}

Result<std::vector<Assessment>> collect(Result<duck::Rows> rows) {
  if (!rows) return rows.error();
  const Columns columns(*rows);
  std::vector<Assessment> assessments;
  while (rows->next()) assessments.push_back(assessment(*rows, columns));
  return assessments;
}

bool has_keep_column(const Rule& rule) {
  return rule.query.find(" AS keep") != std::string::npos ||
         rule.query.find(" as keep") != std::string::npos;
}

std::string condition(const Rule& rule, Wanted wanted) {
  switch (wanted) {
    case Wanted::lit: return " where q.level is not null";
    case Wanted::lit_or_kept:
      return has_keep_column(rule) ? " where q.level is not null or q.keep"
                                   : " where q.level is not null";
    case Wanted::all: return "";
  }
  return "";
}

}  // namespace

namespace {

// DuckDB names the line of the text it was given; the rule's own text begins on its first line.
int line_in(const Error& error, int first_line) {
  for (const auto& [name, text] : error.arguments) {
    const auto at = text.find("LINE ");
    if (at != text.npos) return first_line + std::max(std::atoi(text.c_str() + at + 5), 1) - 1;
  }
  return first_line;
}

std::string reason_in(const Error& error) {
  for (const auto& [name, text] : error.arguments) {
    if (!text.empty() && name != "file") return text.substr(0, text.find("\n"));
  }
  return error.code;
}

}  // namespace

std::string wrapped(const Rule& rule, std::string_view inner, Extent extent, Date as_of) {
  std::string query = "with ";
  for (const std::string_view mart : kMarts) {
    query += fmt::format("{0} as not materialized (select * from {1}{0}), ", mart,
                         extent == Extent::whole ? "mart." : "scope_");
  }
  return query + fmt::format("setting as ({}) select q.* from ({}) as q",
                             setting(rule, extent, as_of), inner);
}

Result<std::vector<Assessment>> assess(duck::Connection& duck, const Rule& rule, Extent extent,
                                       Date as_of, Wanted wanted) {
  return collect(duck.query(wrapped(rule, rule.query, extent, as_of) + condition(rule, wanted)));
}

Result<std::optional<Assessment>> assess_subject(duck::Connection& duck, const Rule& rule,
                                                 Date as_of, Id subject) {
  auto found = collect(duck.query(wrapped(rule, rule.query, Extent::scope, as_of) +
                                  fmt::format(" where q.subject = {}", subject)));
  if (!found) return found.error();
  if (found->empty()) return std::optional<Assessment>();
  return std::optional<Assessment>(std::move(found->front()));
}

Result<std::vector<boost::json::object>> rows_of(duck::Connection& duck, const Rule& rule,
                                                 Extent extent, Date as_of, Id subject,
                                                 std::size_t limit) {
  auto rows =
      duck.query(wrapped(rule, rule.rows_query, extent, as_of) +
                 fmt::format(" where q.subject = {} order by all limit {}", subject, limit));
  if (!rows) return rows.error();
  std::vector<boost::json::object> found;
  while (rows->next()) {
    boost::json::object row;
    for (std::size_t i = 0; i < rows->column_count(); ++i) {
      const std::string name = rows->column_name(i);
      if (name != "subject" && name != "organisation") row[name] = rows->get_json(i);
    }
    found.push_back(std::move(row));
  }
  return found;
}

Result<Done> check_rules(duck::Connection& duck, const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    const auto checked = [&](std::string_view inner, int line,
                             std::initializer_list<std::string_view> needed) -> Result<Done> {
      const auto prepared = duck.prepare(wrapped(rule, inner, Extent::whole, Date{}));
      if (!prepared) {
        return rule_error(rule.file, line_in(prepared.error(), line), reason_in(prepared.error()));
      }
      const auto columns = prepared->columns();
      for (const std::string_view name : needed) {
        const bool there = std::any_of(columns.begin(), columns.end(),
                                       [&](const auto& column) { return column.name == name; });
        if (!there)
          return rule_error(rule.file, line, fmt::format("the query gives no column {}", name));
      }
      return Done{};
    };
    const auto main =
        checked(rule.query, rule.query_line, {"organisation", "subject", "level", "since", "due"});
    if (!main) return main;
    const auto rows = checked(rule.rows_query, rule.rows_line, {"organisation", "subject"});
    if (!rows) return rows;
  }
  return Done{};
}

}  // namespace jishi::insight
