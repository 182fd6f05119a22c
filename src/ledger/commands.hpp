#pragma once
// Commands by name, JSON in and JSON out: how the command line and HTTP reach what a module can do.
// A module lists its commands in `std::vector<CommandEntry> commands()`.

#include <algorithm>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "ledger/store.hpp"

namespace jishi {

/// One command of a module. Its JSON is that of a described struct (base/json.hpp).
struct CommandEntry {
  using Call =
      std::function<Result<boost::json::value>(Store&, Actor, const boost::json::value& command)>;

  std::string_view name;                 // registry.move_organisation
  std::string_view summary;              // code of the text that says what it does: the name itself
  std::vector<std::string_view> fields;  // of its JSON, in order
  Call run;                              // one durable command
  Call preview;                          // the same work, and nothing kept
};

/// Makes the entry of `work(Transaction&, const Command&)`, which returns a Result of a described
/// struct. Command and preview run the same work and cannot differ.
template <class Command, class Work>
CommandEntry command_entry(std::string_view name, Work work) {
  static_assert(std::is_invocable_v<Work&, Transaction&, const Command&>);
  const auto call = [work](auto&& hold,
                           const boost::json::value& json) -> Result<boost::json::value> {
    const auto command = from_json<Command>(json);
    if (!command) return command.error();
    const auto done = hold([&](Transaction& tx) { return work(tx, *command); });
    if (!done) return done.error();
    return to_json(*done);
  };
  CommandEntry entry{name, name, {}, {}, {}};
  boost::mp11::mp_for_each<boost::describe::describe_members<Command, boost::describe::mod_public>>(
      [&](auto member) { entry.fields.emplace_back(member.name); });
  entry.run = [call](Store& store, Actor actor, const boost::json::value& json) {
    return call([&](auto&& task) { return store.write(actor, task); }, json);
  };
  entry.preview = [call](Store& store, Actor actor, const boost::json::value& json) {
    return call([&](auto&& task) { return store.rehearse(actor, task); }, json);
  };
  return entry;
}

/// The entry of a name, or nullptr.
inline const CommandEntry* find_command(const std::vector<CommandEntry>& entries,
                                        std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const CommandEntry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace jishi
