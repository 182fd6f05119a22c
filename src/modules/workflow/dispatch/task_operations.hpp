#pragma once
// What meetings and the process of tasks have the program do: open tasks, close them.

#include "modules/workflow/operations/operations.hpp"

namespace jishi::workflow {

/// The process by which one organisation has another do something.
inline constexpr std::string_view kTaskProcess = "task";
inline constexpr std::size_t kMostTasksOpened = 50;  // by one step of a case

/// `tasks.open` and `tasks.close`.
void add_task_operations(Operations& operations);

}  // namespace jishi::workflow
