#pragma once
// Brings the rows of a case in line with its state: tasks, the desks they lie on, timers, facts.

#include <set>

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// The place of a task, which may be one of several instances, each with a place of its own.
Place place_of_task(db::Reader& reader, const HeldCase& held, const Task& task, Date today);
/// That it will be asked for (db::Reader::soon).
void place_of_task_soon(db::Reader& reader, const HeldCase& held, const Task& task, Date today);

/// Whether what is done at a `jishi:at` is the organisation's own answer: a receipt, a feedback, a
/// pledge. It does not rise to who holds the role above, as approvals do: nobody above answers for
/// it, least of all who asked.
bool is_own_answer(const TaskSettings& task);
/// That who holds the role of a step at a place will be asked for.
void role_soon(db::Reader& reader, const TaskSettings& task, Id place, Date today);
/// Whether an own answer lies before the secretary, too: nobody holds its role there. Small
/// branches have a secretary alone (Branch regulation of 2018).
bool is_for_secretary(db::Reader& reader, const TaskSettings& task, const Place& place, Date today);
inline constexpr std::string_view kSecretary = "secretary";

/// That the open tasks of a case will be asked for.
void open_tasks_soon(db::Reader& reader, Id case_id);

/// A task that lies at another place than before.
struct Moved {
  Id task = kNoId;
  Id from = kNoId;  // organisations
  Id organisation = kNoId;
  Id assignee = kNoId;
};

/// Whether somebody who holds the role of a task still, and has taken it on, keeps it when it comes
/// to lie elsewhere.
enum class TakenOn { freed, stays };

/// A step that came back to somebody who no longer holds its role is with those who do.
/// `before`: as the rows are.
void free_of_leavers(db::Reader& reader, HeldCase& held, const State& before, Date today);

/// Whether a step that somebody took on by a role which they hold no more is a party's now, who
/// holds it. `organisation`: where the task lies.
bool was_left_to(db::Reader& reader, const HeldCase& held, const Task& task, Id organisation,
                 const Party& party, Date today);

class Bookkeeping {
 public:
  Bookkeeping(Transaction& tx, const HeldCase& held, const Party& party, Moment now)
      : tx_(tx), held_(held), party_(party), now_(now) {}

  /// Reads all that follow() needs, so that nothing is asked once something was changed: commands
  /// of a group are answered together up to there. `before`: the state that the rows are in line
  /// with.
  void look(const State& before);

  /// `effects`: what led to the state held. Returns the rows of tasks that were opened.
  std::vector<Id> follow(const State& before, const std::vector<Effect>& effects);

  /// A task that was opened and done by acts that are kept together: it lies before nobody. Returns
  /// its row; kNoId where `tasks`, as they stood between the acts, has none of that number.
  Id pass(const std::vector<Task>& tasks, Number number);

  /// Lays open tasks on the desks of the places that the case, which has moved, means now. What one
  /// who held a role had taken on is the role's again. `only_at`: only what lay there; kNoId: all.
  /// The state's tasks may change; their rows are the caller's to set.
  std::vector<Moved> lay_anew(Id only_at, State& state, TakenOn taken = TakenOn::freed);

  /// Lays one open task on the desk of the place that it means now, by its row.
  Moved lay_again(Id row, const Task& task);

  /// How the task of a number ended; empty: it is open.
  std::string outcome_of(Number task) const;

 private:
  struct OpenTask {
    Id id = kNoId;
    Number number = 0;
    Id organisation = kNoId;
    BOOST_DESCRIBE_CLASS(OpenTask, (), (id, number, organisation), (), ())
  };

  Id open(const Task& task);
  void change(const Task& before, const Task& after);
  void close(const Task& task);
  const OpenTask* row_of(const Task& task) const;
  void lay_on_desks(Id row, const Place& place, const Task& task);
  void place_task(const Task& task, Date today);
  void set_timer(const State& before);
  void tell(FactKind kind, Id organisation, Id task, std::string_view word = {});
  void tell_case(const State& before);

  Transaction& tx_;
  const HeldCase& held_;
  const Party& party_;
  Moment now_;
  std::map<Number, OpenTask> rows_;  // of open tasks
  std::map<Number, Place> places_;   // of tasks that come to lie somewhere
  std::set<Number> for_secretary_;   // of these, those whose role nobody holds there
  std::map<Number, std::string> outcomes_;
};

}  // namespace jishi::workflow
