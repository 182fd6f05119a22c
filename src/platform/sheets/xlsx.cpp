#include <algorithm>
#include <atomic>

#include "platform/sheets/readers.hpp"
#include "platform/sheets/xlsx_sheet.hpp"

namespace jishi::sheets {

namespace {

struct XlsxContents {
  Epoch epoch = Epoch::e1900;
  std::vector<SheetInfo> sheets;
  std::vector<std::string> parts;  // of the sheets
  Styles styles;
  std::string strings_part;
};

class XlsxWorkbook final : public Workbook {
 public:
  XlsxWorkbook(std::unique_ptr<ZipPackage> package, XlsxContents contents)
      : package_(std::move(package)),
        contents_(std::move(contents)),
        strings_(*package_, contents_.strings_part) {}

  Format format() const override { return Format::xlsx; }
  const std::vector<SheetInfo>& sheets() const override { return contents_.sheets; }
  Epoch epoch() const override { return contents_.epoch; }
  Progress progress() const override {
    return {done_.load(std::memory_order_relaxed), total_.load(std::memory_order_relaxed)};
  }

  Result<Done> read(std::size_t sheet, RowSink& sink) override {
    done_ = 0;
    auto part = package_->part(contents_.parts.at(sheet));
    if (!part) return part.error();
    total_ = part->stated_size();
    const SheetContext context{strings_, contents_.styles, contents_.epoch,
                               contents_.sheets[sheet].name.value_or(""), done_};
    return read_xlsx_sheet(*package_, std::move(*part), context, sink);
  }

 private:
  std::unique_ptr<ZipPackage> package_;
  XlsxContents contents_;
  SharedStrings strings_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> total_{0};
};

std::string target_of_type(const std::vector<Relation>& relations, std::string_view type) {
  const auto found = std::find_if(relations.begin(), relations.end(),
                                  [type](const Relation& each) { return each.type == type; });
  return found == relations.end() ? "" : found->target;
}

/// The name of the workbook part; `sheets.unsupported` for archives that are no .xlsx.
Result<std::string> workbook_part_name(ZipPackage& package) {
  const auto relations = read_relations(package, "");
  if (!relations) return relations.error();
  std::string name = target_of_type(*relations, "officeDocument");
  if (name.empty()) name = "xl/workbook.xml";
  if (name.ends_with(".bin") || !package.has(name)) return package.source().error("unsupported");
  return name;
}

void add_sheets(const WorkbookPart& workbook, const std::vector<Relation>& relations,
                XlsxContents& contents) {
  for (const ListedSheet& sheet : workbook.sheets) {
    const auto relation =
        std::find_if(relations.begin(), relations.end(),
                     [&](const Relation& each) { return each.id == sheet.relation; });
    if (relation == relations.end() || relation->type != "worksheet") continue;
    contents.sheets.push_back({sheet.name, sheet.hidden, contents.sheets.size()});
    contents.parts.push_back(relation->target);
  }
}

}  // namespace

Result<std::unique_ptr<Workbook>> open_xlsx(const Source& source) {
  auto package = ZipPackage::open(source);
  if (!package) return package.error();
  const auto name = workbook_part_name(**package);
  if (!name) return name.error();
  const auto workbook = read_workbook_part(**package, *name);
  if (!workbook) return workbook.error();
  const auto relations = read_relations(**package, *name);
  if (!relations) return relations.error();

  XlsxContents contents;
  contents.epoch = workbook->epoch;
  add_sheets(*workbook, *relations, contents);
  contents.strings_part = target_of_type(*relations, "sharedStrings");
  const std::string styles_part = target_of_type(*relations, "styles");
  if (!styles_part.empty() && (*package)->has(styles_part)) {
    auto styles = read_styles(**package, styles_part);
    if (!styles) return styles.error();
    contents.styles = std::move(*styles);
  }
  return std::unique_ptr<Workbook>(
      std::make_unique<XlsxWorkbook>(std::move(*package), std::move(contents)));
}

}  // namespace jishi::sheets
