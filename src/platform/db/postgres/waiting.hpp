#pragma once
// What a connection has not sent yet, because nobody waits for it: rows of statements that go to
// the server together, and questions of one round of foresight.

#include "platform/db/postgres/link.hpp"
#include "platform/db/postgres/prepared.hpp"
#include "platform/db/postgres/waiting_rows.hpp"
#include "platform/db/statement.hpp"

namespace jishi::db::postgres {

/// What changes something and was not sent.
class Waiting {
 public:
  explicit Waiting(Link& link) : link_(link) {}

  /// True: the row goes when somebody could see that it is not there. Changes of single objects, by
  /// `attempt`s of which none is about what another is about, go with those of other objects where
  /// it is `bold`: nobody is refused for himself.
  bool add(const Statement& statement, Prepared& prepared, std::span<const Parameter> parameters,
           int attempt, bool bold);
  /// Before a statement is sent that could meet rows which wait.
  void make_way(const Statement& statement, const Prepared& prepared, int attempt);
  void send();
  void clear() { lists_.clear(); }

 private:
  struct List {
    const Statement* statement = nullptr;
    Prepared* prepared = nullptr;
    WaitingRows rows;
    int attempt = 0;  // that added the last
  };

  void send_changes();
  void send(List& list);

  Link& link_;
  std::vector<List> lists_;  // inserts do not meet: no table refers to another by a constraint
};

/// Questions of a round, gathered so that those of one statement go as one.
class Questions {
 public:
  explicit Questions(Link& link) : link_(link) {}

  /// False where the statement cannot go with others: the question is to be sent by itself.
  bool add(const Statement& statement, Prepared& prepared, std::span<const Parameter> parameters,
           ResultPtr* place);
  void send();
  /// Puts the answers in their places, after all of them have come.
  void deal_out();
  void clear() { lists_.clear(); }

 private:
  struct List {
    const Statement* statement = nullptr;
    Prepared* prepared = nullptr;
    WaitingRows rows;
    std::vector<ResultPtr*> places;
    ResultPtr answer;  // to all
  };

  Link& link_;
  std::vector<List> lists_;
};

}  // namespace jishi::db::postgres
