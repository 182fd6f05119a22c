#include "app/bench/page.hpp"

#include <fstream>

#include "app/bench/bench.hpp"

namespace jishi::app::bench {

namespace {

constexpr Language kEnglish = Language::en;

std::string expected_cell(const Figure& figure) {
  if (!figure.expected) return "";
  return (figure.expected->sense == Sense::at_least ? "≥ " : "≤ ") +
         value_text(figure.expected->value);
}

std::string verdict_cell(const Figure& figure) {
  switch (verdict_of(figure)) {
    case Verdict::met: return "met";
    case Verdict::missed: return "**missed**";
    case Verdict::none: return "";
  }
  return "";
}

std::string row_of(const Figure& figure) {
  std::string names;
  std::string values;
  std::string ratios;
  for (const Baseline& baseline : figure.baselines) {
    const std::string_view between = names.empty() ? "" : "<br>";
    const double ratio = baseline.value > 0 ? figure.measured / baseline.value : 0;
    names += std::string(between) + say(kEnglish, "bench." + baseline.name);
    values += std::string(between) + value_text(baseline.value);
    ratios += std::string(between) + value_text(ratio);
  }
  return fmt::format("| {} | {} | {} {} | {} | {} | {} | {} |\n", title_of(kEnglish, figure),
                     expected_cell(figure), value_text(figure.measured), figure.unit, names, values,
                     ratios, verdict_cell(figure));
}

std::string section_of(const Group& group) {
  std::string text =
      fmt::format("\n## {}\n\n{}\n\n", group.name, say(kEnglish, "bench." + group.title));
  text += "| figure | expected | measured | baseline | its value | ratio | verdict |\n";
  text += "|---|--:|--:|---|--:|--:|---|\n";
  for (const Figure& figure : group.figures) text += row_of(figure);
  std::string notes;
  for (const Figure& figure : group.figures) {
    if (figure.note.empty()) continue;
    notes += fmt::format("- {}: {}\n", title_of(kEnglish, figure), figure.note);
  }
  return notes.empty() ? text : text + "\n" + notes;
}

std::string summary_of(const std::vector<Group>& groups) {
  int met = 0;
  int missed = 0;
  for (const Group& group : groups) {
    for (const Figure& figure : group.figures) {
      met += verdict_of(figure) == Verdict::met ? 1 : 0;
      missed += verdict_of(figure) == Verdict::missed ? 1 : 0;
    }
  }
  const Arguments counts{{"met", std::to_string(met)}, {"missed", std::to_string(missed)}};
  return say(Language::zh, "bench.page_summary", counts) + "\n\n" +
         say(kEnglish, "bench.page_summary", counts) + "\n";
}

/// The sections of a page that no group makes: they are of others, who write them anew themselves
/// (tests/load/soak.py).
std::string sections_of_others(const std::filesystem::path& file) {
  constexpr std::string_view kHeading = "\n## ";
  const auto groups = bench_groups();
  std::ifstream stream(file, std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(stream), {}};
  std::string kept;
  for (auto at = page.find(kHeading); at != page.npos;) {
    const auto next = page.find(kHeading, at + 1);
    const auto name = at + kHeading.size();
    const std::string heading = page.substr(name, page.find('\n', name) - name);
    if (std::find(groups.begin(), groups.end(), heading) == groups.end())
      kept += page.substr(at, next == page.npos ? next : next - at);
    at = next;
  }
  return kept;
}

}  // namespace

Result<Done> write_page(const std::filesystem::path& file, const MachineFacts& machine,
                        double scale, const std::vector<Group>& groups) {
  std::string text = "# Performance\n\n" + summary_of(groups);
  text +=
      "\nMade by `jishi bench --write`. Every figure stands beside what was expected before it "
      "was measured and, where there is one, beside a baseline of the same run; ratio is "
      "measured ÷ baseline.\n\n| | |\n|---|---|\n";
  for (const auto& [name, value] : machine) {
    text += fmt::format("| {} | {} |\n", say(kEnglish, "bench." + name), value);
  }
  text += fmt::format("| {} | {} |\n", say(kEnglish, "bench.machine_scale"), scale);
  for (const Group& group : groups) text += section_of(group);
  text += sections_of_others(file);
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  if (!stream) {
    return fail(ErrorKind::unavailable, "bench.unwritable", {{"file", file.string()}});
  }
  return Done{};
}

}  // namespace jishi::app::bench
