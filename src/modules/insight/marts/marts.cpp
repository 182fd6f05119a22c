#include "modules/insight/marts/marts.hpp"

#include <fstream>

#include "base/hash.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/marts/marts_schema.duck.sql.hpp"
#include "modules/insight/marts/store_rows.sql.hpp"
#include "platform/duck/appender.hpp"

namespace jishi::insight {

namespace {

// To be raised with the form of the marts, so that older ones are made anew.
constexpr int kVersion = 4;

// Beyond so many facts at once, or this part of all, reading everything anew is quicker than
// following.
constexpr std::int64_t kFollowAtMost = 100'000;

constexpr std::int64_t kMergeAtPartOfBase = 10;

// When the deltas have grown to twice what they were and so many rows more, statements are planned
// anew: a plan made for an empty delta takes half as long again over a full one.
constexpr std::int64_t kPlanAnewAt = 10'000;

// So many rows at the end of a delta may be out of order: a sorted one is read only where the
// organisations stand.
constexpr std::int64_t kSortAt = 200'000;

struct MartTable {
  std::string_view name;
  std::string_view key;    // of what is replaced together
  std::string_view order;  // of its base
};
constexpr MartTable kTables[] = {
    {"organisation", "organisation", "organisation"},
    {"member", "person", "organisation, person"},
    {"post", "post", "organisation, post"},
    {"activity", "activity", "organisation, held_on, activity"},
    {"payment", "person", "organisation, person, month, paid_on, amount_cents"},
    {"task", "task", "organisation, task"}};

// An anti join: `not exists` would be planned with its keys made unique first, at thrice the cost.
std::string view_of(const MartTable& table) {
  return fmt::format(
      "create view mart.{0} as select b.* from mart.{0}_base as b"
      " anti join mart.{0}_gone as g on g.{1} = b.{1}"
      " union all select * from mart.{0}_delta;",
      table.name, table.key);
}

// Puts what `from` holds in order, as the `part` (base or delta) of the mart.
std::string sort_of(const MartTable& table, std::string_view from, std::string_view part) {
  return fmt::format(
             "create table mart.{0}_sorted as select * from mart.{1} order by {2};"
             "drop view mart.{0}; drop table mart.{0}_{3};"
             "alter table mart.{0}_sorted rename to {0}_{3};",
             table.name, from, table.order, part) +
         view_of(table);
}

std::filesystem::path marts_file(const Store& store) {
  return store.folder() / "marts.duckdb";
}

void remove_marts(const Store& store) {
  std::error_code ignored;
  std::filesystem::remove(marts_file(store), ignored);
  std::filesystem::remove(marts_file(store).concat(".wal"), ignored);
}

std::int64_t last_seq(db::Reader& reader) {
  return reader.one<std::int64_t>(sql::store_rows::last_seq).value_or(0);
}

std::string leaf_at(db::Reader& reader, std::int64_t seq) {
  const auto leaf = reader.one<Blob>(sql::store_rows::last_leaf, seq);
  return leaf ? to_hex(leaf->bytes) : std::string();
}

}  // namespace

static_assert(std::size(kTables) == 6);

Marts::Marts(duck::Database database) : database_(std::move(database)) {
}

Result<std::unique_ptr<Marts>> Marts::connect(duck::Database database) {
  std::unique_ptr<Marts> marts(new Marts(std::move(database)));
  auto connection = marts->database_.connect();
  if (!connection) return connection.error();
  marts->connection_.emplace(std::move(*connection));
  auto scope = duck::IdList::define(*marts->connection_, "scope_organisation");
  if (!scope) return scope.error();
  marts->scope_.emplace(std::move(*scope));
  auto keys = duck::IdList::define(*marts->connection_, "mart_key");
  if (!keys) return keys.error();
  marts->keys_.emplace(std::move(*keys));
  return marts;
}

Result<std::unique_ptr<Marts>> Marts::without_store(const std::filesystem::path& file,
                                                    unsigned threads) {
  const duck::Options options{.threads = threads};
  auto database =
      file.empty() ? duck::Database::in_memory(options) : duck::Database::open(file, options);
  if (!database) return database.error();
  auto marts = connect(std::move(*database));
  if (!marts) return marts;
  if (auto created = (*marts)->create(); !created) return created.error();
  return marts;
}

Result<std::unique_ptr<Marts>> Marts::open_file(Store& store, const MartsOptions& options) {
  auto database = duck::Database::open(
      marts_file(store), {.threads = options.threads, .temp_directory = store.folder() / "tmp"});
  if (!database) return database.error();
  auto marts = connect(std::move(*database));
  if (marts) (*marts)->merge_at_ = options.merge_at;
  return marts;
}

Result<std::unique_ptr<Marts>> Marts::open(Store& store, const MartsOptions& options) {
  const auto tell = [&](std::string_view code) {
    if (options.notice) options.notice(fail(ErrorKind::unavailable, code));
  };
  const bool existed = std::filesystem::exists(marts_file(store));
  auto marts = open_file(store, options);
  auto resumed = marts && existed ? (*marts)->resume(store) : Result<bool>(false);
  const auto damaged = [](const auto& result) {
    return !result && result.error().code == "platform.duck_damaged";
  };
  if (damaged(marts) || damaged(resumed)) {
    tell("insight.marts_damaged");
    marts = fail(ErrorKind::unavailable, "insight.marts_damaged");  // closes the file
    remove_marts(store);
    marts = open_file(store, options);
  } else if (resumed && *resumed) {
    return marts;
  } else if (existed) {
    tell("insight.marts_foreign");
  } else if (store.read(last_seq) > 0) {
    tell("insight.marts_missing");
  }
  if (!marts) return marts;
  if (auto rebuilt = (*marts)->rebuild(store); !rebuilt) return rebuilt.error();
  return marts;
}

void Marts::spoil(const Store& store) {
  remove_marts(store);
  std::ofstream(marts_file(store), std::ios::binary) << "damaged";
}

// Marts belong to a store when the fact they stand at is the store's: after a restore it may be
// another, or not there.
Result<bool> Marts::resume(Store& store) {
  auto rows = connection_->query(sql::marts_schema::follower.text);
  if (!rows && rows.error().code == "platform.duck_damaged") return rows.error();
  if (!rows || !rows->next() || rows->get_int64(0) != kVersion) return false;
  if (rows->get_text(1) != store.store_id()) return false;
  const std::int64_t position = rows->get_int64(2);
  const std::string leaf(rows->get_text(3));
  const std::string held =
      store.read([&](db::Reader& reader) { return leaf_at(reader, position); });
  if (held != leaf) return false;
  position_ = position;
  structure_stale_ = rows->get_bool(4);
  if (auto noted = note_parameters(); !noted) return noted.error();
  return true;
}

Result<Done> Marts::create() {
  if (auto made = connection_->execute(sql::marts_schema::create.text); !made) return made;
  for (const MartTable& table : kTables) {
    const auto made =
        connection_->execute(fmt::format("create table mart.{0}_delta as from mart.{0}_base;"
                                         "create table mart.{0}_gone ({1} bigint); {2}",
                                         table.name, table.key, view_of(table)));
    if (!made) return made;
  }
  return Done{};
}

Result<Done> Marts::set_position(const Store& store, db::Reader& reader, std::int64_t position) {
  const auto written = connection_->execute(fmt::format(
      "delete from mart.follower;"
      " insert into mart.follower values ({}, '{}', {}, '{}', {})",
      kVersion, store.store_id(), position, leaf_at(reader, position), structure_stale_));
  if (written) position_ = position;
  return written;
}

Result<Done> Marts::rebuild(Store& store, const LongWork& work) {
  ++generation_;
  for (auto& id : greatest_) id.reset();
  const std::int64_t position_before = position_;
  const bool stale_before = structure_stale_;
  auto parameters_before = set_parameters_;
  auto rebuilt = rebuild_within(store, work);
  if (rebuilt) return rebuilt;
  position_ = position_before;
  structure_stale_ = stale_before;
  set_parameters_ = std::move(parameters_before);
  return rebuilt;
}

Result<Done> Marts::rebuild_within(Store& store, const LongWork& work) {
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  if (auto dropped = connection_->execute(sql::marts_schema::drop.text); !dropped) return dropped;
  if (auto created = create(); !created) return created;
  const Result<Done> loaded = store.read([&](db::Reader& reader) -> Result<Done> {
    if (auto rows = load(reader, work); !rows) return rows;
    structure_stale_ = false;
    return set_position(store, reader, last_seq(reader));
  });
  if (!loaded) return loaded;
  return transaction->commit();
}

// Payments come in the order of persons; all others are read in the order of organisations.
Result<Done> Marts::load(db::Reader& reader, const LongWork& work) {
  // How much of all is done when a mart is loaded, in a city of the usual shape.
  constexpr std::pair<decltype(&load_members), double> kSteps[] = {
      {load_organisations, 0.02}, {load_members, 0.1}, {load_posts, 0.12},  {load_activities, 0.3},
      {load_payments, 0.85},      {load_tasks, 0.87},  {load_ancestry, 0.9}};
  for (const auto& [load_mart, done] : kSteps) {
    if (work.cancelled()) return fail(ErrorKind::refused, "insight.rebuild_cancelled");
    if (auto loaded = load_mart(reader, *connection_); !loaded) return loaded;
    work.progress(done);
  }
  if (auto parameters = load_parameters(reader); !parameters) return parameters;
  return connection_->execute(sort_of(kTables[kPayment], "payment_base", "base"));
}

Result<Done> Marts::refresh_structure(Store& store) {
  if (!structure_stale_) return Done{};
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  const auto cleared = connection_->execute(
      "delete from mart.ancestry; update mart.follower set structure_stale = false");
  if (!cleared) return cleared;
  const auto loaded =
      store.read([&](db::Reader& reader) { return load_ancestry(reader, *connection_); });
  if (!loaded) return loaded;
  auto committed = transaction->commit();
  if (committed) structure_stale_ = false;
  return committed;
}

Result<Done> Marts::load_parameters(db::Reader& reader) {
  if (auto cleared = connection_->execute("delete from mart.parameter_value"); !cleared)
    return cleared;
  if (auto loaded = load_parameter_values(reader, *connection_); !loaded) return loaded;
  return note_parameters();
}

Result<Done> Marts::note_parameters() {
  auto rows = connection_->query(sql::marts_schema::set_parameters.text);
  if (!rows) return rows.error();
  std::set<std::string> found;
  while (rows->next()) found.emplace(rows->get_text(0));
  if (found != set_parameters_) ++generation_;
  set_parameters_ = std::move(found);
  return Done{};
}

Result<Done> Marts::try_parameter(Store& store, const ParameterOverride& other,
                                  const std::function<Result<Done>()>& work) {
  Result<Done> done{Done{}};
  {
    auto transaction = duck::Transaction::begin(*connection_);
    if (!transaction) return transaction.error();
    done = connection_->execute("delete from mart.parameter_value");
    if (done)
      done = store.read(
          [&](db::Reader& reader) { return load_parameter_values(reader, *connection_, other); });
    if (done) done = note_parameters();
    if (done) done = work();
  }
  const auto noted = note_parameters();
  return done ? noted : done;
}

Result<Done> Marts::catch_up(Store& store) {
  const std::int64_t last = store.read(last_seq);
  if (last == position_) return Done{};
  const std::int64_t news =
      store.read([&](db::Reader& reader) { return facts_between(reader, position_, last); });
  if (news > std::max(kFollowAtMost, last / 5)) return rebuild(store);
  const std::int64_t position_before = position_;
  const bool stale_before = structure_stale_;
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  Result<Done> followed = store.read([&](db::Reader& reader) -> Result<Done> {
    const std::int64_t until = last_seq(reader);
    if (auto applied = apply(reader, touched_between(reader, position_, until)); !applied)
      return applied;
    return set_position(store, reader, until);
  });
  if (followed) followed = transaction->commit();
  if (followed) return followed;
  position_ = position_before;
  structure_stale_ = stale_before;
  return followed;
}

// Statements are planned once, and so that they need no parameters: the engine plans a statement
// with parameters whenever it runs.
Result<Done> Marts::run(std::optional<duck::Prepared>& kept, std::string_view text) {
  if (!kept) {
    auto prepared = connection_->prepare(text);
    if (!prepared) return prepared.error();
    kept.emplace(std::move(*prepared));
  }
  if (auto done = kept->query(); !done) return done.error();
  return Done{};
}

// Ids grow: beyond the greatest that a mart ever held there is nothing to take away.
Result<Id> Marts::greatest(MartNumber mart) {
  if (!greatest_[mart]) {
    const MartTable& table = kTables[mart];
    auto rows = connection_->query(
        fmt::format("select coalesce(max(id), 0) from (select max({1}) as id from mart.{0}_base"
                    " union all select max({1}) from mart.{0}_delta)",
                    table.name, table.key));
    if (!rows) return rows.error();
    greatest_[mart] = rows->next() ? rows->get_int64(0) : kNoId;
  }
  return *greatest_[mart];
}

// What was in base or delta under these keys gives way to what the store holds now.
Result<Done> Marts::replace(MartNumber mart, const std::set<Id>& ids) {
  if (ids.empty()) return Done{};
  const auto last = greatest(mart);
  if (!last) return last.error();
  std::vector<Id> held(ids.begin(), ids.upper_bound(*last));
  greatest_[mart] = std::max(*last, *ids.rbegin());
  if (held.empty()) return Done{};
  keys_->set(std::move(held));
  const MartTable& table = kTables[mart];
  const auto gone =
      run(add_gone_[mart], fmt::format("insert into mart.{0}_gone select k.id from mart_key() as k"
                                       " anti join mart.{0}_gone as g on g.{1} = k.id",
                                       table.name, table.key));
  if (!gone) return gone;
  return run(clear_delta_[mart],
             fmt::format("delete from mart.{}_delta where {} in (select id from mart_key())",
                         table.name, table.key));
}

Result<Done> Marts::apply(db::Reader& reader, const TouchedRecords& touched) {
  struct Step {
    MartNumber mart;
    const std::set<Id>& ids;
    Result<Done> (*load)(db::Reader&, duck::Connection&, const std::set<Id>&);
  };
  const Step steps[] = {{kOrganisation, touched.organisation_rows, load_some_organisations},
                        {kMember, touched.persons, load_some_members},
                        {kActivity, touched.activities, load_some_activities},
                        {kPayment, touched.payers, load_some_payments},
                        {kTask, touched.tasks, load_some_tasks}};
  for (const Step& step : steps) {
    if (step.ids.empty()) continue;
    if (auto replaced = replace(step.mart, step.ids); !replaced) return replaced;
    if (auto loaded = step.load(reader, *connection_, step.ids); !loaded) return loaded;
  }
  if (auto payments = apply_new_payments(reader, touched); !payments) return payments;
  if (auto posts = apply_posts(reader, touched); !posts) return posts;
  structure_stale_ = structure_stale_ || touched.structure;
  return touched.parameters ? load_parameters(reader) : Result<Done>(Done{});
}

// By far the most facts are payments, of persons who have some dozen already.
Result<Done> Marts::apply_new_payments(db::Reader& reader, const TouchedRecords& touched) {
  if (touched.paid.empty()) return Done{};
  const auto last = greatest(kPayment);
  if (!last) return last.error();
  const auto added =
      add_payments(reader, *connection_, touched.after, touched.until, touched.payers);
  if (!added) return added.error();
  if (!*added) {
    if (auto replaced = replace(kPayment, touched.paid); !replaced) return replaced;
    return load_some_payments(reader, *connection_, touched.paid);
  }
  greatest_[kPayment] = std::max(*last, *touched.paid.rbegin());
  return Done{};
}

// Posts carry the standing of their holder: a change of the person changes them.
Result<Done> Marts::apply_posts(db::Reader& reader, const TouchedRecords& touched) {
  Ids posts = touched.posts;
  if (!touched.persons.empty()) {
    reader.each<Id>(
        sql::store_rows::posts_of_persons, [&](Id post) { posts.insert(post); },
        json_list(touched.persons));
  }
  if (posts.empty()) return Done{};
  if (auto replaced = replace(kPost, posts); !replaced) return replaced;
  return load_some_posts(reader, *connection_, posts);
}

Result<Done> Marts::tidy() {
  std::string counts;
  for (const MartTable& table : kTables) {
    counts += fmt::format(
        "{0}(select count(*) from mart.{1}_delta), (select count(*) from mart.{1}_gone),"
        " (select count(*) from mart.{1}_base)",
        counts.empty() ? "select " : ", ", table.name);
  }
  auto rows = connection_->query(counts);
  if (!rows) return rows.error();
  if (!rows->next()) return Done{};
  std::int64_t changed = 0;
  for (std::size_t mart = 0; mart < kMartCount; ++mart) {
    const std::int64_t delta = rows->get_int64(3 * mart);
    const std::int64_t gone = rows->get_int64(3 * mart + 1);
    const std::int64_t base = rows->get_int64(3 * mart + 2);
    const std::int64_t merge_at =
        std::max(merge_at_, std::min(base / kMergeAtPartOfBase, merge_at_ * kMergeAtPartOfBase));
    auto done = Result<Done>(Done{});
    if (delta + gone > merge_at) {
      done = merge(mart);
    } else if (delta > sorted_[mart] + kSortAt) {
      done = sort(mart, delta);
    }
    if (!done) return done;
    changed += delta + gone;
  }
  if (changed > 2 * planned_for_ + kPlanAnewAt) {
    planned_for_ = changed;
    ++generation_;
  }
  return Done{};
}

Result<Done> Marts::merge(std::size_t mart) {
  const MartTable& table = kTables[mart];
  ++generation_;
  sorted_[mart] = 0;
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  const auto merged = connection_->execute(
      sort_of(table, table.name, "base") +
      fmt::format("delete from mart.{0}_delta; delete from mart.{0}_gone;", table.name));
  if (!merged) return merged;
  return transaction->commit();
}

Result<Done> Marts::sort(std::size_t mart, std::int64_t delta) {
  const MartTable& table = kTables[mart];
  ++generation_;
  sorted_[mart] = delta;
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  const auto sorted =
      connection_->execute(sort_of(table, fmt::format("{}_delta", table.name), "delta"));
  if (!sorted) return sorted;
  return transaction->commit();
}

}  // namespace jishi::insight
