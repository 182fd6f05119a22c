#include "modules/workflow/tasks/same_case.hpp"

#include "modules/workflow/cases/start_rules.sql.hpp"
#include "modules/workflow/forms/forms.hpp"

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

bool says_the_same(const std::vector<std::string>& fields, const feel::Value& one,
                   const feel::Value& other) {
  return std::all_of(fields.begin(), fields.end(), [&](const std::string& field) {
    const std::string text = text_at(one, field);
    return !text.empty() && text == text_at(other, field);
  });
}

}  // namespace

std::optional<Error> refuse_same(Transaction& tx, const Office& office, const HeldCase& held,
                                 const boost::json::object& form, const feel::Value& variables) {
  const auto* said = form.if_contains("x-same");
  if (said == nullptr || !said->is_object()) return std::nullopt;
  const auto fields = texts_in(said->get_object(), "fields");
  const auto* named = said->get_object().if_contains("unless");
  const std::string unless =
      named != nullptr && named->is_string() ? std::string(named->get_string()) : std::string();
  const feel::Value* other_all_the_same = variables.entry(unless);
  if (fields.empty() || (other_all_the_same != nullptr && other_all_the_same->is_true()))
    return std::nullopt;
  for (const Id running : tx.all<Id>(sql::start_rules::running_in, held.row.organisation,
                                     held.row.process, kMostLookedAt)) {
    if (running == held.row.id) continue;
    const auto other = held_case(tx.store(), tx, office, running);
    if (!other || !says_the_same(fields, variables, variables_of(other->state))) continue;
    return fail(ErrorKind::refused, "workflow.same_running",
                {{"path", "variables." + unless},
                 {"case", std::to_string(running)},
                 {"field", title_of_field(form, unless)},
                 {"field_en", title_of_field(form, unless, Language::en)}});
  }
  return std::nullopt;
}

}  // namespace jishi::workflow
