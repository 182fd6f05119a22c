#include <thread>
#include <unordered_map>

#include "platform/db/dialect.hpp"
#include "platform/db/postgres/bulk.hpp"
#include "platform/db/postgres/cursors.hpp"
#include "platform/db/postgres/foresight.hpp"
#include "platform/db/postgres/link.hpp"
#include "platform/db/postgres/postgres.hpp"
#include "platform/db/postgres/waiting.hpp"

namespace jishi::db::postgres {

namespace {

constexpr auto kDecideFor = std::chrono::seconds(5);
constexpr auto kDecidePause = std::chrono::milliseconds(100);

// One writer at a time in a database, so that facts are numbered in the order of their commits: the
// lock is let go after the commit is seen by others.
constexpr const char* kWriterLock = "select pg_advisory_xact_lock(7449333817)";

// The ticket of a change that goes with others: how many rows are its own is not known.
constexpr auto kWithOthers = std::numeric_limits<std::uint64_t>::max();

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
    if (!foresee(statement, prepared, parameters, encoded, answer)) {
      waiting_.make_way(statement, prepared, attempt_);
      link_.send_prepared(statement.name, prepared.name.c_str(), encoded, answer.expect());
    }
    return answer;
  }

  Cursor& walk(const Statement& statement, std::span<const Parameter> parameters) override {
    if (!in_transaction_ || once_) return execute(statement, parameters);
    stop_looking();
    waiting_.send();
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
    if (writing_ && waiting_.add(statement, prepared, parameters, attempt_, bold_))
      return prepared.inserts ? Changes(1) : Changes(*this, kWithOthers);
    waiting_.make_way(statement, prepared, attempt_);
    return {*this, link_.send_prepared(statement.name, prepared.name.c_str(),
                                       encode(statement, prepared, parameters), nullptr)};
  }
  std::int64_t changed(std::uint64_t ticket) override {
    if (ticket == kWithOthers) throw std::logic_error("asked of a change that goes with others");
    settle();
    return link_.changed(ticket);
  }
  std::uint64_t runs() const override { return runs_; }
  void settle() override {
    waiting_.send();
    link_.settle();
  }

  bool bold() const override { return bold_; }
  bool presume(const Changes& changes) override {
    if (!bold_ || changes.known() || changes.ticket() == kWithOthers) return changes.count() != 0;
    link_.presume(changes.ticket());
    return true;
  }
  void foresee(std::span<const std::function<void()>> attempts, Asking asking) override {
    stop_looking();  // of attempts within an attempt nothing is asked ahead
    waiting_.send();
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
    // Where little is written nothing was foreseen: two of a group may be about the same then.
    if (!foresight_.looking() && foresight_.about(object)) waiting_.send();
  }
  void ask_together(std::span<const std::function<void()>> attempts) override {
    if (attempts.size() == 1) return attempts.front()();
    look_ahead(attempts, Foresight::kRoundsOfOne);
  }

  void script(const std::string& sql) override {
    stop_looking();
    waiting_.send();
    foresight_.forget();
    if (!in_transaction_) link_.revive();
    link_.script(sql);
  }
  void check(const Statement& statement) override {
    link_.revive();
    Prepared prepared;
    make_known(statement, prepared);
    const std::string many = of_many(prepared.sql, prepared.types);
    if (!many.empty()) (void)link_.prepare(statement.name, "", many);
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
    waiting_.send();
    link_.send("savepoint", "savepoint job");
  }
  void release_savepoint() override {
    waiting_.send();
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
    waiting_.send();
    foresight_.forget();
    return bulk_into(link_, table);
  }

 private:
  Prepared& prepare(const Statement& statement);
  void make_known(const Statement& statement, Prepared& prepared);
  Parameters encode(const Statement& statement, const Prepared& prepared,
                    std::span<const Parameter> parameters) const;
  bool was_committed(const std::string& transaction);
  bool foresee(const Statement& statement, Prepared& prepared,
               std::span<const Parameter> parameters, const Parameters& encoded, Answer& answer);
  void look_ahead(std::span<const std::function<void()>> attempts, int rounds);
  void look_at_tables(Prepared& prepared);
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
  Waiting waiting_{link_};
  Questions questions_{link_};
  Words words_;
  std::uint64_t views_of_ = 0;  // the generation whose views are among the words
  Foresight foresight_;
  ResultPtr transaction_;  // the number of the write transaction
};

Prepared& PostgresConnection::prepare(const Statement& statement) {
  if (!in_transaction_) link_.revive();
  Prepared& prepared = prepared_[&statement];
  if (prepared.generation == link_.generation() && !link_.lost()) return prepared;
  if (prepared.name.empty()) prepared.name = fmt::format("s{}", prepared_.size());
  const bool asked = once_ && link_.unanswered();
  link_.settle();  // so that a failure of something before is not taken for one of this
  make_known(statement, prepared);
  if (writes_) look_at_tables(prepared);
  prepared.generation = link_.generation();
  if (asked) throw AskAgain{};  // what was asked before was answered as of an earlier moment
  return prepared;
}

// By the name that it has, which may be empty: then until the next of no name.
void PostgresConnection::make_known(const Statement& statement, Prepared& prepared) {
  if (prepared.sql.empty()) {
    prepared.sql = statement_for_postgres(statement.text);
    while (prepared.sql.ends_with(';') || prepared.sql.ends_with('\n')) prepared.sql.pop_back();
  }
  const ResultPtr description = link_.prepare(statement.name, prepared.name.c_str(), prepared.sql);
  prepared.types.clear();
  for (int i = 0; i < PQnparams(description.get()); ++i) {
    prepared.types.push_back(PQparamtype(description.get(), i));
  }
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
  prepared.of_many = of_many(prepared.sql, prepared.types);
  prepared.of_many_known = false;
  prepared.inserts = prepared.sql.starts_with("insert");
}

void PostgresConnection::look_ahead(std::span<const std::function<void()>> attempts, int rounds) {
  std::vector<const std::function<void()>*> going;
  for (const auto& attempt : attempts) going.push_back(&attempt);
  for (int round = 0; round < rounds && !going.empty(); ++round) {
    foresight_.begin(once_ && round > 0);
    questions_.clear();
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
    questions_.send();
    link_.settle();
    questions_.deal_out();
  }
  foresight_.end();
}

// True: the answer is there, or is on its way while it is looked what is asked.
bool PostgresConnection::foresee(const Statement& statement, Prepared& prepared,
                                 std::span<const Parameter> parameters, const Parameters& encoded,
                                 Answer& answer) {
  if (!foresight_.looking()) {
    if (!prepared.changes.empty()) foresight_.changed(prepared.changes, statement.of_one);
    if (!foresight_.knows_some()) return false;
  } else if (!prepared.changes.empty()) {
    throw Foresight::FarEnough{};
  }
  std::string key(prepared.name);
  encoded.append_to(key);
  if (!foresight_.looking()) {
    const PGresult* known = foresight_.known(key, prepared.reads, statement.of_one);
    if (known == nullptr) return false;
    answer.foresee(known);
    return true;
  }
  const Foresight::Place place = foresight_.place(std::move(key), statement.name);
  // Who reads outside of a transaction asks all at once: nothing may be made known in between.
  if (place.fresh && !(writing_ && questions_.add(statement, prepared, parameters, place.result)))
    link_.send_prepared(statement.name, prepared.name.c_str(), encoded, place.result);
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
