#include <array>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "modules/demo/demo.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::demo {

namespace {

using sheets::Column;
using sheets::Value;

constexpr std::int64_t kRowsPerSheet = 1'000'000;

/// One workbook: its name, which is that of its sheets too, and its columns.
struct Shape {
  const char* name;
  std::vector<Column> columns;
};

// The canonical headers of the contract, in its order.
const Shape kOrganisations = {"党组织名册",
                              {{"组织代码", 14},
                               {"组织名称", 48},
                               {"上级组织代码", 14},
                               {"组织类别", 14},
                               {"单位名称", 40},
                               {"统一社会信用代码", 21},
                               {"单位类别", 10},
                               {"行政区划代码", 14},
                               {"成立日期", 12},
                               {"本届选举日期", 14},
                               {"任期", 6},
                               {"延期至", 12},
                               {"撤销日期", 12},
                               {"联系电话", 14}}};
const Shape kMembers = {"党员名册",
                        {{"人员编号", 13},
                         {"姓名", 14},
                         {"公民身份号码", 21},
                         {"性别", 6},
                         {"民族", 10},
                         {"出生日期", 12},
                         {"学历", 16},
                         {"人员类别", 10},
                         {"组织代码", 14},
                         {"入党日期", 12},
                         {"转正日期", 12},
                         {"预备期延长至", 14},
                         {"工作岗位", 34},
                         {"手机号码", 13},
                         {"家庭住址", 34},
                         {"党籍状态", 10},
                         {"失联日期", 12},
                         {"流动开始日期", 14}}};
const Shape kPosts = {
    "任职名册",
    {{"人员编号", 13}, {"组织代码", 14}, {"职务", 12}, {"任职日期", 12}, {"免职日期", 12}}};
const Shape kActivities = {"组织生活记录",
                           {{"组织代码", 14},
                            {"活动类别", 14},
                            {"日期", 12},
                            {"所属期间", 10},
                            {"主题", 34},
                            {"地点", 16},
                            {"应到", 6},
                            {"实到", 6},
                            {"参加人", 60}}};
const Shape kPayments = {"党费缴纳",
                         {{"人员编号", 13}, {"所属月份", 10}, {"金额", 10}, {"缴纳日期", 12}}};

/// A workbook being written; it opens a further sheet when one is full.
class Book {
 public:
  Book(const Shape& shape, std::unique_ptr<sheets::SheetWriter> writer, bool one_sheet)
      : shape_(shape), writer_(std::move(writer)), one_sheet_(one_sheet) {}

  Result<Done> row(std::span<const Value> cells) {
    if (rows_ == 0 || (!one_sheet_ && rows_ % kRowsPerSheet == 0)) {
      const std::int64_t number = rows_ / kRowsPerSheet + 1;
      const std::string name = number == 1 ? shape_.name : fmt::format("{}{}", shape_.name, number);
      auto begun = writer_->begin_sheet(name, shape_.columns);
      if (!begun) return begun;
    }
    ++rows_;
    return writer_->row(cells);
  }
  Result<Done> finish() { return writer_->finish(); }

 private:
  const Shape& shape_;
  std::unique_ptr<sheets::SheetWriter> writer_;
  bool one_sheet_;
  std::int64_t rows_ = 0;
};

Result<Book> open_book(const Shape& shape, const std::filesystem::path& directory,
                       WorkbookFormat format) {
  const bool xlsx = format == WorkbookFormat::xlsx;
  const auto path = directory / fmt::format("{}.{}", shape.name, xlsx ? "xlsx" : "csv");
  auto writer = xlsx ? sheets::write_xlsx(path) : sheets::write_csv(path);
  if (!writer) return writer.error();
  return Book(shape, std::move(*writer), !xlsx);
}

Value date_or_nothing(const std::optional<Date>& date) {
  return date ? Value(*date) : Value();
}

Value text_or_nothing(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

/// Writes one workbook after another, as the rows come.
class WorkbookSink final : public CitySink {
 public:
  WorkbookSink(const Codes& codes, const std::filesystem::path& directory, WorkbookFormat format)
      : codes_(codes), directory_(directory), format_(format) {}

  bool organisation(const intake::OrganisationRow& row) override;
  bool member(const intake::MemberRow& row) override;
  bool post(const intake::PostRow& row) override;
  bool activity(const intake::ActivityRow& row) override;
  bool payment(const intake::PaymentRow& row) override;

  /// Closes the last workbook. The first error, if there was one.
  Result<Done> finish();

 private:
  template <std::size_t size>
  bool write(const Shape& shape, const std::array<Value, size>& cells);
  bool turn_to(const Shape& shape);
  bool note(const Result<Done>& done);
  std::string_view label(std::string_view set, std::string_view code) const {
    return codes_.set(set).label(code, Language::zh);
  }

  const Codes& codes_;
  const std::filesystem::path& directory_;
  const WorkbookFormat format_;
  const Shape* shape_ = nullptr;
  std::optional<Book> book_;
  std::optional<Error> error_;
  std::string participants_;
  std::string period_;
};

bool WorkbookSink::note(const Result<Done>& done) {
  if (done) return true;
  if (!error_) error_ = done.error();
  return false;
}

bool WorkbookSink::turn_to(const Shape& shape) {
  if (shape_ == &shape) return true;
  if (book_ && !note(book_->finish())) return false;
  shape_ = &shape;
  auto book = open_book(shape, directory_, format_);
  if (!book) {
    error_ = book.error();
    return false;
  }
  book_.emplace(std::move(*book));
  return true;
}

template <std::size_t size>
bool WorkbookSink::write(const Shape& shape, const std::array<Value, size>& cells) {
  return turn_to(shape) && note(book_->row(cells));
}

Result<Done> WorkbookSink::finish() {
  if (!error_ && book_) note(book_->finish());
  if (error_) return *error_;
  return Done{};
}

bool WorkbookSink::organisation(const intake::OrganisationRow& row) {
  return write(kOrganisations,
               std::array<Value, 14>{
                   row.code, row.name, text_or_nothing(row.parent),
                   label("organisation_kind", row.kind), text_or_nothing(row.unit_name),
                   text_or_nothing(row.credit_code), label("unit_kind", row.unit_kind),
                   row.division, date_or_nothing(row.founded), date_or_nothing(row.elected),
                   row.term_years ? Value(std::int64_t{*row.term_years}) : Value(),
                   date_or_nothing(row.extended_to), date_or_nothing(row.ended), row.phone});
}

bool WorkbookSink::member(const intake::MemberRow& row) {
  return write(kMembers,
               std::array<Value, 18>{
                   row.number, row.name, text_or_nothing(row.citizen_id), label("sex", row.sex),
                   label("ethnic", row.ethnic), row.birth ? Value(row.birth->from) : Value(),
                   label("education", row.education), label("member_stage", row.stage),
                   row.organisation, row.joined, date_or_nothing(row.confirmed),
                   date_or_nothing(row.probation_until), label("occupation", row.occupation),
                   text_or_nothing(row.phone), row.address, label("member_status", row.status),
                   date_or_nothing(row.lost_since), date_or_nothing(row.floating_since)});
}

bool WorkbookSink::post(const intake::PostRow& row) {
  return write(kPosts,
               std::array<Value, 5>{row.number, row.organisation, label("post_title", row.title),
                                    row.from, date_or_nothing(row.to)});
}

bool WorkbookSink::activity(const intake::ActivityRow& row) {
  participants_.clear();
  for (const std::string& participant : row.participants) {
    if (!participants_.empty()) participants_ += "、";
    participants_ += participant;
  }
  period_ = row.period ? row.period->text() : std::string();
  const auto count = [](const std::optional<int>& number) {
    return number ? Value(std::int64_t{*number}) : Value();
  };
  return write(kActivities,
               std::array<Value, 9>{row.organisation, label("activity_kind", row.kind), row.held_on,
                                    text_or_nothing(period_), row.topic, row.place, count(row.due),
                                    count(row.present), text_or_nothing(participants_)});
}

bool WorkbookSink::payment(const intake::PaymentRow& row) {
  period_ = fmt::format("{:04d}-{:02d}", row.month / 12, row.month % 12 + 1);
  return write(kPayments, std::array<Value, 4>{row.number, period_,
                                               static_cast<double>(row.amount_cents) / 100,
                                               date_or_nothing(row.paid_on)});
}

}  // namespace

Result<CityCounts> write_workbooks(const Shares& shares, const CityPlan& plan, const Codes& codes,
                                   const std::filesystem::path& directory, WorkbookFormat format) {
  WorkbookSink sink(codes, directory, format);
  auto counts = make_city(shares, plan, sink);
  if (!counts) return counts;
  auto finished = sink.finish();
  if (!finished) return finished.error();
  return counts;
}

}  // namespace jishi::demo
