// Which of a built-in function's signatures a call means, and the call.
#include "base/feel/evaluate.hpp"

namespace jishi::feel {

namespace {

struct Fitting {
  std::vector<Value> arguments;
  bool null_where_none_may_be = false;
};

// Puts named arguments in the order of a signature; nothing when they do not fit it.
std::optional<std::vector<Value>> ordered(const Signature& signature,
                                          const std::vector<Value>& arguments,
                                          const std::vector<std::string>& names) {
  if (names.empty()) return arguments;
  std::vector<Value> all(signature.parameters.size());
  std::vector<bool> given(all.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find_if(
        signature.parameters.begin(), signature.parameters.end(),
        [&](const Signature::Parameter& parameter) { return parameter.name == names[i]; });
    if (found == signature.parameters.end()) return std::nullopt;
    const auto at = static_cast<std::size_t>(found - signature.parameters.begin());
    if (given[at]) return std::nullopt;
    given[at] = true;
    all[at] = arguments[i];
  }
  // What is left out at the end is as if never written.
  while (!all.empty() && !given.back() && signature.parameters[all.size() - 1].optional) {
    all.pop_back();
    given.pop_back();
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& parameter = signature.parameters[i];
    const bool may_lack =
        parameter.optional || (parameter.takes_null && parameter.type.kind != Type::Kind::any);
    if (!given[i] && !may_lack) return std::nullopt;
  }
  return all;
}

// Whether the names stand in the order of a signature: `before(range: ..., point: ...)` asks for
// another than `before(point: ..., range: ...)`, though both have these names.
bool in_order(const Signature& signature, const std::vector<std::string>& names) {
  return std::equal(names.begin(), names.end(), signature.parameters.begin(),
                    signature.parameters.end(),
                    [](const std::string& name, const Signature::Parameter& parameter) {
                      return parameter.name == name;
                    });
}

std::vector<const Signature*> candidates(const Builtin& builtin,
                                         const std::vector<std::string>& names) {
  std::vector<const Signature*> all;
  for (const Signature& signature : builtin.signatures) all.push_back(&signature);
  if (!names.empty()) {
    std::stable_partition(all.begin(), all.end(),
                          [&](const Signature* one) { return in_order(*one, names); });
  }
  return all;
}

std::optional<Fitting> fit(const Signature& signature, const std::vector<Value>& arguments,
                           const std::vector<std::string>& names) {
  const auto given = ordered(signature, arguments, names);
  if (!given) return std::nullopt;
  const auto& parameters = signature.parameters;
  if (given->size() > parameters.size() && !signature.variadic) return std::nullopt;
  for (std::size_t i = given->size(); i < parameters.size(); ++i) {
    const bool rest = signature.variadic && i + 1 == parameters.size() && i > 0;
    if (!parameters[i].optional && !rest) return std::nullopt;
  }
  Fitting fitting;
  for (std::size_t i = 0; i < given->size(); ++i) {
    const auto& parameter = parameters[std::min(i, parameters.size() - 1)];
    auto value = converted((*given)[i], parameter.type);
    if (!value) return std::nullopt;
    const bool refused = value->is_null() && !parameter.takes_null && !parameter.optional;
    fitting.null_where_none_may_be = fitting.null_where_none_may_be || refused;
    fitting.arguments.push_back(std::move(*value));
  }
  return fitting;
}

}  // namespace

Value Evaluator::call_builtin(const Builtin& builtin, std::vector<Value> arguments,
                              const std::vector<std::string>& names) {
  std::size_t work = 1;
  for (const Value& argument : arguments) {
    work += static_cast<std::size_t>(argument.extent().parts) / 2;
  }
  if (!spend(work)) return {};
  const Recursion recursion(recursion_);
  bool has_null = false;
  for (const Signature* signature : candidates(builtin, names)) {
    auto fitting = fit(*signature, arguments, names);
    if (!fitting) continue;
    if (fitting->null_where_none_may_be) {
      has_null = true;
      continue;
    }
    const Place place = place_;
    const Invocation invocation(*this, builtin, std::move(fitting->arguments));
    Value result = signature->work(invocation);
    place_ = place;
    return admitted(std::move(result));
  }
  if (has_null) return fail("feel.null_argument", {{"function", builtin.name}});
  std::string kinds;
  for (const Value& argument : arguments) {
    kinds += (kinds.empty() ? "" : ", ") + std::string(kind_of(argument));
  }
  return fail("feel.no_signature", {{"function", builtin.name}, {"kinds", kinds}});
}

}  // namespace jishi::feel
