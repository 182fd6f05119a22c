#pragma once
// Administrative divisions (行政区划): a reference list of two thirds of a million places, beside
// the organisations and not among them (decision 0013). The only header of this module that others
// include.

#include <mutex>

#include "ledger/store.hpp"

namespace jishi::api {
class Routes;
}  // namespace jishi::api

namespace jishi::division {

namespace fact {
inline constexpr FactKind kLoaded{100};
}  // namespace fact

inline constexpr int kMaxPage = 200;
inline constexpr int kMaxFound = 50;
inline constexpr int kLevels = 5;
/// Divisions a list may have.
inline constexpr std::size_t kMaxNodes = 2'000'000;

struct Division {
  Id id = kNoId;
  Id parent = kNoId;  // 0 at the top
  std::string code;
  std::string name;
  int level = 0;  // 1 province, 2 prefecture, 3 county, 4 township, 5 village or community
  int below = 0;  // how many stand below it, at any depth
};
BOOST_DESCRIBE_STRUCT(Division, (), (id, parent, code, name, level, below))

struct DivisionPage {
  std::vector<Division> rows;
  std::string next;  // empty on the last page
};
BOOST_DESCRIBE_STRUCT(DivisionPage, (), (rows, next))

struct Loaded {
  std::int64_t nodes = 0;
  std::string digest;
  bool unchanged = false;  // this list was loaded already
};
BOOST_DESCRIBE_STRUCT(Loaded, (), (nodes, digest, unchanged))

/// Loads the list in a folder (provinces.csv, cities.csv, areas.csv, streets.csv, villages.csv,
/// each with `code` and `name` first) in place of the one before. Errors: division.file_missing,
/// division.row_unreadable, division.parent_missing, division.doubled, division.too_many, those of
/// reading sheets.
Result<Loaded> load(Store& store, Actor actor, const std::filesystem::path& folder);

/// The id of a code of 2, 4, 6, 9 or 12 digits; nothing for any other text.
std::optional<Id> id_of(std::string_view code);

std::optional<Division> find(db::Reader& reader, Id id);
/// The divisions directly below one (0: the provinces), by code. Errors: division.missing,
/// division.page (its limit or its `after`).
Result<DivisionPage> children(db::Reader& reader, Id parent, std::string_view after, int limit);
/// The way from the province down to a division, itself the last; empty when there is none.
std::vector<Division> path(db::Reader& reader, Id id);

/// Names of all divisions in memory, read when first asked for and again after a load.
class Gazetteer {
 public:
  /// The divisions whose name begins with what was typed, or is meant by its pinyin or initials, or
  /// whose code begins with it: best first, then higher ones. `below`: only those below it, 0: all.
  std::vector<Division> search(db::Reader& reader, std::string_view typed, Id below, int limit);

 private:
  void read(db::Reader& reader);

  std::mutex mutex_;
  std::int64_t loaded_ = -1;  // when the list was loaded that is held
  std::vector<Id> ids_;
  std::u16string units_;
  std::vector<std::uint32_t> begins_;
};

/// The list over HTTP.
void routes(api::Routes& routes, Gazetteer& gazetteer);

}  // namespace jishi::division
