#pragma once
// A decision model (DMN 1.3 to 1.5): what is given, what is decided, and on what that rests. Read
// once, immutable, evaluated from any thread.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/feel/parse.hpp"
#include "modules/workflow/decision/expression.hpp"
#include "modules/workflow/finding.hpp"

namespace jishi::workflow::decision {

inline constexpr std::size_t kMostElements = 1'000;  // decisions, inputs, knowledge, services
inline constexpr std::size_t kMostRules = 20'000;    // of all tables together
inline constexpr int kMostNesting = 64;              // of boxed expressions and item definitions

/// An input, a decision, a piece of knowledge or a service.
struct Element {
  enum class Kind { input, decision, knowledge, service };

  Kind kind = Kind::input;
  std::string id;
  std::string name;
  std::optional<ItemType> type;
  ExpressionPtr logic;                 // of a decision or knowledge; null: none, worth null
  bool broken = false;                 // something in its logic was refused
  std::vector<std::size_t> requires_;  // the elements it rests on
  // of a service
  std::vector<std::size_t> outputs, given_inputs, given_decisions;
};

struct Decided {
  feel::Value value;
  std::vector<feel::Issue> issues;
};

class Model {
 public:
  /// The decision or service of a name or id; nothing when there is none.
  const Element* find(std::string_view name) const;
  /// What can be decided.
  std::vector<std::string> names() const;
  /// Whether everything that it rests on was read without a refusal.
  bool sound(const Element& what) const;

  /// Decides. `inputs` is a context of the input data by their names; dates and the like may be
  /// texts.
  Decided decide(const Element& what, const feel::Value& inputs, const Clock& clock,
                 const feel::Limits& limits = {}) const;

 private:
  friend class ModelReader;
  friend class Run;
  std::vector<Element> elements_;
};

/// Reads a model; everything that is wrong or not supported is in `findings`, and then there is
/// none. `members` are further names that contexts may have. The library has to live as long as the
/// model.
std::shared_ptr<const Model> read_model(std::string_view bytes, const feel::Value& members,
                                        Findings& findings,
                                        const feel::Library& library = feel::Library::standard());

/// As read_model, but where only the logic of some elements is refused there is a model all the
/// same: what rests on none of them is `sound`, and may be decided.
std::shared_ptr<const Model> read_sound_parts(std::string_view bytes, const feel::Value& members,
                                              Findings& findings, const feel::Library& library);

}  // namespace jishi::workflow::decision
