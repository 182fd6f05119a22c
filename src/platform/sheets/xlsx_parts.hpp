#pragma once
// The small parts of an .xlsx: relationships, the list of sheets, styles, shared strings.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sheets/numbers.hpp"
#include "platform/sheets/string_table.hpp"
#include "platform/sheets/xml_stream.hpp"

namespace jishi::sheets {

/// Resolves `_xHHHH_`, by which OOXML writes characters that XML cannot hold (`_x000D_`).
std::string unescaped(std::string_view text);

/// A relationship of a part; `type` is the last word of its URI (`worksheet`), `target` the name of
/// the other part in the package.
struct Relation {
  std::string id;
  std::string type;
  std::string target;
};

/// The relationships of a part (`""` for those of the package); none where it has none.
Result<std::vector<Relation>> read_relations(ZipPackage& package, std::string_view part);

/// A sheet as the workbook part lists it.
struct ListedSheet {
  std::string name;
  std::string relation;
  bool hidden = false;
};

struct WorkbookPart {
  Epoch epoch = Epoch::e1900;
  std::vector<ListedSheet> sheets;
};

/// Reads the workbook part. Errors: `sheets.unsupported` where it is no workbook, `too_large` for
/// more sheets than the limit.
Result<WorkbookPart> read_workbook_part(ZipPackage& package, std::string_view part);

/// For each cell style (the `s` of a cell) what its number format shows.
using Styles = std::vector<NumberFormat>;
Result<Styles> read_styles(ZipPackage& package, std::string_view part);

/// The shared strings, read as far as they are asked for: the first rows of a large workbook need
/// only the first strings.
class SharedStrings {
 public:
  /// `part` is empty for a workbook without shared strings.
  SharedStrings(ZipPackage& package, std::string part);
  ~SharedStrings();
  /// A string by its number. The view lasts as long as this object. Errors: `sheets.damaged` for a
  /// number that is not there, `too_large`, those of the XML.
  Result<std::string_view> at(std::uint32_t number);

 private:
  class Handler;
  Result<Done> read_up_to(std::uint32_t number);

  ZipPackage& package_;
  std::string part_;
  StringTable strings_;
  std::unique_ptr<Handler> handler_;
  std::unique_ptr<XmlStream> stream_;
  bool ended_ = false;
};

}  // namespace jishi::sheets
