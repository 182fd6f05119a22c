#pragma once
// A process definition as the engine plays it: flat, immutable, indices instead of pointers. What
// BPMN knows beyond that (lanes, data, annotations, the diagram) stays in the document.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/feel/evaluate.hpp"
#include "modules/workflow/finding.hpp"
#include "platform/xml/xml.hpp"

namespace jishi::workflow {

using Index = std::uint32_t;
inline constexpr Index kNone = 0xFFFFFFFF;

inline constexpr std::string_view kBpmnSpace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
/// The namespace of our own attributes: role, form, due, signers …
inline constexpr std::string_view kJishiSpace = "urn:jishi:process";

inline constexpr std::size_t kMostNodes = 2'000;  // of a file
inline constexpr std::size_t kMostFlows = 4'000;  // of a file
inline constexpr std::size_t kMostIncoming = 64;  // of a gateway
inline constexpr int kMostScopes = 32;            // sub-processes within each other

enum class NodeKind : std::uint8_t {
  start,
  end,
  terminate,
  error_end,
  user_task,
  manual_task,
  service_task,
  rule_task,
  receive_task,
  exclusive,
  parallel,
  inclusive,
  timer_event,
  message_event,
  message_throw,
  boundary_timer,
  boundary_message,
  boundary_error,
  sub_process,
  call_activity
};

bool is_activity(NodeKind kind);
bool is_boundary(NodeKind kind);
bool is_gateway(NodeKind kind);

/// When something is due: a moment, or some time from now; several times, when it repeats.
struct Timing {
  enum class Kind : std::uint8_t { duration, date, cycle };
  Kind kind = Kind::duration;
  feel::NodePtr expression;
  int repeats = 1;
};

/// How a task is signed by several people.
enum class Signing : std::uint8_t { one, joint, any, sequential };

struct MultiInstance {
  bool sequential = false;
  feel::NodePtr cardinality;  // how many; null: one for each of `collection`
  feel::NodePtr collection;
  std::string item;  // the name of the item within an instance; empty: none
  feel::NodePtr completion;
  std::string collect;  // a list of what each instance entered, with its item; empty: none
};

/// What a task says of itself.
struct TaskSettings {
  std::string role, form, operation, result;
  std::string at;  // where the role is held: a variable that holds an organisation's or person's id
  std::optional<Timing> due;
  std::int64_t remind_ms = 0;    // so long before it is due; 0: not
  std::int64_t escalate_ms = 0;  // so long after; told to whoever holds the role above
  Signing signing = Signing::one;
  feel::NodePtr signers;  // a list of persons; null: whoever holds the role
  std::string decision_file, decision;
  std::vector<std::string> outputs;  // variables that a called process gives back
  bool reads_only = false;           // of an operation: it changes nothing
};

struct Node {
  std::string id, name;
  std::string english;                 // the name in English; empty: none
  std::string basis;                   // the article it rests on; empty: none is named
  std::vector<std::string> materials;  // what has to be on file after it
  std::vector<std::string> tells;      // of a message that is thrown: the variables it says
  feel::NodePtr posts_only;            // and when it is for those alone who hold a post there
  NodeKind kind = NodeKind::start;
  Index scope = 0;
  std::vector<Index> incoming, outgoing;
  Index default_flow = kNone;
  std::vector<Index> boundaries;  // of an activity
  Index attached_to = kNone;      // of a boundary event
  bool interrupting = true;
  std::optional<Timing> timing;
  std::string message;     // the name of a message
  std::string error_code;  // empty: any
  std::optional<MultiInstance> multi;
  std::string called;   // of a call activity
  Index inner = kNone;  // the scope of a sub-process or a called process
  TaskSettings task;
  // Of an inclusive join: which of its incoming flows can be reached from each node (a bit each).
  std::vector<std::uint64_t> reach;
};

struct Flow {
  std::string id;
  Index source = kNone, target = kNone;
  feel::NodePtr condition;  // null: none
  feel::NodePtr sets;       // a context: what the variables are from here on; null: as they were
};

/// What a process asks of the beginning of a case (jishi:about, once, standing, stages).
struct StartRules {
  bool about_person = false;          // somebody must be named
  bool once_person = false;           // one case runs about a person at a time
  bool once_organisation = false;     // one runs in an organisation at a time
  bool each_year = false;             // … for the year that `year` names
  std::vector<std::string> standing;  // member_status that is allowed; empty: any
  std::vector<std::string> stages;    // member_stage; empty: any
};

/// A process, or the inside of a sub-process.
struct Scope {
  std::string id, name, english;
  Index owner = kNone;  // the sub-process; none: a process
  Index start = kNone;
  std::vector<Index> nodes;
  // Variables for the person whom a case is about, and for who has a task of it.
  std::vector<std::string> confidential;
  StartRules begins = {};    // of a process
  std::string subject = {};  // the variable that a case is called by; empty: none
  bool followed = false;     // the person whom a case is about follows it (jishi:follows)
};

struct Definition {
  std::vector<Node> nodes;
  std::vector<Flow> flows;
  std::vector<Scope> scopes;
  std::vector<Index> processes;  // scopes

  /// The scope of a process; none when there is none of that id.
  Index process(std::string_view id) const;
  Index node(std::string_view id) const;
};

/// What a definition may refer to beyond its file.
struct Surroundings {
  std::optional<std::vector<std::string>> roles, forms;  // none: not checked
  /// The functions of expressions; has to live as long as the definition. None: the standard's.
  const feel::Library* library = nullptr;
};

/// Reads and checks a file. What is refused or warned of is in `findings`; refused, there is none.
std::shared_ptr<const Definition> read_definition(const xml::Document& document,
                                                  const Surroundings& around, Findings& findings);

}  // namespace jishi::workflow
