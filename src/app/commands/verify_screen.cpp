#include "app/commands/verify_screen.hpp"

#include "app/table.hpp"

namespace jishi::app {

namespace {

using boost::json::object;

object misfit_object(const Context& context, const Misfit& misfit) {
  object written{{"code", misfit.what.code}, {"message", context.say(misfit.what)}};
  if (misfit.fact) {
    written["seq"] = misfit.fact->seq;
    written["kind"] = misfit.fact->kind;
    written["happened_days"] = misfit.fact->happened_days;
    written["recorded_ms"] = misfit.fact->recorded_ms;
  }
  return written;
}

object verification_object(const Context& context, const Verification& verification) {
  boost::json::array misfits;
  for (const Misfit& misfit : verification.misfits) {
    misfits.push_back(misfit_object(context, misfit));
  }
  object line{{"fits", verification.fits()},
              {"store", verification.store_id},
              {"facts", verification.facts},
              {"heads", verification.heads},
              {"root", verification.fits() ? boost::json::value(to_hex(verification.root))
                                           : boost::json::value(nullptr)},
              {"signatures_checked", !verification.no_key},
              {"misfits", std::move(misfits)}};
  return line;
}

}  // namespace

void VerifyScreen::progress(std::int64_t facts, std::int64_t of) {
  if (!context_.console.progress_due()) return;
  context_.console.progress(
      context_.say("app.verify_progress", {{"facts", grouped(facts)}, {"of", grouped(of)}}));
}

void VerifyScreen::print(const Verification& verification) const {
  if (context_.settings.json) {
    context_.console.line(boost::json::serialize(verification_object(context_, verification)));
  } else if (verification.fits()) {
    context_.console.line(context_.say("app.verify_fits", {{"facts", grouped(verification.facts)},
                                                           {"heads", grouped(verification.heads)},
                                                           {"root", to_hex(verification.root)}}));
  }
  print_misfits(verification);
  if (verification.no_key) {
    context_.console.note(
        context_.say("app.verify_no_signatures", {{"reason", context_.say(*verification.no_key)}}));
  }
}

void VerifyScreen::print_misfits(const Verification& verification) const {
  if (verification.fits()) return;
  context_.console.note(context_.say("app.verify_misfits"));
  for (const Misfit& misfit : verification.misfits) {
    context_.console.note("  " + printable(context_.say(misfit.what)));
  }
}

}  // namespace jishi::app
