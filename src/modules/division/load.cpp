#include "base/hash.hpp"
#include "base/text.hpp"
#include "modules/division/division.hpp"
#include "modules/division/division.sql.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::division {

namespace {

constexpr std::array<std::string_view, kLevels> kFiles{"provinces.csv", "cities.csv", "areas.csv",
                                                       "streets.csv", "villages.csv"};
constexpr std::array<std::size_t, kLevels> kDigits{2, 4, 6, 9, 12};

struct Release {
  std::string digest;
  std::int64_t loaded = 0;
};
BOOST_DESCRIBE_STRUCT(Release, (), (digest, loaded))

Error unreadable(std::string_view file, std::uint32_t row) {
  return fail(ErrorKind::invalid, "division.row_unreadable",
              {{"file", std::string(file)}, {"row", std::to_string(row)}});
}

/// Reads one file: the divisions of one level.
Result<Done> read_level(const std::filesystem::path& file, std::size_t level,
                        std::vector<Division>& nodes) {
  const std::string name = file.filename().string();
  if (!std::filesystem::is_regular_file(file)) {
    return fail(ErrorKind::not_found, "division.file_missing", {{"file", name}});
  }
  auto workbook = sheets::open(file);
  if (!workbook) return workbook.error();
  std::optional<Error> refused;
  bool header = true;
  const auto read =
      sheets::read_rows(**workbook, 0, [&](std::uint32_t row, std::span<const sheets::Cell> cells) {
        const bool first = std::exchange(header, false);
        if (cells.size() < 2) {
          refused = unreadable(name, row);
        } else if (first) {
          if (cells[0].text != "code" || cells[1].text != "name") refused = unreadable(name, row);
        } else {
          const std::string code(cells[0].text);
          const auto id = id_of(code);
          if (!id || code.size() != kDigits[level] || trim(cells[1].text).empty()) {
            refused = unreadable(name, row);
          } else {
            const Id parent = level == 0 ? kNoId : *id_of(code.substr(0, kDigits[level - 1]));
            nodes.push_back({*id, parent, code, std::string(trim(cells[1].text)),
                             static_cast<int>(level) + 1, 0});
          }
        }
        if (nodes.size() > kMaxNodes) refused = fail(ErrorKind::invalid, "division.too_many");
        return !refused;
      });
  if (refused) return *refused;
  if (!read) return read.error();
  return Done{};
}

/// In the order of ids, with what stands below each counted.
Result<Done> join(std::vector<Division>& nodes) {
  std::sort(nodes.begin(), nodes.end(),
            [](const Division& left, const Division& right) { return left.id < right.id; });
  std::vector<std::size_t> line;  // from the province down to the node before
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0 && nodes[i].id == nodes[i - 1].id) {
      return fail(ErrorKind::invalid, "division.doubled", {{"code", nodes[i].code}});
    }
    while (!line.empty() && nodes[line.back()].id != nodes[i].parent) line.pop_back();
    if (line.empty() && nodes[i].parent != kNoId) {
      return fail(ErrorKind::invalid, "division.parent_missing", {{"code", nodes[i].code}});
    }
    for (const std::size_t above : line) ++nodes[above].below;
    line.push_back(i);
  }
  return Done{};
}

std::string digest_of(const std::vector<Division>& nodes) {
  std::string all;
  for (const Division& node : nodes) all += node.code + '\t' + node.name + '\n';
  return to_hex(sha256(all));
}

}  // namespace

Result<Loaded> load(Store& store, Actor actor, const std::filesystem::path& folder) {
  std::vector<Division> nodes;
  for (std::size_t level = 0; level < kFiles.size(); ++level) {
    const auto read = read_level(folder / kFiles[level], level, nodes);
    if (!read) return read.error();
  }
  if (const auto joined = join(nodes); !joined) return joined.error();
  Loaded loaded{static_cast<std::int64_t>(nodes.size()), digest_of(nodes), false};
  return store.write_alone(actor, [&](Transaction& tx) -> Result<Loaded> {
    const auto held = tx.one<Release>(sql::division::release);
    if (held && held->digest == loaded.digest) {
      loaded.unchanged = true;
      return loaded;
    }
    tx.run(sql::division::forget);
    for (const Division& node : nodes) {
      tx.run(sql::division::add, node.id, node.parent, node.code, node.name, node.level,
             node.below);
    }
    // Later than the one before, whatever the clock says: that is how a change is seen.
    const std::int64_t now =
        std::max(tx.store().clock().now_ms(), held ? held->loaded + 1 : std::int64_t{0});
    tx.run(sql::division::set_release, loaded.digest, loaded.nodes, now);
    tx.fact(
        fact::kLoaded, tx.store().clock().today(), kNoId,
        {.amount = loaded.nodes, .payload = fmt::format(R"({{"sha256":"{}"}})", loaded.digest)});
    return loaded;
  });
}

}  // namespace jishi::division
