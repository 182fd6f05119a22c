#include <algorithm>

#include "base/money.hpp"
#include "base/text.hpp"
#include "modules/intake/read/dates.hpp"
#include "modules/intake/statement/statement.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::intake {

namespace {

constexpr std::uint32_t kMostRowsAbove = 40;  // of the header: banks write a title, an account

/// Headers as banks call them, folded; the first of a column that is there counts.
struct Headers {
  std::string_view column;
  std::vector<std::string_view> names;
};

const std::vector<Headers>& known_headers() {
  static const std::vector<Headers> known{
      {"日期", {"交易日期", "入账日期", "记账日期", "交易时间", "交易日", "日期", "DATE"}},
      {"金额",
       {"贷方发生额", "贷方金额", "贷方", "收入金额", "收入", "存入金额", "交易金额", "发生额",
        "金额", "CREDIT", "AMOUNT"}},
      {"付款人",
       {"对方户名", "对方账户名称", "对方名称", "付款人户名", "付款人名称", "付款人", "付款方",
        "交易对方", "户名", "PAYER"}},
      {"摘要", {"附言", "交易附言", "用途", "摘要", "备注", "REMARK", "MEMO"}},
      {"收支", {"收/支", "收支", "收支标志", "收付标志", "借贷标志", "借贷方向", "借贷", "借/贷"}},
  };
  return known;
}

/// What stands there of money that goes out, or only from one's purse to one's account, where one
/// column has the sums of both ways.
constexpr std::string_view kOutgoing[] = {"支出", "支", "付", "转出",  "借",      "借方",
                                          "D",    "DR", "/",  "DEBIT", "不计收支"};

enum Column : std::size_t { kDay, kAmount, kPayer, kRemark, kWay, kColumns };
constexpr std::size_t kNowhere = ~std::size_t{0};
using Places = std::array<std::size_t, kColumns>;

Places places_in(std::span<const sheets::Cell> cells) {
  Places places;
  places.fill(kNowhere);
  for (std::size_t column = 0; column < kColumns; ++column) {
    for (const std::string_view name : known_headers()[column].names) {
      for (std::size_t at = 0; at < cells.size() && places[column] == kNowhere; ++at) {
        if (fold_header(cells[at].text) == name) places[column] = at;
      }
    }
  }
  return places;
}

bool whole(const Places& places) {
  return places[kDay] != kNowhere && places[kAmount] != kNowhere && places[kPayer] != kNowhere;
}

class Reading {
 public:
  Reading(sheets::Epoch epoch, Date today) : epoch_(epoch), today_(today) {}

  bool row(std::uint32_t number, std::span<const sheets::Cell> cells) {
    if (!whole(places_)) {
      if (++above_ > kMostRowsAbove) return false;
      places_ = places_in(cells);
      return true;
    }
    error_ = take(number, cells);
    return !error_;
  }

  bool found() const { return whole(places_); }
  std::optional<Error> error() { return std::move(error_); }
  Statement take_statement() { return std::move(statement_); }

 private:
  static std::string text_at(std::span<const sheets::Cell> cells, std::size_t at) {
    return at < cells.size() ? tidy(cells[at].text) : std::string();
  }

  std::optional<Error> take(std::uint32_t number, std::span<const sheets::Cell> cells) {
    const std::string written = text_at(cells, places_[kAmount]);
    const std::string payer = text_at(cells, places_[kPayer]);
    // Some banks write what comes in with a plus.
    const auto cents = cents_of_yuan(written.starts_with('+') ? written.substr(1) : written);
    const std::string way = fold_code(text_at(cells, places_[kWay]));
    const bool outgoing =
        std::find(std::begin(kOutgoing), std::end(kOutgoing), way) != std::end(kOutgoing);
    const auto day =
        places_[kDay] < cells.size() ? date_in(cells[places_[kDay]], epoch_) : std::nullopt;
    // Sums at the end name nobody; what goes out is said to, stands in another column, or below
    // nought.
    if (payer.empty() || written.empty() || outgoing || (cents && *cents <= 0)) {
      ++statement_.passed_over;
      return std::nullopt;
    }
    if (statement_.rows.size() + statement_.unread.size() == kMostStatementRows) {
      return fail(ErrorKind::invalid, "intake.statement_size",
                  {{"path", "file"}, {"limit", std::to_string(kMostStatementRows)}});
    }
    if (!cents || !day || *day > today_) {
      const bool in_future = cents && day;
      statement_.unread.push_back(
          {number, in_future ? UnreadWhy::in_future : UnreadWhy::unreadable,
           cents ? UnreadPart::day : UnreadPart::amount,
           in_future ? to_iso(*day) : text_at(cells, places_[cents ? kDay : kAmount])});
      return std::nullopt;
    }
    statement_.rows.push_back({number, *day, *cents, payer, text_at(cells, places_[kRemark])});
    return std::nullopt;
  }

  sheets::Epoch epoch_;
  Date today_;
  Places places_ = places_in({});
  std::uint32_t above_ = 0;
  Statement statement_;
  std::optional<Error> error_;
};

}  // namespace

Result<Statement> read_statement(const std::filesystem::path& path, std::string_view shown_as,
                                 Date today) {
  sheets::Limits limits;
  limits.file_bytes = kMostStatementBytes;
  const auto workbook = sheets::open(path, limits, shown_as);
  if (!workbook) return workbook.error();
  for (const sheets::SheetInfo& sheet : (*workbook)->sheets()) {
    Reading reading((*workbook)->epoch(), today);
    const auto read = sheets::read_rows(
        **workbook, sheet.index, [&](std::uint32_t number, std::span<const sheets::Cell> cells) {
          return reading.row(number, cells);
        });
    if (!read) return read.error();
    if (auto error = reading.error()) return std::move(*error);
    if (reading.found()) return reading.take_statement();
  }
  return fail(ErrorKind::invalid, "intake.statement_headers", {{"path", "file"}});
}

}  // namespace jishi::intake
