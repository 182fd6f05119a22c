#pragma once
// A bank's statement held against what members owe: who paid what for which months, as far as that
// can be told. Nothing is kept of it: what a person accepts is recorded as payments are.

#include <filesystem>

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

struct Statement {
  std::vector<StatementRow> rows;
  int passed_over = 0;  // rows that bring nothing in, and sums
};

/// Reads the first sheet that has a day, an amount and a payer, by the headers that banks use.
/// Errors: those of sheets::open(), intake.statement_headers, intake.statement_row,
/// intake.statement_size.
Result<Statement> read_statement(const std::filesystem::path& path, std::string_view shown_as);

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
  bool fixed = false;           // what is due was fixed; else it is thought to be as it was
  std::vector<MonthOwed> owed;  // the oldest first, months to come as well
  std::vector<std::pair<Date, std::int64_t>> paid;  // what is on record with its day
};

/// exact: one member of that name or number, and just what some months ask for, the oldest first.
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
  std::vector<Proposal> proposals;  // the likeliest first
};
BOOST_DESCRIBE_STRUCT(MatchedRow, (), (row, paid_on, amount, payer, remark, match, proposals))

struct MatchedStatement {
  std::vector<MatchedRow> rows;
  std::int64_t passed_over = 0;
};
BOOST_DESCRIBE_STRUCT(MatchedStatement, (), (rows, passed_over))

/// A member and the months that their dues are looked up around. Asked for those alone whom a row
/// may be of.
using LookUp = std::function<Result<Done>(StatementMember&, Date)>;

/// Holds each row against the members, those of one day in their order: a month that one row pays
/// is not proposed for another. Errors: those of `look_up`.
Result<MatchedStatement> match_statement(const Statement& statement,
                                         std::vector<StatementMember> members,
                                         const LookUp& look_up);

/// POST …/organisations/{organisation}/payments/statements.
void statement_routes(api::Routes& routes, registry::Roll& roll);

}  // namespace jishi::intake
