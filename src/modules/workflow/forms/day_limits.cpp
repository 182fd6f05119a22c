#include "modules/workflow/forms/day_limits.hpp"

#include "base/clock.hpp"
#include "base/feel/feel.hpp"
#include "base/feel/json.hpp"
#include "base/json_text.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;
using Json = boost::json::value;

constexpr std::size_t kMostLimits = 10;  // of one field
constexpr std::string_view kLower = "x-not-before";
constexpr std::string_view kUpper = "x-not-after";
// Of an upper limit that another field of the same answer may move: it is held to, and not shown.
constexpr std::string_view kUnshown = "unshown";
// One expression of a form is small work.
constexpr feel::Limits kWork{200'000, 100'000, 1 << 18, 32, 300};

struct Limit {
  Date day;
  std::string what;  // in the reader's language; empty: nothing is said
  bool own = false;  // not of the clause on which the step rests
};

const object* object_in(const object& holder, std::string_view name) {
  const Json* found = holder.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

std::optional<Date> date_of(const feel::Value& value) {
  std::string text = feel::json_of(value);
  std::erase(text, '"');
  return parse_iso_date(std::string_view(text).substr(0, 10));
}

void put(feel::Value::Entries& entries, const std::string& name, feel::Value value) {
  std::erase_if(entries, [&](const auto& entry) { return entry.first == name; });
  entries.emplace_back(name, std::move(value));
}

/// What expressions of a field see: the answer over the case, but of the field itself what stood.
feel::Value seen_by(std::string_view field, const feel::Value& held, const feel::Value& given,
                    const StepDays& days) {
  feel::Value::Entries entries;
  if (const auto* before = held.entries()) entries = *before;
  if (const auto* more = given.entries()) {
    for (const auto& [name, value] : *more) {
      if (name != field) put(entries, name, value);
    }
  }
  put(entries, "today", feel::Value(to_iso(days.today)));
  put(entries, "opened", feel::Value(to_iso(days.opened)));
  put(entries, "first_opened", feel::Value(to_iso(days.first_opened)));
  return feel::Value::context(std::move(entries));
}

std::optional<Limit> limit_of(const Json& said, const feel::Value& seen, Date today,
                              Language language) {
  const object* told = said.if_object();
  const std::string text = told != nullptr    ? text_in(*told, "day")
                           : said.is_string() ? std::string(said.get_string())
                                              : std::string();
  if (text.empty()) return std::nullopt;
  feel::Known known;
  known.add_context(seen);
  const auto expression = feel::Expression::read(text, known);
  if (!expression) return std::nullopt;
  const FixedClock clock(today);
  const auto day = date_of(expression->evaluate(seen, clock, kWork).value);
  if (!day) return std::nullopt;
  Limit limit{*day, {}, told != nullptr && told->contains("own")};
  if (told != nullptr) limit.what = text_in(*told, language == Language::zh ? "zh" : "en");
  if (text == "today") limit.what = language == Language::zh ? "今天" : "today";
  return limit;
}

std::vector<Limit> limits_of(const object& field, std::string_view keyword, const feel::Value& seen,
                             Date today, Language language) {
  std::vector<Limit> limits;
  const Json* said = field.if_contains(keyword);
  if (said == nullptr) return limits;
  const auto add = [&](const Json& one) {
    if (auto limit = limit_of(one, seen, today, language); limit && limits.size() < kMostLimits)
      limits.push_back(std::move(*limit));
  };
  if (const auto* several = said->if_array()) {
    for (const Json& one : *several) add(one);
  } else {
    add(*said);
  }
  return limits;
}

struct Bounds {
  std::optional<Limit> least;
  std::optional<Limit> most;
};

Bounds bounds_of(const object& field, const feel::Value& seen, Date today, Language language) {
  Bounds bounds;
  for (Limit& limit : limits_of(field, kUpper, seen, today, language)) {
    if (!bounds.most || limit.day < bounds.most->day) bounds.most = std::move(limit);
  }
  for (Limit& limit : limits_of(field, kLower, seen, today, language)) {
    if (bounds.most && limit.day > bounds.most->day) continue;
    if (!bounds.least || limit.day > bounds.least->day) bounds.least = std::move(limit);
  }
  return bounds;
}

bool is_limited(const object& field) {
  return field.contains(kLower) || field.contains(kUpper);
}

/// What the limit is and what the step rests on, in brackets.
std::string reason_of(const Limit& limit, std::string_view basis, Language language) {
  const bool zh = language == Language::zh;
  std::string words = limit.what;
  if (!basis.empty() && !limit.own)
    words += (words.empty() ? "" : zh ? "，" : ", ") + std::string(basis);
  if (words.empty()) return words;
  return zh ? "（" + words + "）" : " (" + words + ")";
}

Error refused(std::string_view code, const object& form, std::string_view name, Date day,
              const Limit& limit, std::string reason) {
  return fail(ErrorKind::invalid, code,
              {{"path", "variables." + std::string(name)},
               {"field", title_of_field(form, name)},
               {"field_en", title_of_field(form, name, Language::en)},
               {"day", to_iso(day)},
               {"limit", to_iso(limit.day)},
               {"reason", std::move(reason)}});
}

std::optional<Error> refuse_day(const object& form, std::string_view name, const object& field,
                                const DayView& view, Language language) {
  const feel::Value* value = view.given.entry(name);
  if (value == nullptr && view.whole) value = view.held.entry(name);
  const auto day = value == nullptr ? std::nullopt : date_of(*value);
  if (!day) return std::nullopt;
  const Bounds bounds =
      bounds_of(field, seen_by(name, view.held, view.given, view.days), view.days.today, language);
  if (bounds.most && *day > bounds.most->day) {
    return refused("workflow.day_too_late", form, name, *day, *bounds.most,
                   reason_of(*bounds.most, view.basis, language));
  }
  if (bounds.least && *day < bounds.least->day) {
    return refused("workflow.day_too_early", form, name, *day, *bounds.least,
                   reason_of(*bounds.least, view.basis, language));
  }
  return std::nullopt;
}

/// The field without the limits that are not shown.
object shown_limits(object field) {
  for (const std::string_view keyword : {kLower, kUpper}) {
    Json* said = field.if_contains(keyword);
    auto* several = said == nullptr ? nullptr : said->if_array();
    if (several == nullptr) continue;
    for (auto at = several->begin(); at != several->end();) {
      const object* told = at->if_object();
      at = told != nullptr && told->contains(kUnshown) ? several->erase(at) : at + 1;
    }
  }
  return field;
}

}  // namespace

bool limits_days(const object& form) {
  const object* properties = object_in(form, "properties");
  if (properties == nullptr) return false;
  return std::any_of(properties->begin(), properties->end(), [](const auto& entry) {
    return entry.value().is_object() && is_limited(entry.value().get_object());
  });
}

std::optional<Error> refuse_days(const object& form, const DayView& view, Language language) {
  const object* properties = object_in(form, "properties");
  if (properties == nullptr) return std::nullopt;
  for (const auto& [name, value] : *properties) {
    if (!value.is_object() || !is_limited(value.get_object())) continue;
    if (auto error = refuse_day(form, name, value.get_object(), view, language)) return error;
  }
  return std::nullopt;
}

object with_day_limits(object form, const feel::Value& held, const StepDays& days) {
  auto* found = form.if_contains("properties");
  object* properties = found == nullptr ? nullptr : found->if_object();
  if (properties == nullptr) return form;
  for (auto& [name, value] : *properties) {
    if (!value.is_object() || !is_limited(value.get_object())) continue;
    const Bounds bounds =
        bounds_of(shown_limits(value.get_object()), seen_by(name, held, feel::Value(), days),
                  days.today, Language::zh);
    if (bounds.least) value.get_object()["formatMinimum"] = to_iso(bounds.least->day);
    if (bounds.most) value.get_object()["formatMaximum"] = to_iso(bounds.most->day);
  }
  return form;
}

}  // namespace jishi::workflow
