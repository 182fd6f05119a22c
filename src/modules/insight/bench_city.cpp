#include "modules/insight/bench_city.hpp"

#include <unordered_map>

#include "modules/insight/bench_city.duck.sql.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/marts/marts.hpp"
#include "modules/insight/rules/evaluate.hpp"
#include "platform/duck/appender.hpp"

namespace jishi::insight {

namespace {

constexpr std::int64_t kActivitiesOfBranch = 78;
constexpr std::int64_t kAttendancesOfActivity = 11;  // of two activities
constexpr std::int32_t kMonths = 24;
constexpr Id kNewActivities = Id{1} << 62;  // ids that the city does not use

class CityMarts final : public BenchMarts {
 public:
  CityMarts(std::unique_ptr<Marts> marts, std::vector<Rule> rules)
      : marts_(std::move(marts)), rules_(std::move(rules)), evaluation_(*marts_, rules_) {}

  Result<BenchCounts> fill(const BenchCity& city) override;

  Result<std::int64_t> lights(Date as_of) override {
    return counted(evaluation_.whole(as_of, Rows::without));
  }

  Result<std::vector<Id>> branches(std::size_t count) override;

  Result<Done> add_facts(const std::vector<Id>& branches, Date on) override;

  Result<Done> tidy() override { return marts_->tidy(); }

  Result<std::int64_t> lights_of(const std::vector<Id>& organisations, Date as_of,
                                 MartSet marts) override {
    return counted(evaluation_.within({organisations, evaluation_.rules_for(as_of, marts)}, as_of));
  }

 private:
  static Result<std::int64_t> counted(const Result<std::vector<Verdict>>& verdicts) {
    if (!verdicts) return verdicts.error();
    return static_cast<std::int64_t>(verdicts->size());
  }

  template <class... Values>
  Result<duck::Rows> run(const Statement& statement, const Values&... values) {
    auto prepared = marts_->connection().prepare(statement.text);
    if (!prepared) return prepared.error();
    return prepared->query(values...);
  }

  std::unique_ptr<Marts> marts_;
  std::vector<Rule> rules_;
  Evaluation evaluation_;
  std::unordered_map<Id, Id> payers_;  // of each branch the member who pays
  std::int64_t added_ = 0;
};

Result<BenchCounts> CityMarts::fill(const BenchCity& city) {
  namespace sql = jishi::sql::bench_city;
  if (auto sized = run(sql::counts, city.members, city.organisations, city.as_of); !sized)
    return sized.error();
  if (auto made = marts_->connection().execute(sql::helpers.text); !made) return made.error();
  const std::int64_t upper = 1 + std::max<std::int64_t>(1, city.organisations / 3000) +
                             std::max<std::int64_t>(1, city.organisations / 300) +
                             std::max<std::int64_t>(1, city.organisations / 30);
  const std::int64_t activities = (city.organisations - upper) * kActivitiesOfBranch;
  BenchCounts counts;
  const auto add = [&](std::int64_t& count, const Statement& statement,
                       std::optional<std::int64_t> rows) -> Result<Done> {
    auto added = rows ? run(statement, *rows) : run(statement);
    if (!added) return added.error();
    count = static_cast<std::int64_t>(added->changed());
    return Done{};
  };
  std::int64_t ignored = 0;
  const struct {
    std::int64_t& count;
    const Statement& statement;
    std::optional<std::int64_t> rows;
  } steps[] = {{counts.organisations, sql::organisations, city.organisations},
               {ignored, sql::ancestry, city.organisations},
               {counts.members, sql::members, city.members},
               {counts.posts, sql::posts, std::nullopt},
               {counts.activities, sql::activities, activities},
               {counts.attendances, sql::attendances, activities * kAttendancesOfActivity / 2},
               {counts.payments, sql::payments, city.members * kMonths}};
  for (const auto& step : steps) {
    if (auto added = add(step.count, step.statement, step.rows); !added) return added.error();
  }
  if (auto kept = marts_->connection().execute("checkpoint"); !kept) return kept.error();
  return counts;
}

Result<std::vector<Id>> CityMarts::branches(std::size_t count) {
  auto rows = run(sql::bench_city::pick_branches, count);
  if (!rows) return rows.error();
  std::vector<Id> picked;
  while (rows->next()) picked.push_back(rows->get_int64(0));
  return picked;
}

// In each branch one member pays and one activity is held: the rows the follower would be handed.
Result<Done> CityMarts::add_facts(const std::vector<Id>& branches, Date on) {
  if (payers_.empty()) {
    auto rows = run(sql::bench_city::payers);
    if (!rows) return rows.error();
    while (rows->next()) payers_[rows->get_int64(0)] = rows->get_int64(1);
  }
  std::set<Id> activities;
  for (std::size_t i = 0; i < branches.size(); ++i) activities.insert(kNewActivities + ++added_);
  auto transaction = duck::Transaction::begin(marts_->connection());
  if (!transaction) return transaction.error();
  if (auto gone = marts_->replace(kActivity, activities); !gone) return gone;
  auto payment = duck::Appender::open(marts_->connection(), "mart.payment_delta");
  if (!payment) return payment.error();
  auto activity = duck::Appender::open(marts_->connection(), "mart.activity_delta");
  if (!activity) return activity.error();
  const auto last_month =
      static_cast<std::int32_t>(year_of(on) * 12 + static_cast<int>(month_of(on)) - 1);
  auto next = activities.begin();
  for (const Id branch : branches) {
    activity->append_row(*next++, branch, "theme_day", on, std::nullopt, std::nullopt,
                         std::nullopt);
    const auto payer = payers_.find(branch);
    if (payer == payers_.end()) continue;
    payment->append_row(branch, payer->second, last_month, on, std::int64_t{2000});
  }
  if (auto closed = payment->close(); !closed) return closed;
  if (auto closed = activity->close(); !closed) return closed;
  return transaction->commit();
}

}  // namespace

Result<std::unique_ptr<BenchMarts>> BenchMarts::open(const std::filesystem::path& file,
                                                     const std::filesystem::path& pack,
                                                     unsigned threads) {
  auto rules = load_rules(pack);
  if (!rules) return rules.error();
  auto marts = Marts::without_store(file, threads);
  if (!marts) return marts.error();
  return std::unique_ptr<BenchMarts>(
      std::make_unique<CityMarts>(std::move(*marts), std::move(*rules)));
}

}  // namespace jishi::insight
