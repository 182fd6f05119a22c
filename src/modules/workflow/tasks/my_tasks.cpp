// What lies before whoever asks.

#include <unordered_map>

#include "api/paging.hpp"
#include "modules/workflow/cases/entered.hpp"
#include "modules/workflow/tasks/tasks.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"

namespace jishi::workflow {

namespace {

/// A task's place in the order.
struct Lying {
  std::int64_t due = 0;
  Id task = kNoId;
  friend auto operator<=>(const Lying&, const Lying&) = default;
};
BOOST_DESCRIBE_STRUCT(Lying, (), (due, task))

}  // namespace

namespace {

std::vector<Desk> with_own(std::vector<Desk> of_roles, const Party& party) {
  of_roles.push_back({"", party.account});
  if (party.person != kNoId) of_roles.push_back({"", party.person});
  return of_roles;
}

bool share_a_desk(const std::vector<Desk>& held, const std::vector<Desk>& desks) {
  return std::any_of(held.begin(), held.end(), [&](const Desk& one) {
    return std::any_of(desks.begin(), desks.end(), [&](const Desk& own) {
      return own.role == one.role && own.owner == one.owner;
    });
  });
}

}  // namespace

std::vector<Desk> desks_of(db::Reader& reader, const Party& party, Date today) {
  return with_own(reader.all<Desk>(sql::tasks::roles, party.account, today, kMostDesks), party);
}

bool lies_before(db::Reader& reader, Id task, const std::vector<Desk>& desks) {
  return share_a_desk(reader.all<Desk>(sql::tasks::desks, task), desks);
}

bool lies_before(db::Reader& reader, Id task, const Party& party, Date today) {
  auto roles = reader.ask<Desk>(sql::tasks::roles, party.account, today, kMostDesks);
  auto held = reader.ask<Desk>(sql::tasks::desks, task);
  return share_a_desk(held.all(), with_own(roles.all(), party));
}

Result<api::Page<ShownTask>> my_tasks(db::Reader& reader, const Party& party, Date today,
                                      const TaskQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostTasksShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<2>(query.after, {std::numeric_limits<std::int64_t>::min(), 0});
  if (!after) return after.error();
  // From each desk as many as a page may need; the first of all of them make the page.
  std::vector<Lying> lying;
  for (const Desk& desk : desks_of(reader, party, today)) {
    const auto found =
        query.process ? reader.all<Lying>(sql::tasks::on_desk_of_process, desk.role, desk.owner,
                                          (*after)[0], (*after)[1], *limit + 1, *query.process)
                      : reader.all<Lying>(sql::tasks::on_desk, desk.role, desk.owner, (*after)[0],
                                          (*after)[1], *limit + 1);
    lying.insert(lying.end(), found.begin(), found.end());
  }
  const auto left = reader.all<Lying>(sql::tasks::left, party.account, today, (*after)[0],
                                      (*after)[1], *limit + 1, query.process.value_or(""));
  lying.insert(lying.end(), left.begin(), left.end());
  std::sort(lying.begin(), lying.end());
  lying.erase(std::unique(lying.begin(), lying.end()), lying.end());
  api::Page<ShownTask> page;
  if (lying.size() > static_cast<std::size_t>(*limit)) {
    lying.resize(static_cast<std::size_t>(*limit));
    page.next = api::page_next({lying.back().due, lying.back().task});
  }
  std::vector<Id> ids;
  for (const Lying& one : lying) ids.push_back(one.task);
  page.items = shown_tasks(reader, ids);
  return page;
}

std::vector<ShownTask> shown_tasks(db::Reader& reader, const std::vector<Id>& ids) {
  auto tasks = reader.all<ShownTask>(sql::tasks::shown, db::number_list(ids));
  std::unordered_map<Id, std::size_t> places;
  for (std::size_t i = 0; i < ids.size(); ++i) places.emplace(ids[i], i);
  std::sort(tasks.begin(), tasks.end(), [&](const ShownTask& left, const ShownTask& right) {
    return places.at(left.task) < places.at(right.task);
  });
  return tasks;
}

void add_subjects(Store& store, db::Reader& reader, const Office& office,
                  std::vector<ShownTask>& tasks) {
  std::vector<Id> cases;
  for (const ShownTask& task : tasks) cases.push_back(task.case_id);
  const auto subjects = subjects_of(store, reader, office, cases);
  for (ShownTask& task : tasks) {
    if (const auto found = subjects.find(task.case_id); found != subjects.end())
      task.subject = found->second;
  }
}

std::optional<ShownTask> shown_task(db::Reader& reader, Id task) {
  auto tasks = shown_tasks(reader, {task});
  return tasks.empty() ? std::nullopt : std::optional(std::move(tasks.front()));
}

}  // namespace jishi::workflow
