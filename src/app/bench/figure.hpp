#pragma once
// What was measured, and what it is held against.

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "app/context.hpp"

namespace jishi::app::bench {

enum class Sense { at_least, at_most };

/// What was expected before anything was measured (DESIGN §8).
struct Expected {
  Sense sense = Sense::at_most;
  double value = 0;
};

/// Another way to do the same, or a part of it, measured in the same run.
struct Baseline {
  std::string name;  // code of its text, without `bench.`
  double value = 0;
};

struct Figure {
  std::string name;  // code of its text, without `bench.`
  std::string unit;  // rows/s, s, ms, MB
  double measured = 0;
  std::optional<Expected> expected = {};
  std::vector<Baseline> baselines = {};
  std::string what = {};  // which of several: a rule's id
  std::string note = {};  // sizes and conditions, in English
};

enum class Verdict { met, missed, none };
Verdict verdict_of(const Figure& figure);

/// The figures of one group.
struct Group {
  std::string name;
  std::string title;  // code of its text, without `bench.`
  std::vector<Figure> figures;
};

/// What a figure is called, for people.
std::string title_of(Language language, const Figure& figure);

/// A value with as many digits as are worth reading: `123,456`, `4.2`, `0.031`.
std::string value_text(double value);

/// The figures of a group as lines for a terminal.
std::string table_of(Language language, const Group& group);

/// One figure as a line of NDJSON.
boost::json::object json_of(const Group& group, const Figure& figure);

}  // namespace jishi::app::bench
