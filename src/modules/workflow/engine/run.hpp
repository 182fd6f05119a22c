#pragma once
// One event being applied; the engine's inside.

#include "modules/workflow/engine/engine.hpp"

namespace jishi::workflow {

/// Changes a state. What goes wrong is remembered as the refusal, and ends all further work.
class Run {
 public:
  Run(const Definition& definition, Index process, State& state, const Event& event,
      const Environment& environment)
      : definition_(definition),
        process_(process),
        state_(state),
        event_(event),
        environment_(environment) {}

  void apply();
  void ask();  // as refuse_verb() says
  std::optional<Error> refused() const { return refused_; }
  std::vector<Effect> take_effects() { return std::move(effects_); }
  std::optional<Moment> moment(const Timing& timing, Number scope, bool through_day) {
    return due_of(timing, scope_of(scope), through_day);
  }

 private:
  // run.cpp: the case as a whole, and how tokens move
  void start();
  void settle();
  void step(Number id);
  void leave(Number id);
  std::vector<Index> ways(const Node& node, Number instance);
  std::vector<Index> one_way(const Node& node, Number instance);
  void go(Token& token, Index flow);
  void join_parallel(const Token& token);
  bool join_inclusive();
  bool may_merge(const Node& node, Index index, Number instance);
  std::vector<Number> merging(Index node, Number instance) const;
  void merge(Index node, Number instance);
  void end_token(Number id);
  void terminate(Number id);
  void complete_scope(Number instance, const Branch& last);
  void throw_error(const std::string& code, Number instance);
  bool caught(const std::string& code, Number token);
  void finish(CaseStatus status, Effect::Kind kind, const std::string& word);

  // activities.cpp
  void enter(Number id, const std::string& assignee = {});
  void arm(Number id, Index node);
  std::optional<Moment> due_of(const Timing& timing, const feel::FramePtr& scope,
                               bool through_day = false);
  bool plan_multi(Number id);
  void start_one(Number id, int number, const std::string& assignee);
  void create_task(Number id, int number, const std::string& assignee);
  std::vector<Signer> signers_of(const Node& node, const feel::FramePtr& scope);
  void decide(Number id, int number);
  void start_scope(Number id, int number);
  void finish_one(Number id, const std::string& outcome);
  bool multi_goes_on(Number id, Multi& multi);
  void leave_activity(Number id);
  void cancel(Number id, bool keep_token);
  void cancel_instance(Number instance);
  void disarm(Number id);

  // tasks.cpp: what people do
  void task_verb();
  void refuse_closed();
  bool leads_to(Index from, Index to) const;
  bool asks_outcome(Index from) const;
  bool refuse_needless(const Task& task);
  std::vector<Index> ways_on(Index at) const;
  bool may_act(const Task& task);
  void claim(Task& task);
  void approve(Task& task);
  void hand_back(Task& task);
  void close(Number task, const std::string& outcome);
  void collect(const Task& closed, const std::string& outcome);
  void pass_on(Task& task);
  void urge(Task& task);

  // signers.cpp: those who sign a step together
  void set_turns(Task& task);
  bool stage_ended(Task& task);
  void add_signer(Task& task);
  int make_room(Task& task);
  void take_away_signer(Task& task);
  void remove_signer(Task& task);

  // steps.cpp: back along the way
  void send_back(const Task& task);
  const Step* done_for_good(const Step& from, const std::vector<const Joined*>& behind) const;
  static std::string holder_of(const Step& step);
  bool came_of(const Step& step, Number token) const;
  bool came_of(const Step& step, const Step& other) const;
  void go_back_to(const Step& step, const std::string& assignee,
                  const std::vector<const Joined*>& behind = {});
  const Step* earlier_step(const Task& task);
  struct Spot {
    Number instance = 0;
    Branch branch;
  };
  // What a step led to: from its order on whatever follows a spot, from that of each join behind it
  // on what came of that.
  struct Lead {
    Number order = 0;
    std::vector<Spot> spots;
  };
  const Step* joined_step(const Task& task) const;
  bool is_behind_a_join(const Task& task) const;
  void keep_joined(Index node, const Token& kept, const std::vector<Arrival>& arrivals);
  const Joined* join_behind(const Lead& lead) const;
  std::vector<const Joined*> joins_behind(const Step& step, Number token) const;
  std::vector<Lead> leads_of(const Step& step, const std::vector<const Joined*>& joins) const;
  bool led_to(const std::vector<Lead>& leads, Number order, Number instance,
              const Branch& branch) const;
  void wait_again(const std::vector<Joined>& joins, const Step& step);
  std::vector<Spot> spots_of(Number instance, const Branch& branch) const;
  static std::optional<bool> came_of(const std::vector<Spot>& before,
                                     const std::vector<Spot>& after);
  const Ended* find_ended(Number id) const;
  std::vector<Spot> reach_of(const Step& step) const;
  void keep_ended(const ScopeInstance& ended, const Branch& last);
  void forget(Number instance);
  void begin_again(Number instance);
  void remember(const Token& token, const Task& closed);
  void remember_gone(Index node, Number instance, const Branch& branch, Number task = 0);
  void keep(Step step);

  // withdraw.cpp: taking back what one has just done
  struct Signature {
    Task* task = nullptr;
    Signer* signer = nullptr;
  };
  void withdraw();
  bool is_meant(const Task& task) const;
  bool withdraw_delegation();
  Signature own_signature();
  void withdraw_signature(Task& task, Signer& own);
  const Step* own_step();
  bool meets_a_join(Index from) const;
  bool has_ended(const Lead& lead, Index from) const;
  std::optional<std::vector<const Joined*>> joins_since(const Step& step) const;
  bool acted_since(const Step& step, const std::vector<const Joined*>& behind) const;
  void withdraw_step(Step step);

  // events.cpp: messages, timers, services
  void message();
  void tick();
  void fire(Timer timer);
  void leave_by(Number token, Index boundary);
  void service();

  // values.cpp
  const feel::Value& variables(Number instance) const;
  void add_locals(Number instance, feel::Value::Entries& all) const;
  feel::Value locals_within(Number instance, const feel::Value& own) const;
  feel::Value seen_from(Number instance, const feel::Value& own) const;
  bool fits(const feel::Value& all);
  void set(Number instance, const feel::Value& values);
  void set(Number instance, const std::string& name, feel::Value value);
  feel::FramePtr scope_of(Number instance) const;
  feel::FramePtr scope_of(Number instance, const feel::Value& locals) const;
  feel::Value value_of(const feel::NodePtr& expression, const feel::FramePtr& scope);

  void refuse(std::string_view code, Arguments arguments = {});
  void refuse_at(Index node, std::string_view code, Arguments arguments = {});
  Effect& tell(Effect::Kind kind, Index node = kNone, Number number = 0);
  Number next() { return ++state_.last_number; }
  Token& add_token(Index node, Number instance, Branch branch);
  Token& token(Number id);
  const Token* find_token(Number id) const;
  Task* find_task(Number id);
  ScopeInstance& instance(Number id);
  const ScopeInstance* find_instance(Number id) const;
  Multi* multi_of(Number token);
  const Node& node(Index index) const { return definition_.nodes[index]; }

  const Definition& definition_;
  Index process_;
  State& state_;
  const Event& event_;
  const Environment& environment_;
  std::vector<Effect> effects_;
  std::optional<Error> refused_;
  std::vector<Number> moving_;
  int steps_ = 0;
};

bool is_prefix(const Branch& prefix, const Branch& branch);

}  // namespace jishi::workflow
