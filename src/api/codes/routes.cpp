#include "api/codes/routes.hpp"

namespace jishi::api {

namespace {

struct ShownCode {
  std::string code;
  std::string label;
};
BOOST_DESCRIBE_STRUCT(ShownCode, (), (code, label))

struct ShownCodeSet {
  std::string name;   // organisation_kind
  std::string label;  // of the set
  std::vector<ShownCode> entries;
};
BOOST_DESCRIBE_STRUCT(ShownCodeSet, (), (name, label, entries))

Page<ShownCodeSet> shown(const Codes& codes, Language language) {
  Page<ShownCodeSet> page;
  for (const auto& [name, set] : codes.all()) {
    ShownCodeSet& one = page.items.emplace_back(ShownCodeSet{name, set.title(language), {}});
    for (const CodeEntry& entry : set.entries())
      one.entries.push_back({entry.code, language == Language::zh ? entry.zh : entry.en});
  }
  return page;
}

}  // namespace

void code_routes(Routes& routes, const Codes& codes) {
  routes.get<Nothing>(
      "/api/v1/codes", {"api.codes", {}, own_account()},
      [&](Call& call, const Nothing&) { return Result(shown(codes, call.language())); });
}

}  // namespace jishi::api
