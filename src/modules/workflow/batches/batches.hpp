#pragma once
// The same done with many tasks, as one job: each for itself, what is refused keeps no other back.
// A restart goes on where it stood; nothing is done twice.

#include "api/jobs/jobs.hpp"
#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostTasksOfBatch = 10'000;
inline constexpr int kMostItemsShown = 500;               // of a page
inline constexpr std::int64_t kMostBatchesOfAccount = 3;  // that wait or run

enum class BatchVerb { approve, reject };
BOOST_DESCRIBE_ENUM(BatchVerb, approve, reject)

struct DealWithTasks {
  BatchVerb verb = BatchVerb::approve;
  std::vector<Id> tasks;
  std::optional<std::string> reason;  // to reject
};
BOOST_DESCRIBE_STRUCT(DealWithTasks, (), (verb, tasks, reason))

/// What became of a task of a batch.
struct BatchItem {
  int place = 0;
  Id task = kNoId;
  std::string outcome;  // waiting | done | refused
  std::optional<std::string> code;
  std::optional<std::string> detail;  // in words
};
BOOST_DESCRIBE_STRUCT(BatchItem, (), (place, task, outcome, code, detail))

struct Batches {
  Store& store;
  api::Gate& gate;
  api::Jobs& jobs;
  const Office& office;
};

/// The kind of job that deals with tasks.
api::JobKind batch_job(const Batches& batches);

/// POST /api/v1/task-batches, GET /api/v1/task-batches/{job}.
void batch_routes(api::Routes& routes, const Batches& batches);

}  // namespace jishi::workflow
