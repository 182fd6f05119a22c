#pragma once
// The rows of a list as cells of a table: each member of the described struct is a column, those of
// a struct within it under `outer.inner`; lists of structs are left out.

#include <variant>

#include "api/json_text.hpp"

namespace jishi::api {

/// As sheets::Value, with its own text; yes and no are written as words.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, Date, bool>;

namespace detail {

template <class T>
concept DescribedStruct =
    boost::describe::has_describe_members<T>::value && !jishi::detail::HasJsonForm<T> &&
    !std::is_same_v<T, Date>;

template <class T>
struct ItemOf {
  using type = void;
};
template <class T>
struct ItemOf<std::vector<T>> {
  using type = T;
};
/// A list of structs is a table of its own: it has no place in a cell.
template <class T>
concept HasNoCell = DescribedStruct<typename ItemOf<T>::type>;

template <class T>
Cell cell_of(const T& value) {
  if constexpr (jishi::detail::is_json_optional<T>::value) {
    if (!value) return std::monostate{};
    return cell_of(*value);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Date>) {
    return value;
  } else if constexpr (std::is_same_v<T, bool>) {
    return Cell(std::in_place_type<bool>, value);
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::int64_t>(value);
  } else if constexpr (std::is_same_v<T, double>) {
    return value;
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(boost::describe::enum_to_string(value, ""));
  } else {
    std::string text = json_text(value);
    if (!text.starts_with('"')) return text;
    return std::string(boost::json::parse(text).as_string());  // a month, say
  }
}

template <class T>
void append_columns(std::vector<std::string>& columns, const std::string& prefix) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if constexpr (DescribedStruct<Field>) {
          append_columns<Field>(columns, prefix + member.name + ".");
        } else if constexpr (!HasNoCell<Field>) {
          columns.push_back(prefix + member.name);
        }
      });
}

template <class T>
void append_cells(std::vector<Cell>& cells, const T& row) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) {
        const auto& value = row.*member.pointer;
        using Field = std::remove_cvref_t<decltype(value)>;
        if constexpr (DescribedStruct<Field>) {
          append_cells(cells, value);
        } else if constexpr (!HasNoCell<Field>) {
          cells.push_back(cell_of(value));
        }
      });
}

}  // namespace detail

/// The names of a row's columns, in the order of its cells.
template <class Row>
std::vector<std::string> columns_of() {
  std::vector<std::string> columns;
  detail::append_columns<Row>(columns, "");
  return columns;
}

template <class Row>
std::vector<Cell> cells_of(const Row& row) {
  std::vector<Cell> cells;
  detail::append_cells(cells, row);
  return cells;
}

}  // namespace jishi::api
