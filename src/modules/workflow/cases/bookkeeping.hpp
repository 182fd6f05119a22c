#pragma once
// Brings the rows of a case in line with its state: tasks, the desks they lie on, timers, facts.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// The place of a task, which may be one of several instances, each with a place of its own.
Place place_of_task(db::Reader& reader, const HeldCase& held, const Task& task, Date today);
/// That it will be asked for (db::Reader::soon).
void place_of_task_soon(db::Reader& reader, const HeldCase& held, const Task& task, Date today);

/// That the open tasks of a case will be asked for.
void open_tasks_soon(db::Reader& reader, Id case_id);

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
  void set_timer(const State& before);
  void tell(FactKind kind, Id organisation, Id task, std::string_view word = {});
  void tell_case(const State& before);

  Transaction& tx_;
  const HeldCase& held_;
  const Party& party_;
  Moment now_;
  std::map<Number, OpenTask> rows_;  // of open tasks
  std::map<Number, Place> places_;   // of tasks that come to lie somewhere
  std::map<Number, std::string> outcomes_;
};

}  // namespace jishi::workflow
