#include "modules/workflow/cases/entered.hpp"

#include "base/feel/json.hpp"
#include "base/integer.hpp"
#include "base/json.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "base/texts.hpp"
#include "modules/workflow/cases/answers.sql.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/forms/asked_fields.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;
using Json = boost::json::value;

const object* object_in(const object& holder, std::string_view name) {
  const Json* found = holder.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

bool is_blank(const Json* value) {
  if (value == nullptr || value->is_null()) return true;
  if (const auto* text = value->if_string()) return text->empty();
  if (const auto* items = value->if_array()) return items->empty();
  if (const auto* members = value->if_object()) return members->empty();
  return false;
}

std::string title_in(const object& schema, std::string_view name, Language language) {
  if (language == Language::en) {
    if (auto english = text_in(schema, "x-title-en"); !english.empty()) return english;
  }
  const auto title = text_in(schema, "title");
  return std::string(title.empty() ? name : title);
}

bool picks(const object& schema) {
  const auto pick = text_in(schema, "x-pick");
  return pick == "person" || pick == "organisation";
}

/// Writes values by their schemas.
class Writer {
 public:
  Writer(const EnteredNames& names, Language language) : names_(names), language_(language) {}

  EnteredField field(std::string_view name, const object& schema, const Json& value) const {
    EnteredField made{
        std::string(name), title_in(schema, name, language_), "text", {}, {}, {}, {}, 0};
    const object* items = object_in(schema, "items");
    if (const auto* list = value.if_array()) {
      if (items != nullptr && object_in(*items, "properties") != nullptr)
        add_rows(made, *items, *list);
      else
        add_items(made, schema, *list);
    } else if (const auto* asked = value.if_object()) {
      add_asked(made, *asked);
    } else {
      made.kind = kind_of(schema);
      made.text = one(schema, value);
    }
    return made;
  }

 private:
  static std::string kind_of(const object& schema) {
    return text_in(schema, "format") == "date" ? "date" : "text";
  }

  std::string one(const object& schema, const Json& value) const {
    if (value.is_null()) return {};
    if (const bool* yes = value.if_bool())
      return say(language_, *yes ? "workflow.entered_yes" : "workflow.entered_no");
    if (value.is_number()) return number(schema, value);
    if (!value.is_string()) return boost::json::serialize(value);
    const std::string text(value.get_string());
    if (const object* choices = object_in(schema, "x-enum")) {
      const object* words = object_in(*choices, text);
      auto word = words == nullptr ? std::string()
                                   : text_in(*words, language_ == Language::en ? "en" : "zh");
      if (!word.empty()) return word;
    }
    return picks(schema) ? name_of(text) : text;
  }

  std::string number(const object& schema, const Json& value) const {
    if (text_in(schema, "x-unit") != "cents" || !value.is_int64())
      return boost::json::serialize(value);
    const std::int64_t cents = value.get_int64();
    return say(language_, "workflow.entered_money",
               {{"sum", fmt::format("{}.{:02}", cents / 100, std::abs(cents % 100))}});
  }

  // An id of somebody who is on no roll any more; a name that was written stays what it is.
  std::string name_of(const std::string& id) const {
    if (const auto found = names_.find(id); found != names_.end()) return found->second;
    const bool is_id = id.find_first_not_of("0123456789") == std::string::npos;
    return is_id ? say(language_, "workflow.entered_nobody") : id;
  }

  void add_items(EnteredField& made, const object& schema, const boost::json::array& list) const {
    made.kind = "list";
    const object* items = object_in(schema, "items");
    // What is picked is said of the list, its codes of what it is a list of.
    const object& by = items == nullptr || picks(schema) ? schema : *items;
    for (const Json& item : list) {
      if (made.items.size() == kMostEnteredRows) break;
      made.items.push_back(one(by, item));
    }
    made.left_off = static_cast<std::int64_t>(list.size() - made.items.size());
  }

  void add_rows(EnteredField& made, const object& items, const boost::json::array& list) const {
    made.kind = "rows";
    std::vector<std::pair<std::string, const object*>> columns;
    for (const auto& [name, value] : *object_in(items, "properties")) {
      const object* schema = value.if_object();
      const auto holds = [&, &key = name](const Json& row) {
        return row.is_object() && !is_blank(row.get_object().if_contains(key));
      };
      if (schema == nullptr || std::none_of(list.begin(), list.end(), holds)) continue;
      columns.emplace_back(name, schema);
      made.columns.push_back({title_in(*schema, name, language_), kind_of(*schema)});
    }
    for (const Json& row : list) {
      if (made.rows.size() == kMostEnteredRows) break;
      if (!row.is_object()) continue;
      EnteredRow written;
      for (const auto& [name, schema] : columns) {
        const Json* cell = row.get_object().if_contains(name);
        written.cells.push_back(cell == nullptr ? std::string() : one(*schema, *cell));
      }
      made.rows.push_back(std::move(written));
    }
    made.left_off = static_cast<std::int64_t>(list.size() - made.rows.size());
  }

  // Fields that whoever sends a task asks for, by what they are called.
  void add_asked(EnteredField& made, const object& asked) const {
    made.kind = "list";
    const object* properties = object_in(asked, "properties");
    if (properties == nullptr) return;
    for (const auto& [name, value] : *properties) {
      if (const object* schema = value.if_object())
        made.items.push_back(title_in(*schema, name, language_));
    }
  }

  const EnteredNames& names_;
  const Language language_;
};

object variables_json(const HeldCase& held) {
  auto json = parse_json(feel::json_of(variables_of(held.state)));
  return json && json->is_object() ? std::move(json->as_object()) : object();
}

/// Whether several may do a step, each for themselves.
bool is_done_by_several(const Definition& definition, Index node) {
  for (Index at = node; at != kNone; at = definition.scopes[definition.nodes[at].scope].owner) {
    if (definition.nodes[at].multi) return true;
  }
  return false;
}

std::optional<object> properties_of(const HeldCase& held, Index node) {
  auto form =
      form_of(*held.playable, held.playable->definition->nodes[node], variables_of(held.state));
  if (!form) return std::nullopt;
  const object* properties = object_in(*form, "properties");
  return properties == nullptr ? std::nullopt : std::optional(*properties);
}

/// The step at which a variable is shown that no kept answer holds.
class Owners {
 public:
  Owners(const std::vector<StepNow>& steps, const std::vector<std::optional<object>>& forms,
         const std::vector<StepAnswer>& answers)
      : steps_(steps), forms_(forms) {
    for (const StepAnswer& answer : answers) {
      for (const auto& [name, value] : answer.fields) {
        if (!is_blank(&value)) answered_.emplace(name);
      }
    }
  }

  bool is_at(std::string_view name, std::size_t step) const {
    if (answered_.contains(name)) return false;
    std::optional<std::size_t> owner;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (!forms_[i] || !forms_[i]->contains(name)) continue;
      const auto before = owner ? steps_[*owner].done_ms : std::nullopt;
      const bool later = steps_[i].done_ms && (!before || *before <= *steps_[i].done_ms);
      if (later || (!owner && steps_[i].open && !is_known(i, name))) owner = i;
    }
    return owner == step;
  }

 private:
  // What the program put there itself nobody has entered yet.
  bool is_known(std::size_t step, std::string_view name) const {
    const object* schema = object_in(*forms_[step], name);
    return schema != nullptr && schema->contains("x-known");
  }

  const std::vector<StepNow>& steps_;
  const std::vector<std::optional<object>>& forms_;
  std::set<std::string, std::less<>> answered_;
};

void add_ids(const object& schema, const Json& value, std::set<std::int64_t>& ids) {
  if (ids.size() >= kMostEnteredNames) return;
  if (const auto* list = value.if_array()) {
    const object* items = object_in(schema, "items");
    for (const Json& item : *list) add_ids(picks(schema) || !items ? schema : *items, item, ids);
    return;
  }
  if (const auto* row = value.if_object()) {
    const object* properties = object_in(schema, "properties");
    if (properties == nullptr) return;
    for (const auto& [name, cell] : *row) {
      if (const object* below = object_in(*properties, name)) add_ids(*below, cell, ids);
    }
    return;
  }
  if (!picks(schema) || !value.is_string()) return;
  const auto id = parse_integer(value.get_string());
  if (id && *id != kNoId) ids.insert(*id);
}

/// The answers of a step that hold, the latest first; one that is none where it has none. One that
/// led nowhere gives way to the next, and so does one to the same task.
std::vector<const StepAnswer*> shown_answers(const Definition& definition, Index node,
                                             const std::vector<StepAnswer>& answers) {
  const bool several = is_done_by_several(definition, node);
  std::vector<const StepAnswer*> shown;
  for (const StepAnswer& answer : answers) {
    const bool superseded = std::any_of(shown.begin(), shown.end(), [&](const StepAnswer* one) {
      const bool same = answer.corrected || one->task == answer.task;
      return same && (!several || one->account == answer.account);
    });
    if (answer.element == definition.nodes[node].id && !superseded) shown.push_back(&answer);
  }
  if (shown.empty()) shown.push_back(nullptr);
  return shown;
}

Entered begun(const Node& node, const StepAnswer* answer) {
  Entered entered{node.id, node.name, kNoId, {}, {}, 0, {}};
  if (answer == nullptr) return entered;
  entered.account = answer->account;
  entered.account_name = answer->account_name;
  entered.at_ms = answer->at_ms;
  return entered;
}

/// Which of its rounds an answer is, of those of one who does it; 0: there are no others.
int round_of(const std::vector<const StepAnswer*>& shown, std::size_t at, bool several) {
  int before = 0;
  int all = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] == nullptr || (several && shown[i]->account != shown[at]->account)) continue;
    ++all;
    if (i > at) ++before;
  }
  return all > 1 ? before + 1 : 0;
}

std::string first_signs(std::string_view text, std::size_t most) {
  std::size_t signs = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && ++signs > most) return std::string(text.substr(0, at)) + "…";
  }
  return std::string(text);
}

struct Named {
  Id id = kNoId;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name))

}  // namespace

std::vector<Entered> entered_of(const HeldCase& held, const std::vector<StepNow>& steps,
                                const std::vector<StepAnswer>& answers,
                                const std::vector<std::string>& hidden, const EnteredNames& names,
                                Language language) {
  const Definition& definition = *held.playable->definition;
  const Writer writer(names, language);
  const object variables = variables_json(held);
  std::vector<std::optional<object>> forms;
  for (const StepNow& step : steps) forms.push_back(properties_of(held, step.node));
  const Owners owners(steps, forms, answers);
  std::vector<Entered> all;
  for (std::size_t i = 0; i < steps.size() && all.size() < kMostEnteredSteps; ++i) {
    if (!forms[i]) continue;
    const auto shown = shown_answers(definition, steps[i].node, answers);
    for (std::size_t at = shown.size(); at-- > 0;) {
      Entered entered = begun(definition.nodes[steps[i].node], shown[at]);
      entered.round = round_of(shown, at, is_done_by_several(definition, steps[i].node));
      for (const auto& [name, value] : *forms[i]) {
        const object* schema = value.if_object();
        const bool is_hidden = std::find(hidden.begin(), hidden.end(), name) != hidden.end();
        if (schema == nullptr || is_hidden) continue;
        const Json* given = shown[at] == nullptr ? nullptr : shown[at]->fields.if_contains(name);
        if (is_blank(given) && at == 0 && owners.is_at(name, i))
          given = variables.if_contains(name);
        if (!is_blank(given)) entered.fields.push_back(writer.field(name, *schema, *given));
      }
      if (!entered.fields.empty()) all.push_back(std::move(entered));
    }
  }
  return all;
}

EnteredNames names_entered(db::Reader& reader, const HeldCase& held,
                           const std::vector<StepNow>& steps,
                           const std::vector<StepAnswer>& answers) {
  std::set<std::int64_t> ids;
  const object variables = variables_json(held);
  for (const StepNow& step : steps) {
    const auto form = properties_of(held, step.node);
    if (!form) continue;
    const auto add = [&](const object& fields) {
      for (const auto& [name, value] : fields) {
        if (const object* schema = object_in(*form, name)) add_ids(*schema, value, ids);
      }
    };
    add(variables);
    for (const StepAnswer& answer : answers) {
      if (answer.element == held.playable->definition->nodes[step.node].id) add(answer.fields);
    }
  }
  EnteredNames names;
  if (ids.empty()) return names;
  const std::string list = db::number_list(std::vector<Id>(ids.begin(), ids.end()));
  for (Named& one : reader.all<Named>(sql::answers::organisations, list))
    names[std::to_string(one.id)] = std::move(one.name);
  for (Named& one : reader.all<Named>(sql::answers::persons, list))
    names[std::to_string(one.id)] = std::move(one.name);
  return names;
}

std::string subject_of(const HeldCase& held) {
  const Scope& scope = held.playable->definition->scopes[held.playable->scope];
  const auto& hidden = scope.confidential;
  if (scope.subject.empty() ||
      std::find(hidden.begin(), hidden.end(), scope.subject) != hidden.end())
    return {};
  const feel::Value* value = variables_of(held.state).entry(scope.subject);
  auto text = value == nullptr || value->is_null() ? std::nullopt : feel::text_of(*value);
  if (!text) return {};
  return first_signs(trim(*text), kMostSubject);
}

std::map<Id, std::string> subjects_of(Store& store, db::Reader& reader, const Office& office,
                                      const std::vector<Id>& cases) {
  std::map<Id, std::string> subjects;
  if (cases.empty()) return subjects;
  for (CaseRow& row : reader.all<CaseRow>(sql::cases::held_many, db::number_list(cases))) {
    const Id id = row.id;
    // Only what has one is opened.
    const auto playable = office.deployments.playable(reader, row.version);
    if (!playable || (*playable)->definition->scopes[(*playable)->scope].subject.empty()) continue;
    const auto held = held_case(store, reader, office, std::move(row));
    if (!held) continue;
    if (std::string subject = subject_of(*held); !subject.empty()) subjects[id] = subject;
  }
  return subjects;
}

}  // namespace jishi::workflow
