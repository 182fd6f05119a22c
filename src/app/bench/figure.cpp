#include "app/bench/figure.hpp"

#include <cmath>

#include "app/table.hpp"

namespace jishi::app::bench {

namespace {

std::string expected_text(const Figure& figure) {
  if (!figure.expected) return "";
  return (figure.expected->sense == Sense::at_least ? "≥ " : "≤ ") +
         value_text(figure.expected->value);
}

std::string_view verdict_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::met: return "bench.verdict_met";
    case Verdict::missed: return "bench.verdict_missed";
    case Verdict::none: return "bench.verdict_none";
  }
  return "bench.verdict_none";
}

double ratio_of(const Figure& figure, const Baseline& baseline) {
  return baseline.value > 0 ? figure.measured / baseline.value : 0;
}

}  // namespace

Verdict verdict_of(const Figure& figure) {
  if (!figure.expected) return Verdict::none;
  const bool met = figure.expected->sense == Sense::at_least
                       ? figure.measured >= figure.expected->value
                       : figure.measured <= figure.expected->value;
  return met ? Verdict::met : Verdict::missed;
}

std::string title_of(Language language, const Figure& figure) {
  return say(language, "bench." + figure.name, {{"what", figure.what}});
}

std::string value_text(double value) {
  if (std::abs(value) >= 100) return grouped(std::llround(value));
  if (std::abs(value) >= 10) return fmt::format("{:.1f}", value);
  if (std::abs(value) >= 0.1 || value == 0) return fmt::format("{:.2f}", value);
  return fmt::format("{:.4f}", value);
}

std::string table_of(Language language, const Group& group) {
  const auto title = [&](std::string_view code) { return say(language, code); };
  Table table({{title("bench.title_figure")},
               {title("bench.title_expected"), Align::right},
               {title("bench.title_measured"), Align::right},
               {title("bench.title_unit")},
               {title("bench.title_baseline"), Align::right},
               {title("bench.title_ratio"), Align::right},
               {title("bench.title_verdict")}});
  for (const Figure& figure : group.figures) {
    table.row({title_of(language, figure), expected_text(figure), value_text(figure.measured),
               figure.unit, "", "", say(language, verdict_code(verdict_of(figure)))});
    for (const Baseline& baseline : figure.baselines) {
      table.row({"  " + say(language, "bench." + baseline.name), "", "", figure.unit,
                 value_text(baseline.value), value_text(ratio_of(figure, baseline)), ""});
    }
  }
  return table.text();
}

boost::json::object json_of(const Group& group, const Figure& figure) {
  boost::json::object line{{"group", group.name},
                           {"figure", figure.name},
                           {"unit", figure.unit},
                           {"measured", figure.measured}};
  if (!figure.what.empty()) line["what"] = figure.what;
  if (figure.expected) {
    const bool least = figure.expected->sense == Sense::at_least;
    line["expected"] = {{least ? "at_least" : "at_most", figure.expected->value}};
    line["met"] = verdict_of(figure) == Verdict::met;
  }
  boost::json::array baselines;
  for (const Baseline& baseline : figure.baselines) {
    baselines.push_back({{"name", baseline.name},
                         {"measured", baseline.value},
                         {"ratio", ratio_of(figure, baseline)}});
  }
  if (!baselines.empty()) line["baselines"] = std::move(baselines);
  if (!figure.note.empty()) line["note"] = figure.note;
  return line;
}

}  // namespace jishi::app::bench
