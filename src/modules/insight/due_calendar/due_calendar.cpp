#include "modules/insight/due_calendar/due_calendar.hpp"

#include <unordered_set>

#include "api/routes.hpp"
#include "base/hash.hpp"
#include "base/texts.hpp"
#include "modules/insight/due_calendar/due_calendar.sql.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::insight {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kEnding = ".ics";
constexpr api::Permission kRead = "insight.read";
constexpr api::Permission kOwn = "self.read";

struct DueRow {
  std::string rule;
  std::string subject_kind;
  Id organisation = kNoId;
  std::string organisation_name;
  Date due;
  std::string level;
  std::int64_t lights = 0;
  std::int64_t lit_ms = 0;
};
BOOST_DESCRIBE_STRUCT(DueRow, (),
                      (rule, subject_kind, organisation, organisation_name, due, level, lights,
                       lit_ms))

DueEvent event_of(const DueRow& row, const Wording& wording) {
  const auto rule = std::find_if(wording.rules.begin(), wording.rules.end(),
                                 [&](const Rule& held) { return held.id == row.rule; });
  const std::string title =
      rule == wording.rules.end() ? row.rule : rule->title.in(wording.language);
  const bool persons = row.subject_kind == "person";
  return {fmt::format("{}.{}.{}@jishi", row.rule, row.organisation, to_iso(row.due)), row.due,
          say(wording.language, persons ? "insight.due_of_persons" : "insight.due_of_organisation",
              {{"title", title},
               {"organisation", row.organisation_name},
               {"persons", std::to_string(row.lights)}}),
          row.level, row.lit_ms};
}

http::Response calendar_at(api::Call& call, const std::vector<Rule>& rules, const Codes& codes,
                           const DueSource& others) {
  std::string_view secret = call.request.segment("feed").value_or("");
  if (secret.ends_with(kEnding)) secret.remove_suffix(kEnding.size());
  api::PermissionSet reading;
  reading.add(*api::number_of(kRead));
  reading.add(*api::number_of(kOwn));
  const auto account =
      call.store.read([&](db::Reader& reader) { return account_of_calendar(reader, secret); });
  const auto whose = account ? call.gate.caller_again(*account, reading) : std::nullopt;
  if (!whose) {
    return api::problem(call.request, call.language(),
                        fail(ErrorKind::not_found, "insight.calendar_missing"));
  }
  const api::Call asked{call.store, call.gate, call.request, *whose, kRead, kNoId, kNoId, 0, {}};
  const Wording wording{rules, codes, whose->language, call.store.clock().today()};
  const auto events = call.store.read([&](db::Reader& reader) {
    auto due = due_events(reader, asked, wording);
    auto more =
        others(reader, asked, whose->language, wording.today - std::chrono::days(kCalendarDaysBack),
               wording.today + std::chrono::days(kCalendarDaysAhead));
    std::move(more.begin(), more.end(), std::back_inserter(due));
    return due;
  });
  http::Response response;
  response.content_type = "text/calendar; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = calendar_text(say(whose->language, "insight.calendar_name"), events);
  return response;
}

}  // namespace

Result<CalendarAddress> make_calendar(api::Call& call) {
  if (call.caller.by_token) return fail(ErrorKind::forbidden, "insight.calendar_by_token");
  const std::string secret = to_hex(crypto::random_bytes(kSecretBytes));
  const Hash hash = sha256(secret);
  return call.store.write(
      Actor{call.caller.account}, [&](Transaction& tx) -> Result<CalendarAddress> {
        tx.run(sql::due_calendar::set_feed, call.caller.account, db::BlobView{bytes_of(hash)},
               tx.store().clock().now_ms());
        tx.fact(fact::kCalendarMade, tx.store().clock().today(), kNoId,
                {.person = call.caller.person, .subject = call.caller.account});
        return CalendarAddress{fmt::format("/api/v1/calendars/{}{}", secret, kEnding)};
      });
}

CalendarShown calendar_of(api::Call& call) {
  return call.store.read([&](db::Reader& reader) {
    return CalendarShown{reader.one<std::int64_t>(sql::due_calendar::made, call.caller.account)};
  });
}

Result<Done> drop_calendar(api::Call& call) {
  return call.store.write(Actor{call.caller.account}, [&](Transaction& tx) -> Result<Done> {
    if (tx.run(sql::due_calendar::drop_feed, call.caller.account) == 0)
      return fail(ErrorKind::not_found, "insight.calendar_missing");
    tx.fact(fact::kCalendarDropped, tx.store().clock().today(), kNoId,
            {.person = call.caller.person, .subject = call.caller.account});
    return Done{};
  });
}

std::optional<Id> account_of_calendar(db::Reader& reader, std::string_view secret) {
  const Hash hash = sha256(secret);
  return reader.one<Id>(sql::due_calendar::account_of, db::BlobView{bytes_of(hash)});
}

std::vector<DueEvent> due_events(db::Reader& reader, const api::Call& call,
                                 const Wording& wording) {
  std::vector<DueEvent> events;
  std::unordered_set<std::string> known;  // an organisation may stand in several structures
  for (const auto& part : registry::CallerScope::every(call)) {
    const registry::Scope scope = part.get();
    const auto rows = reader.all<DueRow>(
        sql::due_calendar::due, scope.structure, scope.json(), db::number_list(scope.own),
        wording.today - std::chrono::days(kCalendarDaysBack),
        wording.today + std::chrono::days(kCalendarDaysAhead), wording.today, kMaxCalendarEvents);
    for (const DueRow& row : rows) {
      DueEvent event = event_of(row, wording);
      if (known.insert(event.uid).second) events.push_back(std::move(event));
    }
  }
  std::stable_sort(events.begin(), events.end(), [](const DueEvent& left, const DueEvent& right) {
    return left.day < right.day;
  });
  if (events.size() > static_cast<std::size_t>(kMaxCalendarEvents))
    events.resize(kMaxCalendarEvents);
  return events;
}

void calendar_routes(api::Routes& routes, const Keeper& keeper, const Codes& codes,
                     DueSource others) {
  using api::Call;
  using http::Method;
  routes
      .act<api::Nothing>(Method::post, "/api/v1/calendar",
                         {"insight.make_calendar", kOwn, api::own_account()},
                         [](Call& call, const api::Nothing&) { return make_calendar(call); })
      .status = 201;
  routes.get_slowly<api::Nothing>(
      "/api/v1/calendar", {"insight.show_calendar", {}, api::own_account()},
      [](Call& call, const api::Nothing&) { return Result(calendar_of(call)); });
  routes.act<api::Nothing>(Method::del, "/api/v1/calendar",
                           {"insight.drop_calendar", {}, api::own_account()},
                           [](Call& call, const api::Nothing&) -> Result<api::Acknowledged> {
                             const auto dropped = drop_calendar(call);
                             if (!dropped) return dropped.error();
                             return api::Acknowledged{};
                           });
  api::Operation& feed = routes.raw(Method::get, "/api/v1/calendars/{feed}",
                                    {"insight.calendar", {}, api::open_to_all()},
                                    [&keeper, &codes, others = std::move(others)](Call& call) {
                                      return calendar_at(call, keeper.rules(), codes, others);
                                    });
  feed.answer_type = "text/calendar";
  feed.run = http::Run::on_worker;
}

}  // namespace jishi::insight
