#include "app/commands.hpp"
#include "app/commands/rules.hpp"
#include "app/commands/why.sql.hpp"
#include "app/table.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::app {

namespace {

using boost::json::object;
using boost::json::value;
using insight::Explanation;

constexpr std::size_t kMaxRows = 30;
// The subject stands above the rows already; ids of records mean nothing to people.
constexpr std::array<std::string_view, 5> kLeftOut{"subject", "organisation", "activity", "payment",
                                                   "post"};

struct MemberRow {
  std::string number;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (number, name))

value date_or_null(const std::optional<Date>& date) {
  return date ? value(to_iso(*date)) : value(nullptr);
}

object explanation_object(const Explanation& why, Date as_of, Language language) {
  object line{{"rule", why.rule->id},
              {"version", why.rule->version},
              {"title", why.rule->title.in(language)},
              {"basis", why.rule->basis},
              {"subject_kind", why.rule->subject},
              {"subject", why.subject},
              {"as_of", to_iso(as_of)},
              {"applies", why.assessment.has_value()},
              {"level", nullptr},
              {"since", nullptr},
              {"due", nullptr},
              {"evidence", nullptr}};
  if (why.assessment) {
    const auto& assessment = *why.assessment;
    if (!assessment.level.empty()) line["level"] = assessment.level;
    line["since"] = date_or_null(assessment.since);
    line["due"] = date_or_null(assessment.due);
    line["evidence"] = assessment.evidence;
  }
  boost::json::array rows;
  for (const object& row : why.rows) rows.push_back(row);
  line["rows"] = std::move(rows);
  line["refused_rows"] = why.refused_rows;
  return line;
}

/// Explains one light in words.
class WhyScreen {
 public:
  WhyScreen(const Context& context, Store& store, const Codes& codes, const Explanation& why,
            Date as_of)
      : context_(context), store_(store), codes_(codes), why_(why), as_of_(as_of) {}

  void print() {
    print_head();
    if (why_.assessment) {
      print_verdict();
      print_rows();
    } else {
      print_not_applicable();
    }
    if (why_.refused_rows > 0) {
      line();
      line(say("app.why_refused_rows", {{"rows", grouped(why_.refused_rows)}}));
    }
    if (lit()) {
      line();
      line(say("app.why_remedy", {{"text", why_.rule->remedy.in(language())}}));
    }
  }

 private:
  Language language() const { return context_.settings.language; }
  std::string say(std::string_view code, const Arguments& arguments = {}) const {
    return context_.say(code, arguments);
  }
  void line(std::string_view text = {}) { context_.console.line(text); }
  bool lit() const { return why_.assessment && !why_.assessment->level.empty(); }

  void print_head();
  void print_verdict();
  void print_rows();
  void print_not_applicable();
  std::string cell_text(const std::string& column, const value& cell);
  std::vector<std::string> known_of_organisation();

  const Context& context_;
  Store& store_;
  const Codes& codes_;
  const Explanation& why_;
  Date as_of_;
};

void WhyScreen::print_head() {
  line(why_.rule->title.in(language()) + "  (" + why_.rule->id + ")");
  line(say("app.why_subject", {{"subject", printable(why_.subject)},
                               {"name", printable(why_.name)},
                               {"as_of", to_iso(as_of_)}}));
  line(say("app.why_basis", {{"text", why_.rule->basis}}));
  line();
}

void WhyScreen::print_verdict() {
  const auto& assessment = *why_.assessment;
  Arguments evidence = insight::evidence_arguments(codes_, language(), assessment.evidence);
  const std::string since = assessment.since ? to_iso(*assessment.since) : "—";
  const std::string due = assessment.due ? to_iso(*assessment.due) : "—";
  evidence.emplace_back("since", since);
  evidence.emplace_back("due", due);
  const insight::RuleText& sentence = lit() ? why_.rule->lit : why_.rule->clear;
  std::string mark = say("app.mark_clear");
  if (lit()) mark = say(assessment.level == "red" ? "app.mark_red" : "app.mark_yellow");
  line(mark + "  " + printable(fill(sentence.in(language()), evidence)));
  if (lit() && (assessment.since || assessment.due)) {
    line(say("app.why_dates", {{"since", since}, {"due", due}}));
  }
}

std::string WhyScreen::cell_text(const std::string& column, const value& cell) {
  if (column == "person" && cell.is_int64()) {
    const auto member = store_.read([&](db::Reader& reader) {
      return reader.one<MemberRow>(sql::why::member, cell.as_int64());
    });
    if (member) return member->name + (member->number.empty() ? "" : " " + member->number);
  }
  return insight::value_text(codes_, language(), column, cell);
}

void WhyScreen::print_rows() {
  line();
  if (why_.rows.empty()) {
    line(say("app.why_no_rows"));
    return;
  }
  std::vector<std::string> names;
  std::vector<TableColumn> columns;
  for (const auto& [key, cell] : why_.rows.front()) {
    const std::string name(key);
    if (std::find(kLeftOut.begin(), kLeftOut.end(), name) != kLeftOut.end()) continue;
    names.push_back(name);
    columns.push_back({insight::column_title(language(), name)});
  }
  Table table(std::move(columns));
  for (std::size_t i = 0; i < why_.rows.size() && i < kMaxRows; ++i) {
    std::vector<std::string> cells;
    for (const std::string& name : names) {
      const auto* cell = why_.rows[i].if_contains(name);
      cells.push_back(cell == nullptr ? "" : cell_text(name, *cell));
    }
    table.row(std::move(cells));
  }
  line(say("app.why_rows", {{"rows", grouped(static_cast<std::int64_t>(why_.rows.size()))}}));
  std::string lines = table.text();
  lines.pop_back();
  line(lines);
  if (why_.rows.size() > kMaxRows) {
    const auto more = static_cast<std::int64_t>(why_.rows.size() - kMaxRows);
    line("  " + say("app.and_more", {{"count", grouped(more)}}));
  }
}

std::vector<std::string> WhyScreen::known_of_organisation() {
  const auto found = store_.read([&](db::Reader& reader) -> std::optional<registry::Organisation> {
    const auto id = registry::organisation_by_code(reader, why_.subject);
    return id ? registry::organisation(reader, *id) : std::nullopt;
  });
  std::vector<std::string> known;
  if (!found) return known;
  const auto kind = codes_.set("organisation_kind").label(found->kind, language());
  known.push_back(say("app.why_kind", {{"kind", std::string(kind)}}));
  if (found->founded && *found->founded > as_of_) {
    known.push_back(say("app.why_founded_later", {{"date", to_iso(*found->founded)}}));
  }
  if (found->ended && *found->ended <= as_of_) {
    known.push_back(say("app.why_ended", {{"date", to_iso(*found->ended)}}));
  }
  return known;
}

void WhyScreen::print_not_applicable() {
  line(say("app.why_not_applicable"));
  const bool organisation = why_.rule->subject == "organisation";
  const auto known = organisation ? known_of_organisation() : std::vector<std::string>();
  for (const std::string& fact : known) line("  " + fact);
  line("  " + say("app.why_about", {{"text", why_.rule->why.in(language())}}));
}

}  // namespace

Result<Status> run_why(const Context& context, const WhyOptions& options) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  auto store = open_store(context);
  if (!store) return store.error();
  auto insight = open_insight(context, **store);
  if (!insight) return insight.error();
  if (const auto error = refuse_rule((*insight)->rules(), options.rule)) return *error;
  const Date as_of = options.as_of.value_or(context.clock.today());
  const auto why = (*insight)->explain(options.rule, options.subject, as_of);
  if (!why) return why.error();
  if (context.settings.json) {
    context.console.line(
        boost::json::serialize(explanation_object(*why, as_of, context.settings.language)));
  } else {
    WhyScreen(context, **store, *codes, *why, as_of).print();
  }
  return Status::done;
}

}  // namespace jishi::app
