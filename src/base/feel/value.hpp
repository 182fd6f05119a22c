#pragma once
// The values of FEEL. A value is small, copies share what is large, and nothing changes once made.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal/decimal.hpp"
#include "base/feel/temporal.hpp"

namespace jishi::feel {

class Value;
struct Function;

/// How large a value is: all parts counted (a shared one each time it is met), and how deep.
struct Extent {
  std::int64_t parts = 1;
  int depth = 0;
};

struct ListValue;
struct ContextValue;
struct RangeValue;

class Value {
 public:
  using Entries = std::vector<std::pair<std::string, Value>>;
  using Held = std::variant<std::monostate, bool, Decimal, std::string, CalendarDate, TimeOfDay,
                            DateAndTime, DaysAndTime, YearsAndMonths,
                            std::shared_ptr<const ListValue>, std::shared_ptr<const ContextValue>,
                            std::shared_ptr<const RangeValue>, std::shared_ptr<const Function>>;

  Value() = default;  // null
  template <class T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, Value> && std::is_constructible_v<Held, T> &&
           !std::is_integral_v<std::remove_cvref_t<T>> && !std::is_pointer_v<std::decay_t<T>>)
      Value(T&& held)
      : held_(std::forward<T>(held)) {}                       // NOLINT(google-explicit-constructor)
  Value(bool held) : held_(held) {}                           // NOLINT(google-explicit-constructor)
  Value(std::int64_t whole) : held_(Decimal(whole)) {}        // NOLINT(google-explicit-constructor)
  Value(int whole) : held_(Decimal(whole)) {}                 // NOLINT(google-explicit-constructor)
  Value(const char* text) : held_(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : held_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  /// Null for an operation without a result.
  template <class T>
  Value(const std::optional<T>& held) {  // NOLINT(google-explicit-constructor)
    if (held) *this = Value(*held);
  }

  static Value list(std::vector<Value> items);
  static Value context(Entries entries);
  static Value range(RangeValue range);

  bool is_null() const { return held_.index() == 0; }
  template <class T>
  const T* as() const {
    return std::get_if<T>(&held_);
  }
  const bool* boolean() const { return as<bool>(); }
  const Decimal* number() const { return as<Decimal>(); }
  const std::string* text() const { return as<std::string>(); }
  /// The items of a list, or nothing.
  const std::vector<Value>* items() const;
  /// The entries of a context, in their order, or nothing.
  const Entries* entries() const;
  const RangeValue* range() const;
  std::shared_ptr<const Function> function() const;
  /// The value of a context's entry; nothing when it has none of that name, or is no context.
  const Value* entry(std::string_view name) const;

  bool is_true() const { return boolean() != nullptr && *boolean(); }
  bool is_false() const { return boolean() != nullptr && !*boolean(); }

  const Held& held() const { return held_; }
  Extent extent() const;

 private:
  Held held_;
};

struct ListValue {
  std::vector<Value> items;
  Extent extent;
};

struct ContextValue {
  Value::Entries entries;
  Extent extent;
};

/// Everything between two ends. An end that is null and not included is open: there is none.
struct RangeValue {
  Value start;
  Value end;
  bool start_included = true;
  bool end_included = true;
};

/// As `string(value)` has it; nothing for null and for functions.
std::optional<std::string> text_of(const Value& value);
/// As an expression that gives the value again.
std::string literal_of(const Value& value);
/// What kind of value it is, in FEEL's own words (`days and time duration`).
std::string_view kind_of(const Value& value);

}  // namespace jishi::feel
