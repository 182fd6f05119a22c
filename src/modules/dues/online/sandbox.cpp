#include "modules/dues/online/sandbox.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "modules/dues/online/sandbox.sql.hpp"
#include "modules/dues/online/signature.hpp"
#include "platform/crypto/mac.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::dues {

namespace {

constexpr std::size_t kNonceBytes = 16;

struct Book {
  std::string state;
  std::int64_t cents = 0;
  std::int64_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(Book, (), (state, cents, changed))

/// The body of a notification.
struct Notice {
  Id order = kNoId;
  ToldState state = ToldState::waiting;
  std::int64_t cents = 0;
  std::int64_t paid_ms = 0;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (order, state, cents, paid_ms))

std::string name_of(ToldState state) {
  return boost::describe::enum_to_string(state, "");
}

Told told_of(const Book& book) {
  Told told;
  boost::describe::enum_from_string(book.state.c_str(), told.state);
  if (told.state != ToldState::paid) return told;
  told.cents = book.cents;
  told.paid_ms = book.changed;
  return told;
}

Error refused() {
  return fail(ErrorKind::forbidden, "dues.notification_refused");
}

}  // namespace

Sandbox::Sandbox(Store& store)
    : store_(store),
      secret_(crypto::derive("SHA256", store.keys().blind_index("dues", "sandbox").bytes,
                             "notifications of the sandbox")) {
}

Result<std::string> Sandbox::begin(const OrderToPay& order) {
  const auto begun = store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::sandbox::begin, order.order, store_.clock().now_ms());
    return Done{};
  });
  if (!begun) return begun.error();
  return "/pay/sandbox/" + std::to_string(order.order);
}

Result<Notification> Sandbox::read(const Received& received, std::int64_t now_ms) const {
  const Signed what{received.header(kTime), received.header(kNonce), received.body};
  if (!is_signed(secret_, what, received.header(kSignature), now_ms)) return refused();
  const auto json = parse_json(received.body);
  if (!json) return refused();
  const auto notice = from_json<Notice>(*json);
  if (!notice) return refused();
  return Notification{
      notice->order, {notice->state, notice->cents, notice->paid_ms}, std::string(what.nonce)};
}

Result<Told> Sandbox::query(Id order) {
  return store_.read([&](db::Reader& reader) -> Result<Told> {
    const auto book = reader.one<Book>(sql::sandbox::told, order);
    return book ? told_of(*book) : Told{};
  });
}

Result<Told> Sandbox::close(Id order) {
  const auto begun = begin({order, 0, 0});  // what it never heard of it will not take money for
  if (!begun) return begun.error();
  return put(order, ToldState::cancelled, 0);
}

Result<Told> Sandbox::put(Id order, ToldState state, std::int64_t cents) {
  return store_.write(Actor{}, [&](Transaction& tx) -> Result<Told> {
    const auto book = tx.one<Book>(sql::sandbox::told, order);
    if (!book) return fail(ErrorKind::not_found, "dues.order_unknown");
    if (book->state == name_of(ToldState::paid)) return told_of(*book);
    const Book next{name_of(state), cents, store_.clock().now_ms()};
    tx.run(sql::sandbox::put, order, next.state, next.cents, next.changed);
    return told_of(next);
  });
}

Result<Received> Sandbox::press(Id order, ToldState state, std::int64_t cents) {
  const auto told = put(order, state, cents);
  if (!told) return told.error();
  return notification(order, *told);
}

Received Sandbox::notification(Id order, const Told& told) const {
  Received sent;
  sent.body = boost::json::serialize(to_json(Notice{order, told.state, told.cents, told.paid_ms}));
  const std::string time = std::to_string(store_.clock().now_ms());
  const std::string nonce = to_hex(crypto::random_bytes(kNonceBytes));
  sent.headers = {{std::string(kTime), time},
                  {std::string(kNonce), nonce},
                  {std::string(kSignature), signature_of(secret_, {time, nonce, sent.body})}};
  return sent;
}

}  // namespace jishi::dues
