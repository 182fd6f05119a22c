#pragma once
// What the commands of expressions, decisions and processes have in common.

#include <memory>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "base/feel/evaluate.hpp"
#include "base/workdays/functions.hpp"

namespace jishi::app {

/// The variables of `--context`. Errors: those of reading JSON, and anything but an object.
Result<feel::Value> context_of(const std::string& json);

/// The clock that `--now` sets, or the machine's. Errors: app.bad_now.
Result<std::unique_ptr<Clock>> clock_of(const std::string& now);

/// The functions of expressions: the standard's, and those of working days by the pack's calendar.
class Functions {
 public:
  /// Errors: pack.calendar_invalid.
  static Result<std::unique_ptr<Functions>> of(const Context& context);
  const feel::Library& library() const { return library_; }

 private:
  explicit Functions(WorkCalendar calendar)
      : calendar_(std::move(calendar)), library_(library_with(calendar_)) {}
  WorkCalendar calendar_;
  feel::Library library_;
};

/// Prints a value, as JSON or as FEEL, and on stderr why it or a part of it is null.
void print_value(const Context& context, const feel::Value& value,
                 const std::vector<feel::Issue>& issues);

}  // namespace jishi::app
