#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "modules/intake/import/office_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

std::string pick(const std::vector<std::string>& from) {
  return *rc::gen::elementOf(from);
}

// Few subjects and few values, so that imports meet; some rows are refused.
std::string organisations() {
  std::string text =
      "组织代码,组织名称,上级组织代码,组织类别,单位名称,任期,联系电话\nR,根,,党委,,,\n";
  for (int rows = *rc::gen::inRange(1, 5); rows > 0; --rows) {
    const std::string code = pick({"A", "B", "C", ""});
    text += code + "," + pick({"甲", "乙", "丙"}) + "," + pick({"", "R", "A", "B", "X"}) +
            ",支部," + pick({"", "一厂", "二厂"}) + "," + pick({"", "3", "5", "x"}) + "," +
            pick({"", "0571-1", "0571-2"}) + "\n";
  }
  return text;
}

std::string members() {
  std::string text =
      "人员编号,姓名,公民身份号码,性别,出生日期,人员类别,组织代码,入党日期,转正日期,手机,住址,"
      "附注\n";
  for (int rows = *rc::gen::inRange(1, 8); rows > 0; --rows) {
    text += pick({"P1", "P2", "P3", ""}) + "," + pick({"张三", "李四"}) + "," +
            pick({"", "", "11010519491231002X", "110105194912310038", "110105194912310021"}) +
            ",男," + pick({"1949-12", "1949-12-31", "1980-01-01"}) + ",正式," +
            pick({"A", "B", "R", "R", "Z"}) + "," +
            pick({"1980-07-01", "2001-07-01", "1950-01-01"}) + "," + pick({"", "2002-07-01"}) +
            "," + pick({"", "13900000001", "13900000002"}) + "," + pick({"", "一号楼", "二号楼"}) +
            "," + pick({"", "注"}) + "\n";
  }
  return text;
}

std::string posts() {
  std::string text = "人员编号,组织代码,职务,任职日期,免职日期\n";
  for (int rows = *rc::gen::inRange(0, 4); rows > 0; --rows)
    text += pick({"P1", "P2", "P9"}) + "," + pick({"A", "R"}) + ",书记," +
            pick({"2020-01-01", "2021-01-01"}) + "," + pick({"", "2022-01-01", "2023-01-01"}) +
            "\n";
  return text;
}

std::string activities() {
  std::string text = "组织代码,活动类别,日期,主题,地点,应到,参加人\n";
  for (int rows = *rc::gen::inRange(0, 4); rows > 0; --rows)
    text += pick({"A", "R", "Z"}) + ",党课," + pick({"2026-01-10", "2026-02-10"}) + ",学习," +
            pick({"", "室一", "室二"}) + "," + pick({"", "3", "4"}) + "," +
            pick({"", "P1", "P1、P2", "张三", "周九"}) + "\n";
  return text;
}

std::string payments() {
  std::string text = "人员编号,所属月份,金额,缴纳日期\n";
  for (int rows = *rc::gen::inRange(0, 4); rows > 0; --rows)
    text += pick({"P1", "P2", "P9"}) + "," + pick({"2026-01", "2026-02"}) + "," +
            pick({"5", "10"}) + "," + pick({"", "2026-02-03"}) + "\n";
  return text;
}

std::vector<std::string> write(const Office& office, const std::string& name) {
  const std::pair<const char*, std::string> files[] = {{"o", organisations()},
                                                       {"m", members()},
                                                       {"p", posts()},
                                                       {"a", activities()},
                                                       {"d", payments()}};
  std::vector<std::string> names;
  for (const auto& [kind, text] : files) {
    names.push_back(name + kind + ".csv");
    office.write(names.back(), text);
  }
  return names;
}

Office::How how() {
  Office::How how;
  how.source = pick({"one", "two"});
  how.rank = *rc::gen::element(std::optional<int>{}, std::optional<int>{80});
  return how;
}

// A, B, undo B is A; A, B again is what it was; then all of it back to nothing.
RC_GTEST_PROP(UndoProperty, BringsBackWhatWasBefore, ()) {
  Office office;
  const auto one = write(office, "1");
  const auto two = write(office, "2");
  const auto first = office.import(one, how());
  RC_ASSERT(bool(first.report));
  const std::string before = office.contents();
  const auto second_how = how();
  const auto second = office.import(two, second_how);
  RC_ASSERT(bool(second.report));
  const std::string after = office.contents();

  const auto undone = undo_batch(office.store(), Actor{7}, second.report->batch);
  if (!undone) RC_FAIL(undone.error().code);
  RC_ASSERT(office.contents() == before);

  office.pass_a_day();
  const auto again = office.import(two, second_how);
  RC_ASSERT(again.refusals() == second.refusals());
  RC_ASSERT(again.counts() == second.counts());
  RC_ASSERT(bool(undo_batch(office.store(), Actor{7}, again.report->batch)));
  RC_ASSERT(bool(undo_batch(office.store(), Actor{7}, first.report->batch)));
  for (const char* table :
       {"registry_organisation", "registry_person", "registry_link", "registry_membership",
        "registry_post", "registry_unit", "registry_field", "registry_conflict",
        "registry_duplicate", "orglife_activity", "dues_payment", "intake_doubt"}) {
    RC_ASSERT(office.count(table) == 0);
  }
}

}  // namespace
}  // namespace jishi::intake
