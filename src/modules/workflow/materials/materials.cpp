#include "modules/workflow/materials/materials.hpp"

#include "modules/workflow/materials/materials.sql.hpp"

namespace jishi::workflow {

namespace {

struct Count {
  std::string element;
  std::string material;
  int files = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (element, material, files))

int files_of(const std::vector<Count>& counts, const std::string& element,
             const std::string& material) {
  for (const Count& count : counts) {
    if (count.element == element && count.material == material) return count.files;
  }
  return 0;
}

}  // namespace

std::vector<AskedMaterial> asked_materials(db::Reader& reader, const HeldCase& held,
                                           const std::vector<Index>& order,
                                           const std::vector<std::string>& reached) {
  const auto counts = reader.all<Count>(sql::materials::counts, held.row.id);
  std::vector<AskedMaterial> asked;
  for (const Index index : order) {
    const Node& node = held.playable->definition->nodes[index];
    const bool due = std::find(reached.begin(), reached.end(), node.id) != reached.end();
    for (const std::string& material : node.materials) {
      AskedMaterial line{node.id, node.name, material, due ? "missing" : "ahead", 0};
      line.files = files_of(counts, node.id, material);
      if (line.files > 0) line.state = "there";
      asked.push_back(std::move(line));
    }
  }
  return asked;
}

}  // namespace jishi::workflow
