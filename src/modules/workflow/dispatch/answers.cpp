// What came back for a task that was sent to many: the feedback of each beside the others'.
#include "api/paging.hpp"
#include "api/routes.hpp"
#include "base/feel/json.hpp"
#include "modules/workflow/dispatch/dispatches.hpp"
#include "modules/workflow/dispatch/dispatches.sql.hpp"

namespace jishi::workflow {

namespace {

// The step of its process at which a receiver answers.
constexpr std::string_view kFeedback = "feedback";

struct AnswerQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(AnswerQuery, (), (after, limit))

struct AnsweredRow {
  Id organisation = kNoId;
  std::string organisation_name;
  Id case_id = kNoId;
};
BOOST_DESCRIBE_STRUCT(AnsweredRow, (), (organisation, organisation_name, case_id))

/// The feedback of one receiver, as it stands.
struct ShownAnswer {
  Id organisation = kNoId;
  std::string organisation_name;
  Id case_id = kNoId;
  std::string result;
  std::optional<std::int64_t> minutes_spent;
  std::string answers;  // to what else was asked: “title：value”, one after the other
};
BOOST_DESCRIBE_STRUCT(ShownAnswer, (),
                      (organisation, organisation_name, case_id, result, minutes_spent, answers))

std::string said(const feel::Value* value) {
  if (value == nullptr) return {};
  if (auto text = feel::text_of(*value)) return std::move(*text);
  const std::string json = feel::json_of(*value);
  return json == "null" ? std::string() : json;
}

/// What was asked for beside the result, each with what was answered.
std::string further(const feel::Value& variables) {
  std::string all;
  const feel::Value* form = variables.entry("asked_fields");
  const feel::Value* asked = form == nullptr ? nullptr : form->entry("properties");
  if (asked == nullptr || asked->entries() == nullptr) return all;
  for (const auto& [name, field] : *asked->entries()) {
    const std::string value = said(variables.entry(name));
    if (value.empty()) continue;
    const std::string title = said(field.entry("title"));
    if (!all.empty()) all += "；";
    all += (title.empty() ? name : title) + "：" + value;
  }
  return all;
}

Result<api::Page<ShownAnswer>> list(const api::Call& call, const Dispatches& dispatches,
                                    const AnswerQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostReceiversShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {0});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<ShownAnswer>> {
    auto rows = reader.all<AnsweredRow>(sql::dispatches::answered, call.subject, (*after)[0],
                                        kFeedback, *limit + 1);
    api::Page<ShownAnswer> page;
    if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().organisation});
    for (AnsweredRow& row : rows) {
      const auto held = held_case(call.store, reader, dispatches.office, row.case_id);
      if (!held) return held.error();
      const feel::Value& variables = variables_of(held->state);
      const feel::Value* minutes = variables.entry("minutes_spent");
      const auto* number = minutes == nullptr ? nullptr : minutes->number();
      page.items.push_back({row.organisation, std::move(row.organisation_name), row.case_id,
                            said(variables.entry("result")),
                            number == nullptr ? std::nullopt : number->to_int64(),
                            further(variables)});
    }
    return page;
  });
}

std::optional<Id> sender_of_dispatch(db::Reader& reader, Id dispatch) {
  return reader.one<Id>(sql::dispatches::sender, dispatch);
}

}  // namespace

void dispatch_answer_routes(api::Routes& routes, const Dispatches& dispatches) {
  routes.list<AnswerQuery>("/api/v1/dispatches/{dispatch}/answers",
                           {"workflow.dispatch_answers", "workflow.read",
                            api::record_in("dispatch", sender_of_dispatch)},
                           [&dispatches](api::Call& call, const AnswerQuery& query) {
                             return list(call, dispatches, query);
                           });
}

}  // namespace jishi::workflow
