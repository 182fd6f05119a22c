#include "modules/workflow/cases/answers.hpp"

#include "base/feel/json.hpp"
#include "base/json.hpp"
#include "modules/workflow/cases/answers.sql.hpp"

namespace jishi::workflow {

namespace {

struct AnswerRow {
  Id event = kNoId;
  std::string element;
  Id account = kNoId;
  std::string account_name;
  std::int64_t at_ms = 0;
  Blob answer;
  Id task = kNoId;
  bool corrected = false;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (),
                      (event, element, account, account_name, at_ms, answer, task, corrected))

std::string answer_context(Id event) {
  return "workflow_case_answer.answer." + std::to_string(event);
}

}  // namespace

void keep_answer(Transaction& tx, const HeldCase& held, Id event, const Act& act) {
  const auto* entries = act.event.variables.entries();
  if (act.task == kNoId || entries == nullptr || entries->empty()) return;
  tx.run(
      sql::answers::keep, event, held.row.id,
      tx.store().keys().cipher().seal(feel::json_of(act.event.variables), answer_context(event)));
}

std::vector<StepAnswer> answers_of(Store& store, db::Reader& reader, Id case_id) {
  std::vector<StepAnswer> answers;
  for (AnswerRow& row : reader.all<AnswerRow>(sql::answers::of_case, case_id, kMostAnswers)) {
    const auto opened = store.keys().cipher().open(row.answer, answer_context(row.event));
    if (!opened) continue;
    auto json = parse_json(*opened);
    if (!json || !json->is_object()) continue;
    answers.push_back({std::move(row.element), row.account, std::move(row.account_name), row.at_ms,
                       row.task, row.corrected, std::move(json->as_object())});
  }
  return answers;
}

}  // namespace jishi::workflow
