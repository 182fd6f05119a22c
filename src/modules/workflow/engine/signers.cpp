// Steps that several sign: whose turn it is; those who are added, and taken away.
#include "modules/workflow/engine/signers.hpp"

#include "modules/workflow/engine/run.hpp"

namespace jishi::workflow {

namespace {

using SignerState = Signer::State;

constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

/// By whom a signer was added, and on which side of them. The one stage is less than the other,
/// whatever has been signed since.
struct Added {
  std::size_t by = kNobody;
  bool before = false;
  bool after = false;
};

std::vector<Added> added_among(const std::vector<Signer>& signers) {
  std::vector<Added> all(signers.size());
  for (std::size_t i = 0; i < signers.size(); ++i) {
    if (signers[i].by.empty()) continue;
    const auto adder = std::find_if(signers.begin(), signers.end(),
                                    [&](const Signer& one) { return one.person == signers[i].by; });
    if (adder == signers.end()) continue;
    all[i] = {static_cast<std::size_t>(adder - signers.begin()),
              signers[i].stage<adder->stage, signers[i].stage> adder->stage};
  }
  return all;
}

// Whether one signs before another: because it was added before them, or by such a one.
bool precedes(const std::vector<Added>& added, std::size_t one, std::size_t other) {
  std::size_t at = one;
  for (std::size_t i = 0; i < added.size() && added[at].by != kNobody; ++i) {
    if (added[at].by == other) return added[at].before;
    at = added[at].by;
  }
  return added[other].by == one && added[other].after;
}

int times_signed_since(const std::vector<Signer>& signers, const Signer& own) {
  return static_cast<int>(std::count_if(signers.begin(), signers.end(), [&](const Signer& one) {
    return one.state == SignerState::approved && one.order >= own.order;
  }));
}

bool is_waiting(const Signer& signer) {
  return signer.state == SignerState::waiting;
}

}  // namespace

std::optional<int> current_stage(const Task& task) {
  std::optional<int> stage;
  for (const Signer& signer : task.signers) {
    if (is_waiting(signer) && (!stage || signer.stage < *stage)) stage = signer.stage;
  }
  return stage;
}

Signer* waiting_signer(Task& task, const std::string& person) {
  for (Signer& signer : task.signers) {
    if (signer.person == person && is_waiting(signer)) return &signer;
  }
  return nullptr;
}

bool has_signed(const Task& task, const std::string& person) {
  return std::any_of(task.signers.begin(), task.signers.end(), [&](const Signer& one) {
    return one.person == person && one.state == SignerState::approved;
  });
}

const Signer* last_signature(const std::vector<Signer>& signers) {
  const Signer* last = nullptr;
  for (const Signer& one : signers) {
    if (one.state != SignerState::approved) continue;
    if (last == nullptr || one.order > last->order) last = &one;
  }
  return last;
}

// Those whom the process asks have no order among each other; who was added waits for the one who
// added them, or that one for them. Signatures stand in the order in which they were given.
void settle_turns(std::vector<Signer>& signers) {
  const auto added = added_among(signers);
  std::vector<int> stages(signers.size(), 0);
  for (std::size_t round = 0; round < signers.size(); ++round) {
    for (std::size_t i = 0; i < signers.size(); ++i) {
      for (std::size_t j = 0; j < signers.size(); ++j) {
        const bool waits = is_waiting(signers[i]) && is_waiting(signers[j]);
        if (waits && i != j && precedes(added, j, i))
          stages[i] = std::max(stages[i], stages[j] + 1);
      }
    }
  }
  for (std::size_t i = 0; i < signers.size(); ++i) {
    if (!is_waiting(signers[i])) stages[i] = -times_signed_since(signers, signers[i]);
  }
  for (std::size_t i = 0; i < signers.size(); ++i) signers[i].stage = stages[i];
}

void take_back(std::vector<Signer>& signers, Signer& own) {
  own.state = SignerState::waiting;
  own.order = 0;
  const bool another = std::any_of(signers.begin(), signers.end(), [&](const Signer& one) {
    return one.stage == own.stage && one.state == SignerState::approved;
  });
  if (another) return;
  for (Signer& one : signers) {
    if (one.stage == own.stage && one.state == SignerState::passed_over)
      one.state = SignerState::waiting;
  }
}

// Of those who were added before it was kept by whom, the stages stand as they were.
void Run::set_turns(Task& task) {
  const bool added = std::any_of(task.signers.begin(), task.signers.end(),
                                 [](const Signer& one) { return !one.by.empty(); });
  if (added && node(task.node).task.signing == Signing::joint) settle_turns(task.signers);
}

// Whether the stage has ended: all of it have signed, or one where one is enough.
bool Run::stage_ended(Task& task) {
  if (node(task.node).task.signing == Signing::any) {
    for (Signer& signer : task.signers) {
      const bool same_stage =
          std::any_of(task.signers.begin(), task.signers.end(), [&](const Signer& other) {
            return other.stage == signer.stage && other.state == SignerState::approved;
          });
      if (is_waiting(signer) && same_stage) signer.state = SignerState::passed_over;
    }
  }
  set_turns(task);
  return !current_stage(task).has_value();
}

void Run::add_signer(Task& task) {
  if (event_.person.empty()) return refuse("process.person_missing");
  if (!task.owner.empty()) return refuse("process.delegated");
  if (task.signers.size() >= kMostSigners) {
    return refuse("process.too_many_signers", {{"limit", std::to_string(kMostSigners)}});
  }
  if (event_.person == event_.actor || waiting_signer(task, event_.person) != nullptr) {
    return refuse("process.signer_already", {{"person", event_.person}});
  }
  if (has_signed(task, event_.person)) return refuse("process.signed_already");
  if (task.signers.empty()) {
    task.signers.push_back({event_.actor, 0, SignerState::waiting, 0, {}});
    task.assignee.clear();
  }
  task.signers.push_back(
      {event_.person, make_room(task), SignerState::waiting, next(), event_.actor});
  set_turns(task);
  task.touched = true;
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = event_.before ? "signer added before" : "signer added after";
  told.person = event_.person;
}

// The stage of one who is added beside the actor. Whoever comes later moves back by one; with
// `before`, the actor too, and where one of several is enough, all of these. Of a joint signature
// only the actor has to do with it.
int Run::make_room(Task& task) {
  const int stage = waiting_signer(task, event_.actor)->stage;
  const Signing signing = node(task.node).task.signing;
  if (signing == Signing::joint) return event_.before ? stage - 1 : stage + 1;
  for (Signer& signer : task.signers) {
    const bool actor = signer.person == event_.actor && is_waiting(signer);
    const bool beside = actor || (signing == Signing::any && signer.stage == stage);
    if (signer.stage > stage || (event_.before && beside)) ++signer.stage;
  }
  return event_.before ? stage : stage + 1;
}

// Who added somebody takes them away again, and who began the case, whose question it is. What is
// signed by then stands; somebody has signed, or has to.
void Run::take_away_signer(Task& task) {
  if (event_.person.empty()) return refuse("process.person_missing");
  const bool signs = std::any_of(task.signers.begin(), task.signers.end(),
                                 [&](const Signer& one) { return one.person == event_.actor; });
  if (!signs && event_.actor != state_.initiator) return refuse("process.not_signer");
  const Signer* signer = waiting_signer(task, event_.person);
  if (signer == nullptr) {
    const bool signed_already =
        std::any_of(task.signers.begin(), task.signers.end(),
                    [&](const Signer& one) { return one.person == event_.person; });
    return refuse(signed_already ? "process.signed_already" : "process.no_such_signer",
                  {{"person", event_.person}});
  }
  const Signer gone = *signer;
  if (gone.by != event_.actor && event_.actor != state_.initiator)
    return refuse("process.not_added_by_you", {{"person", event_.person}});
  const bool others = std::any_of(task.signers.begin(), task.signers.end(), [&](const Signer& one) {
    return &one != signer && one.state != SignerState::passed_over;
  });
  if (!others) return refuse("process.last_signer");
  task.signers.erase(task.signers.begin() + (signer - task.signers.data()));
  // Whom they added is now for whoever added them.
  for (Signer& one : task.signers) {
    if (one.by == gone.person) one.by = gone.by;
  }
  if (!gone.by.empty() && node(task.node).task.signing == Signing::joint)
    settle_turns(task.signers);
}

// Nobody is left who has to sign: the step ends as if those who are gone had never been added.
void Run::remove_signer(Task& task) {
  take_away_signer(task);
  if (refused_) return;
  Effect& told = tell(Effect::Kind::task_changed, task.node, task.id);
  told.word = "signer removed";
  told.person = event_.person;
  if (!current_stage(task)) return close(task.id, "approved");
  // Whoever added others and is alone again has it as before.
  if (node(task.node).task.signers != nullptr || task.signers.size() != 1) return;
  task.assignee = task.signers.front().person;
  task.signers.clear();
}

}  // namespace jishi::workflow
