#include "modules/insight/marts/marts.hpp"

#include "base/hash.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/marts/marts_schema.duck.sql.hpp"
#include "modules/insight/marts/store_rows.sql.hpp"
#include "platform/duck/appender.hpp"

namespace jishi::insight {

namespace {

// Beyond so many facts at once, or this part of all, reading everything anew is quicker than
// following.
constexpr std::int64_t kFollowAtMost = 100'000;

struct MartTable {
  std::string_view name;
  std::string_view key;
};
constexpr MartTable kTables[] = {{"organisation", "organisation"},
                                 {"member", "person"},
                                 {"post", "post"},
                                 {"activity", "activity"},
                                 {"payment", "person"}};

std::filesystem::path marts_file(const Store& store) {
  return store.folder() / "marts.duckdb";
}

void remove_marts(const Store& store) {
  std::error_code ignored;
  std::filesystem::remove(marts_file(store), ignored);
  std::filesystem::remove(marts_file(store).concat(".wal"), ignored);
}

std::string leaf_at(db::Reader& reader, std::int64_t seq) {
  const auto leaf = reader.one<Blob>(sql::store_rows::last_leaf, seq);
  return leaf ? to_hex(leaf->bytes) : std::string();
}

}  // namespace

Marts::Marts(duck::Database database) : database_(std::move(database)) {
}

Result<Done> Marts::connect() {
  auto connection = database_.connect();
  if (!connection) return connection.error();
  connection_.emplace(std::move(*connection));
  return Done{};
}

Result<std::unique_ptr<Marts>> Marts::in_memory(unsigned threads) {
  auto database = duck::Database::in_memory({.threads = threads});
  if (!database) return database.error();
  std::unique_ptr<Marts> marts(new Marts(std::move(*database)));
  if (auto connected = marts->connect(); !connected) return connected.error();
  for (const auto& statement : {sql::marts_schema::create, sql::marts_schema::create_scope}) {
    if (auto made = marts->connection_->execute(statement.text); !made) return made.error();
  }
  return marts;
}

Result<std::unique_ptr<Marts>> Marts::open(Store& store, unsigned threads,
                                           const std::function<void(const Error&)>& notice) {
  const duck::Options options{.threads = threads, .temp_directory = store.folder() / "tmp"};
  const bool existed = std::filesystem::exists(marts_file(store));
  auto database = duck::Database::open(marts_file(store), options);
  if (!database && database.error().code == "platform.duck_damaged") {
    notice(fail(ErrorKind::unavailable, "insight.marts_damaged", database.error().arguments));
    remove_marts(store);
    database = duck::Database::open(marts_file(store), options);
  }
  if (!database) return database.error();
  std::unique_ptr<Marts> marts(new Marts(std::move(*database)));
  if (auto connected = marts->connect(); !connected) return connected.error();
  const auto resumed = existed ? marts->resume(store) : Result<bool>(false);
  if (!resumed || !*resumed) {
    const bool something = store.read([](db::Reader& reader) {
      return reader.one<std::int64_t>(sql::store_rows::last_seq).value_or(0) > 0;
    });
    if (something)
      notice(fail(ErrorKind::unavailable,
                  existed ? "insight.marts_foreign" : "insight.marts_missing"));
    if (auto rebuilt = marts->rebuild(store); !rebuilt) return rebuilt.error();
  }
  if (auto scope = marts->connection_->execute(sql::marts_schema::create_scope.text); !scope)
    return scope.error();
  return marts;
}

// Marts belong to a store when the fact they stand at is the store's: after a restore it may be
// another.
Result<bool> Marts::resume(Store& store) {
  auto rows = connection_->query("select position, leaf from mart.follower");
  if (!rows || !rows->next()) return false;
  const std::int64_t position = rows->get_int64(0);
  const std::string leaf(rows->get_text(1));
  const std::string held =
      store.read([&](db::Reader& reader) { return leaf_at(reader, position); });
  if (held != leaf) return false;
  position_ = position;
  return true;
}

Result<Done> Marts::set_position(db::Reader& reader, std::int64_t position) {
  auto prepared = connection_->prepare("update mart.follower set position = $1, leaf = $2");
  if (!prepared) return prepared.error();
  const std::string leaf = leaf_at(reader, position);
  if (auto written = prepared->query(position, leaf); !written) return written.error();
  position_ = position;
  return Done{};
}

Result<Done> Marts::rebuild(Store& store) {
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  for (const auto& statement : {sql::marts_schema::drop, sql::marts_schema::create}) {
    if (auto made = connection_->execute(statement.text); !made) return made;
  }
  const Result<Done> loaded = store.read([&](db::Reader& reader) -> Result<Done> {
    if (auto rows = load(reader); !rows) return rows;
    return set_position(reader, reader.one<std::int64_t>(sql::store_rows::last_seq).value_or(0));
  });
  if (!loaded) return loaded;
  return transaction->commit();
}

Result<Done> Marts::load(db::Reader& reader) {
  for (const auto load_mart :
       {load_organisations, load_members, load_posts, load_activities, load_payments}) {
    if (auto loaded = load_mart(reader, *connection_); !loaded) return loaded;
  }
  if (auto sorted = sort_bases(); !sorted) return sorted;
  if (auto structure = load_structure(reader); !structure) return structure;
  return load_parameters(reader);
}

// Payments come in the order of persons; all others are read in the order of organisations.
Result<Done> Marts::sort_bases() {
  return connection_->execute(
      "create table mart.payment_sorted as select * from mart.payment_base order by organisation, "
      "person, month;"
      "drop view mart.payment;"
      "drop table mart.payment_base;"
      "alter table mart.payment_sorted rename to payment_base;"
      "create view mart.payment as select * from mart.payment_base as b"
      " where not exists (select 1 from mart.payment_gone as g where g.person = b.person)"
      " union all select * from mart.payment_delta;");
}

Result<Done> Marts::load_structure(db::Reader& reader) {
  if (auto cleared = connection_->execute("delete from mart.ancestry"); !cleared) return cleared;
  return load_ancestry(reader, *connection_);
}

Result<Done> Marts::load_parameters(db::Reader& reader) {
  if (auto cleared = connection_->execute("delete from mart.parameter_value"); !cleared)
    return cleared;
  return load_parameter_values(reader, *connection_);
}

Result<Done> Marts::catch_up(Store& store) {
  const std::int64_t last = store.read([](db::Reader& reader) {
    return reader.one<std::int64_t>(sql::store_rows::last_seq).value_or(0);
  });
  if (last == position_) return Done{};
  if (last - position_ > std::max(kFollowAtMost, last / 5)) return rebuild(store);
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  const std::int64_t before = position_;
  const Result<Done> followed = store.read([&](db::Reader& reader) -> Result<Done> {
    const std::int64_t until = reader.one<std::int64_t>(sql::store_rows::last_seq).value_or(0);
    const TouchedRecords touched = touched_between(reader, position_, until);
    if (!touched.empty()) {
      if (auto applied = apply(reader, touched); !applied) return applied;
    }
    return set_position(reader, until);
  });
  if (followed) {
    const auto committed = transaction->commit();
    if (committed) return merge_if_large();
    position_ = before;
    return committed;
  }
  position_ = before;
  return followed;
}

// What was in base or delta under these keys gives way to what the store holds now.
Result<Done> Marts::replace(std::string_view mart, std::string_view key, const std::set<Id>& ids) {
  auto gone = duck::Appender::open(*connection_, fmt::format("mart.{}_gone", mart));
  if (!gone) return gone.error();
  std::string list;
  for (const Id id : ids) {
    gone->append_row(id);
    list += (list.empty() ? "" : ",") + std::to_string(id);
  }
  if (auto closed = gone->close(); !closed) return closed;
  return connection_->execute(
      fmt::format("delete from mart.{}_delta where {} in ({})", mart, key, list));
}

Result<Done> Marts::apply(db::Reader& reader, const TouchedRecords& touched) {
  struct Step {
    std::string_view mart;
    std::string_view key;
    const std::set<Id>& ids;
    Result<Done> (*load)(db::Reader&, duck::Connection&, const std::set<Id>&);
  };
  const Step steps[] = {
      {"organisation", "organisation", touched.organisation_rows, load_some_organisations},
      {"member", "person", touched.persons, load_some_members},
      {"activity", "activity", touched.activities, load_some_activities},
      {"payment", "person", touched.payers, load_some_payments}};
  for (const Step& step : steps) {
    if (step.ids.empty()) continue;
    if (auto replaced = replace(step.mart, step.key, step.ids); !replaced) return replaced;
    if (auto loaded = step.load(reader, *connection_, step.ids); !loaded) return loaded;
  }
  // Posts carry the standing of their holder: a change of the person changes them.
  if (!touched.posts.empty() || !touched.persons.empty()) {
    if (auto posts = load_some_posts(reader, *connection_, touched.posts, touched.persons); !posts)
      return posts;
  }
  if (touched.structure) {
    if (auto structure = load_structure(reader); !structure) return structure;
  }
  if (touched.structure || touched.parameters) return load_parameters(reader);
  return Done{};
}

Result<Done> Marts::merge_if_large() {
  auto rows = connection_->query(
      "select (select count(*) from mart.payment_delta) + (select count(*) from "
      "mart.activity_delta)"
      " + (select count(*) from mart.member_delta) + (select count(*) from mart.post_delta)");
  if (!rows || !rows->next()) return rows ? Result<Done>(Done{}) : Result<Done>(rows.error());
  if (rows->get_int64(0) < kMaxDelta) return Done{};
  auto transaction = duck::Transaction::begin(*connection_);
  if (!transaction) return transaction.error();
  for (const MartTable& table : kTables) {
    const auto merged = connection_->execute(fmt::format(
        "create temp table merged as select * from mart.{0} order by organisation;"
        "delete from mart.{0}_base; delete from mart.{0}_delta; delete from mart.{0}_gone;"
        "insert into mart.{0}_base select * from merged order by organisation; drop table merged;",
        table.name));
    if (!merged) return merged;
  }
  return transaction->commit();
}

Result<Done> Marts::scope_to(const std::vector<Id>& organisations) {
  if (auto cleared = connection_->execute("delete from scope_touched"); !cleared) return cleared;
  auto touched = duck::Appender::open(*connection_, "scope_touched");
  if (!touched) return touched.error();
  for (const Id id : organisations) touched->append_row(id);
  if (auto closed = touched->close(); !closed) return closed;
  for (std::size_t i = 0; i < std::size(kTables); ++i) {
    if (auto cleared = connection_->execute(fmt::format("delete from scope_{}", kTables[i].name));
        !cleared) {
      return cleared;
    }
    if (!scope_copies_[i]) {
      auto copy = connection_->prepare(
          fmt::format("insert into scope_{0} select * from mart.{0}"
                      " where organisation in (select organisation from scope_touched)",
                      kTables[i].name));
      if (!copy) return copy.error();
      scope_copies_[i].emplace(std::move(*copy));
    }
    if (auto copied = scope_copies_[i]->query(); !copied) return copied.error();
  }
  return Done{};
}

}  // namespace jishi::insight
