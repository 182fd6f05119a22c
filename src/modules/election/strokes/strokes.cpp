#include "modules/election/strokes/strokes.hpp"

#include "base/text.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::election {

namespace {

constexpr std::size_t kMostBytes = 2U << 20;
const std::string kNone;

Error invalid(std::size_t line) {
  return fail(ErrorKind::invalid, "election.strokes_invalid", {{"line", std::to_string(line)}});
}

bool is_strokes(std::string_view digits) {
  return !digits.empty() && digits.find_first_not_of("12345") == std::string_view::npos;
}

}  // namespace

Result<Strokes> Strokes::open(const std::filesystem::path& pack) {
  Strokes made;
  const auto path = pack / "strokes.tsv";
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return made;
  const auto text = files::read_whole(path, kMostBytes);
  if (!text) return text.error();
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos || !is_strokes(line.substr(0, tab))) return invalid(number);
    std::string_view characters = line.substr(tab + 1);
    while (!characters.empty()) {
      const CodePoint one = first_code_point(characters);
      if (!made.strokes_.emplace(one.value, line.substr(0, tab)).second) return invalid(number);
      characters.remove_prefix(one.length);
    }
  }
  return made;
}

const std::string& Strokes::of(char32_t character) const {
  const auto found = strokes_.find(character);
  return found == strokes_.end() ? kNone : found->second;
}

bool Strokes::before(const std::string& name, const std::string& other) const {
  std::string_view left = name;
  std::string_view right = other;
  while (!left.empty() && !right.empty()) {
    const CodePoint one = first_code_point(left);
    const CodePoint two = first_code_point(right);
    left.remove_prefix(one.length);
    right.remove_prefix(two.length);
    if (one.value == two.value) continue;
    const std::string& first = of(one.value);
    const std::string& second = of(two.value);
    if (first.empty() != second.empty()) return second.empty();
    if (first.size() != second.size()) return first.size() < second.size();
    if (first != second) return first < second;
    return one.value < two.value;
  }
  return left.empty() && !right.empty();
}

bool Strokes::knows(const std::string& name) const {
  std::string_view rest = name;
  while (!rest.empty()) {
    const CodePoint one = first_code_point(rest);
    if (of(one.value).empty()) return false;
    rest.remove_prefix(one.length);
  }
  return !name.empty();
}

}  // namespace jishi::election
