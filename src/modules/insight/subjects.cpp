#include "modules/insight/subjects.hpp"

#include <charconv>

#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/subjects.sql.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {

namespace {

constexpr std::size_t kIdsAtOnce = 50'000;

struct NameRow {
  Id id = kNoId;
  std::string code;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NameRow, (), (id, code, name))

struct DoubtRow {
  Id subject = kNoId;
  std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(DoubtRow, (), (subject, rows))

// One statement takes so many ids at a time.
template <class Use>
void in_pieces(const std::vector<Id>& ids, Use&& use) {
  for (std::size_t begin = 0; begin < ids.size(); begin += kIdsAtOnce) {
    const auto end = std::min(ids.size(), begin + kIdsAtOnce);
    use(json_list(Ids(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                      ids.begin() + static_cast<std::ptrdiff_t>(end))));
  }
}

std::unordered_map<Id, Subjects::Names> names(Store& store, const Statement& statement,
                                              const std::vector<Id>& ids) {
  std::unordered_map<Id, Subjects::Names> found;
  store.read([&](db::Reader& reader) {
    in_pieces(ids, [&](const std::string& some) {
      reader.each<NameRow>(
          statement,
          [&](const NameRow& row) {
            found[row.id] = {row.code.empty() ? std::to_string(row.id) : row.code, row.name};
          },
          some);
    });
  });
  return found;
}

std::optional<Id> id_in(std::string_view written) {
  Id id = kNoId;
  const auto parsed = std::from_chars(written.data(), written.data() + written.size(), id);
  if (parsed.ec != std::errc() || parsed.ptr != written.data() + written.size())
    return std::nullopt;
  return id;
}

}  // namespace

std::unordered_map<Id, Subjects::Names> Subjects::organisations(const std::vector<Id>& ids) {
  return names(store_, sql::subjects::organisation_names, ids);
}

std::unordered_map<Id, Subjects::Names> Subjects::persons(const std::vector<Id>& ids) {
  return names(store_, sql::subjects::person_names, ids);
}

std::optional<Subjects::Found> Subjects::find(std::string_view kind, std::string_view written) {
  const bool person = kind == "person";
  auto id = store_.read([&](db::Reader& reader) {
    return person ? registry::person_by_number(reader, written)
                  : registry::organisation_by_code(reader, written);
  });
  if (!id) id = id_in(written);
  if (!id) return std::nullopt;
  const auto known = person ? persons({*id}) : organisations({*id});
  const auto names = known.find(*id);
  if (names == known.end()) return std::nullopt;
  Id organisation = *id;
  if (person) {
    organisation = store_.read([&](db::Reader& reader) {
      return reader.one<Id>(sql::subjects::organisation_of_person, *id).value_or(kNoId);
    });
  }
  return Found{*id, organisation, names->second};
}

std::unordered_map<Id, std::int64_t> Subjects::doubts(std::string_view kind,
                                                      const std::vector<Id>& ids) {
  std::unordered_map<Id, std::int64_t> found;
  store_.read([&](db::Reader& reader) {
    in_pieces(ids, [&](const std::string& some) {
      reader.each<DoubtRow>(
          sql::subjects::doubts, [&](const DoubtRow& row) { found[row.subject] = row.rows; }, kind,
          some);
    });
  });
  return found;
}

}  // namespace jishi::insight
