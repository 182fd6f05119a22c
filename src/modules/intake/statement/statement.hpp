#pragma once
// A bank's statement held against what members owe: who paid what for which months, as far as that
// can be told. Nothing is kept of it: what a person accepts is recorded as payments are.

#include <filesystem>
#include <set>

#include "api/routes.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::intake {

inline constexpr std::size_t kMostStatementRows = 2'000;
inline constexpr std::size_t kMostStatementMembers = 5'000;  // of the organisation and those below
inline constexpr std::size_t kMostProposals = 5;             // of a row
inline constexpr std::uint64_t kMostStatementBytes = 8U << 20U;

/// A row that brings money in.
struct StatementRow {
  std::uint32_t row = 0;  // as a spreadsheet counts, from 1
  Date paid_on;
  std::int64_t cents = 0;
  std::string payer;
  std::string remark;
};

/// Why nothing is proposed for a row: its day or its amount cannot be read, or its day has not
/// come.
enum class UnreadWhy { unreadable, in_future };
BOOST_DESCRIBE_ENUM(UnreadWhy, unreadable, in_future)

enum class UnreadPart { day, amount };
BOOST_DESCRIBE_ENUM(UnreadPart, day, amount)

/// A row that was not understood. It keeps none of the rest back.
struct UnreadRow {
  std::int64_t row = 0;
  UnreadWhy why = UnreadWhy::unreadable;
  UnreadPart part = UnreadPart::day;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(UnreadRow, (), (row, why, part, value))

struct Statement {
  std::vector<StatementRow> rows;
  int passed_over = 0;  // rows that bring nothing in, and sums
  std::vector<UnreadRow> unread;
};

/// Reads the first sheet that has a day, an amount and a payer, by the headers that banks use.
/// Errors: those of sheets::open(), intake.statement_headers, intake.statement_size.
Result<Statement> read_statement(const std::filesystem::path& path, std::string_view shown_as,
                                 Date today);

/// The months that a remark names, as month_index(), the earliest first: 12月, 十二月, 2025年12月,
/// 7-9月, 7月至9月, 7、8月, 第三季度, 202610, 202610-202611. A month without its year is the one
/// nearest to the day of payment. None where it names none (6个月), or what cannot be a month.
std::vector<int> months_named(std::string_view remark, Date paid_on);

/// What is still due for a month.
struct MonthOwed {
  int month = 0;  // month_index()
  std::int64_t cents = 0;
};

/// A member as rows are held against them.
struct StatementMember {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  dues::MemberMonths months;    // in which they were a member: nothing else is theirs to pay
  std::set<int> fixed;          // years of which it was fixed what is due
  std::vector<MonthOwed> owed;  // the oldest first, of all years that rows are of
  /// The last month that was paid: what is thought to be due where nothing was fixed.
  std::optional<MonthOwed> last_paid;
  std::vector<std::pair<Date, std::int64_t>> paid;  // what is on record with its day
};

/// exact: one member of that name or number, and just what some months ask for, the oldest first,
/// or those that the remark names; not a row that says what another one has said.
/// recorded: the sum is on record for that day. suggested: a person has to look. unknown: nobody.
enum class Match { exact, suggested, recorded, unknown };
BOOST_DESCRIBE_ENUM(Match, exact, suggested, recorded, unknown)

struct ProposedMonth {
  Period month;
  std::string amount;  // in yuan
};
BOOST_DESCRIBE_STRUCT(ProposedMonth, (), (month, amount))

struct Proposal {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::vector<ProposedMonth> months;
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (person, number, name, organisation, organisation_name, months))

struct MatchedRow {
  std::int64_t row = 0;
  Date paid_on;
  std::string amount;
  std::string payer;
  std::string remark;
  Match match = Match::unknown;
  std::vector<Proposal> proposals;   // the likeliest first
  std::optional<std::int64_t> like;  // the row of the same day, sum, payer and remark before it
};
BOOST_DESCRIBE_STRUCT(MatchedRow, (), (row, paid_on, amount, payer, remark, match, proposals, like))

struct MatchedStatement {
  std::vector<MatchedRow> rows;
  std::int64_t passed_over = 0;
  std::vector<UnreadRow> unread;
};
BOOST_DESCRIBE_STRUCT(MatchedStatement, (), (rows, passed_over, unread))

/// Months back from the day of payment that may still be paid: 中组发〔2008〕3号.
inline constexpr int kStatementMonthsBack = 6;

/// Puts what a member owes and paid around the days of all rows. Asked for those alone whom a row
/// may be of, once each: which of the months a row may be for goes by its own day.
using LookUp = std::function<Result<Done>(StatementMember&)>;

/// Holds each row against the members, those of one day in their order: a month that one row pays
/// is not proposed for another. Months that the remark names come before the oldest. Errors: those
/// of `look_up`.
Result<MatchedStatement> match_statement(const Statement& statement,
                                         std::vector<StatementMember> members,
                                         const LookUp& look_up);

/// POST …/organisations/{organisation}/payments/statements.
void statement_routes(api::Routes& routes, registry::Roll& roll);

}  // namespace jishi::intake
