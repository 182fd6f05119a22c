#include "modules/insight/handling/handling.hpp"

#include "base/text.hpp"
#include "modules/insight/handling/handling.sql.hpp"

namespace jishi::insight {

namespace {

FactKind fact_of(HandlingKind what) {
  switch (what) {
    case HandlingKind::taken: return fact::kLightTaken;
    case HandlingKind::explained: return fact::kLightExplained;
    case HandlingKind::waived: break;
  }
  return fact::kLightWaived;
}

int most_days(HandlingKind what) {
  return what == HandlingKind::waived ? kMostWaivedDays : kMostExplainedDays;
}

// Ids and days only: the reason may speak of persons.
void tell(Transaction& tx, FactKind kind, const LightKey& light, const LitPlace& place,
          const std::optional<Date>& until) {
  boost::json::object payload{{"rule", light.rule}};
  if (until) payload["until"] = to_iso(*until);
  const std::string text = boost::json::serialize(payload);
  tx.fact(kind, tx.store().clock().today(), place.organisation,
          {.person = place.subject_kind == "person" ? light.subject : kNoId,
           .subject = light.subject,
           .payload = text});
}

}  // namespace

std::optional<Error> refuse_handling(const HandlingView& view) {
  if (!view.lit) return fail(ErrorKind::not_found, "insight.light_not_lit");
  const HandleLight& asked = view.asked;
  const bool waived = asked.what == HandlingKind::waived;
  if (waived && !view.by_superior) return fail(ErrorKind::refused, "insight.waiver_by_superior");
  const std::size_t length = count_code_points(tidy(asked.reason.value_or("")));
  const bool needed = asked.what != HandlingKind::taken;
  if (length > kMostHandlingReason || (needed && length < kLeastHandlingReason)) {
    return fail(ErrorKind::invalid, "insight.handling_reason",
                {{"path", "reason"},
                 {"least", std::to_string(kLeastHandlingReason)},
                 {"most", std::to_string(kMostHandlingReason)}});
  }
  const Date last = view.today + std::chrono::days(most_days(asked.what));
  const bool out_of_bounds = asked.until && (*asked.until < view.today || *asked.until > last);
  if (out_of_bounds || (needed && !asked.until)) {
    return fail(ErrorKind::invalid, "insight.handling_until",
                {{"path", "until"}, {"first", to_iso(view.today)}, {"last", to_iso(last)}});
  }
  return std::nullopt;
}

Result<Handling> handle_light(Transaction& tx, const LightKey& light, const HandleLight& asked,
                              bool by_superior) {
  const auto place = place_of_light(tx, light);
  const Date today = tx.store().clock().today();
  if (auto refusal = refuse_handling({asked, today, place.has_value(), by_superior}))
    return std::move(*refusal);
  end_handling(tx, light);
  const std::string what = boost::describe::enum_to_string(asked.what, "");
  tx.run(sql::handling::add, tx.new_id(), light.rule, light.subject, place->organisation, what,
         tidy(asked.reason.value_or("")), asked.until, tx.actor().id, tx.store().clock().now_ms());
  tell(tx, fact_of(asked.what), light, *place, asked.until);
  return std::move(
      tx.all<Handling>(sql::handling::handlings, light.rule, light.subject, 1).front());
}

Result<Done> release_light(Transaction& tx, const LightKey& light) {
  const auto place = place_of_light(tx, light);
  if (!place || !tx.one<Id>(sql::handling::open, light.rule, light.subject))
    return fail(ErrorKind::not_found, "insight.not_handled");
  end_handling(tx, light);
  tell(tx, fact::kLightReleased, light, *place, std::nullopt);
  return Done{};
}

LightHistory light_history(db::Reader& reader, const LightKey& light) {
  return {
      reader.all<LightEvent>(sql::handling::events, light.rule, light.subject, kMaxLightHistory),
      reader.all<Handling>(sql::handling::handlings, light.rule, light.subject, kMaxLightHistory)};
}

std::optional<LitPlace> place_of_light(db::Reader& reader, const LightKey& light) {
  return reader.one<LitPlace>(sql::handling::place_of_light, light.rule, light.subject);
}

std::optional<BodyOfLight> body_of_light(db::Reader& reader, const LightKey& light) {
  return reader.one<BodyOfLight>(sql::handling::body_of_light, light.rule, light.subject);
}

void end_handling(Transaction& tx, const LightKey& light) {
  tx.run(sql::handling::end, light.rule, light.subject, tx.store().clock().now_ms());
}

}  // namespace jishi::insight
