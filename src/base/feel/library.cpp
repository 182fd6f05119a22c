#include "base/feel/library.hpp"

#include "base/feel/evaluate.hpp"
#include "base/feel/parse.hpp"

namespace jishi::feel {

namespace {

Signature::Parameter parameter_of(std::string_view text) {
  Signature::Parameter parameter;
  const auto colon = text.find(':');
  parameter.name = normal_name(text.substr(0, colon));
  if (colon == text.npos) {
    parameter.takes_null = true;
    return parameter;
  }
  auto type = text.substr(colon + 1);
  while (type.ends_with('?') || type.ends_with('~')) {
    (type.back() == '?' ? parameter.optional : parameter.takes_null) = true;
    type.remove_suffix(1);
  }
  type.remove_prefix(std::min(type.find_first_not_of(' '), type.size()));
  // The text is ours, so a type that is none would be a mistake of the program.
  parameter.type = parse_type(type, {}).value();
  parameter.takes_null = parameter.takes_null || parameter.type.kind == Type::Kind::any;
  return parameter;
}

}  // namespace

const Value& Invocation::operator[](std::size_t index) const {
  static const Value kNull;
  return index < arguments_.size() ? arguments_[index] : kNull;
}

std::vector<Value> Invocation::spread() const {
  if (arguments_.size() == 1 && arguments_.front().items() != nullptr) {
    return *arguments_.front().items();
  }
  return arguments_;
}

Value Invocation::fail(std::string_view code, Arguments arguments) const {
  arguments.emplace_back("function", builtin_.name);
  return evaluator_.fail(code, std::move(arguments));
}

Value Invocation::call(const Value& function, std::vector<Value> arguments) const {
  return evaluator_.call(function, std::move(arguments));
}

bool Invocation::spend(std::size_t steps) const {
  return evaluator_.spend(steps);
}

void Library::add(std::string_view signature, Work work) {
  const auto open = signature.find('(');
  const std::string name(signature.substr(0, open));
  auto rest = signature.substr(open + 1, signature.size() - open - 2);
  Signature made;
  made.work = std::move(work);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    auto text = rest.substr(0, comma);
    if (text.ends_with("...")) {
      made.variadic = true;
      text.remove_suffix(3);
    }
    made.parameters.push_back(parameter_of(text));
    rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
  }
  auto& builtin = builtins_[name];
  if (builtin == nullptr) builtin = std::make_unique<Builtin>(Builtin{name, {}});
  builtin->signatures.push_back(std::move(made));
  names_.add(name);
}

const Builtin* Library::find(std::string_view name) const {
  const auto found = builtins_.find(name);
  return found == builtins_.end() ? nullptr : found->second.get();
}

Library Library::make_standard() {
  Library library;
  add_conversion_functions(library);
  add_string_functions(library);
  add_pattern_functions(library);
  add_list_functions(library);
  add_aggregate_functions(library);
  add_number_functions(library);
  add_time_functions(library);
  add_range_functions(library);
  add_context_functions(library);
  return library;
}

const Library& Library::standard() {
  static const Library kStandard = make_standard();
  return kStandard;
}

}  // namespace jishi::feel
