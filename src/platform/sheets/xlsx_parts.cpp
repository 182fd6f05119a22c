#include "platform/sheets/xlsx_parts.hpp"

#include <charconv>

#include "platform/sheets/utf8.hpp"

namespace jishi::sheets {

namespace {

constexpr std::size_t kMaxRelations = 4096;
constexpr std::size_t kMaxStyles = 65'536;
constexpr std::size_t kMaxFormatCode = 1024;

/// The part that a target names, seen from the folder of the part that names it.
std::string resolved(std::string_view folder, std::string_view target) {
  std::string path = target.starts_with('/') ? "" : std::string(folder);
  while (!target.empty()) {
    const auto slash = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, slash);
    target.remove_prefix(std::min(slash + 1, target.size()));
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      const auto above = path.rfind('/');
      path.resize(above == std::string::npos ? 0 : above);
      continue;
    }
    if (!path.empty()) path += '/';
    path += step;
  }
  return path;
}

class RelationsHandler final : public XmlHandler {
 public:
  RelationsHandler(const Source& source, std::string_view folder)
      : source_(source), folder_(folder) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship" || attributes.text("TargetMode") == "External") return;
    if (relations.size() == kMaxRelations) return fail(source_.error("too_large"));
    const std::string_view type = attributes.text("Type");
    relations.push_back({std::string(attributes.text("Id")),
                         std::string(type.substr(type.rfind('/') + 1)),
                         resolved(folder_, attributes.text("Target"))});
  }
  void end(std::string_view) override {}

  std::vector<Relation> relations;

 private:
  const Source& source_;
  std::string_view folder_;
};

class WorkbookHandler final : public XmlHandler {
 public:
  explicit WorkbookHandler(const Source& source) : source_(source) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (depth_++ == 0 && name != "workbook") return fail(source_.error("unsupported"));
    if (name == "workbookPr" && attributes.is_true("date1904")) workbook.epoch = Epoch::e1904;
    if (name != "sheet") return;
    if (workbook.sheets.size() == source_.limits.sheets) {
      return fail(
          source_.error("too_many_sheets", {{"limit", std::to_string(source_.limits.sheets)}}));
    }
    const char* relation = attributes.find_prefixed("id");
    const std::string_view state = attributes.text("state");
    workbook.sheets.push_back({std::string(attributes.text("name")),
                               relation == nullptr ? "" : relation,
                               state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override { --depth_; }

  WorkbookPart workbook;

 private:
  const Source& source_;
  int depth_ = 0;
};

class StylesHandler final : public XmlHandler {
 public:
  explicit StylesHandler(const Source& source) : source_(source) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "cellXfs") in_cell_styles_ = true;
    if (styles.size() + custom_.size() > kMaxStyles) return fail(source_.error("too_large"));
    if (name == "numFmt") {
      const std::string_view code = attributes.text("formatCode").substr(0, kMaxFormatCode);
      custom_.insert_or_assign(attributes.number("numFmtId", 0), format_of_code(code));
    } else if (name == "xf" && in_cell_styles_) {
      const std::uint32_t id = attributes.number("numFmtId", 0);
      const auto custom = custom_.find(id);
      styles.push_back(custom == custom_.end() ? built_in_format(id) : custom->second);
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles_ = false;
  }

  Styles styles;

 private:
  const Source& source_;
  std::map<std::uint32_t, NumberFormat> custom_;
  bool in_cell_styles_ = false;
};

}  // namespace

std::string unescaped(std::string_view text) {
  constexpr std::size_t kLength = 7;  // _xHHHH_
  std::string plain;
  plain.reserve(text.size());
  std::uint32_t high = 0;  // first half of a surrogate pair
  while (!text.empty()) {
    std::uint32_t unit = 0;
    const auto is_hex = [&unit](std::string_view digits) {
      const char* end = digits.data() + digits.size();
      return std::from_chars(digits.data(), end, unit, 16).ptr == end;
    };
    const bool escaped = text.size() >= kLength && text.starts_with("_x") && text[6] == '_' &&
                         is_hex(text.substr(2, 4));
    if (!escaped) {
      const auto next = std::min(text.find('_', 1), text.size());
      plain += text.substr(0, next);
      text.remove_prefix(next);
      continue;
    }
    text.remove_prefix(kLength);
    if (high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
      unit = 0x10000U + ((high - 0xD800U) << 10U) + (unit - 0xDC00U);
    }
    const bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
    high = is_high && text.starts_with("_x") ? unit : 0;
    if (high == 0) append_utf8(plain, unit);
  }
  return plain;
}

Result<std::vector<Relation>> read_relations(ZipPackage& package, std::string_view part) {
  const auto slash = part.rfind('/');
  const std::string_view folder =
      slash == std::string_view::npos ? std::string_view{} : part.substr(0, slash);
  const std::string_view file = part.substr(folder.empty() ? 0 : slash + 1);
  std::string name(folder);
  if (!name.empty()) name += '/';
  name.append("_rels/").append(file).append(".rels");
  RelationsHandler handler(package.source(), folder);
  if (package.has(name)) {
    const auto read = read_xml(package, name, handler);
    if (!read) return read.error();
  }
  return std::move(handler.relations);
}

Result<WorkbookPart> read_workbook_part(ZipPackage& package, std::string_view part) {
  WorkbookHandler handler(package.source());
  const auto read = read_xml(package, part, handler);
  if (!read) return read.error();
  return std::move(handler.workbook);
}

Result<Styles> read_styles(ZipPackage& package, std::string_view part) {
  StylesHandler handler(package.source());
  const auto read = read_xml(package, part, handler);
  if (!read) return read.error();
  return std::move(handler.styles);
}

/// Gathers the runs of a string; what stands in `rPh` tells how to pronounce it and is left out.
class SharedStrings::Handler final : public XmlHandler {
 public:
  Handler(const Source& source, StringTable& strings) : source_(source), strings_(strings) {}

  void start(std::string_view name, const Attributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") in_phonetic_ = true;
    in_text_ = name == "t" && !in_phonetic_;
  }
  void end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") in_phonetic_ = false;
    if (name != "si") return;
    if (text_.find("_x") != std::string::npos) text_ = unescaped(text_);
    if (!strings_.add(text_, source_.limits.shared_string_bytes)) fail(source_.error("too_large"));
  }
  void characters(std::string_view text) override {
    if (!in_text_) return;
    text_ += text;
    if (text_.size() <= source_.limits.text_length) return;
    if (utf16_length(text_) > source_.limits.text_length * kEscapeLength) {
      fail(source_.error("too_large"));
    }
  }

 private:
  static constexpr std::size_t kEscapeLength = 7;  // each character may stand as _xHHHH_

  const Source& source_;
  StringTable& strings_;
  std::string text_;
  bool in_phonetic_ = false;
  bool in_text_ = false;
};

SharedStrings::SharedStrings(ZipPackage& package, std::string part)
    : package_(package), part_(std::move(part)) {
}

SharedStrings::~SharedStrings() = default;

Result<std::string_view> SharedStrings::at(std::uint32_t number) {
  if (number >= strings_.size()) {
    const auto read = read_up_to(number);
    if (!read) return read.error();
    if (number >= strings_.size()) return package_.source().error("damaged");
  }
  return strings_[number];
}

Result<Done> SharedStrings::read_up_to(std::uint32_t number) {
  if (!stream_ && !ended_ && !part_.empty()) {
    auto part = package_.part(part_);
    if (!part) return part.error();
    handler_ = std::make_unique<Handler>(package_.source(), strings_);
    stream_ = std::make_unique<XmlStream>(std::move(*part), *handler_, package_.source());
  }
  while (stream_ && number >= strings_.size()) {
    const auto more = stream_->pump();
    if (!more) return more.error();
    if (*more) continue;
    stream_.reset();
    ended_ = true;
  }
  return Done{};
}

}  // namespace jishi::sheets
