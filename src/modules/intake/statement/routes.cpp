#include "base/money.hpp"
#include "modules/intake/statement/statement.hpp"

namespace jishi::intake {

namespace {

Result<std::vector<StatementMember>> members_of(const api::Call& call, db::Reader& reader,
                                                registry::Roll& roll) {
  const auto scope = registry::CallerScope::of(call, std::nullopt);
  if (!scope) return scope.error();
  registry::MemberQuery query;
  query.filter.organisation = call.organisation;
  query.whole = true;
  query.limit = registry::kMaxWholePage;
  std::vector<StatementMember> members;
  do {
    auto page = registry::members_page(reader, roll, scope->get(), query);
    if (!page) return page.error();
    for (registry::MemberRow& row : page->rows) {
      StatementMember member;
      member.person = row.person;
      member.number = std::move(row.number);
      member.name = std::move(row.name);
      member.organisation = row.organisation;
      member.organisation_name = std::move(row.organisation_name);
      members.push_back(std::move(member));
    }
    if (members.size() > kMostStatementMembers) {
      return fail(ErrorKind::refused, "intake.statement_members",
                  {{"limit", std::to_string(kMostStatementMembers)}});
    }
    query.after = std::move(page->next);
  } while (!query.after.empty());
  return members;
}

std::int64_t cents_of(const std::string& yuan) {
  return cents_of_yuan(yuan).value_or(0);
}

void put_paid(StatementMember& member, const dues::AccountMonth& month) {
  for (const dues::AccountPayment& payment : month.payments) {
    if (payment.paid_on) member.paid.emplace_back(*payment.paid_on, cents_of(payment.amount));
  }
}

/// The years that rows are of, and the one before the first: days that cannot be recorded any more
/// do not count.
std::pair<int, int> years_of(const Statement& statement, Date today) {
  std::pair<int, int> years{year_of(today), year_of(today) - 1};
  for (const StatementRow& row : statement.rows) {
    years.first = std::min(years.first, year_of(row.paid_on));
    years.second = std::max(years.second, year_of(row.paid_on));
  }
  return {std::max(years.first, year_of(today) - 1) - 1, years.second};
}

Result<Done> look_up(const api::Call& call, db::Reader& reader, std::pair<int, int> years,
                     StatementMember& member) {
  if (const auto membership = dues::membership_of(reader, member.person))
    member.months = dues::months_of(*membership);
  for (int year = years.first; year <= years.second; ++year) {
    const auto account = dues::dues_account(reader, call.store.keys(), member.person, year);
    if (!account) return account.error();
    for (const dues::AccountMonth& month : account->months) {
      put_paid(member, month);
      if (month.due.empty()) continue;
      member.fixed.insert(year);
      const std::int64_t left =
          cents_of(month.due) + cents_of(month.voluntary) - cents_of(month.paid);
      if (left > 0) member.owed.push_back({month_index(month.month.first_day()), left});
    }
  }
  const auto paid = dues::months_paid(reader, member.person, 1);
  if (!paid.empty() && paid.front().amount_cents > 0)
    member.last_paid = MonthOwed{paid.front().month, paid.front().amount_cents};
  return Done{};
}

Result<MatchedStatement> match(api::Call& call, registry::Roll& roll) {
  if (const auto query = api::from_query<api::Nothing>(call.request.query); !query)
    return query.error();
  if (const auto form = api::from_query<api::Nothing>(call.request.form); !form)
    return form.error();
  if (call.request.files.size() != 1 || call.request.files.front().field != "file")
    return fail(ErrorKind::invalid, "intake.statement_file", {{"path", "file"}});
  const http::UploadedFile& file = call.request.files.front();
  const auto statement = read_statement(file.path, file.name, call.store.clock().today());
  if (!statement) return statement.error();
  return call.store.read([&](db::Reader& reader) -> Result<MatchedStatement> {
    auto members = members_of(call, reader, roll);
    if (!members) return members.error();
    const auto years = years_of(*statement, call.store.clock().today());
    return match_statement(*statement, std::move(*members), [&](StatementMember& member) {
      return look_up(call, reader, years, member);
    });
  });
}

boost::json::object form_shape(api::Schemas&) {
  return {{"type", "object"},
          {"properties", boost::json::object{{"file", boost::json::object{{"type", "string"},
                                                                          {"format", "binary"}}}}},
          {"required", boost::json::array{"file"}}};
}

}  // namespace

void statement_routes(api::Routes& routes, registry::Roll& roll) {
  api::Operation& matching =
      routes.raw(http::Method::post, "/api/v1/organisations/{organisation}/payments/statements",
                 {"intake.match_statement", "dues.write", api::organisation_in("organisation")},
                 [&roll](api::Call& call) { return api::answer(call, match(call, roll)); });
  matching.body_kind = http::BodyKind::upload;
  matching.body_limit = kMostStatementBytes + (64U << 10U);
  matching.time_limit = std::chrono::minutes(2);
  matching.run = http::Run::on_worker;
  matching.body = form_shape;
  matching.answer = api::schema_of<MatchedStatement, api::Way::answered>;
}

}  // namespace jishi::intake
