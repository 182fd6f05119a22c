#include "modules/insight/lights/state.hpp"

#include "modules/insight/handling/handling.hpp"
#include "modules/insight/lights/state.sql.hpp"
#include "modules/insight/marts/load_rows.hpp"

namespace jishi::insight {

namespace {

struct PositionRow {
  Date day;
  std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(PositionRow, (), (day, position))

struct LitRow {
  std::string rule;
  std::string subject_kind;
  Id subject = kNoId;
  Id organisation = kNoId;
  int version = 1;
  std::string level;
  std::optional<Date> since;
  std::optional<Date> due;
  std::string evidence;
  std::int64_t doubts = 0;
};
BOOST_DESCRIBE_STRUCT(LitRow, (),
                      (rule, subject_kind, subject, organisation, version, level, since, due,
                       evidence, doubts))

std::string key_of(std::string_view rule, Id subject) {
  return fmt::format("{}:{}", rule, subject);
}

using LitLights = std::unordered_map<std::string, LitRow>;

LitLights lit_lights(db::Reader& reader, const std::optional<Scope>& scope) {
  LitLights lit;
  const auto keep = [&](const LitRow& row) { lit.emplace(key_of(row.rule, row.subject), row); };
  if (!scope) {
    reader.each<LitRow>(sql::state::all_lights, keep);
    return lit;
  }
  std::set<std::string_view> looked_at;
  for (const Rule* rule : scope->rules) looked_at.insert(rule->id);
  reader.each<LitRow>(
      sql::state::lights_of_organisations,
      [&](const LitRow& row) {
        if (looked_at.contains(row.rule)) keep(row);
      },
      json_list({scope->organisations.begin(), scope->organisations.end()}));
  return lit;
}

void write_fact(Transaction& tx, FactKind kind, const LitRow& light, Date today) {
  const std::string payload = boost::json::serialize(boost::json::object{
      {"rule", light.rule}, {"version", light.version}, {"level", light.level}});
  const bool person = light.subject_kind == "person";
  tx.fact(kind, today, light.organisation,
          {.person = person ? light.subject : kNoId, .subject = light.subject, .payload = payload});
}

void write_light(Transaction& tx, const LitRow& light) {
  tx.run(sql::state::set_light, light.rule, light.subject_kind, light.subject, light.organisation,
         light.version, light.level, light.since, light.due, light.evidence, light.doubts,
         tx.store().clock().now_ms());
}

/// What became of a light, for its history and for trends.
void note_event(Transaction& tx, std::string_view what, const LitRow& light, Date today,
                std::string_view before = {}) {
  tx.run(sql::state::add_event, light.rule, light.subject, tx.store().clock().now_ms(), what,
         light.organisation, today, light.level, before);
}

// A light that goes along to another organisation is out here and lit there.
void note_change(Transaction& tx, const LitRow& held, const LitRow& now, Date today) {
  if (held.organisation == now.organisation) {
    if (held.level != now.level) note_event(tx, "changed", now, today, held.level);
    return;
  }
  note_event(tx, "out", held, today);
  note_event(tx, "lit", now, today);
}

LitRow row_of(const Verdict& verdict) {
  const Assessment& said = verdict.assessment;
  const auto* doubts = said.evidence.if_contains(kRefusedRows);
  return {verdict.rule->id,
          verdict.rule->subject,
          said.subject,
          said.organisation,
          verdict.rule->version,
          said.level,
          said.since,
          said.due,
          boost::json::serialize(said.evidence),
          doubts == nullptr ? 0 : doubts->as_int64()};
}

// The light of a subject may stand under an organisation that was not looked at.
std::optional<LitRow> take_held(Transaction& tx, const LitRow& now, LitLights& lit) {
  const auto before = lit.find(key_of(now.rule, now.subject));
  if (before == lit.end()) return tx.one<LitRow>(sql::state::light_of, now.rule, now.subject);
  LitRow held = std::move(before->second);
  lit.erase(before);
  return held;
}

// Lit, changed, or as it was; a light that is only kept stays as it was lit.
void settle(Transaction& tx, const Verdict& verdict, LitLights& lit, Date today,
            Insight::Changes& changes) {
  LitRow now = row_of(verdict);
  const auto held = take_held(tx, now, lit);
  if (!held) {
    if (now.level.empty()) return;
    write_light(tx, now);
    write_fact(tx, fact::kLightLit, now, today);
    note_event(tx, "lit", now, today);
    ++changes.lit;
    return;
  }
  if (now.level.empty()) {
    const Id organisation = now.organisation;
    now = *held;
    now.organisation = organisation;
  }
  const bool same_light = held->level == now.level && held->since == now.since &&
                          held->due == now.due && held->version == now.version &&
                          held->organisation == now.organisation;
  if (same_light && held->evidence == now.evidence) return;
  write_light(tx, now);
  if (same_light) return;  // only the evidence grew: not a change of the light
  write_fact(tx, fact::kLightChanged, now, today);
  note_change(tx, *held, now, today);
  ++changes.changed;
}

}  // namespace

std::optional<LightsPosition> lights_position(Store& store) {
  const auto row =
      store.read([](db::Reader& reader) { return reader.one<PositionRow>(sql::state::position); });
  if (!row) return std::nullopt;
  return LightsPosition{row->day, row->position};
}

Result<Insight::Changes> write_changes(Store& store, Actor actor,
                                       const std::vector<Verdict>& verdicts,
                                       const std::optional<Scope>& scope,
                                       const LightsPosition& reached) {
  return store.write_alone(actor, [&](Transaction& tx) -> Result<Insight::Changes> {
    Insight::Changes changes;
    LitLights lit = lit_lights(tx, scope);
    for (const Verdict& verdict : verdicts) settle(tx, verdict, lit, reached.day, changes);
    for (const auto& [key, light] : lit) {
      tx.run(sql::state::remove_light, light.rule, light.subject);
      write_fact(tx, fact::kLightOut, light, reached.day);
      note_event(tx, "out", light, reached.day);
      end_handling(tx, {light.rule, light.subject});
      ++changes.out;
    }
    tx.run(sql::state::set_position, reached.day, reached.position);
    return changes;
  });
}

void advance_lights(Store& store, Actor actor, const LightsPosition& reached) {
  (void)store.write(actor, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::state::set_position, reached.day, reached.position);
    return Done{};
  });
}

std::vector<Id> organisations_with_other_doubts(Store& store, std::int64_t position,
                                                std::int64_t until) {
  return store.read([&](db::Reader& reader) {
    if (!reader.one<bool>(sql::state::imports_between, position, until).value_or(false))
      return std::vector<Id>();
    return reader.all<Id>(sql::state::organisations_with_other_doubts);
  });
}

void keep_lit(Store& store, std::vector<Verdict>& verdicts) {
  store.read([&](db::Reader& reader) {
    for (Verdict& verdict : verdicts) {
      Assessment& said = verdict.assessment;
      if (!said.level.empty()) continue;
      const auto held = reader.one<LitRow>(sql::state::light_of, verdict.rule->id, said.subject);
      if (!held) continue;
      said.level = held->level;
      said.since = held->since;
      said.due = held->due;
      said.evidence = boost::json::parse(held->evidence).as_object();
    }
  });
}

}  // namespace jishi::insight
