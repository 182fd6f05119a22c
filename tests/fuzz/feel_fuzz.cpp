// Any text as an expression: it is refused, or has a value within the limits, and what was read can
// be written and read again.

#include <cstdint>
#include <cstdlib>

#include "base/feel/feel.hpp"
#include "base/feel/json.hpp"

using namespace jishi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const feel::Value context =
      feel::value_from_json(
          R"({"a":1,"b":"x","a-b":2,"first name":"y","l":[1,2,{"c":3}],"d":null})")
          .value();
  static const feel::Known known = [] {
    feel::Known names;
    names.add_context(context);
    return names;
  }();
  static const FixedClock clock{Date{}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cell = feel::parse_tests(text, known, feel::Library::standard());
  const auto expression = feel::Expression::read(text, known);
  if (!expression) return 0;
  const feel::Limits limits{20'000, 10'000, 1 << 16, 32, 200};
  const auto found = expression->evaluate(context, clock, limits);
  if (found.value.extent().parts > limits.parts) std::abort();
  static_cast<void>(feel::json_of(found.value));
  if (cell) {
    feel::Evaluator evaluator(clock, limits);
    static_cast<void>(evaluator.passes(found.value, *cell, feel::scope_of(context)));
  }
  return 0;
}
