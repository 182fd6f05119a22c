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
    out["scopes"] = all(state.scopes, [&](const ScopeInstance& one) { return scope(one); });
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
      return array{one.order,          one.instance, node(one.node),      one.actor,
                   branch(one.branch), one.task,     signers(one.signers)};
    });
    out["ended"] = all(state.ended, [&](const Ended& one) {
      return array{scope(one.scope), node(one.node),     one.order,
                   one.parent,       branch(one.branch), branch(one.last)};
    });
    if (!state.joined.empty()) {
      out["joined"] = all(state.joined, [&](const Joined& one) {
        return array{one.order, one.instance, node(one.node), branch(one.branch),
                     all(one.arrivals, [&](const Arrival& arrival) {
                       return array{flow(arrival.flow), branch(arrival.branch)};
                     })};
      });
    }
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

  array scope(const ScopeInstance& one) {
    return {one.id,
            id_of_scope(one.scope),
            one.token,
            one.number,
            one.own_variables,
            kept_value(one.variables),
            kept_value(one.locals)};
  }

  static array signers(const std::vector<Signer>& all) {
    array out;
    for (const Signer& signer : all) {
      array kept{signer.person, signer.stage, static_cast<int>(signer.state), signer.order};
      if (!signer.by.empty()) kept.emplace_back(signer.by);
      out.push_back(std::move(kept));
    }
    return out;
  }

  array task(const Task& one) {
    return {one.id,
            one.token,
            node(one.node),
            one.number,
            one.assignee,
            one.owner,
            signers(one.signers),
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
      // What was done at a step that a version has no longer stays on record; it is nothing to go
      // back to, but what left the case for good is still not gone behind.
      if (definition_.node(id(at.at(2))) != kNone) {
        state.steps.push_back(step(at));
      } else if (at.at(3).as_string().empty()) {
        state.irrevocable = std::max(state.irrevocable, number(at.at(0)));
      }
    }
    if (kept_.contains("ended")) {
      for (const Json& one : list("ended")) {
        const array& at = one.as_array();
        if (!has_scope(id(at.at(0).as_array().at(1))) || definition_.node(id(at.at(1))) == kNone)
          continue;
        state.ended.push_back({scope(at.at(0).as_array()), node(at.at(1)), number(at.at(2)),
                               number(at.at(3)), branch(at.at(4)), branch(at.at(5))});
      }
    }
    if (kept_.contains("joined")) {
      for (const Json& one : list("joined")) {
        if (auto joined = joined_of(one.as_array())) state.joined.push_back(std::move(*joined));
      }
    }
    return state;
  }

 private:
  // A join that a version has no longer, or to which other ways lead, is not gone back behind.
  std::optional<Joined> joined_of(const array& at) const {
    const Index stands = definition_.node(id(at.at(2)));
    if (stands == kNone) return std::nullopt;
    Joined made{number(at.at(0)), number(at.at(1)), stands, branch(at.at(3)), {}};
    const auto& incoming = definition_.nodes[stands].incoming;
    for (const Json& one : at.at(4).as_array()) {
      const array& arrival = one.as_array();
      const auto way = std::find_if(incoming.begin(), incoming.end(), [&](Index flow) {
        return definition_.flows[flow].id == id(arrival.at(0));
      });
      if (way == incoming.end()) return std::nullopt;
      made.arrivals.push_back({*way, branch(arrival.at(1))});
    }
    if (made.arrivals.size() != incoming.size() &&
        definition_.nodes[stands].kind == NodeKind::parallel)
      return std::nullopt;
    return made;
  }

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
  // By which way a token came matters only where it waits for those of other ways.
  Index flow(const Json& json, Index at) const {
    if (json.as_int64() < 0) return kNone;
    const std::string& wanted = id(json);
    for (Index i = 0; i < definition_.flows.size(); ++i) {
      if (definition_.flows[i].id == wanted) return i;
    }
    if (is_gateway(definition_.nodes[at].kind)) gone(definition_.nodes[at].id);
    return kNone;
  }
  bool has_scope(const std::string& wanted) const {
    return std::any_of(definition_.scopes.begin(), definition_.scopes.end(),
                       [&](const auto& scope) { return scope.id == wanted; });
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
    const Index stands = node(at.at(1));
    return {number(at.at(0)),   stands,          number(at.at(2)), flow(at.at(3), stands),
            at.at(4).as_bool(), branch(at.at(5))};
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
  static std::vector<Signer> signers(const Json& json) {
    std::vector<Signer> made;
    for (const Json& one : json.as_array()) {
      const array& signer = one.as_array();
      made.push_back({std::string(signer.at(0).as_string()),
                      whole(signer.at(1)),
                      static_cast<Signer::State>(signer.at(2).as_int64()),
                      number(signer.at(3)),
                      {}});
      // Those that were kept before do not know it.
      if (signer.size() > 4) made.back().by = std::string(signer.at(4).as_string());
    }
    return made;
  }
  Step step(const array& at) const {
    Step made{number(at.at(0)),
              number(at.at(1)),
              node(at.at(2)),
              std::string(at.at(3).as_string()),
              branch(at.at(4)),
              0,
              {}};
    // Those that were kept before know neither.
    if (at.size() > 5) made.task = number(at.at(5));
    if (at.size() > 6) made.signers = signers(at.at(6));
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
    made.signers = signers(at.at(6));
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
