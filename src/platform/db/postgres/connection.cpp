#include <thread>
#include <unordered_map>

#include "platform/db/dialect.hpp"
#include "platform/db/postgres/bulk.hpp"
#include "platform/db/postgres/cursors.hpp"
#include "platform/db/postgres/foresight.hpp"
#include "platform/db/postgres/inserts.hpp"
#include "platform/db/postgres/link.hpp"
#include "platform/db/postgres/postgres.hpp"

namespace jishi::db::postgres {

namespace {

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
  std::vector<int> reads;      // tables, as Words numbers them; only where there is writing
  std::vector<int> changes;    // of them
  std::string of_many;         // insert_of_many(), likewise
  bool of_many_known = false;  // to this connection's server
};

/// Rows of one insert that were not sent yet.
struct Waiting {
  const Statement* statement = nullptr;
  Prepared* prepared = nullptr;
  WaitingRows rows;
  int attempt = 0;  // that added the last
};

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(const std::string& url, Access access)
      : link_(url, access), writes_(access == Access::write) {}

  Cursor& execute(const Statement& statement, std::span<const Parameter> parameters) override {
    Prepared& prepared = prepare(statement);
    if (once_ && answered_) {
      throw std::logic_error(std::string(statement.name) + ": asked after an answer was looked at");
    }
    Answer& answer = lists_.try_emplace(&statement, link_, statement.name, answered_).first->second;
    if (answer.waits()) link_.settle();  // nobody looked at what it was asked before
    const Parameters encoded = encode(statement, prepared, parameters);
    if (!foresee(statement, prepared, encoded, answer)) {
      make_way(statement, prepared);
      link_.send_prepared(statement.name, prepared.name.c_str(), encoded, answer.expect());
    }
    return answer;
  }

  Cursor& walk(const Statement& statement, std::span<const Parameter> parameters) override {
    if (!in_transaction_ || once_) return execute(statement, parameters);
    stop_looking();
    send_waiting();
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
    stop_looking();
    ++runs_;
    Prepared& prepared = prepare(statement);
    foresight_.changed(prepared.changes, statement.of_one);
    if (let_wait(statement, prepared, parameters)) return Changes(1);
    make_way(statement, prepared);
    return {*this, link_.send_prepared(statement.name, prepared.name.c_str(),
                                       encode(statement, prepared, parameters), nullptr)};
  }
  std::int64_t changed(std::uint64_t ticket) override {
    settle();
    return link_.changed(ticket);
  }
  std::uint64_t runs() const override { return runs_; }
  void settle() override {
    send_waiting();
    link_.settle();
  }

  bool bold() const override { return bold_; }
  bool presume(const Changes& changes) override {
    if (!bold_ || changes.known()) return changes.count() != 0;
    link_.presume(changes.ticket());
    return true;
  }
  void foresee(std::span<const std::function<void()>> attempts, Asking asking) override {
    stop_looking();  // of attempts within an attempt nothing is asked ahead
    send_waiting();
    foresight_.forget();
    const int rounds = asking == Asking::at_once ? 1 : Foresight::kMaxRounds;
    if (attempts.size() >= Foresight::kFewest) look_ahead(attempts, rounds);
  }
  void asked_all() override { stop_looking(); }
  bool looks_ahead() const override { return foresight_.looking(); }
  void next_attempt() override {
    ++attempt_;
    foresight_.next_attempt();
  }
  void about(std::int64_t object) override {
    if (!foresight_.looking()) foresight_.about(object);
  }
  void ask_together(std::span<const std::function<void()>> attempts) override {
    if (attempts.size() == 1) return attempts.front()();
    look_ahead(attempts, Foresight::kRoundsOfOne);
  }

  void script(const std::string& sql) override {
    stop_looking();
    send_waiting();
    foresight_.forget();
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
  void begin_boldly() override {
    begin_write();
    bold_ = true;
  }
  void commit() override;
  void rollback() override;
  void savepoint() override {
    send_waiting();
    link_.send("savepoint", "savepoint job");
  }
  void release_savepoint() override {
    send_waiting();
    link_.send("savepoint", "release job");
  }
  void rollback_to_savepoint() override {
    waiting_.clear();
    foresight_.forget();
    link_.drain();
    forget_walks();
    link_.send("savepoint", "rollback to job");
    link_.send("savepoint", "release job");
  }

  // The server would do so by itself, but only a minute later.
  void much_changed() override { script("analyze"); }

  std::vector<Table> tables() override;
  std::unique_ptr<BulkWriter> bulk(const Table& table) override {
    stop_looking();
    send_waiting();
    foresight_.forget();
    return bulk_into(link_, table);
  }

 private:
  Prepared& prepare(const Statement& statement);
  Parameters encode(const Statement& statement, const Prepared& prepared,
                    std::span<const Parameter> parameters) const;
  bool was_committed(const std::string& transaction);
  bool foresee(const Statement& statement, const Prepared& prepared, const Parameters& parameters,
               Answer& answer);
  void look_ahead(std::span<const std::function<void()>> attempts, int rounds);
  void look_at_tables(Prepared& prepared);
  bool let_wait(const Statement& statement, Prepared& prepared,
                std::span<const Parameter> parameters);
  void make_way(const Statement& statement, const Prepared& prepared);
  void send_waiting();
  void send_rows(Waiting& waiting);
  void stop_looking() const {
    if (foresight_.looking()) throw Foresight::FarEnough{};
  }

  void begun(bool writing) {
    in_transaction_ = true;
    once_ = false;
    writing_ = writing;
    bold_ = false;
  }
  void over() {
    in_transaction_ = false;
    once_ = false;
    bold_ = false;
    foresight_.forget();
    transaction_.reset();
    waiting_.clear();
    forget_walks();
    for (auto& [statement, answer] : lists_) answer.forget();
  }
  void forget_walks() {
    for (auto& [statement, walk] : walks_) walk->forget();
  }

  Link link_;
  const bool writes_;
  std::unordered_map<const Statement*, Prepared> prepared_;
  std::unordered_map<const Statement*, Answer> lists_;
  std::unordered_map<const Statement*, std::unique_ptr<Walk>> walks_;
  std::uint64_t runs_ = 0;
  bool in_transaction_ = false;
  bool once_ = false;
  bool writing_ = false;
  bool bold_ = false;
  bool answered_ = false;
  int attempt_ = 0;
  std::vector<Waiting> waiting_;  // inserts do not meet: no table refers to another by a constraint
  Words words_;
  std::uint64_t views_of_ = 0;  // the generation whose views are among the words
  Foresight foresight_;
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
  link_.settle();  // so that a failure of something before is not taken for one of this
  const ResultPtr description = link_.prepare(statement.name, prepared.name.c_str(), prepared.sql);
  prepared.types.clear();
  for (int i = 0; i < PQnparams(description.get()); ++i) {
    prepared.types.push_back(PQparamtype(description.get(), i));
  }
  if (writes_) look_at_tables(prepared);
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

void PostgresConnection::look_at_tables(Prepared& prepared) {
  if (views_of_ != link_.generation()) {
    ResultPtr views;
    link_.send(
        "views",
        "select viewname::text, definition from pg_views where schemaname = current_schema()",
        &views);
    link_.settle();
    for (int row = 0; row < PQntuples(views.get()); ++row) {
      words_.add_view(PQgetvalue(views.get(), row, 0), PQgetvalue(views.get(), row, 1));
    }
    views_of_ = link_.generation();
  }
  prepared.reads = words_.all(prepared.sql);
  prepared.changes = words_.changed(prepared.sql);
  prepared.of_many = insert_of_many(prepared.sql, prepared.types);
  prepared.of_many_known = false;
}

// True: the row goes when somebody could see that it is not there.
bool PostgresConnection::let_wait(const Statement& statement, Prepared& prepared,
                                  std::span<const Parameter> parameters) {
  if (!writing_ || prepared.of_many.empty() || parameters.size() != prepared.types.size())
    return false;
  auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return waiting.statement == &statement;
  });
  if (found == waiting_.end())
    found = waiting_.insert(waiting_.end(), {&statement, &prepared, {}, 0});
  if (!found->rows.add(parameters, prepared.types)) return false;
  found->attempt = attempt_;
  if (found->rows.size() == WaitingRows::kMost) send_rows(*found);
  return true;
}

// Before a statement is sent that could meet rows which wait.
void PostgresConnection::make_way(const Statement& statement, const Prepared& prepared) {
  const bool meets = std::any_of(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    if (waiting.rows.empty()) return false;
    // What keeps to single objects does not meet rows of other objects.
    if (statement.of_one && waiting.statement->of_one && waiting.attempt != attempt_) return false;
    const auto& tables = waiting.prepared->changes;
    return std::any_of(tables.begin(), tables.end(), [&](int table) {
      return std::binary_search(prepared.reads.begin(), prepared.reads.end(), table);
    });
  });
  if (meets) send_waiting();
}

void PostgresConnection::send_waiting() {
  for (Waiting& waiting : waiting_) send_rows(waiting);
}

void PostgresConnection::send_rows(Waiting& waiting) {
  Prepared& prepared = *waiting.prepared;
  const std::string_view name = waiting.statement->name;
  if (waiting.rows.size() >= WaitingRows::kFewest) {
    const std::string many = prepared.name + "_many";
    if (!prepared.of_many_known) {
      link_.settle();
      (void)link_.prepare(name, many.c_str(), prepared.of_many);
      prepared.of_many_known = true;
    }
    link_.send_prepared(name, many.c_str(), waiting.rows.arrays(prepared.types), nullptr);
  } else {
    for (std::size_t i = 0; i < waiting.rows.size(); ++i) {
      link_.send_prepared(name, prepared.name.c_str(), waiting.rows.row(i, prepared.types),
                          nullptr);
    }
  }
  waiting.rows.clear();
}

void PostgresConnection::look_ahead(std::span<const std::function<void()>> attempts, int rounds) {
  std::vector<const std::function<void()>*> going;
  for (const auto& attempt : attempts) going.push_back(&attempt);
  for (int round = 0; round < rounds && !going.empty(); ++round) {
    foresight_.begin(once_ && round > 0);
    std::erase_if(going, [](const std::function<void()>* attempt) {
      try {
        (*attempt)();
      } catch (const Foresight::NotYet&) {
        return false;
      } catch (const Foresight::FarEnough&) {
        return true;
      } catch (const Failure&) {
        throw;
      } catch (const std::exception&) {
        return true;  // it will fail in its turn
      }
      return true;
    });
    link_.settle();
  }
  foresight_.end();
}

// True: the answer is there, or is on its way while it is looked what is asked.
bool PostgresConnection::foresee(const Statement& statement, const Prepared& prepared,
                                 const Parameters& parameters, Answer& answer) {
  if (!foresight_.looking()) {
    if (!prepared.changes.empty()) foresight_.changed(prepared.changes, statement.of_one);
    if (!foresight_.knows_some()) return false;
  } else if (!prepared.changes.empty()) {
    throw Foresight::FarEnough{};
  }
  std::string key(prepared.name);
  parameters.append_to(key);
  if (!foresight_.looking()) {
    const PGresult* known = foresight_.known(key, prepared.reads, statement.of_one);
    if (known == nullptr) return false;
    answer.foresee(known);
    return true;
  }
  const Foresight::Place place = foresight_.place(std::move(key), statement.name);
  if (place.fresh) {
    link_.send_prepared(statement.name, prepared.name.c_str(), parameters, place.result);
  }
  answer.foresee(place.result->get());
  return true;
}

// When the connection is lost while the server commits, its log knows what became of it.
void PostgresConnection::commit() {
  if (writing_) settle();
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
  waiting_.clear();
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
