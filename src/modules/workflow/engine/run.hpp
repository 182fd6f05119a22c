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
  std::optional<Error> refused() const { return refused_; }
  std::vector<Effect> take_effects() { return std::move(effects_); }

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
  void merge(Index node, Number instance);
  void end_token(Number id);
  void terminate(Number id);
  void complete_scope(Number instance);
  void throw_error(const std::string& code, Number instance);
  bool caught(const std::string& code, Number token);
  void finish(CaseStatus status, Effect::Kind kind, const std::string& word);

  // activities.cpp
  void enter(Number id, const std::string& assignee = {});
  void arm(Number id, Index node);
  std::optional<Moment> due_of(const Timing& timing, Number instance);
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
  bool may_act(const Task& task);
  void claim(Task& task);
  void approve(Task& task);
  void close(Number task, const std::string& outcome);
  bool stage_ended(Task& task);
  void add_signer(Task& task);
  void remove_signer(Task& task);
  void pass_on(Task& task);
  void urge(Task& task);

  // steps.cpp: back along the way
  void send_back(const Task& task);
  void withdraw();
  bool withdraw_signature();
  void go_back_to(const Step& step);
  const Step* earlier_step(const Task& task);
  Number ancestor_in(Number token, Number instance) const;
  void remember(const Token& token, const std::string& actor);

  // events.cpp: messages, timers, services
  void message();
  void tick();
  void fire(Timer timer);
  void leave_by(Number token, Index boundary);
  void service();

  // values.cpp
  const feel::Value& variables(Number instance) const;
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
