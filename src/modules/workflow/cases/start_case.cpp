#include "modules/workflow/cases/start_case.hpp"

#include "base/feel/json.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/cases/opening.hpp"
#include "modules/workflow/cases/start_rules.hpp"
#include "modules/workflow/cases/unasked.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/mergers/hand_over.hpp"
#include "modules/workflow/process_settings/process_settings.hpp"

namespace jishi::workflow {

namespace {

/// What holds but blanks was left blank: no table and no form takes it for something written.
void empty_blanks(boost::json::value& value) {
  if (auto* text = value.if_string()) {
    if (trim(*text).empty()) text->clear();
  } else if (auto* items = value.if_array()) {
    for (boost::json::value& item : *items) empty_blanks(item);
  } else if (auto* members = value.if_object()) {
    for (auto& [name, member] : *members) empty_blanks(member);
  }
}

}  // namespace

Result<feel::Value> variables_of_answer(const std::optional<boost::json::object>& answer) {
  if (!answer) return feel::Value();
  boost::json::value given = *answer;
  empty_blanks(given);
  return feel::value_from_json(boost::json::serialize(given));
}

namespace {

const Node& start_of(const Playable& playable) {
  const Definition& definition = *playable.definition;
  return definition.nodes[definition.scopes[playable.scope].start];
}

constexpr int kMostPostponed = 120;  // months that are counted

/// The process by which a term ends and another begins: it is given the term's last day.
constexpr std::string_view kElectionProcess = "election";

constexpr const char* kTermEnds = "term_ends";

std::optional<Error> refuse_term_end(std::string_view process, const boost::json::object& given) {
  if (process != kElectionProcess || !given.contains(kTermEnds)) return std::nullopt;
  if (parse_iso_date(text_in(given, kTermEnds))) return std::nullopt;
  return fail(ErrorKind::invalid, "base.json_expected_date", {{"path", "variables.term_ends"}});
}

/// What every case knows: its places, whom it is about, who began it. A place that there is not
/// stands where the case does.
class FirstVariables {
 public:
  FirstVariables(Transaction& tx, const feel::Value& given, const CaseRow& row)
      : tx_(tx), row_(row) {
    if (const auto* held = given.entries()) entries_ = *held;
  }

  feel::Value made(const Playable& playable, feel::Value settings, Id sender, const Party& party) {
    const Id branch = row_.person == kNoId
                          ? row_.organisation
                          : registry::organisation_of(tx_, row_.person).value_or(row_.organisation);
    const auto committees = tx_.all<Id>(sql::cases::committees_above, row_.organisation);
    const Id committee = committees.empty() ? row_.organisation : committees.front();
    add("organisation", row_.organisation);
    add("superior", superior_of(tx_, row_.organisation).value_or(row_.organisation));
    add("branch", branch);
    add("committee", committee);
    add("department", committees.size() > 1 ? committees[1] : committee);
    add_term_end();
    add("initiator", party.id());
    add("case", row_.id);
    if (row_.person != kNoId) add("person", row_.person);
    if (sender != kNoId) {
      add("sender", sender);
      add("receiver", row_.organisation);
    }
    // Whoever begins it somewhere else than at these places begins it where the case stands.
    const std::string& at = start_of(playable).task.at;
    if (!at.empty() && at != "person" && !holds(at)) add(at, row_.organisation);
    entries_.emplace_back("settings", std::move(settings));
    return feel::Value::context(std::move(entries_));
  }

 private:
  bool holds(std::string_view name) const {
    return std::any_of(entries_.begin(), entries_.end(),
                       [&](const auto& entry) { return entry.first == name; });
  }
  void add_text(std::string_view name, std::string text) {
    entries_.emplace_back(std::string(name), feel::Value(std::move(text)));
  }
  // The last day of the term that runs, where it is on record and nobody said otherwise; and how
  // many months of postponement are on record: they count towards the most that are allowed.
  void add_term_end() {
    if (row_.process != kElectionProcess) return;
    const auto held = registry::organisation(tx_, row_.organisation);
    if (!held) return;
    if (held->extended_to && held->elected && held->term_years) {
      const Date natural = add_months(*held->elected, *held->term_years * 12);
      int months = 0;
      while (months < kMostPostponed && add_months(natural, months) < *held->extended_to) ++months;
      entries_.emplace_back("postponed_months", feel::Value(months));
    }
    if (holds(kTermEnds)) return;
    if (held->extended_to) {
      add_text(kTermEnds, to_iso(*held->extended_to));
    } else if (held->elected && held->term_years) {
      add_text(kTermEnds, to_iso(add_months(*held->elected, *held->term_years * 12)));
    }
  }
  void add(std::string_view name, Id id) {
    entries_.emplace_back(std::string(name), feel::Value(std::to_string(id)));
  }

  Transaction& tx_;
  const CaseRow& row_;
  feel::Value::Entries entries_;
};

/// Who sends what one organisation has another do: the receiver itself, or one above it in some
/// structure. kNoId where the process is not of that kind.
Result<Id> sender_of(db::Reader& reader, const StartCase& asked, const Playable& playable,
                     Id receiver) {
  if (start_of(playable).task.at != "sender") return kNoId;
  if (!asked.sender)
    return fail(ErrorKind::invalid, "workflow.sender_missing", {{"path", "sender"}});
  const auto sender = registry::organisation_meant(reader, *asked.sender);
  if (!sender) return sender.error();
  if (*sender == receiver || reader.one<int>(sql::cases::stands_below, receiver, *sender))
    return *sender;
  return fail(ErrorKind::refused, "workflow.sender_not_above", {{"path", "sender"}});
}

/// `reader`: reads as far as ids that were sent may point.
Result<CaseRow> row_of(Transaction& tx, db::Reader& reader, const StartCase& asked,
                       const Playable& playable) {
  const auto organisation = registry::organisation_meant(reader, asked.organisation);
  if (!organisation) return organisation.error();
  const auto place = registry::organisation(tx, *organisation);
  if (place && place->ended && *place->ended <= tx.store().clock().today()) {
    return fail(ErrorKind::refused, "workflow.organisation_ended",
                {{"organisation", place->name}, {"date", to_iso(*place->ended)}});
  }
  CaseRow row;
  row.id = tx.new_id();
  row.version = playable.id;
  row.process = playable.process;
  row.organisation = *organisation;
  if (asked.person) {
    const auto person = registry::person_meant(reader, *asked.person);
    if (!person) return person.error();
    row.person = *person;
  }
  return row;
}

// A start event may say which role begins a case, and where it is held. What is the part of a
// member is also done for them by whoever may begin cases at all.
std::optional<Error> refuse_beginner(Transaction& tx, const Office& office, const Party& party,
                                     const HeldCase& held, const feel::Value& variables) {
  const Node& start = start_of(*held.playable);
  if (start.task.role.empty() || start.task.at == "person") return std::nullopt;
  // The places that the start event speaks of stand in the first variables.
  HeldCase begun{held.row, held.playable, {}};
  begun.state.scopes.emplace_back();
  begun.state.scopes.front().variables = variables;
  const Date today = tx.store().clock().today();
  const Place place = place_of(tx, begun, start.task, today);
  if (stands_at(tx, party, start.task.role, place, today)) return std::nullopt;
  const Wording& wording = office.deployments.wording();
  const auto there = registry::organisation(tx, place.organisation);
  return fail(ErrorKind::forbidden, "workflow.not_your_start",
              {{"organisation", there ? there->name : std::string()},
               {"role", wording.role(Language::zh, start.task.role)},
               {"role_en", wording.role(Language::en, start.task.role)}});
}

/// Fields whose forms say by `x-known` that the program knows them already, by what it knows.
void add_known(Transaction& tx, const Office& office, const HeldCase& held, const Party& party,
               feel::Value& variables) {
  const CaseRow& row = held.row;
  const OperationCall call{row.id, row.organisation, row.person, variables, row.process, party,
                           office};
  feel::Value::Entries more;
  for (const auto& [name, form] : held.playable->forms) {
    for (const auto& [field, place] : known_fields_of(form)) {
      const Operation* known = office.operations.find_known(place);
      if (known == nullptr || variables.entry(field) != nullptr) continue;
      const auto found = (*known)(tx, call);
      const feel::Value* value = found ? found->entry(field) : nullptr;
      if (value != nullptr) more.emplace_back(field, *value);
    }
  }
  if (more.empty()) return;
  feel::Value::Entries entries = *variables.entries();
  entries.insert(entries.end(), more.begin(), more.end());
  variables = feel::Value::context(std::move(entries));
}

/// All that the beginning of a case in an organisation asks of it, and of who sends it. Where many
/// begin in turn the engine is asked once for all of them (db::Writer::in_turn).
void ask_soon(db::Reader& reader, const Party& party, const StartCase& asked, const Begins& begins,
              Date today) {
  const Id organisation = asked.organisation.id;
  if (organisation == kNoId || !reader.connection().looks_ahead()) return;
  const Id sender = asked.sender ? asked.sender->id : organisation;
  const auto place_at = [&](std::string_view at) { return at == "sender" ? sender : organisation; };
  std::map<std::tuple<Id, std::string_view, bool>, const TaskSettings*> roles;
  for (const Node& node : begins.playable->definition->nodes) {
    const TaskSettings& task = node.task;
    if (!task.role.empty() && task.at != "person")
      roles.try_emplace({place_at(task.at), task.role, is_own_answer(task)}, &task);
  }
  registry::organisation_soon(reader, organisation);
  registry::organisation_soon(reader, sender);
  for (const auto& [key, task] : roles) role_soon(reader, *task, std::get<0>(key), today);
  const TaskSettings& start = start_of(*begins.playable).task;
  reader.soon(sql::cases::holds, party.account, start.role, place_at(start.at), today);
  reader.soon(sql::cases::committees_above, organisation);
  if (asked.sender) reader.soon(sql::cases::stands_below, organisation, sender);
  if (!begins.settings) settings_soon(reader, begins.playable->process, organisation);
}

/// Why what a case is begun with cannot be taken: beside what its first steps ask for it may be
/// told its year and, of an election, the last day of the term.
std::optional<Error> refuse_first(const Playable& playable, const boost::json::object& given,
                                  Date today) {
  const Definition& definition = *playable.definition;
  const Scope& process = definition.scopes[playable.scope];
  std::vector<std::string_view> more;
  if (process.begins.each_year) more.emplace_back("year");
  if (playable.process == kElectionProcess) more.emplace_back(kTermEnds);
  if (auto refused = refuse_unasked(playable, process.start, given, more)) return refused;
  if (auto refused = refuse_term_end(playable.process, given)) return refused;
  return refuse_year(playable.process, process.begins.each_year, today, given);
}

Result<BegunCase> begin(Transaction& tx, const Office& office, const Party& party,
                        const StartCase& asked, Begins begins, bool by_role, const Follow& follow) {
  ask_soon(tx, party, asked, begins, tx.store().clock().today());
  std::shared_ptr<const Playable> playable = std::move(begins.playable);
  const Date today = tx.store().clock().today();
  if (asked.variables && by_role) {
    if (auto refused = refuse_first(*playable, *asked.variables, today)) return std::move(*refused);
  }
  const auto given = variables_of_answer(asked.variables);
  if (!given) return given.error();
  // What a case begins of itself is decided in it, whoever's step that is.
  db::Reader unbounded(tx.connection());
  db::Reader& reader = by_role ? tx : unbounded;
  auto row = row_of(tx, reader, asked, *playable);
  if (!row) return row.error();
  const auto sender = sender_of(reader, asked, *playable, row->organisation);
  if (!sender) return sender.error();
  HeldCase held{std::move(*row), std::move(playable), {}};
  if (!begins.settings) {
    begins.settings =
        settings_of(tx, office.deployments.settings(), held.row.process, held.row.organisation);
  }
  Act act;
  act.party = party;
  act.event.verb = Verb::start;
  act.event.actor = std::to_string(party.id());
  act.event.variables =
      with_opening(tx, held.row, tx.store().clock().today(),
                   FirstVariables(tx, *given, held.row)
                       .made(*held.playable, std::move(*begins.settings), *sender, party));
  add_known(tx, office, held, party, act.event.variables);
  if (auto refused = refuse_no_superior(tx, held)) return std::move(*refused);
  if (by_role) {
    if (auto refused = refuse_beginner(tx, office, party, held, act.event.variables))
      return std::move(*refused);
    auto refused = refuse_beginning(tx.store(), unbounded, office, held, act.event.variables);
    if (refused) return std::move(*refused);
  }
  auto advanced = advance(tx, office, held, act, follow);
  if (!advanced) return advanced.error();
  return BegunCase{std::move(held), std::move(*advanced)};
}

Result<Advanced> begin_latest(Transaction& tx, const Office& office, const Party& party,
                              const StartCase& asked, bool by_role) {
  auto playable = office.deployments.latest(tx, asked.process);
  if (!playable) return playable.error();
  auto begun = begin(tx, office, party, asked, {std::move(*playable), {}}, by_role, {});
  if (!begun) return begun.error();
  return std::move(begun->advanced);
}

}  // namespace

Result<Advanced> start_case(Transaction& tx, const Office& office, const Party& party,
                            const StartCase& asked) {
  return begin_latest(tx, office, party, asked, true);
}

Result<BegunCase> begin_case(Transaction& tx, const Office& office, const Party& party,
                             const StartCase& asked, Begins begins, const Follow& follow) {
  return begin(tx, office, party, asked, std::move(begins), true, follow);
}

Result<Advanced> open_case(Transaction& tx, const Office& office, const Party& party,
                           const StartCase& asked) {
  return begin_latest(tx, office, party, asked, false);
}

}  // namespace jishi::workflow
