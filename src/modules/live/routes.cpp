#include "modules/live/live.hpp"

#include "base/integer.hpp"

namespace jishi::live {

namespace {

struct Since {
  std::optional<std::int64_t> since;  // the facts after this one first; from now on unless told
};
BOOST_DESCRIBE_STRUCT(Since, (), (since))

/// Where to resume: what the browser sends by itself, or the query.
Result<std::optional<std::int64_t>> since_of(const http::Request& request) {
  const auto query = api::from_query<Since>(request.query);
  if (!query) return query.error();
  const auto last = request.header("last-event-id");
  if (!last) return query->since;
  // One that this server did not give is as none.
  return parse_integer(*last);
}

http::Response open_stream(api::Call& call, Live& live) {
  const auto since = since_of(call.request);
  if (!since) return api::problem(call.request, call.language(), since.error());
  if (const auto room = live.room_for(call.caller); !room)
    return api::problem(call.request, call.language(), room.error());
  http::Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", "no-store");
  // Told is whatever comes after the request, also while its answer is on the way.
  const From from{call.store.last_seq(), *since};
  response.body = http::StreamTaker([&live, caller = call.caller, from](auto stream) {
    if (!live.listen(caller, from, stream)) stream->close();
  });
  return response;
}

}  // namespace

void routes(api::Routes& routes, Live& live) {
  api::Operation& events =
      routes.raw(http::Method::get, "/api/v1/events", {"live.listen", {}, api::own_account()},
                 [&live](api::Call& call) { return open_stream(call, live); });
  events.answer_type = "text/event-stream";
  events.query = api::struct_schema<Since, api::Way::sent>;
  events.metered = false;  // a browser comes back by itself, from each page that is open
}

}  // namespace jishi::live
