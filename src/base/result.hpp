#pragma once
// Expected failures are values. A function that may be refused returns Result<T>; exceptions end
// the work.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace jishi {

/// What a caller can do about a failure; the HTTP status and the exit code follow from it.
enum class ErrorKind {
  invalid,
  unauthenticated,  // who asks is not known, or no longer
  not_found,        // also whatever lies outside the caller's scope
  forbidden,
  conflict,
  refused,
  limited,  // too much or too often: wait, or ask for less
  unavailable
};

/// Named values that a text of the catalogue puts into its `{placeholders}`.
using Arguments = std::vector<std::pair<std::string, std::string>>;

/// A failure: `code` names its text in the catalogue of the module it belongs to
/// (`registry.parent_cycle`).
struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;
  Arguments arguments;
  std::vector<Error> also;  // what else was found wrong at the same time, each with its place

  friend bool operator==(const Error&, const Error&) = default;
};

/// Makes an Error: `return fail(ErrorKind::refused, "registry.parent_cycle", {{"code", code}});`
inline Error fail(ErrorKind kind, std::string_view code, Arguments arguments = {}) {
  return Error{kind, std::string(code), std::move(arguments), {}};
}

/// Nothing to return but success.
struct Done {
  friend bool operator==(const Done&, const Done&) = default;
};

/// Either a T or the Error that prevented it.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  bool has_value() const { return state_.index() == 0; }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  const Error& error() const { return std::get<1>(state_); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace jishi
