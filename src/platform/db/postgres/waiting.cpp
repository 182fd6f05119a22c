#include "platform/db/postgres/waiting.hpp"

#include <algorithm>

namespace jishi::db::postgres {

namespace {

/// Prepares what does or asks the same for many rows, where the server does not know it yet.
std::string name_of_many(Link& link, const Statement& statement, Prepared& prepared) {
  std::string many = prepared.name + "_many";
  if (!prepared.of_many_known) {
    link.settle();
    (void)link.prepare(statement.name, many.c_str(), prepared.of_many);
    prepared.of_many_known = true;
  }
  return many;
}

/// The rows of `all` whose last column has the number of a place, without that column.
void split(const PGresult* all, std::span<ResultPtr* const> places) {
  const int columns = PQnfields(all) - 1;
  std::vector<PGresAttDesc> kinds;
  for (int column = 0; column < columns; ++column) {
    kinds.push_back({PQfname(all, column), PQftable(all, column), PQftablecol(all, column),
                     PQfformat(all, column), PQftype(all, column), PQfsize(all, column),
                     PQfmod(all, column)});
  }
  for (ResultPtr* place : places) {
    place->reset(PQmakeEmptyPGresult(nullptr, PGRES_TUPLES_OK));
    if (!*place || PQsetResultAttrs(place->get(), columns, kinds.data()) == 0)
      throw std::bad_alloc();
  }
  Rows numbers;
  numbers.show(all);
  for (int row = 0; numbers.next(); ++row) {
    PGresult* one = places[static_cast<std::size_t>(numbers.integer(columns)) - 1]->get();
    const int at = PQntuples(one);
    for (int column = 0; column < columns; ++column) {
      const int length = PQgetisnull(all, row, column) != 0 ? -1 : PQgetlength(all, row, column);
      if (PQsetvalue(one, at, column, PQgetvalue(all, row, column), length) == 0)
        throw std::bad_alloc();
    }
  }
}

}  // namespace

bool Waiting::add(const Statement& statement, Prepared& prepared,
                  std::span<const Parameter> parameters, int attempt, bool bold) {
  if (prepared.of_many.empty() || parameters.size() != prepared.types.size()) return false;
  if (!prepared.inserts) {
    if (!bold || !statement.of_one) return false;
    make_way(statement, prepared, attempt);  // also what changes the same object
  }
  auto found = std::find_if(lists_.begin(), lists_.end(),
                            [&](const List& list) { return list.statement == &statement; });
  if (found == lists_.end()) found = lists_.insert(lists_.end(), {&statement, &prepared, {}, 0});
  if (!found->rows.add(parameters, prepared.types)) return false;
  found->attempt = attempt;
  if (found->rows.size() < WaitingRows::kMost) return true;
  if (prepared.inserts) send_changes();
  send(*found);
  return true;
}

void Waiting::make_way(const Statement& statement, const Prepared& prepared, int attempt) {
  const bool meets = std::any_of(lists_.begin(), lists_.end(), [&](const List& list) {
    if (list.rows.empty()) return false;
    // What keeps to single objects does not meet rows of other objects.
    if (statement.of_one && list.statement->of_one && list.attempt != attempt) return false;
    const auto& tables = list.prepared->changes;
    return std::any_of(tables.begin(), tables.end(), [&](int table) {
      return std::binary_search(prepared.reads.begin(), prepared.reads.end(), table);
    });
  });
  if (meets) send();
}

// Whoever changes an object and then inserts rows of it lets both wait; who inserts first does not.
void Waiting::send() {
  send_changes();
  for (List& list : lists_) send(list);
}

void Waiting::send_changes() {
  for (List& list : lists_) {
    if (!list.prepared->inserts) send(list);
  }
}

void Waiting::send(List& list) {
  Prepared& prepared = *list.prepared;
  const std::string_view name = list.statement->name;
  if (list.rows.size() >= WaitingRows::kFewest) {
    const std::string many = name_of_many(link_, *list.statement, prepared);
    link_.send_prepared(name, many.c_str(), list.rows.arrays(prepared.types), nullptr);
  } else {
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
      link_.send_prepared(name, prepared.name.c_str(), list.rows.row(i, prepared.types), nullptr);
    }
  }
  list.rows.clear();
}

bool Questions::add(const Statement& statement, Prepared& prepared,
                    std::span<const Parameter> parameters, ResultPtr* place) {
  if (prepared.of_many.empty() || parameters.size() != prepared.types.size()) return false;
  auto found = std::find_if(lists_.begin(), lists_.end(),
                            [&](const List& list) { return list.statement == &statement; });
  if (found == lists_.end()) {
    lists_.emplace_back();
    found = lists_.end() - 1;
    found->statement = &statement;
    found->prepared = &prepared;
  }
  if (!found->rows.add(parameters, prepared.types)) return false;
  found->places.push_back(place);
  return true;
}

void Questions::send() {
  for (List& list : lists_) {
    Prepared& prepared = *list.prepared;
    const std::string_view name = list.statement->name;
    if (list.rows.size() >= WaitingRows::kFewest) {
      const std::string many = name_of_many(link_, *list.statement, prepared);
      link_.send_prepared(name, many.c_str(), list.rows.arrays(prepared.types), &list.answer);
      continue;
    }
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
      link_.send_prepared(name, prepared.name.c_str(), list.rows.row(i, prepared.types),
                          list.places[i]);
    }
  }
}

void Questions::deal_out() {
  for (const List& list : lists_) {
    if (list.answer) split(list.answer.get(), list.places);
  }
  clear();
}

}  // namespace jishi::db::postgres
