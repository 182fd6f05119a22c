// Types, as they stand behind `instance of` and in parameters.
#include "base/feel/parser.hpp"

namespace jishi::feel {

std::optional<Type> Parser::type() {
  const std::size_t begin = reader_.position();
  if (reader_.take_word("context")) return context_type();
  if (reader_.take_word("function")) return function_type();
  for (const std::string_view word : {"list", "range"}) {
    if (reader_.take_word(word)) return type_arguments(*built_in_type(word));
  }
  NameSet names;
  for (const auto& known : known_.types) names.add(known.first);
  for (const auto name : {"date and time", "days and time duration", "years and months duration"}) {
    names.add(name);
  }
  const auto found = names.longest(reader_.rest());
  std::string name(found.name);
  reader_.skip(found.length);
  if (name.empty()) name = reader_.take_words();
  if (name.empty() && reader_.take_word("null")) name = "Null";
  if (name.empty()) {
    reader_.go_to(begin);
    unexpected("type");
    return std::nullopt;
  }
  // A type of an imported model: `model.tPerson`.
  while (reader_.next_is(".") && !reader_.next_is("..")) {
    reader_.take(".");
    name += "." + reader_.take_words();
  }
  if (const auto known = known_.types.find(name); known != known_.types.end()) return known->second;
  if (auto built_in = built_in_type(name)) return built_in;
  return Type{Type::Kind::unknown, std::move(name), {}, {}};
}

std::optional<Type> Parser::type_arguments(Type of) {
  if (!reader_.take("<")) return of;
  auto element = type();
  if (!element || !expect(">")) return std::nullopt;
  of.parts.push_back(std::move(*element));
  return of;
}

std::optional<Type> Parser::context_type() {
  Type made = *built_in_type("context");
  if (!reader_.take("<") || reader_.take(">")) return made;
  do {
    std::string name = reader_.take_declared_name(":");
    if (name.empty()) {
      unexpected("name");
      return std::nullopt;
    }
    reader_.take(":");
    auto field = type();
    if (!field) return std::nullopt;
    made.fields.push_back({std::move(name), std::move(*field)});
  } while (reader_.take(","));
  if (!expect(">")) return std::nullopt;
  return made;
}

std::optional<Type> Parser::function_type() {
  Type made = *built_in_type("function");
  if (!reader_.take("<")) return made;
  if (!reader_.take(">")) {
    do {
      auto parameter = type();
      if (!parameter) return std::nullopt;
      made.parts.push_back(std::move(*parameter));
    } while (reader_.take(","));
    if (!expect(">")) return std::nullopt;
  }
  if (!expect("->")) return std::nullopt;
  auto result = type();
  if (!result) return std::nullopt;
  made.parts.push_back(std::move(*result));
  return made;
}

}  // namespace jishi::feel
