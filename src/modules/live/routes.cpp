#include "modules/live/live.hpp"

namespace jishi::live {

namespace {

/// Where to resume: what the browser sends by itself, or the query.
std::optional<std::int64_t> since_of(const http::Request& request) {
  auto text = request.header("last-event-id");
  if (!text) text = http::find_field(request.query, "since");
  if (!text) return std::nullopt;
  return jishi::detail::json_integer(boost::json::string(*text));
}

http::Response open_stream(api::Call& call, Live& live) {
  if (const auto room = live.room_for(call.caller); !room)
    return api::problem(call.request, call.language(), room.error());
  http::Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body =
      http::StreamTaker([&live, caller = call.caller, since = since_of(call.request)](auto stream) {
        if (!live.listen(caller, since, stream)) stream->close();
      });
  return response;
}

}  // namespace

void routes(api::Routes& routes, Live& live) {
  api::Operation& listen =
      routes.raw(http::Method::get, "/api/v1/events", {"live.listen", {}, api::own_account()},
                 [&live](api::Call& call) { return open_stream(call, live); });
  listen.answer_type = "text/event-stream";
  listen.metered = false;  // a browser comes back by itself, from each page that is open
}

}  // namespace jishi::live
