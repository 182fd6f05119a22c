#include "modules/workflow/batches/batches.hpp"

#include <set>
#include <span>

#include "api/paging.hpp"
#include "base/text.hpp"
#include "modules/workflow/batches/batches.sql.hpp"
#include "modules/workflow/refusals/kept_refusal.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kKind = "workflow.deal_with_tasks";
constexpr int kAtOnce = 50;  // items of one transaction, before others may write

struct Waiting {
  int place = 0;
  Id task = kNoId;
  Id case_id = kNoId;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (place, task, case_id))

struct ItemRow {
  int place = 0;
  Id task = kNoId;
  std::string outcome;
  std::string refusal;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (), (place, task, outcome, refusal))

struct Count {
  std::string outcome;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (outcome, count))

struct ItemQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ItemQuery, (), (after, limit))

BatchItem shown(const ItemRow& row, Language language) {
  const auto refusal = shown_refusal(row.refusal, language);
  return {row.place, row.task, row.outcome, refusal.code, refusal.detail};
}

/// One run of a batch's job.
class BatchRun {
 public:
  BatchRun(const Batches& batches, const api::JobRun& job, const api::Caller& caller)
      : batches_(batches), job_(job), caller_(caller) {
    asked_.verb =
        job.input.at("verb").as_string() == "reject" ? TaskVerb::reject : TaskVerb::approve;
    asked_.reason = std::string(job.input.at("reason").as_string());
    total_ = std::max<std::int64_t>(job.input.at("count").as_int64(), 1);
  }

  Result<boost::json::object> run() {
    while (true) {
      const auto items = batches_.store.read([&](db::Reader& reader) {
        return reader.all<Waiting>(sql::batches::waiting, job_.id, next_, kAtOnce);
      });
      if (items.empty()) return counts();
      if (job_.cancel) return fail(ErrorKind::refused, "workflow.batch_cancelled");
      const auto together = of_different_cases(items);
      // Together; where one of them was refused in the middle of its step, one by one.
      if (!deal_with(together)) {
        for (const Waiting& item : together) deal_with_one(item);
      }
      next_ = together.back().place + 1;
      job_.progress(static_cast<double>(next_) / static_cast<double>(total_), next_);
    }
  }

 private:
  // The first of them up to where a case comes again: its second step is one of another state.
  static std::span<const Waiting> of_different_cases(const std::vector<Waiting>& items) {
    std::set<Id> cases;
    const auto again = std::find_if(items.begin(), items.end(), [&](const Waiting& item) {
      return !cases.insert(item.case_id).second;
    });
    return {items.begin(), again};
  }

  // The steps and their notes are one transaction: neither is there without the other. What is
  // refused before it changed anything is noted with the others.
  Result<Done> deal_with(std::span<const Waiting> items) {
    return batches_.store.write(Actor{caller_.account}, [&](Transaction& tx) -> Result<Done> {
      std::vector<std::optional<Error>> refusals(items.size());
      std::size_t last = 0;
      const bool kept = tx.in_turn(items.size(), db::Asking::by_and_by, [&](std::size_t number) {
        last = number;
        const auto before = tx.connection().runs();
        const auto done =
            act_on_task(tx, batches_.office, {batches_.gate, caller_}, items[number].task, asked_);
        refusals[number] = done ? std::nullopt : std::optional(done.error());
        return done || tx.connection().runs() == before;
      });
      if (!kept) return std::move(*refusals[last]);
      // The notes lean on nothing that the last of them was told.
      tx.connection().next_attempt();
      for (std::size_t number = 0; number < items.size(); ++number)
        note(tx, items[number], refusals[number]);
      return Done{};
    });
  }

  void deal_with_one(const Waiting& item) {
    const auto done = deal_with({&item, 1});
    if (done) return;
    (void)batches_.store.write(Actor{caller_.account}, [&](Transaction& tx) -> Result<Done> {
      note(tx, item, done.error());
      return Done{};
    });
  }

  void note(Transaction& tx, const Waiting& item, const std::optional<Error>& refusal) {
    tx.run(sql::batches::note, job_.id, item.place, refusal ? "refused" : "done",
           refusal ? kept_refusal(*refusal) : std::string());
  }

  boost::json::object counts() {
    boost::json::object result{{"done", 0}, {"refused", 0}};
    const auto counts = batches_.store.read(
        [&](db::Reader& reader) { return reader.all<Count>(sql::batches::counts, job_.id); });
    for (const Count& one : counts) result[one.outcome] = one.count;
    return result;
  }

  const Batches& batches_;
  const api::JobRun& job_;
  const api::Caller& caller_;
  ActOnTask asked_;
  std::int64_t total_ = 1;
  int next_ = 0;
};

Result<api::Job> submit(api::Call& call, const Batches& batches, const DealWithTasks& asked) {
  if (asked.tasks.empty() || asked.tasks.size() > kMostTasksOfBatch) {
    return fail(ErrorKind::invalid, "workflow.batch_size",
                {{"path", "tasks"}, {"limit", std::to_string(kMostTasksOfBatch)}});
  }
  const std::string reason = tidy(asked.reason.value_or(""));
  const std::size_t length = count_code_points(reason);
  if (length > kMostReason || (asked.verb == BatchVerb::reject && length < kLeastReason)) {
    return fail(ErrorKind::invalid, "workflow.reason",
                {{"path", "reason"},
                 {"least", std::to_string(kLeastReason)},
                 {"most", std::to_string(kMostReason)}});
  }
  const boost::json::object input{{"verb", boost::describe::enum_to_string(asked.verb, "")},
                                  {"reason", reason},
                                  {"count", static_cast<std::int64_t>(asked.tasks.size())}};
  auto job = batches.jobs.submit(kKind, kNoId, call.caller.account, input,
                                 [&](Transaction& tx, Id id) -> Result<Done> {
                                   int place = 0;
                                   for (const Id task : asked.tasks)
                                     tx.run(sql::batches::add, id, place++, task);
                                   return Done{};
                                 });
  if (job) call.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id));
  return job;
}

Result<api::Page<BatchItem>> items(const api::Call& call, const ItemQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostItemsShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {-1});
  if (!after) return after.error();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<ItemRow>(sql::batches::page, call.subject, (*after)[0], *limit + 1);
  });
  api::Page<BatchItem> page;
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().place});
  for (const ItemRow& row : rows) page.items.push_back(shown(row, call.language()));
  return page;
}

}  // namespace

api::JobKind batch_job(const Batches& batches) {
  api::JobKind kind;
  kind.name = kKind;
  kind.own = true;
  kind.most_of_account = kMostBatchesOfAccount;
  kind.run = [&batches](const api::JobRun& job) -> Result<boost::json::object> {
    // As they stand now: who lost a role meanwhile is refused task by task.
    const auto caller = batches.gate.caller_again(job.account, api::PermissionSet::all());
    if (!caller) return fail(ErrorKind::refused, "workflow.batch_account");
    return BatchRun(batches, job, *caller).run();
  };
  kind.about = [](const boost::json::object& input) {
    return boost::json::object{{"verb", input.at("verb")}, {"count", input.at("count")}};
  };
  return kind;
}

void batch_routes(api::Routes& routes, const Batches& batches) {
  routes
      .act<DealWithTasks>(
          http::Method::post, "/api/v1/task-batches",
          {"workflow.deal_with_tasks", {}, api::own_account()},
          [&](api::Call& call, const DealWithTasks& asked) { return submit(call, batches, asked); })
      .status = 202;
  routes.list<ItemQuery>(
      "/api/v1/task-batches/{job}",
      {"workflow.batch_items", {}, api::own_record_in("job", api::account_of_job)},
      [](api::Call& call, const ItemQuery& query) { return items(call, query); });
}

}  // namespace jishi::workflow
