#pragma once
// Typed parameters and rows over the seam: a struct described with BOOST_DESCRIBE_STRUCT is read
// column by column, in the order of its members.

#include <array>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/blob.hpp"
#include "base/date.hpp"
#include "platform/db/connection.hpp"

namespace jishi::db {

template <class T>
Parameter parameter(const T& value) {
  if constexpr (std::is_same_v<T, std::nullopt_t> || std::is_same_v<T, std::nullptr_t>) {
    return std::monostate{};
  } else if constexpr (std::is_same_v<T, bool> || std::is_integral_v<T>) {
    return static_cast<std::int64_t>(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<double>(value);
  } else if constexpr (std::is_same_v<T, Date>) {
    return std::int64_t{to_days(value)};
  } else if constexpr (std::is_same_v<T, Blob>) {
    return BlobView{value.bytes};
  } else if constexpr (std::is_same_v<T, BlobView>) {
    return value;
  } else {
    return std::string_view(value);
  }
}

template <class T>
Parameter parameter(const std::optional<T>& value) {
  return value ? parameter(*value) : Parameter(std::monostate{});
}

/// Numbers as one parameter, which a statement takes apart by json_each($n).
template <class Numbers>
std::string number_list(const Numbers& numbers) {
  return fmt::format("[{}]", fmt::join(numbers, ","));
}

namespace detail {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
T column(const Cursor& cursor, int number) {
  if constexpr (is_optional<T>::value) {
    if (cursor.is_null(number)) return std::nullopt;
    return column<typename T::value_type>(cursor, number);
  } else if constexpr (std::is_same_v<T, bool>) {
    return cursor.integer(number) != 0;
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(cursor.integer(number));
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(cursor.real(number));
  } else if constexpr (std::is_same_v<T, Date>) {
    return from_days(cursor.integer(number));
  } else if constexpr (std::is_same_v<T, Blob>) {
    return Blob{std::string(cursor.bytes(number))};
  } else {
    return T(cursor.bytes(number));
  }
}

template <class T>
void read_members(const Cursor& cursor, int& number, T& row) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) {
        using Field = std::remove_reference_t<decltype(row.*member.pointer)>;
        if constexpr (boost::describe::has_describe_members<Field>::value) {
          read_members(cursor, number, row.*member.pointer);
        } else {
          row.*member.pointer = column<Field>(cursor, number++);
        }
      });
}

}  // namespace detail

/// Decodes the current row: a described struct takes one column a member, or as many as the member
/// has where it is such a struct itself; anything else takes the first column.
template <class T>
T decode(const Cursor& cursor) {
  if constexpr (boost::describe::has_describe_members<T>::value) {
    T row{};
    int number = 0;
    detail::read_members(cursor, number, row);
    if (number != cursor.columns())
      throw Failure(FailureKind::other, "row and struct differ in columns");
    return row;
  } else {
    return detail::column<T>(cursor, 0);
  }
}

/// Rows that were asked for and are looked at later: several such questions cost one wait where the
/// engine is behind a wire. Good until the same statement is asked again, or its transaction ends.
template <class T>
class Asked {
 public:
  explicit Asked(Cursor& cursor) : cursor_(cursor) {}

  /// The first row, if there is one.
  std::optional<T> one() {
    if (!cursor_.next()) return std::nullopt;
    return decode<T>(cursor_);
  }
  /// Every row: for lists whose length the statement limits.
  std::vector<T> all() {
    std::vector<T> rows;
    while (cursor_.next()) rows.push_back(decode<T>(cursor_));
    return rows;
  }

 private:
  Cursor& cursor_;
};

class Reader;

/// Which records the one who acts may name. Asked wherever a reference becomes an id, so that no
/// command can be pointed at what lies outside a scope.
class Reach {
 public:
  virtual ~Reach() = default;
  virtual bool organisation(Reader& reader, std::int64_t organisation) const = 0;
  virtual bool person(Reader& reader, std::int64_t person) const = 0;
};

/// Reads through one connection inside a transaction: one consistent state of the store.
class Reader {
 public:
  explicit Reader(Connection& connection, const Reach* reach = nullptr)
      : connection_(connection), reach_(reach) {}

  /// Whose references are limited here; nullptr: the program's own, or the owner's.
  const Reach* reach() const { return reach_; }

  /// Asks without waiting; see Asked.
  template <class T, class... Arguments>
  Asked<T> ask(const Statement& statement, const Arguments&... arguments) {
    return Asked<T>(start(statement, arguments...));
  }

  /// Says that this will be asked. While attempts are looked ahead (Connection::foresee) it goes to
  /// the engine with whatever else they ask then; otherwise nothing is done.
  template <class... Arguments>
  void soon(const Statement& statement, const Arguments&... arguments) {
    if (connection_.looks_ahead()) (void)start(statement, arguments...);
  }

  /// The first row, if there is one.
  template <class T, class... Arguments>
  std::optional<T> one(const Statement& statement, const Arguments&... arguments) {
    return ask<T>(statement, arguments...).one();
  }

  /// Every row. For lists whose length the statement limits; others are walked with each().
  template <class T, class... Arguments>
  std::vector<T> all(const Statement& statement, const Arguments&... arguments) {
    return ask<T>(statement, arguments...).all();
  }

  /// Calls `visit(row)` for every row, without keeping them. The visitor may run other statements.
  template <class T, class Visit, class... Arguments>
  void each(const Statement& statement, Visit&& visit, const Arguments&... arguments) {
    const std::array<Parameter, sizeof...(Arguments)> parameters{parameter(arguments)...};
    Cursor& cursor = connection_.walk(statement, parameters);
    while (cursor.next()) visit(decode<T>(cursor));
  }

  Connection& connection() { return connection_; }

 protected:
  template <class... Arguments>
  Cursor& start(const Statement& statement, const Arguments&... arguments) {
    const std::array<Parameter, sizeof...(Arguments)> parameters{parameter(arguments)...};
    return connection_.execute(statement, parameters);
  }

  Connection& connection_;

 private:
  const Reach* reach_ = nullptr;
};

/// Reads and writes inside one write transaction.
class Writer : public Reader {
 public:
  using Reader::Reader;

  /// Executes a statement for its effect; returns the number of rows it changed, which costs a wait
  /// only if it is looked at.
  template <class... Arguments>
  Changes run(const Statement& statement, const Arguments&... arguments) {
    const std::array<Parameter, sizeof...(Arguments)> parameters{parameter(arguments)...};
    return connection_.run(statement, parameters);
  }

  /// Connection::bold() and presume().
  bool bold() const { return connection_.bold(); }
  bool presume(const Changes& changes) { return connection_.presume(changes); }
  /// Connection::about().
  void about(std::int64_t object) { connection_.about(object); }
  /// Connection::asked_all().
  void asked_all() { connection_.asked_all(); }

  /// Calls `work(i)` for 0 … count - 1 until one returns false; whether none did. What all of them
  /// ask before they change anything is asked together (Connection::foresee), which calls each
  /// several times: only what the last call did holds. What is not asked at once by work that was
  /// said to ask so costs a wait each.
  template <class Work>
  bool in_turn(std::size_t count, Asking asking, Work&& work) {
    std::vector<std::function<void()>> attempts;
    attempts.reserve(count);
    for (std::size_t i = 0; i < count; ++i) attempts.emplace_back([&work, i] { (void)work(i); });
    connection_.foresee(attempts, asking);
    for (std::size_t i = 0; i < count; ++i) {
      connection_.next_attempt();
      if (!work(i)) return false;
    }
    return true;
  }
};

}  // namespace jishi::db
