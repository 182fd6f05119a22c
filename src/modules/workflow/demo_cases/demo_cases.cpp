#include "modules/workflow/demo_cases/demo_cases.hpp"

#include "base/checks.hpp"
#include "base/feel/json.hpp"
#include "base/integer.hpp"
#include "base/texts.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/demo_cases/demo_cases.sql.hpp"
#include "modules/workflow/demo_cases/script.hpp"
#include "modules/workflow/dispatch/task_operations.hpp"
#include "modules/workflow/timers/timekeeper.hpp"

namespace jishi::workflow {

namespace {

constexpr std::size_t kLeastMembers = 10;  // of a branch
constexpr std::size_t kMostMembers = 45;
constexpr int kMostBranches = 400;
constexpr const char* kNoTask = "workflow.task_unknown";
constexpr int kMostTurns = 20;  // of timers that fire one another
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kOfficeHour = 9 * 3'600'000;

/// Who plays in a case.
struct Cast {
  Id branch = kNoId;
  Id committee = kNoId;
  Id sibling_branch = kNoId;  // of the same committee
  Id other_branch = kNoId;
  Id other_committee = kNoId;
  Id region = kNoId;         // in which the branch stands
  std::vector<Id> partners;  // the other branches of the region
  std::vector<Id> firms;     // of the region
  std::vector<Id> full;
  std::vector<Id> probationary;
  Id it = kNoId;
  std::string applicant;      // somebody who is on no roll yet
  std::int64_t newcomer = 0;  // the number of the same, of whom a citizen id is made

  std::optional<Id> one(std::string_view name) const {
    if (name == "it") return it;
    if (name == "branch") return branch;
    if (name == "committee") return committee;
    if (name == "sibling_branch") return sibling_branch;
    if (name == "other_branch") return other_branch;
    if (name == "other_committee") return other_committee;
    for (const auto& [word, persons] : {std::pair{std::string_view("full"), &full},
                                        {"probationary", &probationary},
                                        {"partner", &partners},
                                        {"firm", &firms}}) {
      if (!name.starts_with(word)) continue;
      const auto number = parse_integer(name.substr(word.size()));
      if (number && *number >= 1 && *number <= std::int64_t(persons->size()))
        return (*persons)[static_cast<std::size_t>(*number - 1)];
    }
    return std::nullopt;
  }

  /// In texts: $branch, $full3 (the third full member), $partner1 and $firm1 (of the region) are
  /// ids; $day-5 is a day, counted from the one of the step, $year its year, $year-03-10 a day of
  /// it; $count-2 is a number, counted from that of the full members. An object {"$each": …} is the
  /// list of what it says for each of them, who is $it. $name is the next of the script's names,
  /// $citizen an id of an area that is none, $letter the number of a letter about the same person.
  boost::json::value fill(const boost::json::value& value, Date today) const {
    if (const auto* object = value.if_object()) {
      if (const auto* each = object->if_contains("$each")) return for_each(*each, today);
      boost::json::object filled;
      for (const auto& [key, member] : *object) filled[key] = fill(member, today);
      return filled;
    }
    if (const auto* array = value.if_array()) {
      boost::json::array filled;
      for (const auto& element : *array) filled.push_back(fill(element, today));
      return filled;
    }
    const auto* text = value.if_string();
    if (text == nullptr || !text->starts_with("$")) return value;
    return word(std::string_view(*text).substr(1), today);
  }

 private:
  boost::json::value word(std::string_view name, Date today) const {
    if (name.starts_with("day")) return boost::json::value(to_iso(today + days_in(name, 3)));
    if (name.starts_with("count"))
      return std::int64_t(full.size()) + std::int64_t(days_in(name, 5).count());
    const int year = int(std::chrono::year_month_day(today).year());
    if (name == "year") return year;
    if (name.starts_with("year-"))
      return boost::json::value(fmt::format("{}{}", year, name.substr(4)));
    if (name == "name") return boost::json::value(applicant);
    if (name == "letter") return boost::json::value(fmt::format("外{:04}", newcomer));
    if (name == "citizen") {
      std::string id = fmt::format("99019919850312{:03}", newcomer % 1000);
      id += citizen_id_check_digit(id);
      return boost::json::value(id);
    }
    const auto id = one(name);
    return id ? boost::json::value(std::to_string(*id)) : boost::json::value();
  }

  boost::json::value for_each(const boost::json::value& said, Date today) const {
    boost::json::array list;
    for (const Id person : full) {
      Cast of_one = *this;
      of_one.it = person;
      list.push_back(of_one.fill(said, today));
    }
    return list;
  }

  static std::chrono::days days_in(std::string_view name, std::size_t at) {
    std::string_view number = name.substr(at);
    if (number.starts_with("+")) number.remove_prefix(1);
    return std::chrono::days(parse_integer(number).value_or(0));
  }
};

/// How far a script is played.
struct Extent {
  std::size_t steps = 0;  // that are done
  bool waited = false;    // the days before the next one have passed: it lies before somebody
  Date ends;
};

/// Plays one script as far as one of its steps.
class Player {
 public:
  Player(Store& store, FixedClock& clock, const Office& office, const Party& party, DemoCases& done)
      : store_(store), clock_(clock), office_(office), party_(party), done_(done) {}

  void play(const DemoScript& script, const Extent& extent, const Cast& cast) {
    Date day = extent.ends;
    const std::size_t days_of = extent.steps + (extent.waited ? 1 : 0);
    for (std::size_t i = 0; i < days_of; ++i) day -= std::chrono::days(script.steps[i].wait_days);
    go_to(day);
    const auto begun = begin(script, cast, day);
    if (!begun) return refused(script, "-", begun.error());
    ++done_.cases;
    for (std::size_t i = 0; i < extent.steps; ++i) {
      const DemoStep& step = script.steps[i];
      day += std::chrono::days(step.wait_days);
      go_to(day);
      for (int times = 0; times == 0 || (step.all && times < kMostInstances); ++times) {
        const auto acted = act(*begun, step, cast, day);
        if (!acted && times > 0 && acted.error().code == kNoTask) break;
        if (!acted) return refused(script, step.task, acted.error());
        ++done_.steps;
      }
    }
    if (extent.waited) go_to(extent.ends);
  }

  /// What `cast`'s committee sends to those branches, each of which goes one step further than the
  /// one before, up to the script's last.
  Result<Done> send(const Dispatches& dispatches, const DemoDispatch& sent,
                    const DemoScript& script, const Cast& cast, const std::vector<Id>& branches) {
    Date day = clock_.today() - std::chrono::days(sent.days_ago);
    go_to(day);
    const auto task = from_json<DispatchTask>(cast.fill(sent.task, day));
    if (!task) return task.error();
    const auto job = store_.write(Actor{party_.account}, [&](Transaction& tx) {
      return note_dispatch(tx, dispatches, cast.committee, party_.account, *task, branches);
    });
    if (!job) return job.error();
    dispatches.jobs.wake(kDispatchJob);
    dispatches.jobs.drain();
    const auto cases = store_.read([&](db::Reader& reader) {
      return reader.all<Id>(sql::demo_cases::cases_of_dispatch, *job);
    });
    done_.cases += std::int64_t(cases.size());
    done_.receivers = std::int64_t(cases.size());
    for (std::size_t step = 1; step < script.steps.size(); ++step) {  // the draft is done
      day += std::chrono::days(script.steps[step].wait_days);
      go_to(day);
      for (std::size_t i = 0; i < cases.size(); ++i) {
        if (i % script.steps.size() < step) continue;
        const auto acted = act(cases[i], script.steps[step], cast, day);
        if (!acted) return acted.error();
        ++done_.steps;
      }
    }
    return Done{};
  }

 private:
  void refused(const DemoScript& script, const std::string& step, const Error& error) {
    done_.refused.push_back(
        fmt::format("{} / {}: {}", script.process, step, say(Language::zh, error)));
  }

  void go_to(Date day) {
    clock_.set_ms(start_of_day_ms(day) + kOfficeHour);
    Timekeeper keeper(store_, office_);
    for (int turn = 0; turn < kMostTurns && keeper.run_due() > 0; ++turn) {
    }
  }

  Result<Id> begin(const DemoScript& script, const Cast& cast, Date day) {
    StartCase asked;
    asked.process = script.process;
    asked.organisation = registry::Reference(script.at == "committee" ? cast.committee
                                             : script.at == "region"  ? cast.region
                                                                      : cast.branch);
    if (script.person == "full") asked.person = registry::Reference(cast.full.back());
    if (script.person == "probationary")
      asked.person = registry::Reference(cast.probationary.front());
    if (script.sender == "committee") asked.sender = registry::Reference(cast.committee);
    asked.variables = cast.fill(script.variables, day).as_object();
    const auto begun = store_.write(Actor{}, [&](Transaction& tx) {
      // Whoever hands a post over has held it.
      if (script.process == "appointment") {
        registry::record_post(
            tx, registry::manual_origin(tx),
            {cast.full.front(), cast.branch, "deputy_secretary", day - std::chrono::days(300), {}});
      }
      return open_case(tx, office_, party_, asked);
    });
    if (!begun) return begun.error();
    return begun->case_id;
  }

  Result<Advanced> act(Id case_id, const DemoStep& step, const Cast& cast, Date day) {
    return store_.write(Actor{}, [&](Transaction& tx) -> Result<Advanced> {
      auto held = held_case(store_, tx, office_, case_id);
      if (!held) return held.error();
      const Task* task = find(*held, step.task);
      if (task == nullptr) return fail(ErrorKind::not_found, kNoTask);
      Act act;
      act.party = party_;
      act.event.verb = step.verb;
      act.event.task = task->id;
      act.task = row_of(tx, case_id, task->id);
      act.event.actor = actor_of(*task);
      auto given = variables_of_answer(cast.fill(step.answer, day).as_object());
      if (!given) return given.error();
      act.event.variables = std::move(*given);
      return advance(tx, office_, *held, act);
    });
  }

  static const Task* find(const HeldCase& held, const std::string& name) {
    for (const Task& task : held.state.tasks) {
      if (held.playable->definition->nodes[task.node].name == name) return &task;
    }
    return nullptr;
  }

  // The row of a task that is open: what is noted of the step names it.
  static Id row_of(db::Reader& reader, Id case_id, Number number) {
    return reader.one<Id>(sql::demo_cases::open_task, case_id, number).value_or(kNoId);
  }

  std::string actor_of(const Task& task) const {
    if (!task.assignee.empty()) return task.assignee;
    for (const Signer& signer : task.signers) {
      if (signer.state == Signer::State::waiting) return signer.person;
    }
    return std::to_string(party_.id());
  }

  Store& store_;
  FixedClock& clock_;
  const Office& office_;
  const Party party_;
  DemoCases& done_;
};

Cast cast_at(db::Reader& reader, Id branch) {
  Cast cast;
  cast.branch = branch;
  const auto above = reader.all<Id>(sql::cases::committees_above, branch);
  cast.committee = above.empty() ? branch : above.front();
  cast.full = reader.all<Id>(sql::demo_cases::members, branch, "full", kMostMembers);
  cast.probationary = reader.all<Id>(sql::demo_cases::members, branch, "probationary", 5);
  cast.region = reader.one<Id>(sql::demo_cases::region_of, branch).value_or(kNoId);
  if (cast.region == kNoId) return cast;
  cast.partners = reader.all<Id>(sql::demo_cases::partners, cast.region, branch);
  cast.firms = reader.all<Id>(sql::demo_cases::firms, cast.region);
  return cast;
}

std::vector<Cast> casts_of(Store& store) {
  return store.read([](db::Reader& reader) {
    std::vector<Cast> casts;
    for (const Id branch :
         reader.all<Id>(sql::demo_cases::branches, kLeastMembers, kMostMembers, kMostBranches))
      casts.push_back(cast_at(reader, branch));
    // The other branch of a transfer stands below another committee, that of one within the
    // committee does not.
    for (Cast& cast : casts) {
      const auto sibling = std::find_if(casts.begin(), casts.end(), [&](const Cast& one) {
        return one.committee == cast.committee && one.branch != cast.branch;
      });
      if (sibling != casts.end()) cast.sibling_branch = sibling->branch;
      const auto other = std::find_if(casts.rbegin(), casts.rend(), [&](const Cast& one) {
        return one.committee != cast.committee;
      });
      if (other == casts.rend()) continue;
      cast.other_branch = other->branch;
      cast.other_committee = other->committee;
    }
    return casts;
  });
}

/// By the committee that has the most branches, to all of them.
Result<Done> send_to_many(Player& player, const Dispatches& dispatches, const DemoScripts& scripts,
                          const std::vector<Cast>& casts) {
  const auto script = std::find_if(scripts.cases.begin(), scripts.cases.end(),
                                   [](const auto& one) { return one.process == kTaskProcess; });
  if (!scripts.dispatch || script == scripts.cases.end() || casts.empty()) return Done{};
  std::map<Id, std::vector<Id>> branches;
  for (const Cast& cast : casts) branches[cast.committee].push_back(cast.branch);
  const auto most = std::max_element(
      branches.begin(), branches.end(),
      [](const auto& one, const auto& other) { return one.second.size() < other.second.size(); });
  const auto cast = std::find_if(casts.begin(), casts.end(),
                                 [&](const Cast& one) { return one.committee == most->first; });
  return player.send(dispatches, *scripts.dispatch, *script, *cast, most->second);
}

/// To each of its steps; where the next one may be done weeks later only, also until then.
std::vector<Extent> extents_of(const DemoScript& script, Date today) {
  constexpr int kSoon = 3;  // days
  std::vector<Extent> extents;
  for (std::size_t steps = 0; steps <= script.steps.size(); ++steps) {
    const Date ends = today - std::chrono::days(1 + steps % kSoon);
    extents.push_back({steps, false, ends});
    if (steps < script.steps.size() && script.steps[steps].wait_days > kSoon)
      extents.push_back({steps, true, ends});
  }
  return extents;
}

}  // namespace

Result<DemoCases> play_demo_cases(const Dispatches& dispatches, FixedClock& clock,
                                  const Party& party, const std::filesystem::path& scripts,
                                  Date today) {
  const auto read = read_demo_scripts(scripts);
  if (!read) return read.error();
  DemoCases done;
  const auto casts = casts_of(dispatches.store);
  Player player(dispatches.store, clock, dispatches.office, party, done);
  std::vector<Cast> in_regions;
  std::copy_if(casts.begin(), casts.end(), std::back_inserter(in_regions),
               [](const Cast& cast) { return cast.region != kNoId; });
  std::size_t next = 0;
  std::size_t next_in_regions = 0;
  for (const DemoScript& script : read->cases) {
    std::size_t named = 0;
    for (const Extent& extent : extents_of(script, today)) {
      for (std::size_t tried = 0; tried < casts.size(); ++tried) {
        Cast cast = casts[next++ % casts.size()];
        if (script.person == "probationary" && cast.probationary.empty()) continue;
        if (script.at == "region") {
          if (in_regions.empty()) break;
          cast = in_regions[next_in_regions++ % in_regions.size()];
        }
        if (!script.names.empty()) {
          cast.newcomer = std::int64_t(named) + 1;
          cast.applicant = script.names[named++ % script.names.size()];
        }
        player.play(script, extent, cast);
        break;
      }
    }
  }
  clock.set_ms(start_of_day_ms(today) + kOfficeHour);
  if (const auto sent = send_to_many(player, dispatches, *read, casts); !sent) return sent.error();
  clock.set_ms(start_of_day_ms(today) + kOfficeHour);
  return done;
}

}  // namespace jishi::workflow
