#include "modules/workflow/dispatch/dispatches.hpp"

#include "api/idempotency.hpp"
#include "api/routes.hpp"
#include "base/text.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/dispatch/burden.hpp"
#include "modules/workflow/dispatch/dispatches.sql.hpp"
#include "modules/workflow/dispatch/task_operations.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/forms/asked_fields.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/process_settings/process_settings.hpp"
#include "modules/workflow/refusals/kept_refusal.hpp"

namespace jishi::workflow {

namespace {

constexpr int kAtOnce = 250;  // receivers of one transaction

struct Count {
  std::string outcome;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (outcome, count))

/// What the draft's form says against an answer to it.
std::optional<Error> refuse_draft(const Office& office, const HeldCase& held, const Task& task,
                                  const boost::json::object& draft, Language language) {
  const Node& node = held.playable->definition->nodes[task.node];
  const auto form = form_of(*held.playable, node, variables_of(held.state));
  if (!form) return refuse_reserved(draft);
  if (auto refused = refuse_answer(office.deployments, *held.playable, *form, draft, language))
    return refused;
  const auto given = variables_of_answer(draft);
  if (!given) return given.error();
  return refuse_missing(*form, *given);
}

/// What the process says of a draft that it does not let pass: the case stands where it stood.
Error refused_by_process(const Office& office, const HeldCase& held) {
  const feel::Value* check = variables_of(held.state).entry("check");
  const feel::Value* reason = check == nullptr ? nullptr : check->entry("reason");
  const std::string why = reason == nullptr ? "" : feel::text_of(*reason).value_or("");
  return fail(ErrorKind::refused, "workflow.dispatch_refused",
              {{"reason", why}, {"reason_en", office.deployments.wording().english(why)}});
}

/// One run of the job that sends.
class DispatchRun {
 public:
  DispatchRun(const Dispatches& dispatches, const api::JobRun& job, const api::Caller& caller)
      : dispatches_(dispatches),
        job_(job),
        caller_(caller),
        draft_(job.input.at("draft").as_object()),
        total_(std::max<std::int64_t>(job.input.at("receivers").as_int64(), 1)) {}

  Result<boost::json::object> run() {
    Id after = 0;
    std::int64_t dealt = 0;
    while (true) {
      const auto receivers = dispatches_.store.read([&](db::Reader& reader) {
        return reader.all<Id>(sql::dispatches::waiting, job_.id, after, kAtOnce);
      });
      if (receivers.empty()) return counts();
      if (job_.cancel) return fail(ErrorKind::refused, "workflow.dispatch_cancelled");
      // Together; where one of them is refused, one by one.
      if (!send(receivers)) {
        for (const Id one : receivers) send_one(one);
      }
      after = receivers.back();
      dealt += static_cast<std::int64_t>(receivers.size());
      job_.progress(static_cast<double>(dealt) / static_cast<double>(total_), dealt);
    }
  }

 private:
  // The cases and the notes of them are one transaction: neither is there without the other.
  Result<Done> send(const std::vector<Id>& receivers) {
    return dispatches_.store.write(Actor{caller_.account}, [&](Transaction& tx) -> Result<Done> {
      std::optional<Error> refused;
      const Office& office = dispatches_.office;
      auto playable = office.deployments.latest(tx, kTaskProcess);
      if (!playable) return playable.error();
      auto settings = settings_of_each(tx, office.deployments.settings(), kTaskProcess, receivers);
      const Sending sending{office, caller_,   job_.organisation,
                            draft_, *playable, std::move(settings)};
      std::vector<Id> cases(receivers.size());
      const bool all = tx.in_turn(receivers.size(), db::Asking::at_once, [&](std::size_t number) {
        const auto sent = send_task(tx, sending, receivers[number]);
        if (!sent) {
          refused = sent.error();
          return false;
        }
        cases[number] = sent->case_id;
        return true;
      });
      if (!all) return std::move(*refused);
      tx.run(sql::dispatches::note_sent, job_.id, db::number_list(cases));
      return Done{};
    });
  }

  void send_one(Id receiver) {
    const auto sent = send({receiver});
    if (sent) return;
    (void)dispatches_.store.write(Actor{caller_.account}, [&](Transaction& tx) -> Result<Done> {
      tx.run(sql::dispatches::note, job_.id, receiver, "refused", kNoId,
             kept_refusal(sent.error()));
      return Done{};
    });
  }

  boost::json::object counts() {
    boost::json::object result{{"sent", 0}, {"refused", 0}};
    const auto counts = dispatches_.store.read(
        [&](db::Reader& reader) { return reader.all<Count>(sql::dispatches::counts, job_.id); });
    for (const Count& one : counts) result[one.outcome] = one.count;
    return result;
  }

  const Dispatches& dispatches_;
  const api::JobRun& job_;
  const api::Caller& caller_;
  const boost::json::object draft_;
  const std::int64_t total_;
};

/// Holds what is asked against what is known, and plays it to the first receiver without keeping
/// anything; to whom it goes.
Result<std::vector<Id>> checked(const api::Call& call, const Dispatches& dispatches,
                                const DispatchTask& asked) {
  if (auto refused = refuse_unknown(dispatches, call, asked)) return std::move(*refused);
  auto receivers = call.store.read(
      [&](db::Reader& reader) { return receivers_of(reader, dispatches.roll, call, asked); });
  if (!receivers) return receivers;
  const auto draft = draft_of(asked);
  const auto played =
      call.store.rehearse(Actor{call.caller.account}, [&](Transaction& tx) -> Result<Advanced> {
        const Office& office = dispatches.office;
        auto playable = office.deployments.latest(tx, kTaskProcess);
        if (!playable) return playable.error();
        const Id first = receivers->front();
        auto settings = settings_of_each(tx, office.deployments.settings(), kTaskProcess, {first});
        return send_task(tx,
                         {office, call.caller, call.organisation, draft, std::move(*playable),
                          std::move(settings)},
                         first);
      });
  if (!played) return played.error();
  return receivers;
}

Result<DispatchEstimate> estimate(const api::Call& call, const Dispatches& dispatches,
                                  const DispatchTask& asked) {
  const auto receivers = checked(call, dispatches, asked);
  if (!receivers) return receivers.error();
  const auto count = static_cast<std::int64_t>(receivers->size());
  return DispatchEstimate{count, asked.minutes, count * asked.minutes};
}

/// Refuses what the same sender sent to the same receivers a moment ago: a second click, or two who
/// did not know of each other. It is sent again if that is what is meant (`again`).
std::optional<Error> refuse_twice(Transaction& tx, const api::Call& call, const DispatchTask& asked,
                                  const std::vector<Id>& receivers) {
  if (asked.again.value_or(false)) return std::nullopt;
  const std::int64_t since = call.store.clock().now_ms() - kSameWithinMs;
  const auto same =
      tx.one<Id>(sql::dispatches::same, call.organisation, asked.title, asked.until, since,
                 static_cast<std::int64_t>(receivers.size()), db::number_list(receivers));
  if (!same) return std::nullopt;
  return fail(ErrorKind::conflict, "workflow.dispatch_twice",
              {{"title", asked.title}, {"dispatch", std::to_string(*same)}});
}

Result<api::Job> submit(api::Call& call, const Dispatches& dispatches, const DispatchTask& asked) {
  const auto receivers = checked(call, dispatches, asked);
  if (!receivers) return receivers.error();
  const Actor actor{call.caller.account};
  const auto note = [&](Transaction& tx) -> Result<std::string> {
    if (auto refused = refuse_twice(tx, call, asked, *receivers)) return std::move(*refused);
    const auto noted =
        note_dispatch(tx, dispatches, call.organisation, call.caller.account, asked, *receivers);
    if (!noted) return noted.error();
    return std::to_string(*noted);
  };
  const auto key = call.request.header("idempotency-key");
  const auto id = key ? api::do_once(call, actor, *key, note) : call.store.write(actor, note);
  if (!id) return id.error();
  dispatches.jobs.wake(kDispatchJob);
  call.headers.emplace_back("Location", "/api/v1/jobs/" + *id);
  auto job = dispatches.jobs.find(std::stoll(*id), call.language());
  if (!job) return fail(ErrorKind::not_found, "api.not_found");
  return std::move(*job);
}

}  // namespace

boost::json::object draft_of(const DispatchTask& asked) {
  boost::json::object draft{{"title", tidy(asked.title)},
                            {"content", tidy(asked.content)},
                            {"basis", tidy(asked.basis)},
                            {"until", to_iso(asked.until)},
                            {"minutes", asked.minutes}};
  if (asked.fields) draft["asked_fields"] = *asked.fields;
  return draft;
}

Result<Id> note_dispatch(Transaction& tx, const Dispatches& dispatches, Id sender, Id account,
                         const DispatchTask& asked, const std::vector<Id>& receivers) {
  const auto count = static_cast<std::int64_t>(receivers.size());
  const boost::json::object input{{"title", asked.title},
                                  {"draft", draft_of(asked)},
                                  {"receivers", count},
                                  {"minutes", count * asked.minutes}};
  const auto noted = dispatches.jobs.note(
      tx, kDispatchJob, sender, account, input, [&](Transaction&, Id id) -> Result<Done> {
        const Clock& clock = tx.store().clock();
        tx.run(sql::dispatches::add, id, sender, asked.title, asked.until, asked.minutes, count,
               clock.now_ms(), account);
        tx.run(sql::dispatches::add_items, id, db::number_list(receivers));
        tx.fact(fact::kTaskDispatched, clock.today(), sender, {.subject = id, .amount = count});
        return Done{};
      });
  if (!noted) return noted.error();
  return noted->id;
}

Result<Advanced> send_task(Transaction& tx, const Sending& sending, Id receiver) {
  StartCase asked;
  asked.organisation = receiver;
  asked.process = kTaskProcess;
  asked.sender = registry::Reference(sending.sender);
  burden_soon(tx, sending.sender);
  const Party party = party_of(sending.caller);
  Index drafted = kNone;
  const auto do_draft = [&](const HeldCase& held) -> Result<Act> {
    if (held.state.tasks.empty()) return refused_by_process(sending.office, held);
    const Task& task = held.state.tasks.front();
    drafted = task.node;
    if (auto refused =
            refuse_draft(sending.office, held, task, sending.draft, sending.caller.language))
      return std::move(*refused);
    const auto given = variables_of_answer(sending.draft);
    if (!given) return given.error();
    Act act;
    act.party = party;
    act.event.verb = Verb::approve;
    act.event.task = task.id;
    act.event.actor = std::to_string(party.id());
    act.event.variables = *given;
    return act;
  };
  auto begun = begin_case(tx, sending.office, party, asked,
                          {sending.playable, sending.settings.at(receiver)}, do_draft);
  if (!begun) return begun.error();
  const auto& now = begun->held.state.tasks;
  if (std::any_of(now.begin(), now.end(), [&](const Task& one) { return one.node == drafted; }))
    return refused_by_process(sending.office, begun->held);
  const Advanced& advanced = begun->advanced;
  const Burden burden{advanced.case_id,
                      sending.sender,
                      receiver,
                      sending.draft.at("minutes").to_number<std::int64_t>(),
                      {}};
  const auto noted = note_burden(tx, burden, true);
  if (!noted) return noted.error();
  return advanced;
}

Result<boost::json::object> send_noted(const Dispatches& dispatches, const api::JobRun& job,
                                       const api::Caller& caller) {
  return DispatchRun(dispatches, job, caller).run();
}

api::JobKind dispatch_job(const Dispatches& dispatches) {
  api::JobKind kind;
  kind.name = kDispatchJob;
  kind.most_of_account = kMostDispatchesOfAccount;
  kind.run = [&dispatches](const api::JobRun& job) -> Result<boost::json::object> {
    // As they stand now: who lost the role meanwhile sends nothing more.
    const auto caller = dispatches.gate.caller_again(job.account, api::PermissionSet::all());
    if (!caller || !dispatches.gate.may(*caller, "workflow.act", job.organisation))
      return fail(ErrorKind::refused, "workflow.dispatch_account");
    return send_noted(dispatches, job, *caller);
  };
  kind.about = [](const boost::json::object& input) {
    return boost::json::object{{"title", input.at("title")},
                               {"receivers", input.at("receivers")},
                               {"minutes", input.at("minutes")}};
  };
  return kind;
}

void dispatch_routes(api::Routes& routes, const Dispatches& dispatches) {
  const auto sender = api::organisation_in("organisation");
  routes.act<DispatchTask>(http::Method::post,
                           "/api/v1/organisations/{organisation}/dispatch-estimates",
                           {"workflow.estimate_dispatch", "workflow.act", sender},
                           [&](api::Call& call, const DispatchTask& asked) {
                             return estimate(call, dispatches, asked);
                           });
  auto& send = routes.act<DispatchTask>(
      http::Method::post, "/api/v1/organisations/{organisation}/dispatches",
      {"workflow.dispatch_task", "workflow.act", sender},
      [&](api::Call& call, const DispatchTask& asked) { return submit(call, dispatches, asked); });
  send.status = 202;
  send.command = true;  // takes an Idempotency-Key: who sends again after a broken line sends once
  send.body_limit = 2U << 20;  // ids of as many as may receive it
  dispatch_list_routes(routes);
  dispatch_answer_routes(routes, dispatches);
}

}  // namespace jishi::workflow
