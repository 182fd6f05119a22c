#include "api/routes.hpp"

#include "api/idempotency.hpp"

namespace jishi::api {

namespace {

// An id as a number: as a text it could be taken for a code.
boost::json::value value_of_segment(const std::string& text) {
  const boost::json::value written = boost::json::string(text);
  if (const auto id = jishi::detail::json_integer(written)) return *id;
  return written;
}

}  // namespace

Result<boost::json::value> body_with_segments(const http::Request& request,
                                              const std::vector<std::string_view>& members) {
  auto json = parse_json(request.body.empty() ? "{}" : request.body);
  if (!json) return json;
  auto* object = json->if_object();
  if (object == nullptr) return json;  // refused by its reader, with what it expected
  for (const auto& [name, value] : request.segments) {
    if (std::find(members.begin(), members.end(), name) == members.end()) continue;
    if (object->contains(name))
      return fail(ErrorKind::invalid, "api.said_by_address", {{"path", name}});
    (*object)[name] = value_of_segment(value);
  }
  return json;
}

http::Response list_or_table(Call& call, std::string_view name, const Listed& listed,
                             const Serve& plain) {
  const auto format = format_of(call.request);
  if (!format) return problem(call.request, call.language(), format.error());
  if (!*format) return plain(call);
  if (const auto refused = refuse_export(call, false))
    return problem(call.request, call.language(), *refused);
  const TableAsked asked{name, **format, listed.columns,
                         names_in(http::find_field(call.request.query, "fields").value_or(""))};
  auto made =
      export_table(call, asked, [&](TableRows& rows) { return listed.write(call, asked, rows); });
  if (!made) return problem(call.request, call.language(), made.error());
  return std::move(*made);
}

http::Fields Routes::without(const http::Fields& query,
                             std::initializer_list<std::string_view> names) {
  http::Fields own;
  for (const auto& field : query) {
    if (std::find(names.begin(), names.end(), field.first) == names.end()) own.push_back(field);
  }
  return own;
}

Operation& Routes::add(http::Method method, std::string pattern, const About& about) {
  Operation& operation = operations_.emplace_back();
  operation.method = method;
  operation.pattern = std::move(pattern);
  operation.about = about;
  return operation;
}

namespace {

bool asks_for_preview(const http::Request& request) {
  const auto query = from_query<CommandQuery>(request.query);
  return query && query->preview;
}

http::Response json_answer(std::string text) {
  http::Response response;
  response.content_type = "application/json";
  response.body = std::move(text);
  return response;
}

}  // namespace

http::Response run_command(
    Call& call, const std::function<Result<std::string>(Transaction&, int& status)>& work) {
  int status = 0;
  const CallerReach reach(call.gate, call.caller, call.permission);
  const Actor actor{call.caller.account, &reach};
  const auto plain = [&](Transaction& tx) { return work(tx, status); };
  const auto key = call.request.header("idempotency-key");
  Result<std::string> text = fail(ErrorKind::invalid, "");
  if (asks_for_preview(call.request)) {
    text = call.store.rehearse(actor, plain);
    if (text) call.headers.emplace_back("Preview", "true");
    status = 200;  // whatever the command itself would answer: nothing was made
  } else if (key) {
    text = do_once(call, actor, *key, plain);
  } else {
    text = call.store.write(actor, plain);
  }
  if (!text) return problem(call.request, call.language(), text.error());
  call.status = status;
  return json_answer(std::move(*text));
}

}  // namespace jishi::api
