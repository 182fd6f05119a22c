#include "api/routes.hpp"
#include "modules/division/division.hpp"

namespace jishi::division {

namespace {

using api::Call;

struct ChildrenQuery {
  std::optional<std::string> below;  // a code; the provinces when not given
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ChildrenQuery, (), (below, after, limit))

struct SearchQuery {
  std::string q;  // the beginning of a name, its pinyin or initials, or of a code
  std::optional<std::string> below;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (), (q, below, limit))

/// A division with the way down to it.
struct DivisionShown {
  Division division;
  std::vector<Division> above;  // from the province down
};
BOOST_DESCRIBE_STRUCT(DivisionShown, (), (division, above))

Result<Id> meant(const std::optional<std::string>& code) {
  if (!code) return kNoId;
  const auto id = id_of(*code);
  if (!id) return fail(ErrorKind::not_found, "division.missing", {{"division", *code}});
  return *id;
}

Result<api::Page<Division>> list(Call& call, const ChildrenQuery& asked) {
  const auto below = meant(asked.below);
  if (!below) return below.error();
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<Division>> {
    constexpr int kUsual = 50;
    auto page = children(reader, *below, asked.after.value_or(""), asked.limit.value_or(kUsual));
    if (!page) return page.error();
    return api::Page<Division>{std::move(page->rows), page->next.empty()
                                                          ? std::nullopt
                                                          : std::optional(std::move(page->next))};
  });
}

Result<DivisionShown> show(Call& call) {
  const std::string code(call.request.segment("division").value_or(""));
  const auto id = meant(code);
  if (!id) return id.error();
  return call.store.read([&](db::Reader& reader) -> Result<DivisionShown> {
    auto way = path(reader, *id);
    if (way.empty()) return fail(ErrorKind::not_found, "division.missing", {{"division", code}});
    DivisionShown shown;
    shown.division = std::move(way.back());
    way.pop_back();
    shown.above = std::move(way);
    return shown;
  });
}

Result<api::Page<Division>> search(Call& call, Gazetteer& gazetteer, const SearchQuery& asked) {
  constexpr std::size_t kMaxTyped = 200;
  constexpr int kUsual = 20;
  if (asked.q.size() > kMaxTyped)
    return fail(ErrorKind::invalid, "division.search_too_long",
                {{"path", "q"}, {"limit", std::to_string(kMaxTyped)}});
  const auto below = meant(asked.below);
  if (!below) return below.error();
  const int limit = std::clamp(asked.limit.value_or(kUsual), 1, kMaxFound);
  return call.store.read([&](db::Reader& reader) {
    return Result(
        api::Page<Division>{gazetteer.search(reader, asked.q, *below, limit), std::nullopt});
  });
}

}  // namespace

void routes(api::Routes& routes, Gazetteer& gazetteer) {
  // Published reference data: for whoever is signed in.
  routes.list<ChildrenQuery>("/api/v1/divisions", {"division.list", {}, api::own_account()}, list);
  routes.get_slowly<SearchQuery>(
      "/api/v1/divisions/search", {"division.search", {}, api::own_account()},
      [&](Call& call, const SearchQuery& asked) { return search(call, gazetteer, asked); });
  routes.get_slowly<api::Nothing>("/api/v1/divisions/{division}",
                                  {"division.show", {}, api::own_account()},
                                  [](Call& call, const api::Nothing&) { return show(call); });
}

}  // namespace jishi::division
