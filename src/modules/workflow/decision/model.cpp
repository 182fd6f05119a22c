#include "modules/workflow/decision/model.hpp"

namespace jishi::workflow::decision {

using feel::Value;

/// One evaluation: what is known of each element so far.
class Run {
 public:
  Run(const Model& model, feel::Evaluator& evaluator, const Value& inputs)
      : model_(model), evaluator_(evaluator), inputs_(inputs), known_(model.elements_.size()) {}

  Value of(std::size_t index) {
    if (known_[index]) return *known_[index];
    const Element& element = model_.elements_[index];
    Value value;
    switch (element.kind) {
      case Element::Kind::input: value = input(element); break;
      case Element::Kind::decision: value = decision(element); break;
      case Element::Kind::knowledge: value = knowledge(element); break;
      case Element::Kind::service: value = service(element); break;
    }
    known_[index] = value;
    return value;
  }

  void set(std::size_t index, Value value) { known_[index] = std::move(value); }

 private:
  Value input(const Element& element) {
    const Value* given = inputs_.entry(element.name);
    if (given == nullptr) return {};
    if (!element.type) return *given;
    return conformed(evaluator_, from_json_form(*given, *element.type), *element.type,
                     element.name);
  }

  feel::FramePtr scope_of(const Element& element) {
    feel::FramePtr scope;
    for (const std::size_t required : element.requires_) {
      scope = feel::bound(std::move(scope), model_.elements_[required].name, of(required));
    }
    return scope;
  }

  Value decision(const Element& element) {
    Value value = evaluate(evaluator_, element.logic, scope_of(element));
    return element.type ? conformed(evaluator_, value, *element.type, element.name) : value;
  }

  Value knowledge(const Element& element) {
    const auto* definition =
        element.logic == nullptr ? nullptr : std::get_if<FunctionDefinition>(&element.logic->form);
    if (definition == nullptr) return {};
    Value made = function_of(*definition, scope_of(element), element.name);
    return element.type ? typed(made, *element.type, element.name) : made;
  }

  // The function whose result is held to a type.
  static Value typed(const Value& made, const ItemType& type, const std::string& name) {
    auto outer = std::make_shared<feel::Function>(*made.function());
    outer->native = [inner = made.function(), type, name](feel::Evaluator& evaluator,
                                                          const std::vector<Value>& arguments) {
      return conformed(evaluator, inner->native(evaluator, arguments), type, name);
    };
    return std::shared_ptr<const feel::Function>(std::move(outer));
  }

  // A service is a function of its inputs, then of the decisions that are given to it.
  Value service(const Element& element) {
    auto function = std::make_shared<feel::Function>();
    std::vector<std::size_t> given = element.given_inputs;
    given.insert(given.end(), element.given_decisions.begin(), element.given_decisions.end());
    for (const std::size_t index : given) {
      function->parameters.push_back({model_.elements_[index].name, feel::Type{}});
    }
    const Model& model = model_;
    function->native = [&model, &element, given](feel::Evaluator& evaluator,
                                                 const std::vector<Value>& arguments) {
      Run inner(model, evaluator, Value::context({}));
      for (std::size_t i = 0; i < given.size(); ++i) {
        const auto& type = model.elements_[given[i]].type;
        inner.set(given[i],
                  type ? conformed(evaluator, arguments[i], *type, model.elements_[given[i]].name)
                       : arguments[i]);
      }
      Value result = inner.outputs(element);
      return element.type ? conformed(evaluator, result, *element.type, element.name) : result;
    };
    return std::shared_ptr<const feel::Function>(std::move(function));
  }

 public:
  /// What a service gives: the one output, or all of them by their names.
  Value outputs(const Element& element) {
    if (element.outputs.size() == 1) return of(element.outputs.front());
    Value::Entries entries;
    for (const std::size_t output : element.outputs) {
      entries.emplace_back(model_.elements_[output].name, of(output));
    }
    return Value::context(std::move(entries));
  }

 private:
  const Model& model_;
  feel::Evaluator& evaluator_;
  const Value& inputs_;
  std::vector<std::optional<Value>> known_;
};

const Element* Model::find(std::string_view name) const {
  const auto decides = [](const Element& element) {
    return element.kind == Element::Kind::decision || element.kind == Element::Kind::service;
  };
  for (const Element& element : elements_) {
    if (decides(element) && element.name == name) return &element;
  }
  for (const Element& element : elements_) {
    if (decides(element) && element.id == name) return &element;
  }
  return nullptr;
}

bool Model::sound(const Element& what) const {
  std::vector<bool> seen(elements_.size());
  std::vector<std::size_t> open{static_cast<std::size_t>(&what - elements_.data())};
  while (!open.empty()) {
    const std::size_t index = open.back();
    open.pop_back();
    if (seen[index]) continue;
    seen[index] = true;
    const Element& element = elements_[index];
    if (element.broken) return false;
    open.insert(open.end(), element.requires_.begin(), element.requires_.end());
    open.insert(open.end(), element.outputs.begin(), element.outputs.end());
  }
  return true;
}

std::vector<std::string> Model::names() const {
  std::vector<std::string> names;
  for (const Element& element : elements_) {
    if (element.kind == Element::Kind::decision || element.kind == Element::Kind::service) {
      names.push_back(element.name);
    }
  }
  return names;
}

Decided Model::decide(const Element& what, const Value& inputs, const Clock& clock,
                      const feel::Limits& limits) const {
  feel::Evaluator evaluator(clock, limits);
  Run run(*this, evaluator, inputs);
  const auto index = static_cast<std::size_t>(&what - elements_.data());
  if (what.kind == Element::Kind::decision) {
    Value value = run.of(index);
    return {std::move(value), evaluator.take_issues()};
  }
  // A service that is called from outside finds its decisions among the inputs too.
  for (const std::size_t given : what.given_decisions) {
    const Value* value = inputs.entry(elements_[given].name);
    run.set(given, value == nullptr ? Value() : *value);
  }
  Value value = run.outputs(what);
  if (what.type) value = conformed(evaluator, value, *what.type, what.name);
  return {std::move(value), evaluator.take_issues()};
}

}  // namespace jishi::workflow::decision
