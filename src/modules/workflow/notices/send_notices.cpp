#include <set>

#include "base/feel/evaluate.hpp"
#include "base/feel/json.hpp"
#include "base/integer.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/notices/notices.hpp"
#include "modules/workflow/notices/notices.sql.hpp"
#include "modules/workflow/notices/sealed_notice.hpp"
#include "modules/workflow/notices/told_places.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kMembers = "member";  // a role that is all members of an organisation
constexpr std::string_view kPosts = "post";      // all who hold a post there

Id id_in(const feel::Value& value) {
  return parse_id(feel::text_of(value).value_or(""));
}

Id id_at(const feel::Value& variables, const std::string& name) {
  const feel::Value* named = variables.entry(name);
  return named == nullptr ? kNoId : id_in(*named);
}

/// The organisations that a variable lists; none where it names a single one.
std::vector<Id> ids_at(const feel::Value& variables, const std::string& name) {
  std::vector<Id> ids;
  const feel::Value* named = variables.entry(name);
  const auto* items = named == nullptr ? nullptr : named->items();
  if (items == nullptr) return ids;
  for (const feel::Value& one : *items) {
    if (const Id id = id_in(one); id != kNoId) ids.push_back(id);
  }
  return ids;
}

/// What a notice says: the variables that its event names, as far as they are there.
std::string said(const Node& node, const feel::Value& variables) {
  feel::Value::Entries entries;
  for (const std::string& name : node.tells) {
    const feel::Value* value = variables.entry(name);
    if (value != nullptr && !value->is_null()) entries.emplace_back(name, *value);
  }
  return feel::json_of(feel::Value::context(std::move(entries)));
}

bool for_posts_only(const Node& node, const feel::Value& variables, std::int64_t now) {
  if (node.posts_only == nullptr) return false;
  FixedClock clock{Date{}};
  clock.set_ms(now);
  feel::Evaluator evaluator(clock, {});
  const feel::Value only = evaluator.evaluate(*node.posts_only, feel::scope_of(variables));
  const bool* held = only.as<bool>();
  return held != nullptr && *held;
}

/// Whose a notice is, as on a desk.
struct Addressee {
  std::string role;
  Id owner = kNoId;
};

struct From {
  Id case_id = kNoId;
  Id organisation = kNoId;
};

void add(Transaction& tx, const From& from, std::string_view message, const Addressee& to,
         std::string_view content) {
  const Id id = tx.new_id();
  tx.run(sql::notices::add, id, from.case_id, message, to.role, to.owner, from.organisation,
         tx.store().clock().now_ms(), sealed_notice(tx.store().keys(), id, content));
  tx.fact(fact::kNoticeSent, tx.store().clock().today(),
          to.role.empty() ? from.organisation : to.owner, {.subject = id});
}

From from(const HeldCase& held) {
  return {held.row.id, held.row.organisation};
}

/// An event may tell several places, with a comma between them, or a list of them: each that holds
/// the role there, and the person whom the case is about; nobody where the case names no place.
void send_to_each(Transaction& tx, const HeldCase& held, const Node& node) {
  const feel::Value& variables = variables_of(held.state);
  std::set<std::pair<std::string, Id>> told;
  for (const std::string& name : told_places(node.task.at)) {
    for (const Id one : ids_at(variables, name)) {
      if (told.emplace(node.task.role, one).second)
        add(tx, from(held), node.message, {node.task.role, one}, said(node, variables));
    }
    TaskSettings task = node.task;
    task.at = name;
    Addressee to{task.role, id_at(variables, task.at)};
    if (to.owner == kNoId) continue;
    if (task.at == "person") {
      to = {"", registry::person_now(tx, to.owner)};
    } else {
      to.owner = place_of(tx, held, task, tx.store().clock().today()).organisation;
    }
    if (told.emplace(to.role, to.owner).second)
      add(tx, from(held), node.message, to, said(node, variables));
  }
}

void send(Transaction& tx, const HeldCase& held, const Node& node) {
  if (node.task.at.find(',') != std::string::npos || node.task.role != kMembers) {
    send_to_each(tx, held, node);
    return;
  }
  const feel::Value& variables = variables_of(held.state);
  std::string role = node.task.role;
  Id owner = id_at(variables, node.task.at);
  if (node.task.at == "person") {
    role.clear();
    owner = registry::person_now(tx, owner);
  } else if (for_posts_only(node, variables, tx.store().clock().now_ms())) {
    role = kPosts;
  }
  if (owner == kNoId) return;
  add(tx, from(held), node.message, {role, owner}, said(node, variables));
}

}  // namespace

Blob sealed_notice(const crypto::Keys& keys, Id notice, std::string_view content) {
  return keys.cipher().seal(content, "workflow_notice.content." + std::to_string(notice));
}

std::string opened_notice(const crypto::Keys& keys, Id notice, const Blob& sealed) {
  const auto opened =
      keys.cipher().open(sealed, "workflow_notice.content." + std::to_string(notice));
  return opened ? *opened : std::string("{}");
}

void send_notices(Transaction& tx, const HeldCase& held, const std::vector<Effect>& effects) {
  for (const Effect& effect : effects) {
    if (effect.kind != Effect::Kind::message_sent || effect.node == kNone) continue;
    const Node& node = held.playable->definition->nodes[effect.node];
    if (!node.task.role.empty()) send(tx, held, node);
  }
}

void send_copy(Transaction& tx, const HeldCase& held, const Act& act, const Node& node) {
  const boost::json::object says{
      {"task", std::to_string(act.task)}, {"step", node.name}, {"reason", act.reason}};
  add(tx, from(held), kTaskCopied, {"", act.whom}, boost::json::serialize(says));
}

void send_reminder(Transaction& tx, const Reminder& reminder, const std::vector<Desk>& desks) {
  const boost::json::object says{{"task", std::to_string(reminder.task)},
                                 {"step", reminder.step},
                                 {"due_ms", std::to_string(reminder.due)}};
  for (const Desk& desk : desks) {
    add(tx, {reminder.case_id, reminder.organisation}, kTaskReminded, {desk.role, desk.owner},
        boost::json::serialize(says));
  }
}

}  // namespace jishi::workflow
