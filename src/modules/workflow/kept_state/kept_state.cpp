#include "modules/workflow/kept_state/kept_state.hpp"

#include "base/json.hpp"
#include "modules/workflow/kept_state/kept_value.hpp"

namespace jishi::workflow {

namespace {

using boost::json::array;
using boost::json::object;
using Json = boost::json::value;

constexpr int kForm = 1;         // of the text
constexpr int kMostDepth = 128;  // values of a case nest less deep

/// Writes a state; ids stand once, in a table, and are named by their places there.
class Writer {
 public:
  explicit Writer(const Definition& definition) : definition_(definition) {}

  object write(const State& state) {
    object out{{"form", kForm},
               {"status", static_cast<int>(state.status)},
               {"last", state.last_number},
               {"irrevocable", state.irrevocable},
               {"initiator", state.initiator}};
    out["scopes"] = all(state.scopes, [&](const ScopeInstance& one) {
      return array{one.id,
                   id_of_scope(one.scope),
                   one.token,
                   one.number,
                   one.own_variables,
                   kept_value(one.variables),
                   kept_value(one.locals)};
    });
    out["tokens"] = all(state.tokens, [&](const Token& one) {
      return array{one.id,         node(one.node), one.instance,
                   flow(one.flow), one.waiting,    branch(one.branch)};
    });
    out["multis"] = all(state.multis, [](const Multi& one) {
      array items;
      for (const auto& item : one.items) items.push_back(kept_value(item));
      return array{one.token,    one.total,    one.started,     one.done,
                   one.approved, one.rejected, std::move(items)};
    });
    out["tasks"] = all(state.tasks, [&](const Task& one) { return task(one); });
    out["timers"] = all(state.timers, [&](const Timer& one) {
      return array{one.id, one.token, node(one.node), one.due, one.left};
    });
    out["awaited"] = all(state.awaited, [&](const Awaited& one) {
      return array{one.token, node(one.node), one.number};
    });
    out["steps"] = all(state.steps, [&](const Step& one) {
      return array{one.order, one.instance, node(one.node), one.actor, branch(one.branch)};
    });
    out["ids"] = std::move(ids_);
    return out;
  }

 private:
  template <class T, class Write>
  array all(const std::vector<T>& items, Write write) {
    array out;
    out.reserve(items.size());
    for (const T& item : items) out.push_back(write(item));
    return out;
  }

  array task(const Task& one) {
    array signers;
    for (const Signer& signer : one.signers) {
      signers.push_back(
          array{signer.person, signer.stage, static_cast<int>(signer.state), signer.order});
    }
    return {one.id,
            one.token,
            node(one.node),
            one.number,
            one.assignee,
            one.owner,
            std::move(signers),
            one.touched,
            one.urged,
            one.urged_at,
            one.due ? Json(*one.due) : Json(nullptr),
            kept_value(one.locals)};
  }

  static array branch(const Branch& branch) {
    array out;
    for (const Number number : branch) out.push_back(number);
    return out;
  }

  std::int64_t place_of(const std::string& id) {
    const auto [found, added] = places_.emplace(id, static_cast<std::int64_t>(ids_.size()));
    if (added) ids_.emplace_back(id);
    return found->second;
  }
  std::int64_t node(Index index) { return place_of(definition_.nodes[index].id); }
  std::int64_t id_of_scope(Index index) { return place_of(definition_.scopes[index].id); }
  std::int64_t flow(Index index) {
    return index == kNone ? -1 : place_of(definition_.flows[index].id);
  }

  const Definition& definition_;
  std::map<std::string, std::int64_t, std::less<>> places_;
  array ids_;
};

/// Thrown where a text is not what was written; caught where reading begins.
struct Misfit {
  Error error;
};

[[noreturn]] void damaged() {
  throw Misfit{fail(ErrorKind::unavailable, "workflow.state_damaged")};
}

class Reader {
 public:
  Reader(const Definition& definition, const object& kept) : definition_(definition), kept_(kept) {}

  State read() {
    for (const Json& id : list("ids")) ids_.emplace_back(id.as_string());
    State state;
    state.status = static_cast<CaseStatus>(kept_.at("status").as_int64());
    state.last_number = number(kept_.at("last"));
    state.irrevocable = number(kept_.at("irrevocable"));
    state.initiator = std::string(kept_.at("initiator").as_string());
    for (const Json& one : list("scopes")) state.scopes.push_back(scope(one.as_array()));
    for (const Json& one : list("tokens")) state.tokens.push_back(token(one.as_array()));
    for (const Json& one : list("multis")) state.multis.push_back(multi(one.as_array()));
    for (const Json& one : list("tasks")) state.tasks.push_back(task(one.as_array()));
    for (const Json& one : list("timers")) {
      const array& at = one.as_array();
      state.timers.push_back({number(at.at(0)), number(at.at(1)), node(at.at(2)),
                              at.at(3).as_int64(), whole(at.at(4))});
    }
    for (const Json& one : list("awaited")) {
      const array& at = one.as_array();
      state.awaited.push_back({number(at.at(0)), node(at.at(1)), whole(at.at(2))});
    }
    for (const Json& one : list("steps")) {
      const array& at = one.as_array();
      state.steps.push_back({number(at.at(0)), number(at.at(1)), node(at.at(2)),
                             std::string(at.at(3).as_string()), branch(at.at(4))});
    }
    return state;
  }

 private:
  const array& list(const char* name) const { return kept_.at(name).as_array(); }
  static Number number(const Json& json) { return json.to_number<Number>(); }
  static int whole(const Json& json) { return json.to_number<int>(); }
  static feel::Value value(const Json& json) {
    auto read = value_of_kept(json);
    if (!read) throw Misfit{read.error()};
    return std::move(*read);
  }
  static Branch branch(const Json& json) {
    Branch made;
    for (const Json& one : json.as_array()) made.push_back(number(one));
    return made;
  }

  const std::string& id(const Json& json) const {
    const auto place = static_cast<std::size_t>(json.as_int64());
    if (place >= ids_.size()) damaged();
    return ids_[place];
  }
  [[noreturn]] static void gone(const std::string& element) {
    throw Misfit{fail(ErrorKind::refused, "workflow.element_gone", {{"element", element}})};
  }
  Index node(const Json& json) const {
    const Index found = definition_.node(id(json));
    if (found == kNone) gone(id(json));
    return found;
  }
  Index flow(const Json& json) const {
    if (json.as_int64() < 0) return kNone;
    const std::string& wanted = id(json);
    for (Index i = 0; i < definition_.flows.size(); ++i) {
      if (definition_.flows[i].id == wanted) return i;
    }
    gone(wanted);
  }
  Index scope_named(const Json& json) const {
    const std::string& wanted = id(json);
    for (Index i = 0; i < definition_.scopes.size(); ++i) {
      if (definition_.scopes[i].id == wanted) return i;
    }
    gone(wanted);
  }

  ScopeInstance scope(const array& at) const {
    return {number(at.at(0)),   scope_named(at.at(1)), number(at.at(2)), whole(at.at(3)),
            at.at(4).as_bool(), value(at.at(5)),       value(at.at(6))};
  }
  Token token(const array& at) const {
    return {number(at.at(0)), node(at.at(1)),     number(at.at(2)),
            flow(at.at(3)),   at.at(4).as_bool(), branch(at.at(5))};
  }
  static Multi multi(const array& at) {
    Multi made{number(at.at(0)),
               whole(at.at(1)),
               whole(at.at(2)),
               whole(at.at(3)),
               whole(at.at(4)),
               whole(at.at(5)),
               {}};
    for (const Json& item : at.at(6).as_array()) made.items.push_back(value(item));
    return made;
  }
  Task task(const array& at) const {
    Task made;
    made.id = number(at.at(0));
    made.token = number(at.at(1));
    made.node = node(at.at(2));
    made.number = whole(at.at(3));
    made.assignee = std::string(at.at(4).as_string());
    made.owner = std::string(at.at(5).as_string());
    for (const Json& one : at.at(6).as_array()) {
      const array& signer = one.as_array();
      made.signers.push_back({std::string(signer.at(0).as_string()), whole(signer.at(1)),
                              static_cast<Signer::State>(signer.at(2).as_int64()),
                              number(signer.at(3))});
    }
    made.touched = at.at(7).as_bool();
    made.urged = whole(at.at(8));
    made.urged_at = at.at(9).as_int64();
    if (!at.at(10).is_null()) made.due = at.at(10).as_int64();
    made.locals = value(at.at(11));
    return made;
  }

  const Definition& definition_;
  const object& kept_;
  std::vector<std::string> ids_;
};

}  // namespace

std::string kept_state(const Definition& definition, const State& state) {
  return boost::json::serialize(Writer(definition).write(state));
}

Result<State> state_of_kept(const Definition& definition, std::string_view kept) {
  boost::json::error_code failed;
  boost::json::parse_options options;
  options.max_depth = kMostDepth;
  const Json json = boost::json::parse(kept, failed, {}, options);
  const auto* held = failed ? nullptr : json.if_object();
  if (held == nullptr) return fail(ErrorKind::unavailable, "workflow.state_damaged");
  try {
    return Reader(definition, *held).read();
  } catch (const Misfit& misfit) {
    return misfit.error;
  } catch (const std::exception&) {
    // A member that is missing or of another type: boost's readers throw.
    return fail(ErrorKind::unavailable, "workflow.state_damaged");
  }
}

}  // namespace jishi::workflow
