#include "api/routes.hpp"
#include "base/integer.hpp"
#include "base/money.hpp"
#include "modules/dues/online/online.hpp"
#include "modules/dues/online/orders.sql.hpp"

namespace jishi::dues {

namespace {

using http::Method;

/// Paying online, as a member finds it.
struct OnlineDues {
  bool on = false;                // there is a provider
  std::vector<OrderMonth> owed;   // what may be paid now, the oldest first
  std::vector<DuesOrder> orders;  // one's own, the latest first
};
BOOST_DESCRIBE_STRUCT(OnlineDues, (), (on, owed, orders))

struct MakeOrder {
  std::vector<Period> months;
};
BOOST_DESCRIBE_STRUCT(MakeOrder, (), (months))

struct Handling {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Handling, (), (reason))

/// What is pressed at the cashier of the sandbox. `amount`: that the bank says it took, the order's
/// unless told; without `notify` the notification is lost on its way.
struct Pressed {
  ToldState outcome = ToldState::paid;
  std::optional<std::string> amount;
  std::optional<bool> notify;
};
BOOST_DESCRIBE_STRUCT(Pressed, (), (outcome, amount, notify))

/// The notification, as it was sent or lost.
struct SandboxSent {
  bool taken = false;
  std::string time;
  std::string nonce;
  std::string signature;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(SandboxSent, (), (taken, time, nonce, signature, body))

Id person_of(const api::Call& call) {
  const Id person = call.caller.person;
  return person == kNoId ? kNoId : call.gate.person_now(person);
}

Error unknown() {
  return fail(ErrorKind::not_found, "dues.order_unknown");
}

Result<Id> order_in(const api::Call& call) {
  const auto text = call.request.segment("order");
  const auto id = text ? parse_integer(*text) : std::optional<Id>();
  if (!id) return unknown();
  return *id;
}

/// The caller's own order of the address; another's is not there.
Result<OrderRow> own_order(const api::Call& call) {
  const auto id = order_in(call);
  if (!id) return id.error();
  auto row = call.store.read([&](db::Reader& reader) { return order_row(reader, *id); });
  if (!row || row->person == kNoId || row->person != person_of(call)) return unknown();
  return std::move(*row);
}

DuesOrder shown(const api::Call& call, Id order) {
  return call.store.read([&](db::Reader& reader) {
    const auto row = order_row(reader, order);
    return row ? shown_order(reader, *row) : DuesOrder{};
  });
}

Result<OnlineDues> own_dues(Online& online, const api::Call& call) {
  const Id person = person_of(call);
  OnlineDues found;
  found.on = !online.provider().empty();
  if (person == kNoId) return found;
  const auto waiting = call.store.read(
      [&](db::Reader& reader) { return reader.one<Id>(sql::orders::waiting, person); });
  if (waiting) {
    online.begin(*waiting);
    online.look_lately(*waiting);
  }
  call.store.read([&](db::Reader& reader) {
    found.owed = owed_months(reader, person, call.store.clock().today());
    found.orders = own_orders(reader, person);
    return 0;
  });
  return found;
}

Result<DuesOrder> looked_at(Online& online, const api::Call& call) {
  const auto row = own_order(call);
  if (!row) return row.error();
  if (state_of(*row) == OrderState::open) {
    online.begin(row->id);
    online.look_lately(row->id);
  }
  return shown(call, row->id);
}

Result<DuesOrder> cancelled(Online& online, const api::Call& call) {
  const auto row = own_order(call);
  if (!row) return row.error();
  if (const auto done = online.cancel(row->id); !done) return done.error();
  return shown(call, row->id);
}

Result<SandboxSent> pressed(Online& online, const api::Call& call, const Pressed& what) {
  if (online.sandbox() == nullptr) return fail(ErrorKind::refused, "dues.online_off");
  const auto row = own_order(call);
  if (!row) return row.error();
  const auto cents = what.amount ? cents_of_yuan(*what.amount) : std::optional(row->amount_cents);
  if (!cents || *cents < 0) {
    return fail(ErrorKind::invalid, "dues.amount_invalid",
                {{"path", "amount"}, {"amount", what.amount.value_or("")}});
  }
  const auto sent = online.sandbox()->press(row->id, what.outcome, *cents);
  if (!sent) return sent.error();
  SandboxSent answer;
  answer.taken = what.notify.value_or(true) && online.take(Sandbox::kName, *sent);
  answer.time = sent->header(Sandbox::kTime);
  answer.nonce = sent->header(Sandbox::kNonce);
  answer.signature = sent->header(Sandbox::kSignature);
  answer.body = sent->body;
  return answer;
}

Result<api::Acknowledged> taken(Online& online, const api::Call& call) {
  const Received received{call.request.body, call.request.headers};
  const auto done = online.take(call.request.segment("provider").value_or(""), received);
  if (!done) return done.error();
  return api::Acknowledged{};
}

Result<DuesOrder> handled(Transaction& tx, api::Call& call, const Handling& handling) {
  const auto id = order_in(call);
  if (!id) return id.error();
  const auto row = order_row(tx, *id);
  const bool here = row &&
                    tx.one<int>(sql::orders::stands_below, call.organisation, row->organisation) &&
                    call.gate.may(call.caller, call.permission, row->organisation);
  if (!here) return unknown();
  if (const auto done = handle_order(tx, *row, handling.reason); !done) return done.error();
  return shown_order(tx, *order_row(tx, *id));
}

/// Once the order is made, it is made known to the provider; the answer then has where to pay. An
/// order that is asked for again with its key is answered as it is by now.
http::Response made_known(Online& online, api::Call& call, http::Response response) {
  const auto* text = std::get_if<std::string>(&response.body);
  if (response.status != 200 || text == nullptr || call.status != 0) return response;
  const auto json = parse_json(*text);
  const auto id =
      json ? jishi::detail::json_integer(json->as_object().at("id")) : std::optional<Id>();
  if (!id) return response;
  online.begin(*id);
  response.body = api::json_text(shown(call, *id));
  return response;
}

/// Each provider writes its notifications in its own way.
boost::json::object any_object(api::Schemas&) {
  return {{"type", "object"}, {"properties", boost::json::object()}};
}

void own_routes(api::Routes& routes, Online& online) {
  constexpr api::Permission kOwn = "self.read";
  const api::Subject own = api::own_account();
  routes.get_slowly<api::Nothing>(
      "/api/v1/dues-orders", {"dues.online", kOwn, own},
      [&online](api::Call& call, const api::Nothing&) { return own_dues(online, call); });
  api::Operation& making = routes.command_as<MakeOrder>(
      Method::post, "/api/v1/dues-orders", {"dues.make_order", kOwn, own},
      [&online](Transaction& tx, api::Call& call, const MakeOrder& wanted) -> Result<DuesOrder> {
        const auto id = make_order(tx, online.provider(), person_of(call), wanted.months);
        if (!id) return id.error();
        return shown_order(tx, *order_row(tx, *id));
      });
  making.status = 201;
  making.serve = [&online, made = std::move(making.serve)](api::Call& call) {
    return made_known(online, call, made(call));
  };
  routes.get_slowly<api::Nothing>(
      "/api/v1/dues-orders/{order}", {"dues.order", kOwn, own},
      [&online](api::Call& call, const api::Nothing&) { return looked_at(online, call); });
  routes.act<api::Nothing>(
      Method::post, "/api/v1/dues-orders/{order}/cancellation", {"dues.cancel_order", kOwn, own},
      [&online](api::Call& call, const api::Nothing&) { return cancelled(online, call); });
  routes.act<Pressed>(
      Method::post, "/api/v1/payments/sandbox/{order}", {"dues.sandbox_pay", kOwn, own},
      [&online](api::Call& call, const Pressed& what) { return pressed(online, call, what); });
}

}  // namespace

void online_routes(api::Routes& routes, Online& online) {
  own_routes(routes, online);
  api::Operation& notified =
      routes.raw(Method::post, "/api/v1/payments/notifications/{provider}",
                 {"dues.take_notification", {}, api::open_to_all()},
                 [&online](api::Call& call) { return api::answer(call, taken(online, call)); });
  notified.body_kind = http::BodyKind::json;
  notified.body_limit = kMostNotificationBytes;
  notified.time_limit = std::chrono::seconds(10);
  notified.run = http::Run::on_worker;
  notified.body = any_object;
  notified.answer = api::schema_of<api::Acknowledged, api::Way::answered>;

  constexpr api::Permission kWrite = "dues.write";
  const auto organisation = api::organisation_in("organisation");
  api::WholeList<ListedOrder, OrderLine> as_table;
  as_table.lines = lines_of;
  routes.list<OrdersQuery>(
      "/api/v1/organisations/{organisation}/dues-orders",
      {"dues.list_orders", kWrite, organisation},
      [](api::Call& call, const OrdersQuery& query) { return list_orders(call, query); },
      std::move(as_table));
  routes.command_as<Handling>(Method::post,
                              "/api/v1/organisations/{organisation}/dues-orders/{order}/handling",
                              {"dues.handle_order", kWrite, organisation}, handled);
}

}  // namespace jishi::dues
