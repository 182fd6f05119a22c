#include "modules/insight/rule_versions/rule_versions.hpp"

#include <map>

#include "base/hash.hpp"
#include "modules/insight/rule_versions/rule_versions.sql.hpp"

namespace jishi::insight {

namespace {

struct Latest {
  std::string rule;
  std::string digest;
};
BOOST_DESCRIBE_STRUCT(Latest, (), (rule, digest))

struct Kept {
  std::int64_t noted = 0;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (noted, body))

std::string parameters_of(const Rule& rule) {
  std::string text;
  for (const RuleParameter& one : rule.parameters) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {} ({}…{})", one.name, one.standard, one.least, one.most);
  }
  return text;
}

boost::json::object both(const RuleText& text) {
  return {{"zh", text.zh}, {"en", text.en}};
}

std::string body_of(const Rule& rule) {
  return boost::json::serialize(boost::json::object{{"version", rule.version},
                                                    {"valid_from", to_days(rule.valid_from)},
                                                    {"title", both(rule.title)},
                                                    {"basis", rule.basis},
                                                    {"why", both(rule.why)},
                                                    {"remedy", both(rule.remedy)},
                                                    {"severity", rule.severity},
                                                    {"parameters", parameters_of(rule)},
                                                    {"query", rule.query},
                                                    {"rows_query", rule.rows_query}});
}

std::string text_in(const boost::json::object& body, std::string_view name, Language language) {
  const auto* found = body.if_contains(name);
  if (found == nullptr) return {};
  if (const auto* both = found->if_object())
    return text_in(*both, language == Language::zh ? "zh" : "en", language);
  return found->is_string() ? std::string(found->get_string()) : std::string();
}

/// Of a body that was kept by this program.
RuleVersion version_of(const Kept& kept, Language language) {
  const auto read = boost::json::parse(kept.body);
  const boost::json::object& body = read.get_object();
  const auto text = [&](std::string_view name) { return text_in(body, name, language); };
  RuleVersion shown;
  const auto number = [&](std::string_view name) {
    const auto* found = body.if_contains(name);
    return found == nullptr ? std::int64_t{0} : found->to_number<std::int64_t>();
  };
  shown.version = static_cast<int>(number("version"));
  shown.noted_ms = kept.noted;
  shown.valid_from = from_days(number("valid_from"));
  shown.title = text("title");
  shown.basis = text("basis");
  shown.why = text("why");
  shown.remedy = text("remedy");
  shown.severity = text("severity");
  shown.parameters = text("parameters");
  shown.query = text("query");
  shown.rows_query = text("rows_query");
  return shown;
}

/// What is otherwise in the later of two, by the names of its members.
std::vector<std::string> changed_between(const RuleVersion& before, const RuleVersion& after) {
  std::vector<std::string> changed;
  boost::mp11::mp_for_each<
      boost::describe::describe_members<RuleVersion, boost::describe::mod_public>>(
      [&](auto member) {
        const std::string_view name = member.name;
        if (name == "noted_ms" || name == "changed") return;
        if (before.*member.pointer != after.*member.pointer) changed.emplace_back(name);
      });
  return changed;
}

}  // namespace

Result<int> note_rule_versions(Store& store, const std::vector<Rule>& rules) {
  const auto rows =
      store.read([](db::Reader& reader) { return reader.all<Latest>(sql::rule_versions::latest); });
  std::map<std::string, std::string> known;
  for (const Latest& row : rows) known.emplace(row.rule, row.digest);
  std::vector<std::pair<const Rule*, std::string>> news;
  for (const Rule& rule : rules) {
    std::string body = body_of(rule);
    const auto found = known.find(rule.id);
    if (found == known.end() || found->second != to_hex(sha256(body)))
      news.emplace_back(&rule, std::move(body));
  }
  if (news.empty()) return 0;
  return store.write({}, [&](Transaction& tx) -> Result<int> {
    boost::json::array names;
    for (const auto& [rule, body] : news) {
      tx.run(sql::rule_versions::add, tx.new_id(), rule->id, tx.store().clock().now_ms(),
             to_hex(sha256(body)), body);
      names.emplace_back(rule->id);
    }
    const auto count = static_cast<int>(news.size());
    tx.fact(fact::kRulesNoted, tx.store().clock().today(), kNoId,
            {.amount = count,
             .payload = boost::json::serialize(boost::json::object{{"rules", std::move(names)}})});
    return count;
  });
}

Result<std::vector<RuleVersion>> rule_versions(db::Reader& reader, std::string_view rule,
                                               Language language) {
  const auto rows = reader.all<Kept>(sql::rule_versions::of_rule, rule, kMaxRuleVersions);
  if (rows.empty())
    return fail(ErrorKind::not_found, "insight.rule_unknown", {{"rule", std::string(rule)}});
  std::vector<RuleVersion> shown;
  for (const Kept& row : rows) shown.push_back(version_of(row, language));
  for (std::size_t i = 0; i + 1 < shown.size(); ++i)
    shown[i].changed = changed_between(shown[i + 1], shown[i]);
  return shown;
}

}  // namespace jishi::insight
