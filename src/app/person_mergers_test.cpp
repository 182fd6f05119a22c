// Mergers of persons over all modules: no reference is left behind, and the undo leaves no trace.

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <deque>
#include <regex>

#include "app/person_references.hpp"
#include "app/tables_for_test.hpp"
#include "modules/dues/dues.hpp"
#include "modules/identity/identity.hpp"
#include "modules/intake/import/office_for_test.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::app {
namespace {

using intake::testing::Office;
using registry::MergePersons;
using registry::PersonsMerged;
using registry::PersonsUnmerged;
using registry::UnmergePersons;

constexpr Actor kTester{7};

Result<PersonsMerged> merge(Office& office, Id keep, Id drop) {
  return office.store().write(kTester, [&](Transaction& tx) {
    return merge_persons(tx, person_references(), MergePersons{keep, drop, "同一人"});
  });
}

Result<PersonsUnmerged> unmerge(Office& office, Id keep, Id drop) {
  return office.store().write(kTester, [&](Transaction& tx) {
    return unmerge_persons(tx, person_references(), UnmergePersons{keep, drop});
  });
}

// What facts and mergers tell stays, sealed values are sealed anew; their keys are compared.
std::string tables(Office& office) {
  return tables_of(office.store(),
                   {"ledger_fact", "ledger_node", "ledger_head", "ledger_store", "registry_merger",
                    "schema_migration", "registry_person.citizen_id", "registry_person.phone",
                    "registry_person.address", "registry_conflict.other"});
}

// --- the list of references ----------------------------------------------------------------------

std::map<std::string, bool> declared_columns() {
  std::map<std::string, bool> declared;  // and whether it is moved
  const auto add = [&](const registry::PersonColumn& column) {
    EXPECT_TRUE(declared.emplace(column.column, column.left_because.empty()).second)
        << column.column << " is declared twice";
  };
  for (const auto& module : person_references()) {
    for (const auto& column : module.columns) {
      EXPECT_TRUE(column.column.starts_with(std::string(module.module) + "_")) << column.column;
      add(column);
    }
  }
  for (const auto& column : columns_left_alone()) {
    EXPECT_FALSE(column.left_because.empty()) << column.column;
    add(column);
  }
  return declared;
}

TEST(PersonReferences, EveryColumnOfPersonsIsMovedOrSaidToStay) {
  static const std::regex kOfPersons(
      "(.*_)?(person|subject|member|holder|payer|first|second|kept|"
      "dropped|merged_into|attendee|participant)");
  TestStore store;
  auto declared = declared_columns();
  std::set<std::string> columns;
  each_column(*store, [&](const std::string& table, const db::Table::Column& column) {
    const std::string name = table + "." + column.name;
    columns.insert(name);
    if (column.kind != db::ColumnKind::integer || !std::regex_match(column.name, kOfPersons))
      return;
    EXPECT_TRUE(declared.contains(name))
        << name << ": a merger of persons must move it (the module's person_references()), or"
        << " columns_left_alone() says why not";
  });
  for (const auto& [name, moved] : declared) EXPECT_TRUE(columns.contains(name)) << name;
}

// --- random histories ----------------------------------------------------------------------------

std::string pick(const std::vector<std::string>& from) {
  return *rc::gen::elementOf(from);
}

const std::vector<std::string> kNumbers{"P1", "P2", "P3", "P4"};

constexpr const char* kOrganisations =
    "组织代码,组织名称,上级组织代码,组织类别\nR,根,,党委\nA,甲,R,支部\nB,乙,R,支部\nC,丙,R,支部\n";

std::string members() {
  std::string text =
      "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,转正日期,党籍状态,"
      "手机,住址,学历\n";
  for (const std::string& number : kNumbers) {
    text += number + "," + pick({"张伟", "章伟"}) + ",,男," +
            pick({"1980", "1980-01-01", "1980-02-01"}) + "," + pick({"正式", "正式", "预备"}) +
            "," + pick({"A", "B", "C"}) + "," + pick({"2001-07-01", "2003-07-01"}) + "," +
            pick({"", "2004-07-01"}) + "," + pick({"", "正常", "已转出", "停止党籍"}) + "," +
            pick({"", "13900000001", "13900000002"}) + "," + pick({"", "一号楼", "二号楼"}) + "," +
            pick({"", "大学", "研究生"}) + "\n";
  }
  return text;
}

// A second workbook speaks of some again, with citizen ids; some rows are refused.
std::string more_members(const std::vector<std::string>& numbers = kNumbers) {
  const std::string head =
      "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,手机,住址\n";
  std::string text = head;
  for (int rows = *rc::gen::inRange(0, 6); rows > 0; --rows) {
    text += pick(numbers) + "," + pick({"张伟", "章伟"}) + "," +
            pick({"", "", "110101198001010010", "110101198001010037", "110101198001010011"}) +
            ",男,1980-01-01,正式," + pick({"A", "B", "C", "Z"}) + "," +
            pick({"2001-07-01", "2003-07-01"}) + "," + pick({"", "13900000001", "13900000003"}) +
            "," + pick({"", "三号楼"}) + "\n";
  }
  return text;
}

std::string posts() {
  std::string text = "人员编号,组织代码,职务,任职日期,免职日期\n";
  for (int rows = *rc::gen::inRange(0, 6); rows > 0; --rows) {
    text += pick(kNumbers) + "," + pick({"A", "B"}) + ",书记," +
            pick({"2020-01-01", "2021-01-01"}) + "," + pick({"", "2022-01-01", "2023-01-01"}) +
            "\n";
  }
  return text;
}

std::string activities() {
  std::string text = "组织代码,活动类别,日期,主题,地点,参加人\n";
  for (int rows = *rc::gen::inRange(0, 6); rows > 0; --rows) {
    text += pick({"A", "B", "R"}) + ",党课," + pick({"2026-01-10", "2026-02-10"}) + ",学习," +
            pick({"", "室一", "室二"}) + "," +
            pick({"", "P1", "P1、P2", "P2、P3", "P1、P2、P3、P4"}) + "\n";
  }
  return text;
}

std::string payments() {
  std::string text = "人员编号,所属月份,金额,缴纳日期\n";
  for (int rows = *rc::gen::inRange(0, 8); rows > 0; --rows) {
    text += pick(kNumbers) + "," + pick({"2026-01", "2026-02"}) + "," + pick({"5", "10"}) + "," +
            pick({"", "2026-02-03"}) + "\n";
  }
  return text;
}

void import(Office& office, const std::string& name, const std::string& people) {
  const std::pair<const char*, std::string> files[] = {
      {"m", people}, {"p", posts()}, {"a", activities()}, {"d", payments()}};
  std::vector<std::string> names;
  for (const auto& [kind, text] : files) {
    names.push_back(name + kind + ".csv");
    office.write(names.back(), text);
  }
  Office::How how;
  how.source = pick({"one", "two"});
  how.rank = *rc::gen::element(std::optional<int>{}, std::optional<int>{80});
  RC_ASSERT(bool(office.import(names, how).report));
}

constexpr Statement kAddAccess{
    "test.add_access",
    "insert into identity_access (id, account, person, reason, made, made_by, expires)"
    " values ($1, 5, $2, '核对', 1, 5, 2)"};
constexpr Statement kAddPair{
    "test.add_pair",
    "insert into registry_duplicate (first, second, reason, state, batch)"
    " values ($1, $2, 'name_birth', $3, 1) on conflict (first, second) do nothing"};

/// What does not come by workbooks: accounts, accesses, pairs of possible duplicates, decisions.
void add_beside(Office& office, const std::vector<Id>& people) {
  const auto done = office.store().write(kTester, [&](Transaction& tx) -> Result<Done> {
    bool active = false;
    for (const Id person : people) {
      if (*rc::gen::arbitrary<bool>()) {
        const auto account =
            identity::add_account(tx, {"u" + std::to_string(person), {}, person, {}});
        if (!account) return account.error();
        const bool enabled = !active && *rc::gen::arbitrary<bool>();
        active = active || enabled;
        if (!enabled) (void)identity::set_enabled(tx, account->id, false);
      }
      if (*rc::gen::arbitrary<bool>()) tx.run(kAddAccess, tx.new_id(), person);
      for (const Id other : people) {
        if (person < other && *rc::gen::arbitrary<bool>())
          tx.run(kAddPair, person, other, pick({"open", "different", "same"}));
      }
    }
    return Done{};
  });
  RC_ASSERT(bool(done));
  for (const auto& conflict : intake::conflicts(office.store())) {
    if (*rc::gen::inRange(0, 3) == 0)
      (void)intake::decide_conflict(office.store(), kTester, conflict.id,
                                    *rc::gen::arbitrary<bool>());
  }
}

/// The people who were accepted, with their numbers.
std::map<Id, std::string> people_of(Office& office) {
  return office.store().read([&](db::Reader& reader) {
    std::map<Id, std::string> people;
    for (const std::string& number : kNumbers) {
      if (const auto person = registry::person_by_number(reader, number)) people[*person] = number;
    }
    return people;
  });
}

/// A town with a history; the ids of its people, those who were accepted.
std::vector<Id> begin(Office& office) {
  office.write("o.csv", kOrganisations);
  RC_ASSERT(bool(office.import({"o.csv"}).report));
  import(office, "1", members());
  if (*rc::gen::arbitrary<bool>()) import(office, "2", more_members());
  std::vector<Id> people;
  for (const auto& [person, number] : people_of(office)) people.push_back(person);
  RC_PRE(people.size() >= 2U);
  add_beside(office, people);
  return people;
}

std::pair<Id, Id> two_of(const std::vector<Id>& people) {
  const auto keep = *rc::gen::inRange<std::size_t>(0, people.size());
  const auto step = *rc::gen::inRange<std::size_t>(1, people.size());
  return {people[keep], people[(keep + step) % people.size()]};
}

/// Where an id still stands though its person was merged. One question for each table, all on one
/// connection: a store reads its whole schema whenever it is opened.
std::string left_behind(Office& office, Id dropped) {
  const auto declared = declared_columns();
  const auto connection = office.store().engine().open(db::Access::read);
  std::deque<std::string> texts;  // connections know statements by their addresses
  std::deque<Statement> statements;
  std::string found;
  for (const db::Table& table : connection->tables()) {
    std::vector<std::string> names;
    std::string counts;
    for (const auto& column : table.columns) {
      const std::string name = table.name + "." + column.name;
      const auto known = declared.find(name);
      if (column.kind != db::ColumnKind::integer || (known != declared.end() && !known->second))
        continue;
      // What people decided of the dropped one's values is of its record.
      const char* but = name == "registry_conflict.subject" ? " and state = 'open'" : "";
      counts += (names.empty() ? "" : ", ") +
                ("count(*) filter (where " + db::quoted_name(column.name) + " = " +
                 std::to_string(dropped) + but) +
                ")";
      names.push_back(name);
    }
    if (names.empty()) continue;
    texts.push_back("select " + counts + " from " + table.name);
    statements.push_back({"test.left_behind", texts.back()});
    db::Cursor& cursor = connection->execute(statements.back(), {});
    while (cursor.next()) {
      for (std::size_t at = 0; at < names.size(); ++at) {
        if (cursor.integer(static_cast<int>(at)) != 0) found += names[at] + " ";
      }
    }
  }
  return found;
}

RC_GTEST_PROP(PersonMergers, NothingIsLeftBehindAndTheUndoLeavesNoTrace, ()) {
  Office office;
  const auto people = begin(office);
  const auto [keep, drop] = two_of(people);
  const std::string before = tables(office);
  const auto preview = office.store().rehearse(kTester, [&, keep = keep, drop = drop](auto& tx) {
    return merge_persons(tx, person_references(), MergePersons{keep, drop, {}});
  });
  RC_ASSERT(differences(before, tables(office)) == "");
  const auto merged = merge(office, keep, drop);
  if (!merged) RC_FAIL(merged.error().code);
  RC_ASSERT(preview->fields.size() == merged->fields.size());
  RC_ASSERT(left_behind(office, drop) == "");
  office.pass_a_day();
  const auto undone = unmerge(office, keep, drop);
  if (!undone) RC_FAIL(undone.error().code);
  RC_ASSERT(differences(before, tables(office)) == "");
}

// Chains and stars: three become one, and are taken apart from the last merger to the first.
RC_GTEST_PROP(PersonMergers, SeveralAreTakenApartAgain, ()) {
  Office office;
  const auto people = begin(office);
  RC_PRE(people.size() >= 3U);
  std::vector<Id> left = people;
  std::vector<std::pair<Id, Id>> mergers;
  std::vector<std::string> states{tables(office)};
  while (left.size() > 1) {
    const auto pair = two_of(left);
    const auto merged = merge(office, pair.first, pair.second);
    if (!merged) RC_FAIL(merged.error().code);
    for (const auto& [keep, drop] : mergers) RC_ASSERT(left_behind(office, drop) == "");
    mergers.push_back(pair);
    states.push_back(tables(office));
    std::erase(left, pair.second);
    office.pass_a_day();
  }
  for (const Id person : people) {
    RC_ASSERT(office.store().read([&](db::Reader& reader) {
      return registry::person_now(reader, person);
    }) == left.front());
  }
  while (!mergers.empty()) {
    const auto [keep, drop] = mergers.back();
    mergers.pop_back();
    states.pop_back();
    const auto undone = unmerge(office, keep, drop);
    if (!undone) RC_FAIL(undone.error().code);
    RC_ASSERT(differences(states.back(), tables(office)) == "");
  }
}

std::string of_person(Office& office, Id person) {
  const std::string id = std::to_string(person);
  return office.rows(
             "select number, number_key, name, sex, birth, education, hex(citizen_key),"
             " hex(phone_key), merged_into from registry_person where id = " +
             id) +
         office.rows("select * from registry_membership where person = " + id + " order by 2") +
         office.rows("select * from dues_payment where person = " + id + " order by 1, 2, 3, 4");
}

// Whatever is imported after a merger, the dropped one comes back as it was; of the one kept no
// two memberships overlap, and the ledger's followers can go on.
RC_GTEST_PROP(PersonMergers, WhatCameLaterStaysWithTheOneKept, ()) {
  Office office;
  const auto people = begin(office);
  const auto [keep, drop] = two_of(people);
  std::vector<std::string> numbers;
  for (const auto& [person, number] : people_of(office)) numbers.push_back(number);
  const std::string before = of_person(office, drop);
  const auto merged = merge(office, keep, drop);
  if (!merged) RC_FAIL(merged.error().code);
  office.pass_a_day();
  const auto count = office.count("registry_person");
  import(office, "3", more_members(numbers));
  RC_ASSERT(office.count("registry_person") == count);
  RC_ASSERT(left_behind(office, drop) == "");
  const auto undone = unmerge(office, keep, drop);
  if (!undone) {
    RC_ASSERT(undone.error().code == "registry.unmerge_memberships_changed" ||
              undone.error().code == "registry.unmerge_number_taken");
    return;
  }
  RC_ASSERT(of_person(office, drop) == before);
  RC_ASSERT(office.rows("select count(*) from registry_membership where valid_to is null") ==
            std::to_string(people.size()) + "\n");
  RC_ASSERT(office.rows("select count(*) from registry_membership a join registry_membership b"
                        " on b.person = a.person and b.valid_from > a.valid_from"
                        " where a.valid_to is null or a.valid_to > b.valid_from") == "0\n");
}

}  // namespace
}  // namespace jishi::app
