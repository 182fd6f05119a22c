#pragma once
// Dues paid online: orders at one provider, what it notifies, and looking by itself for what nobody
// notified of.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "modules/dues/online/orders.hpp"
#include "modules/dues/online/sandbox.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::dues {

inline constexpr std::string_view kNoProvider = "off";
inline constexpr int kMostLooksAtOnce = 50;
inline constexpr std::chrono::seconds kLookTick{5};          // how often it looks what is due
inline constexpr std::int64_t kLookAgainMs = 60'000;         // after a provider that was away
inline constexpr std::int64_t kAskedLatelyMs = 2'000;        // a payer who reloads asks it once
inline constexpr std::size_t kMostAskedLately = 10'000;      // orders that are remembered for that
inline constexpr std::size_t kMostNotificationBytes = 4096;  // of its body

/// What is told of a provider that is away.
using LookFailed = std::function<void(std::string_view what)>;

/// Thread-safe after choose().
class Online {
 public:
  explicit Online(Store& store, LookFailed failed = {});
  ~Online();
  Online(const Online&) = delete;
  Online& operator=(const Online&) = delete;

  /// Takes a provider by its name; `off`: none. The one place where providers are listed. Before
  /// start(). Fails with dues.provider_unknown.
  Result<Done> choose(std::string_view name);
  /// The same with one that is made elsewhere.
  void use(std::unique_ptr<Provider> provider);
  void start();

  /// The provider's name; empty where there is none.
  std::string_view provider() const { return provider_ ? provider_->name() : std::string_view(); }
  /// The sandbox where that is the provider.
  Sandbox* sandbox() const { return sandbox_; }

  /// Follows a notification: proven, new, of an order that was made here. Fails with
  /// dues.notification_refused, whatever is wrong with it.
  Result<Done> take(std::string_view provider, const Received& received);

  /// Has the provider take the order, where it has not yet; a provider that is away is asked again
  /// when somebody looks.
  void begin(Id order);

  /// Asks the provider what became of an order that waits, and follows that. Fails with
  /// dues.provider_away.
  Result<Done> look(Id order);
  /// The same for somebody who waits before a page: not more often than every two seconds.
  void look_lately(Id order);

  /// Ends an order that is not paid; where the payer was quicker it is settled. Fails with
  /// dues.order_ended, dues.provider_away.
  Result<Done> cancel(Id order);

  /// Looks at all that is due by the store's clock; returns how many.
  int look_at_due();

 private:
  Result<Done> follow(Id order, const Told& told);
  void forget_notices();
  void work();
  void told(std::string_view what) const;

  Store& store_;
  const LookFailed failed_;
  std::unique_ptr<Provider> provider_;
  Sandbox* sandbox_ = nullptr;
  std::mutex asked_mutex_;
  std::unordered_map<Id, std::int64_t> asked_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

/// Routes under /api/v1/dues-orders, /api/v1/payments and those of an organisation's orders.
void online_routes(api::Routes& routes, Online& online);

}  // namespace jishi::dues
