// The kinds of facts in the code and those that the pack explains are the same.

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace jishi {
namespace {

using Kinds = std::map<std::int64_t, std::string>;

/// `kOrganisationMoved` of module registry: registry.organisation_moved.
std::string name_of(const std::string& module, const std::string& constant) {
  std::string name = module + ".";
  for (const char letter : constant.substr(1)) {
    const bool upper = letter >= 'A' && letter <= 'Z';
    if (upper && !name.ends_with('.')) name += '_';
    name += upper ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return name;
}

Kinds kinds_in_code() {
  static const std::regex kDeclaration(R"(inline constexpr FactKind (k[A-Za-z]+)\{(\d+)\};)");
  const std::filesystem::path modules = JISHI_SOURCE_DIR "/src/modules";
  Kinds kinds;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(modules)) {
    if (entry.path().extension() != ".hpp") continue;
    const std::string module = entry.path().lexically_relative(modules).begin()->string();
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    const std::string content = text.str();
    for (std::sregex_iterator found(content.begin(), content.end(), kDeclaration), end;
         found != end; ++found) {
      const auto kind = std::stoll((*found)[2].str());
      EXPECT_TRUE(kinds.emplace(kind, name_of(module, (*found)[1].str())).second)
          << kind << " is given twice";
    }
  }
  return kinds;
}

Kinds kinds_in_pack() {
  const auto pack = toml::parse_file(JISHI_SOURCE_DIR "/packs/party/facts.toml");
  Kinds kinds;
  for (const auto& node : *pack["fact"].as_array()) {
    const auto& fact = *node.as_table();
    const std::set<std::string> expected{"kind", "name", "unit", "zh", "en"};
    std::set<std::string> keys;
    for (const auto& [key, value] : fact) {
      if (key.str() == "awaited") continue;
      keys.insert(std::string(key.str()));
      if (key.str() != "kind") {
        EXPECT_FALSE(value.value_or(std::string()).empty()) << key.str();
      }
    }
    EXPECT_EQ(keys, expected);
    const auto kind = fact["kind"].value_or(std::int64_t{0});
    EXPECT_TRUE(kinds.emplace(kind, fact["name"].value_or(std::string())).second)
        << kind << " is explained twice";
  }
  return kinds;
}

TEST(FactKinds, ThePackExplainsWhatTheCodeSays) {
  const Kinds code = kinds_in_code();
  ASSERT_GT(code.size(), 20U);
  EXPECT_EQ(kinds_in_pack(), code);
}

}  // namespace
}  // namespace jishi
