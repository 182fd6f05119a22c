#include <thread>
#include <unordered_map>

#include "platform/db/dialect.hpp"
#include "platform/db/postgres/bulk.hpp"
#include "platform/db/postgres/link.hpp"
#include "platform/db/postgres/postgres.hpp"

namespace jishi::db::postgres {

namespace {

constexpr int kPortion = 1'000;  // rows of a walk that are held at a time
constexpr auto kDecideFor = std::chrono::seconds(5);
constexpr auto kDecidePause = std::chrono::milliseconds(100);

// One writer at a time in a database, so that facts are numbered in the order of their commits: the
// lock is let go after the commit is seen by others.
constexpr const char* kWriterLock = "select pg_advisory_xact_lock(7449333817)";

/// A statement on this connection.
struct Prepared {
  std::string name;
  std::string sql;
  std::vector<Oid> types;
  std::uint64_t generation = 0;
};

/// Rows that are fetched in portions from a cursor of the server's.
class Walk final : public Rows {
 public:
  Walk(Link& link, std::string_view name, std::string portal)
      : link_(link), name_(name), portal_(std::move(portal)) {}

  void start(const std::string& sql, const Parameters& parameters, std::span<const Oid> types) {
    close();
    declare_ = "declare " + portal_ + " no scroll cursor for " + sql;
    fetch_ = fmt::format("fetch {} from {}", kPortion, portal_);
    link_.send(name_, declare_, parameters, types, nullptr);
    fetch();
    open_ = true;
    if (size() < kPortion) close();
  }

  bool next() override {
    if (Rows::next()) return true;
    if (!open_) return false;
    fetch();
    if (size() < kPortion) close();
    return Rows::next();
  }

  /// Its transaction is over, or the savepoint after which it was declared.
  void forget() { open_ = false; }

 private:
  void fetch() {
    ResultPtr rows;
    link_.send(name_, fetch_.c_str(), &rows);
    link_.settle();
    hold(std::move(rows));
  }

  void close() {
    if (!open_) return;
    open_ = false;
    close_ = "close " + portal_;
    link_.send(name_, close_.c_str());
  }

  Link& link_;
  std::string_view name_;
  std::string portal_;
  std::string declare_;
  std::string fetch_;
  std::string close_;
  bool open_ = false;
};

/// Rows that are waited for when the first is asked for: what is asked before that goes along.
class Answer final : public Rows {
 public:
  Answer(Link& link, std::string_view name, bool& answered)
      : link_(link), name_(name), answered_(answered) {}

  /// Where the result is to be put.
  ResultPtr* expect() {
    drop();
    coming_.reset();
    waits_ = true;
    return &coming_;
  }
  bool waits() const { return waits_; }

  bool next() override {
    if (waits_) wait();
    return Rows::next();
  }

 private:
  void wait() {
    link_.settle();
    waits_ = false;
    if (!coming_) throw Failure(FailureKind::other, std::string(name_) + ": not answered");
    answered_ = true;
    hold(std::move(coming_));
  }

  Link& link_;
  std::string_view name_;
  bool& answered_;
  ResultPtr coming_;
  bool waits_ = false;
};

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(const std::string& url, Access access) : link_(url, access) {}

  Cursor& execute(const Statement& statement, std::span<const Parameter> parameters) override {
    Prepared& prepared = prepare(statement);
    if (once_ && answered_) {
      throw std::logic_error(std::string(statement.name) + ": asked after an answer was looked at");
    }
    Answer& answer = lists_.try_emplace(&statement, link_, statement.name, answered_).first->second;
    if (answer.waits()) link_.settle();  // nobody looked at what it was asked before
    link_.send_prepared(statement.name, prepared.name.c_str(),
                        encode(statement, prepared, parameters), answer.expect());
    return answer;
  }

  Cursor& walk(const Statement& statement, std::span<const Parameter> parameters) override {
    if (!in_transaction_ || once_) return execute(statement, parameters);
    Prepared& prepared = prepare(statement);
    auto& walk = walks_[&statement];
    if (!walk) {
      walk = std::make_unique<Walk>(link_, statement.name, fmt::format("walk_{}", walks_.size()));
    }
    walk->start(prepared.sql, encode(statement, prepared, parameters), prepared.types);
    answered_ = true;
    return *walk;
  }

  Changes run(const Statement& statement, std::span<const Parameter> parameters) override {
    ++runs_;
    Prepared& prepared = prepare(statement);
    return {*this, link_.send_prepared(statement.name, prepared.name.c_str(),
                                       encode(statement, prepared, parameters), nullptr)};
  }
  std::int64_t changed(std::uint64_t ticket) override {
    link_.settle();
    return link_.changed(ticket);
  }
  std::uint64_t runs() const override { return runs_; }
  void settle() override { link_.settle(); }

  void script(const std::string& sql) override {
    if (!in_transaction_) link_.revive();
    link_.script(sql);
  }
  void check(const Statement& statement) override {
    link_.revive();
    (void)link_.prepare(statement.name, "", statement_for_postgres(statement.text));
  }

  bool answered() const override { return answered_; }
  void begin_read() override {
    answered_ = false;
    link_.revive();
    link_.send("begin", "begin isolation level repeatable read read only");
    begun(false);
  }
  // What is sent up to one sync is one transaction of itself.
  void begin_once() override {
    answered_ = false;
    link_.revive();
    begun(false);
    once_ = true;
  }
  void begin_write() override {
    link_.revive();
    link_.send("begin", "begin isolation level read committed read write");
    link_.send("lock", kWriterLock);
    link_.send("begin", "select pg_current_xact_id()::text", &transaction_);
    begun(true);
  }
  void commit() override;
  void rollback() override;
  void savepoint() override { link_.send("savepoint", "savepoint job"); }
  void release_savepoint() override { link_.send("savepoint", "release job"); }
  void rollback_to_savepoint() override {
    link_.drain();
    forget_walks();
    link_.send("savepoint", "rollback to job");
    link_.send("savepoint", "release job");
  }

  // The server would do so by itself, but only a minute later.
  void much_changed() override { script("analyze"); }

  std::vector<Table> tables() override;
  std::unique_ptr<BulkWriter> bulk(const Table& table) override { return bulk_into(link_, table); }

 private:
  Prepared& prepare(const Statement& statement);
  Parameters encode(const Statement& statement, const Prepared& prepared,
                    std::span<const Parameter> parameters) const;
  bool was_committed(const std::string& transaction);

  void begun(bool writing) {
    in_transaction_ = true;
    once_ = false;
    writing_ = writing;
  }
  void over() {
    in_transaction_ = false;
    once_ = false;
    transaction_.reset();
    forget_walks();
  }
  void forget_walks() {
    for (auto& [statement, walk] : walks_) walk->forget();
  }

  Link link_;
  std::unordered_map<const Statement*, Prepared> prepared_;
  std::unordered_map<const Statement*, Answer> lists_;
  std::unordered_map<const Statement*, std::unique_ptr<Walk>> walks_;
  std::uint64_t runs_ = 0;
  bool in_transaction_ = false;
  bool once_ = false;
  bool writing_ = false;
  bool answered_ = false;
  ResultPtr transaction_;  // the number of the write transaction
};

Prepared& PostgresConnection::prepare(const Statement& statement) {
  if (!in_transaction_) link_.revive();
  Prepared& prepared = prepared_[&statement];
  if (prepared.generation == link_.generation() && !link_.lost()) return prepared;
  if (prepared.name.empty()) {
    prepared.name = fmt::format("s{}", prepared_.size());
    prepared.sql = statement_for_postgres(statement.text);
    while (prepared.sql.ends_with(';') || prepared.sql.ends_with('\n')) prepared.sql.pop_back();
  }
  const bool asked = once_ && link_.unanswered();
  const ResultPtr description = link_.prepare(statement.name, prepared.name.c_str(), prepared.sql);
  prepared.types.clear();
  for (int i = 0; i < PQnparams(description.get()); ++i) {
    prepared.types.push_back(PQparamtype(description.get(), i));
  }
  prepared.generation = link_.generation();
  if (asked) throw AskAgain{};  // what was asked before was answered as of an earlier moment
  return prepared;
}

Parameters PostgresConnection::encode(const Statement& statement, const Prepared& prepared,
                                      std::span<const Parameter> parameters) const {
  if (parameters.size() != prepared.types.size()) {
    throw Failure(FailureKind::other, std::string(statement.name) + ": wrong number of parameters");
  }
  return {parameters, prepared.types};
}

// When the connection is lost while the server commits, its log knows what became of it.
void PostgresConnection::commit() {
  if (writing_) link_.settle();
  const std::string transaction = transaction_ ? PQgetvalue(transaction_.get(), 0, 0) : "";
  ResultPtr answer;
  try {
    link_.send("commit", "commit", &answer);
    link_.settle();
  } catch (const Failure& failure) {
    if (failure.kind() != FailureKind::lost || !writing_ || !was_committed(transaction)) throw;
    over();
    return;
  }
  over();
  // The answer of a transaction in which something had failed.
  if (answer && std::string_view(PQcmdStatus(answer.get())) == "ROLLBACK") {
    throw Failure(FailureKind::other, "commit: rolled back");
  }
}

bool PostgresConnection::was_committed(const std::string& transaction) {
  in_transaction_ = false;
  const std::string question = "select pg_xact_status(" + quoted_text(transaction) + "::xid8)";
  const auto end = std::chrono::steady_clock::now() + kDecideFor;
  while (std::chrono::steady_clock::now() < end) {
    try {
      link_.revive();
      ResultPtr rows;
      link_.send("commit", question.c_str(), &rows);
      link_.settle();
      const std::string_view status = PQgetvalue(rows.get(), 0, 0);
      if (status == "committed") return true;
      if (status != "in progress") return false;
    } catch (const Failure& failure) {
      // A number that a server which was started again has never given out was not committed.
      if (failure.kind() != FailureKind::lost) return false;
    }
    std::this_thread::sleep_for(kDecidePause);
  }
  return false;
}

void PostgresConnection::rollback() {
  if (!in_transaction_) return;
  if (once_) {
    if (!link_.lost()) link_.drain();
  } else if (!link_.lost()) {
    link_.drain();
    link_.send("rollback", "rollback");
    link_.push();  // the answer is read when the connection is next used
  }
  over();
}

std::vector<Table> PostgresConnection::tables() {
  // A table is made after those it refers to.
  static constexpr Statement kTables{
      "platform_tables",
      "select c.relname, a.attname, t.typname from pg_class c"
      " join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid"
      " join pg_type t on t.oid = a.atttypid where n.nspname = current_schema() and c.relkind = 'r'"
      " and a.attnum > 0 and not a.attisdropped order by c.oid, a.attnum"};
  std::vector<Table> tables;
  Cursor& rows = execute(kTables, {});
  while (rows.next()) {
    const std::string_view name = rows.bytes(0);
    if (tables.empty() || tables.back().name != name) tables.push_back({std::string(name), {}});
    const std::string_view type = rows.bytes(2);
    const ColumnKind kind = type == "text"     ? ColumnKind::text
                            : type == "bytea"  ? ColumnKind::bytes
                            : type == "float8" ? ColumnKind::real
                                               : ColumnKind::integer;
    tables.back().columns.push_back({std::string(rows.bytes(1)), kind});
  }
  return tables;
}

}  // namespace

std::unique_ptr<Connection> connect(const std::string& url, Access access) {
  return std::make_unique<PostgresConnection>(url, access);
}

}  // namespace jishi::db::postgres
