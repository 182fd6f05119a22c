#pragma once
// What takes money for an order: the one interface that a bank's or a payment company's way of
// paying is written against. It knows nothing of HTTP here, of months or of persons: an order's
// number, its amount and its end are all that a provider is ever told.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/result.hpp"

namespace jishi::dues {

/// What a provider says of an order: not paid yet, paid, the payment failed, given up or closed.
enum class ToldState { waiting, paid, failed, cancelled };
BOOST_DESCRIBE_ENUM(ToldState, waiting, paid, failed, cancelled)

struct Told {
  ToldState state = ToldState::waiting;
  std::int64_t cents = 0;    // that were taken; 0 unless paid
  std::int64_t paid_ms = 0;  // when, in milliseconds since 1970; 0 unless paid
};

/// An order as the provider needs it.
struct OrderToPay {
  Id order = kNoId;
  std::int64_t cents = 0;
  std::int64_t expires_ms = 0;
};

/// A notification as it came, not yet believed. Names of headers are in lower case.
struct Received {
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;

  /// The first of a name; empty where there is none.
  std::string_view header(std::string_view name) const {
    for (const auto& [held, value] : headers) {
      if (held == name) return value;
    }
    return {};
  }
};

/// A notification whose sender is proven.
struct Notification {
  Id order = kNoId;
  Told told;
  std::string nonce;  // tells it from every other of the provider; 64 characters at most
};

/// Thread-safe. Every call may be made again for the same order, with the same effect.
class Provider {
 public:
  virtual ~Provider() = default;

  /// As it is named in addresses and in the store: lower-case letters, digits, `_`.
  virtual std::string_view name() const = 0;

  /// Makes the order known; answers where the payer goes to pay. Fails with dues.provider_away.
  virtual Result<std::string> begin(const OrderToPay& order) = 0;

  /// Proves who sent a notification, and reads it. Fails with dues.notification_refused, whatever
  /// is wrong: who guesses learns nothing.
  virtual Result<Notification> read(const Received& received, std::int64_t now_ms) const = 0;

  /// What became of an order. Fails with dues.provider_away.
  virtual Result<Told> query(Id order) = 0;

  /// Takes no more money for an order that is not paid; what it is then: paid where the payer was
  /// quicker. Fails with dues.provider_away.
  virtual Result<Told> close(Id order) = 0;
};

}  // namespace jishi::dues
