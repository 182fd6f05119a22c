#include "app/bench/city_files.hpp"

#include "platform/sheets/writer.hpp"

namespace jishi::app::bench {

namespace {

using sheets::Value;

Value date_cell(const std::optional<Date>& date) {
  return date ? Value(*date) : Value();
}

std::vector<sheets::Column> columns(std::initializer_list<const char*> headers) {
  std::vector<sheets::Column> made;
  for (const char* header : headers) made.push_back({header, 0});
  return made;
}

class FilesSink final : public demo::CitySink {
 public:
  FilesSink(const Codes& codes, sheets::SheetWriter& organisations, sheets::SheetWriter& members)
      : codes_(codes), organisations_(organisations), members_(members) {}

  Result<Done> begin() {
    const auto of_organisations =
        columns({"组织代码", "组织名称", "上级组织代码", "组织类别", "单位类别", "成立日期"});
    if (auto begun = organisations_.begin_sheet("党组织名册", of_organisations); !begun) {
      return begun;
    }
    const auto of_members =
        columns({"人员编号", "姓名", "公民身份号码", "性别", "民族", "出生日期", "学历", "人员类别",
                 "组织代码", "入党日期", "转正日期", "预备期延长至", "工作岗位", "手机号码",
                 "家庭住址", "党籍状态", "失联日期", "流动开始日期"});
    return members_.begin_sheet("党员名册", of_members);
  }

  bool organisation(const intake::OrganisationRow& row) override {
    const Value cells[] = {row.code,
                           row.name,
                           row.parent,
                           label("organisation_kind", row.kind),
                           label("unit_kind", row.unit_kind),
                           date_cell(row.founded)};
    return note(organisations_.row(cells));
  }

  bool member(const intake::MemberRow& row) override {
    const Value cells[] = {row.number,
                           row.name,
                           row.citizen_id,
                           label("sex", row.sex),
                           label("ethnic", row.ethnic),
                           row.birth ? Value(row.birth->from) : Value(),
                           label("education", row.education),
                           label("member_stage", row.stage),
                           row.organisation,
                           row.joined,
                           date_cell(row.confirmed),
                           date_cell(row.probation_until),
                           label("occupation", row.occupation),
                           row.phone,
                           row.address,
                           label("member_status", row.status),
                           date_cell(row.lost_since),
                           date_cell(row.floating_since)};
    return note(members_.row(cells));
  }

  // Enough.
  bool post(const intake::PostRow&) override { return false; }
  bool activity(const intake::ActivityRow&) override { return false; }
  bool payment(const intake::PaymentRow&) override { return false; }

  Result<Done> finish() {
    if (error_) return *error_;
    if (auto finished = organisations_.finish(); !finished) return finished;
    return members_.finish();
  }

 private:
  Value label(std::string_view set, std::string_view code) const {
    return codes_.set(set).label(code, Language::zh);
  }
  bool note(const Result<Done>& written) {
    if (!written && !error_) error_ = written.error();
    return written.has_value();
  }

  const Codes& codes_;
  sheets::SheetWriter& organisations_;
  sheets::SheetWriter& members_;
  std::optional<Error> error_;
};

}  // namespace

Result<CityFiles> write_city_files(const demo::Shares& shares, const demo::CityPlan& plan,
                                   const Codes& codes, const std::filesystem::path& folder,
                                   demo::WorkbookFormat format) {
  const bool xlsx = format == demo::WorkbookFormat::xlsx;
  const std::string_view ending = xlsx ? "xlsx" : "csv";
  CityFiles files{folder / fmt::format("organisations.{}", ending),
                  folder / fmt::format("members.{}", ending),
                  {}};
  const auto open = [&](const std::filesystem::path& file) {
    return xlsx ? sheets::write_xlsx(file) : sheets::write_csv(file);
  };
  auto organisations = open(files.organisations);
  if (!organisations) return organisations.error();
  auto members = open(files.members);
  if (!members) return members.error();
  FilesSink sink(codes, **organisations, **members);
  if (auto begun = sink.begin(); !begun) return begun.error();
  const auto counts = demo::make_city(shares, plan, sink);
  if (!counts) return counts.error();
  if (auto finished = sink.finish(); !finished) return finished.error();
  files.counts = *counts;
  return files;
}

}  // namespace jishi::app::bench
