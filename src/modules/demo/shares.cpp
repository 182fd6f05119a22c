#include "modules/demo/shares.hpp"

#include <stdexcept>
#include <string_view>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace jishi::demo {

namespace {

constexpr std::array<std::string_view, kSettings> kSettingCodes = {"village",
                                                                   "community",
                                                                   "organ",
                                                                   "institution",
                                                                   "university",
                                                                   "state_enterprise",
                                                                   "private_enterprise",
                                                                   "social_organisation"};

constexpr std::array<std::string_view, kBranchLapses> kLapseNames = {"term_ending",
                                                                     "term_overdue",
                                                                     "secretary_vacant",
                                                                     "secretary_vacant_long",
                                                                     "holder_gone",
                                                                     "term_extended",
                                                                     "too_large",
                                                                     "too_small",
                                                                     "members_meeting_due",
                                                                     "members_meeting_missed",
                                                                     "committee_meeting_due",
                                                                     "committee_meeting_missed",
                                                                     "theme_day_due",
                                                                     "theme_day_missed",
                                                                     "lecture_due",
                                                                     "lecture_missed",
                                                                     "life_meeting_due",
                                                                     "life_meeting_missed",
                                                                     "neglected",
                                                                     "ended",
                                                                     "ended_with_members",
                                                                     "temporary",
                                                                     "mobile"};

/// Whole signs of a UTF-8 text.
std::vector<std::string> signs_of(std::string_view text) {
  std::vector<std::string> signs;
  for (const char byte : text) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
    if (!continues) signs.emplace_back();
    if (!signs.empty()) signs.back() += byte;
  }
  return signs;
}

/// One node of a file, and how it is called in complaints.
class Node {
 public:
  Node(const toml::node* node, std::string path) : node_(node), path_(std::move(path)) {}

  Node operator[](std::string_view key) const {
    const toml::table* table = node_ ? node_->as_table() : nullptr;
    return {table ? table->get(key) : nullptr, fmt::format("{}.{}", path_, key)};
  }
  explicit operator bool() const { return node_ != nullptr; }

  double number() const {
    const auto value = node_ ? node_->value<double>() : std::nullopt;
    if (!value || *value < 0) complain("a number from 0 on");
    return *value;
  }
  int whole() const {
    const auto value = node_ ? node_->value<std::int64_t>() : std::nullopt;
    if (!value || *value < 0 || *value > 100'000'000) complain("a whole number");
    return static_cast<int>(*value);
  }
  std::string text() const {
    const auto value = node_ ? node_->value<std::string>() : std::nullopt;
    if (!value) complain("a text");
    return *value;
  }
  std::vector<Node> list() const {
    const toml::array* array = node_ ? node_->as_array() : nullptr;
    if (!array || array->empty()) complain("a list that is not empty");
    std::vector<Node> nodes;
    for (std::size_t i = 0; i < array->size(); ++i) {
      nodes.emplace_back(array->get(i), fmt::format("{}[{}]", path_, i));
    }
    return nodes;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> result;
    for (const Node& node : list()) result.push_back(node.text());
    return result;
  }
  template <std::size_t size>
  std::array<Node, size> list_of() const {
    const auto nodes = list();
    if (nodes.size() != size) complain(fmt::format("{} values", size));
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      return std::array<Node, size>{nodes[i]...};
    }
    (std::make_index_sequence<size>());
  }
  template <std::size_t size>
  std::array<double, size> numbers() const {
    std::array<double, size> result{};
    const auto nodes = list_of<size>();
    for (std::size_t i = 0; i < size; ++i) result[i] = nodes[i].number();
    return result;
  }
  template <std::size_t rows, std::size_t columns>
  std::array<std::array<double, columns>, rows> matrix() const {
    std::array<std::array<double, columns>, rows> result{};
    const auto nodes = list_of<rows>();
    for (std::size_t i = 0; i < rows; ++i) result[i] = nodes[i].template numbers<columns>();
    return result;
  }

  [[noreturn]] void complain(std::string_view wanted) const {
    throw std::runtime_error(fmt::format("{}: must be {}", path_, wanted));
  }

 private:
  const toml::node* node_;
  std::string path_;
};

/// A file of the pack, held while its nodes are read.
class File {
 public:
  File(const std::filesystem::path& folder, std::string_view name)
      : path_((folder / name).string()), table_(toml::parse_file(path_)) {}
  Node operator[](std::string_view key) const { return root()[key]; }

 private:
  Node root() const { return {&table_, path_}; }

  std::string path_;
  toml::table table_;
};

DuesKind dues_kind(const Node& node) {
  const std::string kind = node.text();
  if (kind == "wage") return DuesKind::wage;
  if (kind == "pension") return DuesKind::pension;
  if (kind == "flat") return DuesKind::flat;
  node.complain("wage, pension or flat");
}

std::vector<DuesBand> dues_bands(const Node& node) {
  std::vector<DuesBand> bands;
  for (const Node& band : node.list()) bands.push_back({band["to"].whole(), band["rate"].whole()});
  return bands;
}

void read_official(const File& file, Shares& shares) {
  const Node organisations = file["organisations"];
  shares.committees = organisations["committee"].number();
  shares.general_branches = organisations["general_branch"].number();
  shares.branches = organisations["branch"].number();
  shares.members_per_branch = organisations["members_per_branch"].number();
  shares.members_per_district = organisations["members_per_district"].number();
  shares.members_per_street = organisations["members_per_street"].number();
  const auto bands = file["age"]["bands"].list_of<kAgeBands>();
  for (std::size_t i = 0; i < kAgeBands; ++i) shares.age_bounds[i] = bands[i].whole();
  shares.age_bounds[kAgeBands] = 101;
  shares.ages = file["age"]["weights"].numbers<kAgeBands>();
  shares.joined = file["joined"]["weights"].numbers<kJoinedPeriods>();
  shares.women = file["sex"]["women"].number();
  shares.minority = file["ethnic"]["minority"].number();
  shares.educations = file["education"]["weights"].numbers<kEducations>();
  const auto codes = file["education"]["codes"].list_of<kEducations>();
  for (std::size_t i = 0; i < kEducations; ++i) shares.education_codes[i] = codes[i].texts();
  const Node developed = file["developed"];
  shares.developed = developed["share"].number();
  shares.developed_young = developed["young"].number();
  shares.developed_students = developed["students"].number();
  shares.developed_college = developed["college"].number();
  shares.developed_women = developed["women"].number();
  shares.leaving = file["leaving"]["share"].number();
  shares.leaving_ways = file["leaving"]["weights"].numbers<4>();
}

void read_people(const File& file, Shares& shares) {
  const auto occupations = file["occupation"].list_of<kOccupations>();
  for (std::size_t i = 0; i < kOccupations; ++i) {
    const Node& node = occupations[i];
    const auto monthly = node["monthly"].list_of<2>();
    shares.occupations[i] = {node["code"].text(), node["weight"].number(), dues_kind(node["dues"]),
                             monthly[0].whole(), monthly[1].whole()};
  }
  const auto settings = file["setting"].list_of<kSettings>();
  for (std::size_t i = 0; i < kSettings; ++i) {
    const Node& node = settings[i];
    if (node["code"].text() != kSettingCodes[i]) node["code"].complain(kSettingCodes[i]);
    const auto founded = node["founded"].list_of<2>();
    shares.settings[i] = {node["weight"].number(),
                          node["mean"].number(),
                          node["committee"].number(),
                          node["general"].number(),
                          founded[0].whole(),
                          founded[1].whole(),
                          node["occupations"].numbers<kOccupations>()};
  }
  const Node matrix = file["matrix"];
  shares.matrix.age_of_occupation = matrix["age_of_occupation"].matrix<kOccupations, kAgeBands>();
  shares.matrix.women_of_age = matrix["women_of_age"].numbers<kAgeBands>();
  shares.matrix.women_of_occupation = matrix["women_of_occupation"].numbers<kOccupations>();
  shares.matrix.education_of_age = matrix["education_of_age"].matrix<kAgeBands, kEducations>();
  shares.matrix.education_of_occupation =
      matrix["education_of_occupation"].matrix<kOccupations, kEducations>();
  shares.wage_bands = dues_bands(file["dues"]["wage"]);
  shares.pension_bands = dues_bands(file["dues"]["pension"]);
}

void read_habits(const File& file, Shares& shares) {
  const Node customs = file["customs"];
  shares.customs = {customs["credit_code"].whole(),  customs["joint_branch"].whole(),
                    customs["young_branch"].whole(), customs["secretary_changed"].whole(),
                    customs["without_id"].whole(),   customs["pays_by_quarter"].whole(),
                    customs["late_payment"].whole(), customs["missed_before"].whole(),
                    customs["held_late"].whole(),    customs["attendance"].whole()};
  const Node lapses = file["lapses"];
  for (std::size_t i = 0; i < kBranchLapses; ++i) {
    shares.branch_lapses[i] = lapses["branch"][kLapseNames[i]].whole();
  }
  for (std::size_t i = 0; i < kUpperLapses; ++i) {
    shares.upper_lapses[i] = lapses["upper"][kLapseNames[i]].whole();
  }
  const Node member = lapses["member"];
  shares.member_lapses = {member["unpaid"].whole(),
                          member["unpaid_long"].whole(),
                          member["lost_recently"].whole(),
                          member["lost"].whole(),
                          member["lost_long"].whole(),
                          member["floating"].whole(),
                          lapses["probation"]["overdue"].whole(),
                          lapses["probation"]["extended"].whole()};
}

NameLists read_names(const File& file) {
  NameLists names;
  for (const Node& node : file["surnames"].list()) {
    const auto pair = node.list_of<2>();
    names.surnames.emplace_back(pair[0].text(), pair[1].whole());
  }
  for (const Node& node : file["given"].list()) {
    names.given.push_back(
        {node["before"].whole(), signs_of(node["men"].text()), signs_of(node["women"].text())});
  }
  const auto optional_texts = [](const Node& node) {
    return node ? node.texts() : std::vector<std::string>();
  };
  for (const Node& node : file["people"].list()) {
    names.peoples.push_back({node["ethnic"].text(), node["weight"].number(),
                             optional_texts(node["surnames"]), optional_texts(node["given"]),
                             optional_texts(node["second"]), static_cast<bool>(node["dot"])});
  }
  return names;
}

PlaceLists read_places(const File& file) {
  PlaceLists places;
  places.city = file["city"].text();
  places.division = file["division"].whole();
  const auto read = [&](std::string_view key) { return file[key].texts(); };
  places.districts = read("districts");
  places.first = read("first");
  places.second = read("second");
  places.departments = read("departments");
  places.below_department = read("below_department");
  places.schools = read("schools");
  places.institutions = read("institutions");
  places.street_offices = read("street_offices");
  places.faculties = read("faculties");
  places.universities = read("universities");
  places.brands = read("brands");
  places.state_trades = read("state_trades");
  places.private_trades = read("private_trades");
  places.social_kinds = read("social_kinds");
  places.projects = read("projects");
  places.elsewhere = read("elsewhere");
  places.roads = read("roads");
  return places;
}

TopicLists read_topics(const File& file) {
  const auto read = [&](std::string_view key) { return file[key].texts(); };
  return {read("members_meeting"), read("committee_meeting"), read("group_meeting"),
          read("lecture"),         read("theme_day"),         read("life_meeting"),
          read("appraisal"),       read("group_names"),       read("places")};
}

}  // namespace

Shares load_shares(const std::filesystem::path& folder) {
  Shares shares;
  const File figures(folder, "shares.toml");
  read_official(figures, shares);
  read_people(figures, shares);
  read_habits(figures, shares);
  shares.names = read_names(File(folder, "names.toml"));
  shares.places = read_places(File(folder, "places.toml"));
  shares.topics = read_topics(File(folder, "topics.toml"));
  return shares;
}

}  // namespace jishi::demo
