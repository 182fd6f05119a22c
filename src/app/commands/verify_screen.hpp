#pragma once
// What a person or a program sees of a verification.

#include "app/context.hpp"
#include "ledger/verify/verify.hpp"

namespace jishi::app {

class VerifyScreen final : public VerifyObserver {
 public:
  explicit VerifyScreen(const Context& context) : context_(context) {}

  void progress(std::int64_t facts, std::int64_t of) override;

  /// Prints what was found, as one JSON object with --json.
  void print(const Verification& verification) const;
  /// Tells people, beside the result of another command, what does not fit.
  void print_misfits(const Verification& verification) const;

 private:
  const Context& context_;
};

}  // namespace jishi::app
