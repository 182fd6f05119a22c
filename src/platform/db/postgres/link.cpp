#include "platform/db/postgres/link.hpp"

#include <poll.h>

#include <algorithm>
#include <optional>

namespace jishi::db::postgres {

namespace {

// What a session of the program is like. Queries are short: compiling them costs more than it
// gains. A walk reads its cursor to the end. Locks are waited for as long as SQLite waits
// (sqlite.cpp).
constexpr const char* kSession =
    "set client_encoding = 'UTF8'; set jit = off; set cursor_tuple_fraction = 1;"
    "set lock_timeout = '10s'; set client_min_messages = warning; set extra_float_digits = 1";
// What writes looks rows up by their keys. A plan that was made while a table was empty would go
// through all of it until the server's next analysis, however it grows meanwhile.
constexpr const char* kWriting = "set enable_seqscan = off";
constexpr const char* kReadOnly =
    "set default_transaction_read_only = on;"
    "set default_transaction_isolation = 'repeatable read'";

// SQLSTATE: appendix A of PostgreSQL's manual.
FailureKind kind_of(std::string_view state) {
  if (state == "23505") return FailureKind::unique;
  if (state == "23503") return FailureKind::foreign_key;
  if (state == "23514" || state == "23502") return FailureKind::check;
  if (state == "55P03" || state == "57014" || state == "53300") return FailureKind::busy;
  if (state == "40001" || state == "40P01") return FailureKind::serialization;
  if (state == "53100" || state == "58030") return FailureKind::full;
  if (state.starts_with("XX00") && state != "XX000") return FailureKind::damaged;
  const bool gone = state.empty() || state.starts_with("08") || state.starts_with("57P") ||
                    state == "25P03" || state == "25P04";
  return gone ? FailureKind::lost : FailureKind::other;
}

std::string first_line(const char* message) {
  const std::string_view text = message == nullptr ? "" : message;
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

// The detail of a message holds values of the row: it is left out.
Failure failure_of(std::string_view name, const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string message =
      primary != nullptr ? std::string(primary) : first_line(PQresultErrorMessage(result));
  return {kind_of(state == nullptr ? "" : state), std::string(name) + ": " + message};
}

Link::Link(std::string url, Access access) : url_(std::move(url)), access_(access) {
  connect();
}

void Link::connect() {
  // What the URL says comes after these and stands.
  const char* names[] = {"connect_timeout", "tcp_user_timeout", "application_name", "dbname",
                         nullptr};
  const char* values[] = {"5", "15000", "jishi", url_.c_str(), nullptr};
  handle_ = PQconnectdbParams(names, values, 1);
  if (handle_ == nullptr || PQstatus(handle_) != CONNECTION_OK) fail_lost("connect");
  ++generation_;
  PQsetNoticeProcessor(
      handle_, [](void*, const char*) {}, nullptr);
  check("session", PQexec(handle_, kSession));
  check("session", PQexec(handle_, access_ == Access::read ? kReadOnly : kWriting));
  enter_pipeline();
}

void Link::close() {
  if (handle_ != nullptr) PQfinish(handle_);
  handle_ = nullptr;
  expected_.clear();
}

void Link::fail_lost(std::string_view name) {
  const std::string message =
      handle_ == nullptr ? "the connection was lost" : first_line(PQerrorMessage(handle_));
  close();
  throw Failure(FailureKind::lost, std::string(name) + ": " + message);
}

void Link::check(std::string_view name, PGresult* result) {
  const ResultPtr held(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN) return;
  const Failure failure = failure_of(name, result);
  if (failure.kind() == FailureKind::lost || PQstatus(handle_) == CONNECTION_BAD) fail_lost(name);
  throw failure;
}

void Link::revive() {
  constexpr int kLooks = 3;  // the server's last words, then the end of the stream
  try {
    if (handle_ != nullptr) drain();
  } catch (const Failure&) {
    close();
  }
  for (int look = 0; handle_ != nullptr && look < kLooks; ++look) {
    pollfd socket{PQsocket(handle_), POLLIN, 0};
    if (::poll(&socket, 1, 0) <= 0) break;
    if (PQconsumeInput(handle_) == 0 || PQstatus(handle_) != CONNECTION_OK) close();
  }
  if (handle_ == nullptr) connect();
}

std::uint64_t Link::expect(std::string_view name, ResultPtr* keep, int sent) {
  if (sent == 0) {
    if (PQstatus(handle_) != CONNECTION_OK) fail_lost(name);
    throw Failure(FailureKind::other,
                  std::string(name) + ": " + first_line(PQerrorMessage(handle_)));
  }
  expected_.push_back({name, ++sent_, keep, false, false});
  if (++held_back_ == kHeldBack) {
    held_back_ = 0;
    (void)PQflush(handle_);  // what fails does so when the answers are read
  }
  return sent_;
}

std::uint64_t Link::send(std::string_view name, const char* sql, ResultPtr* keep) {
  if (handle_ == nullptr) fail_lost(name);
  return expect(name, keep,
                PQsendQueryParams(handle_, sql, 0, nullptr, nullptr, nullptr, nullptr, 1));
}

std::uint64_t Link::send(std::string_view name, const std::string& sql,
                         const Parameters& parameters, std::span<const Oid> types,
                         ResultPtr* keep) {
  if (handle_ == nullptr) fail_lost(name);
  return expect(
      name, keep,
      PQsendQueryParams(handle_, sql.c_str(), parameters.count(), types.data(), parameters.values(),
                        parameters.lengths(), parameters.formats(), 1));
}

std::uint64_t Link::send_prepared(std::string_view name, const char* prepared,
                                  const Parameters& parameters, ResultPtr* keep) {
  if (handle_ == nullptr) fail_lost(name);
  if (expected_.size() + 1 >= kMaxUnanswered) settle();
  return expect(name, keep,
                PQsendQueryPrepared(handle_, prepared, parameters.count(), parameters.values(),
                                    parameters.lengths(), parameters.formats(), 1));
}

ResultPtr Link::prepare(std::string_view name, const char* prepared, const std::string& sql) {
  if (handle_ == nullptr) fail_lost(name);
  ResultPtr description;
  expect(name, nullptr, PQsendPrepare(handle_, prepared, sql.c_str(), 0, nullptr));
  expect(name, &description, PQsendDescribePrepared(handle_, prepared));
  settle();
  return description;
}

void Link::sync() {
  held_back_ = 0;
  if (PQpipelineSync(handle_) == 0) fail_lost("sync");
  expected_.emplace_back().sync = true;
}

void Link::push() {
  if (handle_ == nullptr || expected_.empty()) return;
  sync();
}

void Link::settle() {
  if (const auto failure = read_all()) throw *failure;
}

void Link::drain() {
  (void)read_all();
}

std::optional<Failure> Link::read_all() {
  if (expected_.empty()) return std::nullopt;
  if (!expected_.back().sync) sync();
  std::optional<Failure> first;
  bool ended = false;  // the answer before this one was an end of results
  while (!expected_.empty()) {
    ResultPtr result(PQgetResult(handle_));
    if (!result) {
      if (ended || PQstatus(handle_) == CONNECTION_BAD) fail_lost(expected_.front().name);
      ended = true;
      if (!expected_.front().sync) expected_.pop_front();
      continue;
    }
    ended = false;
    auto failure = take(std::move(result));
    if (failure && !first) first = std::move(failure);
  }
  return first;
}

// One result of the statement that is answered first.
std::optional<Failure> Link::take(ResultPtr result) {
  Expected& expected = expected_.front();
  switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC: expected_.pop_front(); return std::nullopt;
    case PGRES_PIPELINE_ABORTED: return std::nullopt;  // not run: one before it failed
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK: {
      const std::string_view count = PQcmdTuples(result.get());
      std::int64_t changed = 0;
      for (const char digit : count) changed = changed * 10 + (digit - '0');
      counts_[expected.ticket % kMaxUnanswered] = changed;
      if (expected.keep != nullptr) *expected.keep = std::move(result);
      if (expected.presumed && changed == 0) return disappointed(expected.name);
      return std::nullopt;
    }
    default: break;
  }
  Failure failure = failure_of(expected.name, result.get());
  if (failure.kind() == FailureKind::lost) {
    close();
    throw failure;
  }
  return failure;
}

void Link::presume(std::uint64_t ticket) {
  const auto found =
      std::find_if(expected_.rbegin(), expected_.rend(),
                   [&](const Expected& expected) { return expected.ticket == ticket; });
  if (found != expected_.rend()) {
    found->presumed = true;
  } else if (changed(ticket) == 0) {
    throw disappointed("statement");
  }
}

Failure Link::disappointed(std::string_view name) {
  return {FailureKind::serialization, std::string(name) + ": not as presumed"};
}

void Link::leave_pipeline() {
  settle();
  if (PQexitPipelineMode(handle_) == 0) fail_lost("pipeline");
}

void Link::enter_pipeline() {
  if (PQenterPipelineMode(handle_) == 0) fail_lost("pipeline");
}

void Link::script(const std::string& sql) {
  if (handle_ == nullptr) fail_lost("script");
  leave_pipeline();
  try {
    check("script", PQexec(handle_, sql.c_str()));
  } catch (const Failure&) {
    if (handle_ != nullptr) enter_pipeline();
    throw;
  }
  enter_pipeline();
}

void Link::begin_copy(const std::string& sql) {
  if (handle_ == nullptr) fail_lost("copy");
  leave_pipeline();
  try {
    check("copy", PQexec(handle_, sql.c_str()));
  } catch (const Failure&) {
    if (handle_ != nullptr) enter_pipeline();
    throw;
  }
}

void Link::copy(std::string_view bytes) {
  if (handle_ == nullptr ||
      PQputCopyData(handle_, bytes.data(), static_cast<int>(bytes.size())) != 1)
    fail_lost("copy");
}

void Link::end_copy() {
  if (handle_ == nullptr || PQputCopyEnd(handle_, nullptr) != 1) fail_lost("copy");
  std::optional<Failure> failed;
  while (PGresult* result = PQgetResult(handle_)) {
    try {
      check("copy", result);
    } catch (const Failure& failure) {
      if (handle_ == nullptr) throw;
      failed = failure;
    }
  }
  enter_pipeline();
  if (failed) throw *failed;
}

void Link::abandon_copy() {
  if (handle_ == nullptr) return;
  (void)PQputCopyEnd(handle_, "abandoned");
  while (PGresult* result = PQgetResult(handle_)) PQclear(result);
  if (PQenterPipelineMode(handle_) == 0) close();
}

}  // namespace jishi::db::postgres
