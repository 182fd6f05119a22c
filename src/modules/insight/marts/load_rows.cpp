#include "modules/insight/marts/load_rows.hpp"

#include "base/id.hpp"
#include "modules/insight/marts/store_rows.sql.hpp"
#include "platform/duck/appender.hpp"

namespace jishi::insight {

namespace {

struct OrganisationRow {
  Id id = kNoId;
  std::string kind;
  std::string unit_kind;
  std::optional<Date> founded;
  std::optional<Date> elected;
  std::optional<std::int32_t> term_years;
  std::optional<Date> extended_to;
  std::optional<Date> ended;
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (),
                      (id, kind, unit_kind, founded, elected, term_years, extended_to, ended))

struct MemberRow {
  Id person = kNoId;
  Id organisation = kNoId;
  std::string sex;
  std::string ethnic;
  std::optional<Date> birth;
  std::string education;
  std::string occupation;
  std::string stage;
  std::optional<Date> joined;
  std::optional<Date> confirmed;
  std::optional<Date> probation_until;
  std::string status;
  std::optional<Date> lost_since;
  std::optional<Date> floating_since;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (),
                      (person, organisation, sex, ethnic, birth, education, occupation, stage,
                       joined, confirmed, probation_until, status, lost_since, floating_since))

struct PostRow {
  Id id = kNoId;
  Id organisation = kNoId;
  Id person = kNoId;
  std::string title;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::string> holder_status;
};
BOOST_DESCRIBE_STRUCT(PostRow, (), (id, organisation, person, title, from, to, holder_status))

struct ActivityRow {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string kind;
  std::optional<Date> held_on;
  std::string period;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (), (id, organisation, kind, held_on, period))

struct PaymentRow {
  Id organisation = kNoId;
  Id person = kNoId;
  std::int32_t month = 0;
  std::optional<Date> paid_on;
  std::int64_t amount_cents = 0;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (), (organisation, person, month, paid_on, amount_cents))

struct TaskRow {
  Id task = kNoId;
  Id organisation = kNoId;
  std::string process;
  Date opened;
  Date due;
};
BOOST_DESCRIBE_STRUCT(TaskRow, (), (task, organisation, process, opened, due))

struct AncestryRow {
  Id ancestor = kNoId;
  Id organisation = kNoId;
  std::int32_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(AncestryRow, (), (ancestor, organisation, depth))

struct ParameterRow {
  std::string rule;
  std::string parameter;
  Id organisation = kNoId;
  std::int64_t value = 0;
  std::int32_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(ParameterRow, (), (rule, parameter, organisation, value, depth))

void append(duck::Appender& mart, const ActivityRow& row) {
  const auto period = parse_period(row.period);
  if (!period) {
    mart.append_row(row.id, row.organisation, row.kind, row.held_on, std::nullopt, std::nullopt,
                    std::nullopt);
    return;
  }
  static constexpr std::string_view kKinds[] = {"month", "quarter", "year"};
  mart.append_row(row.id, row.organisation, row.kind, row.held_on,
                  kKinds[static_cast<std::size_t>(period->kind)], period->first_day(),
                  period->last_day());
}

// Rows and marts have their columns in the same order.
template <class Row>
void append(duck::Appender& mart, const Row& row) {
  boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>(
      [&](auto member) { mart.add(row.*member.pointer); });
  mart.end_row();
}

template <class Row, class... Arguments>
Result<Done> load(db::Reader& reader, duck::Connection& duck, std::string_view table,
                  const Statement& statement, const Arguments&... arguments) {
  auto mart = duck::Appender::open(duck, table);
  if (!mart) return mart.error();
  reader.each<Row>(
      statement, [&](const Row& row) { append(*mart, row); }, arguments...);
  return mart->close();
}

}  // namespace

std::string json_list(const Ids& ids) {
  return db::number_list(ids);
}

Result<Done> load_organisations(db::Reader& reader, duck::Connection& duck) {
  return load<OrganisationRow>(reader, duck, "mart.organisation_base",
                               sql::store_rows::organisations);
}

Result<Done> load_members(db::Reader& reader, duck::Connection& duck) {
  return load<MemberRow>(reader, duck, "mart.member_base", sql::store_rows::members);
}

Result<Done> load_posts(db::Reader& reader, duck::Connection& duck) {
  return load<PostRow>(reader, duck, "mart.post_base", sql::store_rows::posts);
}

Result<Done> load_activities(db::Reader& reader, duck::Connection& duck) {
  return load<ActivityRow>(reader, duck, "mart.activity_base", sql::store_rows::activities);
}

Result<Done> load_payments(db::Reader& reader, duck::Connection& duck) {
  return load<PaymentRow>(reader, duck, "mart.payment_base", sql::store_rows::payments);
}

Result<Done> load_tasks(db::Reader& reader, duck::Connection& duck) {
  return load<TaskRow>(reader, duck, "mart.task_base", sql::store_rows::tasks);
}

Result<Done> load_ancestry(db::Reader& reader, duck::Connection& duck) {
  return load<AncestryRow>(reader, duck, "mart.ancestry", sql::store_rows::ancestry);
}

namespace {

/// Keeps of each organisation and parameter the value set nearest above; rows come farthest first.
class NearestValues {
 public:
  explicit NearestValues(duck::Appender& mart) : mart_(mart) {}

  void take(const ParameterRow& row) {
    const bool same = nearest_ && nearest_->rule == row.rule &&
                      nearest_->parameter == row.parameter &&
                      nearest_->organisation == row.organisation;
    if (!same) settle();
    nearest_ = row;
  }
  void settle() {
    if (nearest_)
      mart_.append_row(nearest_->rule, nearest_->parameter, nearest_->organisation,
                       static_cast<std::int32_t>(nearest_->value));
  }

 private:
  duck::Appender& mart_;
  std::optional<ParameterRow> nearest_;
};

template <class... Arguments>
Result<Done> load_values(db::Reader& reader, duck::Connection& duck, const Statement& statement,
                         const Arguments&... arguments) {
  auto mart = duck::Appender::open(duck, "mart.parameter_value");
  if (!mart) return mart.error();
  NearestValues values(*mart);
  reader.each<ParameterRow>(
      statement, [&](const ParameterRow& row) { values.take(row); }, arguments...);
  values.settle();
  return mart->close();
}

}  // namespace

Result<Done> load_parameter_values(db::Reader& reader, duck::Connection& duck) {
  return load_values(reader, duck, sql::store_rows::parameters);
}

Result<Done> load_parameter_values(db::Reader& reader, duck::Connection& duck,
                                   const ParameterOverride& other) {
  return load_values(reader, duck, sql::store_rows::parameters_with, other.rule, other.parameter,
                     other.organisation, other.value);
}

Result<Done> load_some_organisations(db::Reader& reader, duck::Connection& duck, const Ids& ids) {
  return load<OrganisationRow>(reader, duck, "mart.organisation_delta",
                               sql::store_rows::organisations_by_id, json_list(ids));
}

Result<Done> load_some_members(db::Reader& reader, duck::Connection& duck, const Ids& persons) {
  return load<MemberRow>(reader, duck, "mart.member_delta", sql::store_rows::members_by_person,
                         json_list(persons));
}

Result<Done> load_some_activities(db::Reader& reader, duck::Connection& duck, const Ids& ids) {
  return load<ActivityRow>(reader, duck, "mart.activity_delta", sql::store_rows::activities_by_id,
                           json_list(ids));
}

Result<Done> load_some_payments(db::Reader& reader, duck::Connection& duck, const Ids& persons) {
  return load<PaymentRow>(reader, duck, "mart.payment_delta", sql::store_rows::payments_by_person,
                          json_list(persons));
}

Result<bool> add_payments(db::Reader& reader, duck::Connection& duck, std::int64_t after,
                          std::int64_t until, const Ids& others) {
  const auto rows =
      reader.all<PaymentRow>(sql::store_rows::payments_recorded, after, until, json_list(others));
  const auto told = reader.one<std::int64_t>(sql::store_rows::count_payments_recorded, after, until,
                                             json_list(others));
  if (told != static_cast<std::int64_t>(rows.size())) return false;
  auto mart = duck::Appender::open(duck, "mart.payment_delta");
  if (!mart) return mart.error();
  for (const PaymentRow& row : rows) append(*mart, row);
  if (auto closed = mart->close(); !closed) return closed.error();
  return true;
}

Result<Done> load_some_tasks(db::Reader& reader, duck::Connection& duck, const Ids& ids) {
  return load<TaskRow>(reader, duck, "mart.task_delta", sql::store_rows::tasks_by_id,
                       json_list(ids));
}

Result<Done> load_some_posts(db::Reader& reader, duck::Connection& duck, const Ids& ids) {
  return load<PostRow>(reader, duck, "mart.post_delta", sql::store_rows::posts_by_id,
                       json_list(ids));
}

}  // namespace jishi::insight
