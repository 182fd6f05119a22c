#include "modules/orglife/commands.hpp"

#include "api/routes.hpp"
#include "base/text.hpp"
#include "modules/orglife/activity_page/activity_page.hpp"
#include "modules/orglife/commands.sql.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

namespace {

/// The texts and ids that an ActivityRecord points to.
struct Resolved {
  std::string kind;
  std::string topic;
  std::string place;
  std::string others;
  std::string resolutions;
  ActivityRecord record;
};

// A joint meeting is held by who convenes several units: a region, a committee.
constexpr std::string_view kJointMeeting = "joint_meeting";

bool is_branch(std::string_view kind) {
  return kind == "branch" || kind == "joint_branch" || kind == "temporary_branch" ||
         kind == "mobile_branch";
}

// `kind`: the path of that member in the command.
Result<Done> resolve(Transaction& tx, const EnteredActivity& entered, std::string_view kind,
                     Resolved& into) {
  const auto organisation = registry::organisation_meant(tx, entered.organisation);
  if (!organisation) return organisation.error();
  into.resolutions = trim(entered.resolutions.value_or(""));
  const EntryView view{entered.kind,
                       entered.held_on,
                       tx.store().clock().today(),
                       registry::organisation(tx, *organisation)->ended,
                       entered.due,
                       entered.present,
                       entered.participants.size(),
                       count_code_points(into.resolutions)};
  if (auto refusal = refuse_entry(view)) return std::move(*refusal);
  if (auto refusal = tx.refuse_code("activity_kind", kind, view.kind)) return std::move(*refusal);
  if (view.kind == kJointMeeting && is_branch(registry::organisation(tx, *organisation)->kind))
    return fail(ErrorKind::invalid, "orglife.joint_meeting_place", {{"path", std::string(kind)}});
  into.kind = entered.kind;
  into.topic = tidy(entered.topic.value_or(""));
  into.place = tidy(entered.place.value_or(""));
  into.others = tidy(entered.others.value_or(""));
  into.record = {*organisation,  into.kind,       entered.held_on,
                 entered.period, into.topic,      into.place,
                 entered.due,    entered.present, {},
                 into.others,    into.resolutions};
  for (const auto& reference : entered.participants) {
    const auto person = registry::person_meant(tx, reference);
    if (!person) return person.error();
    into.record.participants.push_back(*person);
  }
  return Done{};
}

Result<ActivityDone> record(Transaction& tx, const EnteredActivity& entered) {
  Resolved resolved;
  if (auto done = resolve(tx, entered, "kind", resolved); !done) return done.error();
  const auto recorded = record_activity(tx, registry::manual_origin(tx), resolved.record);
  return ActivityDone{recorded.id, recorded.outcome, "orglife.withdraw_activity"};
}

/// Who corrects can neither name nor see participants outside their reach: these stay as they are.
void keep_unseen(Transaction& tx, Id activity, ActivityRecord& record) {
  if (tx.reach() == nullptr) return;
  for (const Id person : participants_of(tx, activity)) {
    if (!tx.reach()->person(tx, person)) record.participants.push_back(person);
  }
}

Result<ActivityDone> correct(Transaction& tx, const CorrectActivity& command) {
  Resolved resolved;
  if (auto done = resolve(tx, command.as, "as.kind", resolved); !done) return done.error();
  keep_unseen(tx, command.activity, resolved.record);
  if (auto done = correct_activity(tx, command.activity, resolved.record); !done)
    return done.error();
  return ActivityDone{command.activity, registry::Outcome::changed, "orglife.correct_activity"};
}

Result<ActivityDone> withdraw(Transaction& tx, const WithdrawActivity& command) {
  if (auto done = withdraw_activity(tx, command.activity); !done) return done.error();
  return ActivityDone{command.activity, registry::Outcome::changed, "orglife.record_activity"};
}

std::optional<Id> organisation_of_activity(db::Reader& reader, Id activity) {
  return reader.one<Id>(sql::commands::organisation_of, activity);
}

}  // namespace

std::optional<Error> refuse_entry(const EntryView& view) {
  if (view.kind.empty()) return fail(ErrorKind::invalid, "orglife.kind_missing");
  if (view.held_on > view.today) {
    return fail(ErrorKind::refused, "orglife.date_in_future",
                {{"date", to_iso(view.held_on)}, {"today", to_iso(view.today)}});
  }
  if (view.ended && *view.ended <= view.held_on) {
    return fail(ErrorKind::refused, "orglife.organisation_ended", {{"date", to_iso(*view.ended)}});
  }
  if (view.due.value_or(0) < 0 || view.present.value_or(0) < 0) {
    return fail(ErrorKind::invalid, "orglife.count_negative");
  }
  if (view.participants > kMaxParticipants) {
    return fail(ErrorKind::invalid, "orglife.too_many_participants",
                {{"limit", std::to_string(kMaxParticipants)}});
  }
  if (view.resolutions > kMaxResolutions) {
    return fail(ErrorKind::invalid, "orglife.resolutions_too_long",
                {{"limit", std::to_string(kMaxResolutions)}});
  }
  return std::nullopt;
}

std::vector<CommandEntry> commands() {
  return {
      command_entry<EnteredActivity>("orglife.record_activity", record),
      command_entry<CorrectActivity>("orglife.correct_activity", correct),
      command_entry<WithdrawActivity>("orglife.withdraw_activity", withdraw),
  };
}

void command_routes(api::Routes& routes) {
  constexpr api::Permission kWrite = "orglife.write";
  const auto activity = api::record_in("activity", organisation_of_activity);
  using http::Method;
  routes
      .command(Method::post, "/api/v1/organisations/{organisation}/activities",
               {"orglife.record_activity", kWrite, api::organisation_in("organisation")}, record)
      .status = 201;
  routes.get_slowly<api::Nothing>(
      "/api/v1/activities/{activity}", {"orglife.show_activity", api::kSee, activity},
      [](api::Call& call, const api::Nothing&) {
        return call.store.read([&](db::Reader& reader) { return activity_page(reader, call); });
      });
  // What was seen before it is corrected is what its page shows.
  const auto page = [](db::Reader& reader, const api::Call& call) {
    api::Call seen = call;
    seen.permission = api::kSee;
    return activity_page(reader, seen);
  };
  routes
      .edit<CorrectActivity>(
          "/api/v1/activities/{activity}", {"orglife.correct_activity", kWrite, activity}, page,
          [](Transaction& tx, const api::Call&, const CorrectActivity& command) -> Result<Done> {
            const auto done = correct(tx, command);
            if (!done) return done.error();
            return Done{};
          })
      .method = Method::put;  // all of it is given, not only what changes
  routes.command(Method::del, "/api/v1/activities/{activity}",
                 {"orglife.withdraw_activity", kWrite, activity}, withdraw);
}

}  // namespace jishi::orglife
