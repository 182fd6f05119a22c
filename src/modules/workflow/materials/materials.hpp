#pragma once
// Papers on file in a case: what each step asks for (`jishi:materials`), and what is there.

#include "api/call.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr std::size_t kMostMaterialBytes = 20U << 20;  // of one file
inline constexpr int kMostMaterials = 100;                    // of a case
inline constexpr int kMostMaterialsShown = 200;               // of a page
/// Any step takes papers that it does not ask for, under this name.
inline constexpr std::string_view kOtherMaterial = "other";

struct ShownMaterial {
  Id id = kNoId;
  std::string element;
  std::string material;
  std::string name;  // of the file
  std::string type;  // pdf | jpeg | png | docx | xlsx | ofd
  std::int64_t bytes = 0;
  std::string hash;  // SHA-256 of the content, hexadecimal
  std::int64_t added_ms = 0;
  std::string added_by_name;
  bool mine = false;  // put there by whoever asks
};
BOOST_DESCRIBE_STRUCT(ShownMaterial, (),
                      (id, element, material, name, type, bytes, hash, added_ms, added_by_name,
                       mine))

/// A line of a case's check-list.
struct AskedMaterial {
  std::string element;
  std::string step;  // its name
  std::string material;
  std::string state;  // there | missing (the step is done, or lies before somebody) | ahead
  int files = 0;
};
BOOST_DESCRIBE_STRUCT(AskedMaterial, (), (element, step, material, state, files))

/// The check-list of a case, in the order in which a case comes to its steps. `reached`: the
/// elements of steps that are done or current.
std::vector<AskedMaterial> asked_materials(db::Reader& reader, const HeldCase& held,
                                           const std::vector<Index>& order,
                                           const std::vector<std::string>& reached);

void material_routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
