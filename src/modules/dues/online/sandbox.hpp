#pragma once
// A provider that takes no money: for demonstrations, training and tests. Its books are a table of
// the store; its cashier is a page of the workbench, at which the payer says how it ends. What it
// sends is signed and followed just as a real provider's notification is.

#include "ledger/store.hpp"
#include "modules/dues/online/provider.hpp"

namespace jishi::dues {

class Sandbox final : public Provider {
 public:
  static constexpr std::string_view kName = "sandbox";
  /// Headers of its notifications.
  static constexpr std::string_view kTime = "payment-time";
  static constexpr std::string_view kNonce = "payment-nonce";
  static constexpr std::string_view kSignature = "payment-signature";

  /// Its secret comes of the store's key file: nothing is to be set up.
  explicit Sandbox(Store& store);

  std::string_view name() const override { return kName; }
  Result<std::string> begin(const OrderToPay& order) override;
  Result<Notification> read(const Received& received, std::int64_t now_ms) const override;
  Result<Told> query(Id order) override;
  Result<Told> close(Id order) override;

  /// What is pressed at the cashier: noted in the books, and answered with the notification of it,
  /// to be sent. As at a bank, what was paid stays paid; a payer who is quicker than the closing of
  /// an order still pays. Fails with dues.order_unknown where nothing was begun.
  Result<Received> press(Id order, ToldState state, std::int64_t cents);

 private:
  Result<Told> put(Id order, ToldState state, std::int64_t cents);
  Received notification(Id order, const Told& told) const;

  Store& store_;
  std::string secret_;
};

}  // namespace jishi::dues
