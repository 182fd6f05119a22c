// Events, tasks and loops of a definition.
#include "base/feel/names.hpp"
#include "base/text.hpp"
#include "modules/workflow/definition/definition_reader.hpp"
#include "modules/workflow/definition/elements.hpp"
#include "modules/workflow/definition/truth.hpp"

namespace jishi::workflow {

namespace {

constexpr std::int64_t kLongestYears = 50;
constexpr int kMostRepeats = 100;
constexpr std::int64_t kMostCounted = 1'000;  // instances of one activity, as the engine has it
constexpr auto kLongest = feel::Nanoseconds{kLongestYears * 366} * feel::kNanosecondsPerDay;
constexpr std::int64_t kFirstDay = 10'957;  // 2000-01-01, counted from 1970
constexpr std::int64_t kLastDay = 47'481;   // 2099-12-31

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_definition(const xml::Node& node) {
  return node.space == kBpmnSpace && node.local().ends_with("EventDefinition");
}

bool is_true(const xml::Node& node, std::string_view attribute) {
  return truth(node, attribute, false);
}

feel::NodePtr literal(feel::Value value) {
  return std::make_shared<const feel::Node>(
      feel::Node{feel::syntax::Literal{std::move(value)}, {}});
}

// A moment or a length of time as BPMN has it, outside of FEEL.
std::optional<feel::Value> iso_value(const std::string& text) {
  if (const auto days = feel::parse_days_and_time(text)) return *days;
  if (const auto months = feel::parse_years_and_months(text)) return *months;
  if (const auto date = feel::parse_calendar_date(text)) return *date;
  if (const auto at = feel::parse_date_and_time(text)) return *at;
  return std::nullopt;
}

// P1W, P1Y2M10D: ISO 8601 has such lengths, FEEL has not, and would take them for a name.
bool is_mixed_length(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto begins = text.starts_with('P') && text.size() > 2;
  return begins && text.find_first_not_of("0123456789.YMWDTHS", 1) == text.npos &&
         text.find_first_of("0123456789") != text.npos && text.back() > '9';
}

// R3/P1D: how often, which only a cycle says. As FEEL it would divide one variable by another.
bool is_repetition(std::string_view text) {
  if (!text.starts_with('R')) return false;
  const auto slash = text.find_first_not_of("0123456789", 1);
  if (slash == text.npos || text[slash] != '/') return false;
  const auto rest = text.substr(slash + 1);
  const auto again = rest.find('/');
  return iso_value(std::string(rest.substr(0, again))).has_value() ||
         (again != rest.npos && iso_value(std::string(rest.substr(again + 1))));
}

// How often, and how long, is for whoever asks; a day is one that somebody lives to see.
bool is_within(const feel::Value& value, int repeats) {
  const auto within = [](std::int64_t days) { return days >= kFirstDay && days <= kLastDay; };
  if (const auto* days = value.as<feel::DaysAndTime>())
    return days->nanoseconds >= 0 && days->nanoseconds <= kLongest / repeats;
  if (const auto* months = value.as<feel::YearsAndMonths>())
    return months->months >= 0 && months->months <= kLongestYears * 12 / repeats;
  if (const auto* date = value.as<feel::CalendarDate>()) return within(date->days);
  if (const auto* moment = value.as<feel::DateAndTime>()) return within(moment->date.days);
  return true;
}

}  // namespace

const xml::Node* DefinitionReader::event_definition(const xml::Node& node) {
  const xml::Node* found = nullptr;
  for (const xml::Node& below : node.children) {
    if (below.is(kBpmnSpace, "eventDefinitionRef")) {
      const auto named = by_id_.find(below.text());
      if (named == by_id_.end()) {
        refuse(node, "process.dangling",
               {{"attribute", "eventDefinitionRef"}, {"name", below.text()}});
      } else {
        found = named->second;
      }
    }
    if (!is_definition(below)) continue;
    if (found != nullptr) refuse(node, "process.event_unsupported", {{"name", "multiple"}});
    found = &below;
  }
  return found;
}

std::optional<NodeKind> DefinitionReader::kind_of(const xml::Node& node) {
  const auto local = node.local();
  if (is_true(node, "isForCompensation")) {
    refuse(node, "process.element_unsupported", {{"name", "isForCompensation"}});
    return std::nullopt;
  }
  for (const xml::Node& below : node.children) {
    if (below.kind != xml::Node::Kind::element || below.space != kBpmnSpace) continue;
    if (below.local() == "standardLoopCharacteristics") {
      refuse(node, "process.element_unsupported", {{"name", std::string(below.local())}});
      return std::nullopt;
    }
  }
  if (local == "subProcess" && is_true(node, "triggeredByEvent")) {
    refuse(node, "process.element_unsupported", {{"name", "subProcess triggeredByEvent"}});
    return std::nullopt;
  }
  if (const auto plain = plain_kind_of(local)) return plain;
  return event_kind(node, event_definition(node));
}

std::optional<NodeKind> DefinitionReader::event_kind(const xml::Node& node,
                                                     const xml::Node* definition) {
  static constexpr std::tuple<std::string_view, std::string_view, NodeKind> kKinds[] = {
      {"startEvent", "", NodeKind::start},
      {"endEvent", "", NodeKind::end},
      {"endEvent", "terminateEventDefinition", NodeKind::terminate},
      {"endEvent", "errorEventDefinition", NodeKind::error_end},
      {"intermediateCatchEvent", "timerEventDefinition", NodeKind::timer_event},
      {"intermediateCatchEvent", "messageEventDefinition", NodeKind::message_event},
      {"intermediateThrowEvent", "messageEventDefinition", NodeKind::message_throw},
      {"boundaryEvent", "timerEventDefinition", NodeKind::boundary_timer},
      {"boundaryEvent", "messageEventDefinition", NodeKind::boundary_message},
      {"boundaryEvent", "errorEventDefinition", NodeKind::boundary_error}};
  const auto trigger = definition == nullptr ? std::string_view() : definition->local();
  for (const auto& [local, wanted, kind] : kKinds) {
    if (local == node.local() && wanted == trigger) return kind;
  }
  refuse(node, "process.event_unsupported",
         {{"name", std::string(node.local()) +
                       (trigger.empty() ? std::string() : " " + std::string(trigger))}});
  return std::nullopt;
}

// The element that an attribute names (`messageRef`), if it is of the wanted kind.
std::string DefinitionReader::reference(const xml::Node& owner, const xml::Node& from,
                                        const char* attribute, const char* wanted) {
  const auto* name = from.attribute(attribute);
  if (name == nullptr) return {};
  const auto found = by_id_.find(std::string_view(*name).substr(name->rfind(':') + 1));
  if (found == by_id_.end() || !found->second->is(kBpmnSpace, wanted)) {
    refuse(owner, "process.dangling", {{"attribute", attribute}, {"name", *name}});
    return {};
  }
  return *name;
}

void DefinitionReader::read_event(const xml::Node& node, Node& made) {
  made.interrupting = truth(node, "cancelActivity", true);
  const xml::Node* definition = event_definition(node);
  if (definition == nullptr) return;
  const auto trigger = definition->local();
  if (trigger == "timerEventDefinition") {
    made.timing = timing_of(node, *definition);
  } else if (trigger == "messageEventDefinition") {
    read_message(node, *definition, made);
  } else if (trigger == "errorEventDefinition") {
    if (!made.interrupting) {
      const bool any = definition->attribute("errorRef") == nullptr;
      if (any) {
        refuse_newly(node, "process.error_interrupts");
      } else {
        refuse(node, "process.error_interrupts");
      }
    }
    const std::string id = reference(node, *definition, "errorRef", "error");
    if (id.empty()) {
      if (made.kind == NodeKind::error_end) refuse(node, "process.error_missing");
      return;
    }
    const xml::Node* error = by_id_.find(std::string_view(id).substr(id.rfind(':') + 1))->second;
    made.error_code = error->attribute_or("errorCode", error->attribute_or("name", id));
  }
}

void DefinitionReader::read_message(const xml::Node& node, const xml::Node& from, Node& made) {
  const std::string id = reference(node, from, "messageRef", "message");
  if (id.empty()) return refuse(node, "process.message_missing");
  const xml::Node* message = by_id_.find(std::string_view(id).substr(id.rfind(':') + 1))->second;
  made.message = message->attribute_or("name", id);
  if (trim(made.message).empty()) refuse_newly(node, "process.message_name", {{"name", id}});
}

std::optional<Timing> DefinitionReader::timing_of(const xml::Node& owner,
                                                  const xml::Node& definition) {
  static constexpr std::pair<const char*, Timing::Kind> kKinds[] = {
      {"timeDuration", Timing::Kind::duration},
      {"timeDate", Timing::Kind::date},
      {"timeCycle", Timing::Kind::cycle}};
  std::string names;
  for (const auto& [name, kind] : kKinds) {
    for (std::size_t i = definition.all(name).size(); i > 0; --i) {
      names += (names.empty() ? "" : " ") + std::string(name);
    }
  }
  if (names.find(' ') != std::string::npos) {
    refuse_newly(owner, "process.event_unsupported", {{"name", names}});
  }
  for (const auto& [name, kind] : kKinds) {
    const xml::Node* found = definition.child(name);
    if (found != nullptr) return timing_from(owner, kind, trimmed(found->text()));
  }
  refuse(owner, "process.timer_missing");
  return std::nullopt;
}

std::optional<Timing> DefinitionReader::timing_from(const xml::Node& owner, Timing::Kind kind,
                                                    std::string text) {
  Timing made;
  made.kind = kind;
  if (text.empty()) {
    refuse(owner, "process.timer_missing");
    return std::nullopt;
  }
  if (kind == Timing::Kind::cycle) {
    // R3/PT1H; without a number it would never end.
    const auto slash = text.find('/');
    const auto count =
        slash == std::string::npos ? std::nullopt : Decimal::parse(text.substr(1, slash - 1));
    const auto repeats = count ? count->to_int64() : std::nullopt;
    if (text[0] != 'R' || !repeats || *repeats < 1 || *repeats > kMostRepeats) {
      refuse(owner, "process.timer_unbounded", {{"limit", std::to_string(kMostRepeats)}});
      return std::nullopt;
    }
    made.repeats = static_cast<int>(*repeats);
    text.erase(0, slash + 1);
    const auto again = text.find('/');
    if (again != std::string::npos &&
        (iso_value(text.substr(0, again)) || iso_value(text.substr(again + 1)))) {
      refuse(owner, "process.timer_interval");
      return std::nullopt;
    }
  } else if (is_repetition(text)) {
    refuse_newly(owner, "process.timer_repeats", {{"value", text}});
    if (!again_) return std::nullopt;
  }
  const auto value = iso_value(text);
  if (!value && is_mixed_length(text)) {
    refuse_newly(owner, "process.timer_form", {{"value", text}});
    if (!again_) return std::nullopt;
  }
  made.expression = value ? literal(*value) : expression(owner, text);
  if (made.expression == nullptr || !is_bounded(owner, made)) return std::nullopt;
  return made;
}

// A literal length of time lies ahead, and within a working life; others are held to that when
// they are known.
bool DefinitionReader::is_bounded(const xml::Node& owner, const Timing& timing) {
  const auto* held = std::get_if<feel::syntax::Literal>(&timing.expression->form);
  if (held == nullptr) return fits_when_known(owner, timing);
  const auto* days = held->value.as<feel::DaysAndTime>();
  const auto* months = held->value.as<feel::YearsAndMonths>();
  bool fits = true;
  if (days != nullptr) fits = days->nanoseconds > 0 && days->nanoseconds <= kLongest;
  if (months != nullptr) fits = months->months > 0 && months->months <= kLongestYears * 12;
  const bool moment = days == nullptr && months == nullptr;
  if (moment != (timing.kind == Timing::Kind::date)) fits = false;
  const Arguments limit{{"limit", std::to_string(kLongestYears)}};
  if (!fits) {
    refuse(owner, "process.timer_range", limit);
    return false;
  }
  const bool time = !moment || held->value.as<feel::CalendarDate>() != nullptr ||
                    held->value.as<feel::DateAndTime>() != nullptr;
  if (!time || !is_within(held->value, timing.repeats)) {
    refuse_newly(owner, "process.timer_range", limit);
  }
  return true;
}

// What says a time whatever the case holds (`duration("P9999Y")`) is looked at as if it were
// written out; what needs variables is null here, and is held to it when the timer is set.
bool DefinitionReader::fits_when_known(const xml::Node& owner, const Timing& timing) {
  if (const auto* name = std::get_if<feel::syntax::Name>(&timing.expression->form)) {
    warn(owner, "process.timer_word", {{"name", name->name}});
    return true;
  }
  const FixedClock clock{*make_date(2026, 1, 1)};
  const auto value = feel::Evaluator(clock).evaluate(*timing.expression, nullptr);
  const bool time = value.is_null() || value.as<feel::DaysAndTime>() != nullptr ||
                    value.as<feel::YearsAndMonths>() != nullptr ||
                    value.as<feel::CalendarDate>() != nullptr ||
                    value.as<feel::DateAndTime>() != nullptr;
  if (!time || !is_within(value, timing.repeats)) {
    refuse_newly(owner, "process.timer_range", {{"limit", std::to_string(kLongestYears)}});
  }
  return true;
}

feel::NodePtr DefinitionReader::expression(const xml::Node& owner, std::string text) {
  text = trimmed(text);
  if (text.starts_with('=')) text.erase(0, 1);  // as other tools mark FEEL
  auto parsed = feel::parse_expression(
      text, known_, around_.library == nullptr ? feel::Library::standard() : *around_.library);
  if (parsed) return std::move(*parsed);
  refuse(owner, parsed.error());
  return nullptr;
}

void DefinitionReader::read_task(const xml::Node& node, Node& made) {
  const auto value = [&](std::string_view name) {
    const auto* found = own(node, name);
    return found == nullptr ? std::string() : *found;
  };
  made.task.form = value("form");
  made.task.operation = value("operation");
  made.task.reads_only = value("reads") == "true";
  made.task.result = value("result");
  const auto is_known = [](const std::optional<std::vector<std::string>>& words,
                           const std::string& word) {
    return word.empty() || !words || std::find(words->begin(), words->end(), word) != words->end();
  };
  if (!is_known(around_.forms, made.task.form)) {
    refuse(node, "process.form_unknown", {{"name", made.task.form}});
  }
  if (const auto* due = own(node, "due")) {
    const auto moment = iso_value(*due);
    const bool date = moment && moment->as<feel::DaysAndTime>() == nullptr &&
                      moment->as<feel::YearsAndMonths>() == nullptr;
    made.task.due =
        timing_from(node, date ? Timing::Kind::date : Timing::Kind::duration, trimmed(*due));
  }
  made.task.remind_ms = span_of(node, value("remind"));
  made.task.escalate_ms = span_of(node, value("escalate"));
  check_tellings(node, made.task);
  read_signing(node, made);
  if (made.kind == NodeKind::rule_task) {
    const std::string decision = value("decision");
    const auto mark = decision.find('#');
    if (mark == std::string::npos) return refuse(node, "process.decision_missing");
    made.task.decision_file = decision.substr(0, mark);
    made.task.decision = decision.substr(mark + 1);
    // A name, never a way out of the folder.
    if (made.task.decision_file.find_first_of("/\\") != std::string::npos) {
      refuse_newly(node, "process.decision_path", {{"name", made.task.decision_file}});
    }
  } else if (made.kind == NodeKind::receive_task) {
    read_message(node, node, made);
  } else if (made.kind == NodeKind::call_activity) {
    const std::string called = node.attribute_or("calledElement", "");
    made.called = called.substr(called.rfind(':') + 1);
    std::string names = value("outputs");
    for (std::size_t at = 0; at < names.size();) {
      const auto end = std::min(names.find(',', at), names.size());
      made.task.outputs.push_back(feel::normal_name(names.substr(at, end - at)));
      at = end + 1;
    }
  }
}

// What is told before and after a day needs one, and a reminder comes after the step itself.
void DefinitionReader::check_tellings(const xml::Node& node, const TaskSettings& task) {
  for (const char* name : {"remind", "escalate"}) {
    if (own(node, name) != nullptr && own(node, "due") == nullptr)
      refuse_newly(node, "process.telling_without_due", {{"name", name}});
  }
  if (!task.due || task.due->kind != Timing::Kind::duration || task.remind_ms == 0) return;
  const auto* held = std::get_if<feel::syntax::Literal>(&task.due->expression->form);
  const auto* days = held == nullptr ? nullptr : held->value.as<feel::DaysAndTime>();
  constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
  if (days != nullptr && days->nanoseconds / kNanosecondsPerMillisecond < task.remind_ms)
    refuse_newly(node, "process.reminder_too_early", {{"value", *own(node, "remind")}});
}

// A length of days and hours, in milliseconds; 0 where none is said.
std::int64_t DefinitionReader::span_of(const xml::Node& node, const std::string& text) {
  if (text.empty()) return 0;
  constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
  const auto span = feel::parse_days_and_time(text);
  const auto longest = feel::Nanoseconds{366} * feel::kNanosecondsPerDay;
  if (span && span->nanoseconds > 0 && span->nanoseconds <= longest)
    return static_cast<std::int64_t>(span->nanoseconds / kNanosecondsPerMillisecond);
  refuse(node, "process.span_range", {{"value", text}});
  return 0;
}

void DefinitionReader::read_signing(const xml::Node& node, Node& made) {
  const auto* signing = own(node, "sign");
  const auto* signers = own(node, "signers");
  if (signers != nullptr) made.task.signers = expression(node, *signers);
  if (signing == nullptr) {
    if (signers != nullptr) made.task.signing = Signing::joint;
    return;
  }
  static constexpr std::pair<std::string_view, Signing> kWords[] = {
      {"one", Signing::one},
      {"joint", Signing::joint},
      {"any", Signing::any},
      {"sequential", Signing::sequential}};
  for (const auto& [word, kind] : kWords) {
    if (word != *signing) continue;
    made.task.signing = kind;
    if (kind != Signing::one && signers == nullptr) refuse(node, "process.signers_missing");
    return;
  }
  refuse(node, "process.signing_unknown", {{"name", *signing}});
}

// `loopDataInputRef` names an input or a data object; what it is called there is the variable.
std::string DefinitionReader::collection_name(const std::string& reference_text) const {
  auto found = by_id_.find(reference_text);
  if (found == by_id_.end()) return reference_text;
  const xml::Node* named = found->second;
  if (const auto* object = named->attribute("dataObjectRef"); object != nullptr) {
    found = by_id_.find(*object);
    if (named->attribute("name") == nullptr && found != by_id_.end()) named = found->second;
  }
  return named->attribute_or("name", reference_text);
}

// How many there are is a whole number where it is known whatever the case holds.
void DefinitionReader::check_count(const xml::Node& node, const feel::Node& expression) {
  const FixedClock clock{*make_date(2026, 1, 1)};
  const auto value = feel::Evaluator(clock).evaluate(expression, nullptr);
  if (value.is_null()) return;
  const auto count = value.number() == nullptr ? std::nullopt : value.number()->to_int64();
  if (count && *count >= 0 && *count <= kMostCounted) return;
  refuse_newly(node, "process.loop_number", {{"limit", std::to_string(kMostCounted)}});
}

void DefinitionReader::read_loop(const xml::Node& node, Node& made) {
  const xml::Node* loop = node.child("multiInstanceLoopCharacteristics");
  if (loop == nullptr) return;
  MultiInstance multi;
  multi.sequential = is_true(*loop, "isSequential");
  if (const xml::Node* count = loop->child("loopCardinality")) {
    multi.cardinality = expression(node, count->text());
    if (multi.cardinality != nullptr) check_count(node, *multi.cardinality);
  }
  const xml::Node* collection = loop->child("loopDataInputRef");
  const auto* own_collection = own(*loop, "collection");
  if (own_collection != nullptr) {
    multi.collection = expression(node, *own_collection);
  } else if (collection != nullptr) {
    multi.collection = expression(node, collection_name(trimmed(collection->text())));
  }
  if (const auto* item = own(*loop, "item")) multi.item = feel::normal_name(*item);
  if (const xml::Node* item = loop->child("inputDataItem"); item != nullptr && multi.item.empty()) {
    multi.item = feel::normal_name(item->attribute_or("name", item->attribute_or("id", "")));
  }
  if (const xml::Node* condition = loop->child("completionCondition")) {
    multi.completion = expression(node, condition->text());
  }
  if (multi.cardinality == nullptr && multi.collection == nullptr) {
    refuse(node, "process.loop_missing");
  }
  if (const auto* collect = own(*loop, "collect")) multi.collect = feel::normal_name(*collect);
  made.multi = std::move(multi);
}

}  // namespace jishi::workflow
