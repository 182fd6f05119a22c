#include "modules/registry/roll/bands.hpp"

#include <algorithm>
#include <array>

namespace jishi::registry {

namespace {

constexpr std::array<std::string_view, 7> kEducation{
    "postgraduate", "undergraduate", "junior_college", "secondary", "lower", "other", "unknown"};
constexpr std::array<std::string_view, 9> kOccupation{"worker",  "farmer",   "professional",
                                                      "manager", "official", "student",
                                                      "other",   "retired",  "unknown"};
constexpr std::array<std::string_view, 3> kEthnic{"han", "minority", "unknown"};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string_view education_band(std::string_view code) {
  if (code.empty()) return "unknown";
  if (code.size() != 2) return "other";
  switch (code.front()) {
    case '1': return "postgraduate";
    case '2': return "undergraduate";
    case '3': return "junior_college";
    case '4':
    case '6': return "secondary";
    case '7':
    case '8': return "lower";
    default: return "other";
  }
}

std::string_view occupation_band(std::string_view code) {
  if (code.empty()) return "unknown";
  const bool known = is_one_of(kOccupation, code) && code != "unknown";
  return known ? code : std::string_view("other");
}

std::string_view ethnic_group(std::string_view code) {
  if (code == "01") return "han";
  return code >= "02" && code <= "56" ? "minority" : "unknown";
}

std::optional<Error> refuse_bands(const Bands& bands) {
  const auto refuse = [](std::string_view path, const std::string& word) {
    return fail(ErrorKind::invalid, "registry.band_unknown",
                {{"path", std::string(path)}, {"band", word}});
  };
  if (!bands.education_band.empty() && !is_one_of(kEducation, bands.education_band))
    return refuse("education_band", bands.education_band);
  if (!bands.occupation_band.empty() && !is_one_of(kOccupation, bands.occupation_band))
    return refuse("occupation_band", bands.occupation_band);
  if (!bands.ethnic_group.empty() && !is_one_of(kEthnic, bands.ethnic_group))
    return refuse("ethnic_group", bands.ethnic_group);
  return std::nullopt;
}

}  // namespace jishi::registry
