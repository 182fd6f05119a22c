#pragma once
// One connection to a server, always in pipeline mode: statements are sent as they come, and
// answers are waited for only where one is needed.

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/engine.hpp"
#include "platform/db/postgres/wire.hpp"

namespace jishi::db::postgres {

class Link {
 public:
  static constexpr std::size_t kMaxUnanswered = 1'024;
  // Statements that are sent together: the server works on them while the next are made.
  static constexpr int kHeldBack = 12;

  /// Connects at once; throws Failure (lost) when there is nobody to connect to.
  Link(std::string url, Access access);
  ~Link() { close(); }
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  /// Connects again if the connection was lost, also when that is only seen now.
  void revive();
  /// Grows with each connection: what was prepared on an earlier one is gone.
  std::uint64_t generation() const { return generation_; }

  /// Sends one statement; `keep` is where its result goes once settle() has read it. `name` is for
  /// messages and outlives the answer. Returns its ticket.
  std::uint64_t send(std::string_view name, const char* sql, ResultPtr* keep = nullptr);
  std::uint64_t send(std::string_view name, const std::string& sql, const Parameters& parameters,
                     std::span<const Oid> types, ResultPtr* keep);
  std::uint64_t send_prepared(std::string_view name, const char* prepared,
                              const Parameters& parameters, ResultPtr* keep);
  /// Prepares a statement and waits; its description says what types its parameters have.
  ResultPtr prepare(std::string_view name, const char* prepared, const std::string& sql);

  bool unanswered() const { return !expected_.empty(); }
  /// Reads all answers; throws the first failure among them.
  void settle();
  /// Reads all answers and forgets failures of statements; throws when the connection is lost.
  void drain();
  /// Sends what is waiting to be sent, without reading answers.
  void push();
  /// The rows changed by a statement whose answer was read; of the last kMaxUnanswered.
  std::int64_t changed(std::uint64_t ticket) const { return counts_[ticket % kMaxUnanswered]; }

  /// The statement is presumed to have changed a row: else a Failure (serialization) when its
  /// answer is read.
  void presume(std::uint64_t ticket);

  /// Several statements in one text, outside of the pipeline.
  void script(const std::string& sql);

  /// COPY, outside of the pipeline.
  void begin_copy(const std::string& sql);
  void copy(std::string_view bytes);
  void end_copy();
  void abandon_copy();

  bool lost() const { return handle_ == nullptr; }

 private:
  struct Expected {
    std::string_view name;
    std::uint64_t ticket = 0;
    ResultPtr* keep = nullptr;
    bool sync = false;
    bool presumed = false;
  };

  static Failure disappointed(std::string_view name);

  void connect();
  void close();
  std::uint64_t expect(std::string_view name, ResultPtr* keep, int sent);
  void sync();
  std::optional<Failure> read_all();
  std::optional<Failure> take(ResultPtr result);
  void leave_pipeline();
  void enter_pipeline();
  [[noreturn]] void fail_lost(std::string_view name);
  void check(std::string_view name, PGresult* result);

  std::string url_;
  Access access_;
  PGconn* handle_ = nullptr;
  std::uint64_t generation_ = 0;
  std::uint64_t sent_ = 0;
  int held_back_ = 0;
  std::deque<Expected> expected_;
  std::array<std::int64_t, kMaxUnanswered> counts_{};
};

/// What a failed result says.
Failure failure_of(std::string_view name, const PGresult* result);

}  // namespace jishi::db::postgres
