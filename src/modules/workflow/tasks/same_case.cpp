#include "modules/workflow/tasks/same_case.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "modules/workflow/cases/start_rules.sql.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/measures/measures.hpp"

namespace jishi::workflow {

namespace {

constexpr int kMostLookedAt = 200;

std::vector<std::string> texts_in(const boost::json::object& holder, std::string_view name) {
  std::vector<std::string> texts;
  const auto* list = holder.if_contains(name);
  if (list == nullptr || !list->is_array()) return texts;
  for (const auto& one : list->get_array()) {
    if (one.is_string()) texts.emplace_back(one.get_string());
  }
  return texts;
}

std::string text_at(const feel::Value& variables, const std::string& name) {
  const feel::Value* value = variables.entry(name);
  return value == nullptr ? std::string() : feel::text_of(*value).value_or("");
}

/// Whoever fills the form in says that it is another all the same.
bool is_another(const feel::Value& variables, const std::string& field) {
  const feel::Value* said = variables.entry(field);
  return said != nullptr && said->is_true();
}

/// The field by which they say so, as a refusal names it.
Arguments naming(const boost::json::object& form, const std::string& field) {
  return {{"path", "variables." + field},
          {"field", title_of_field(form, field)},
          {"field_en", title_of_field(form, field, Language::en)}};
}

bool says_the_same(const std::vector<std::string>& fields, const feel::Value& one,
                   const feel::Value& other) {
  return std::all_of(fields.begin(), fields.end(), [&](const std::string& field) {
    const std::string text = fold_code(text_at(one, field));
    return !text.empty() && text == fold_code(text_at(other, field));
  });
}

}  // namespace

std::optional<Error> refuse_same(Transaction& tx, const Office& office, const HeldCase& held,
                                 const boost::json::object& form, const feel::Value& variables) {
  const auto* said = form.if_contains("x-same");
  if (said == nullptr || !said->is_object()) return std::nullopt;
  const auto fields = texts_in(said->get_object(), "fields");
  const std::string unless = text_in(said->get_object(), "unless");
  if (fields.empty() || is_another(variables, unless)) return std::nullopt;
  for (const Id running : tx.all<Id>(sql::start_rules::running_in, held.row.organisation,
                                     held.row.process, kMostLookedAt)) {
    if (running == held.row.id) continue;
    const auto other = held_case(tx.store(), tx, office, running);
    if (!other || !says_the_same(fields, variables, variables_of(other->state))) continue;
    Arguments told{{"case", std::to_string(running)}};
    if (unless.empty()) {
      told.emplace_back("path", "variables." + fields.front());
      return fail(ErrorKind::refused, "workflow.same_recorded", std::move(told));
    }
    Arguments way = naming(form, unless);
    told.insert(told.end(), way.begin(), way.end());
    return fail(ErrorKind::refused, "workflow.same_running", std::move(told));
  }
  return std::nullopt;
}

std::optional<Error> refuse_rejoin(Transaction& tx, const boost::json::object& form,
                                   const feel::Value& variables) {
  const auto* said = form.if_contains("x-rejoin");
  if (said == nullptr || !said->is_object()) return std::nullopt;
  const auto& asked = said->get_object();
  const std::string unless = text_in(asked, "unless");
  const auto born = parse_iso_date(text_at(variables, text_in(asked, "born")));
  const auto on = parse_iso_date(text_at(variables, text_in(asked, "on")));
  if (!born || !on || is_another(variables, unless)) return std::nullopt;
  const auto barred =
      barred_until(tx.store(), tx, {text_at(variables, text_in(asked, "name")), *born, *on});
  if (!barred) return std::nullopt;
  Arguments told = naming(form, unless);
  told.emplace_back("date", to_iso(*barred));
  return fail(ErrorKind::refused, "workflow.rejoin_by_name", std::move(told));
}

}  // namespace jishi::workflow
