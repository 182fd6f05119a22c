#include "ledger/verify/verify.hpp"

#include "app/commands.hpp"
#include "app/commands/verify_screen.hpp"
#include "ledger/verify/proofs.hpp"

namespace jishi::app {

namespace {

using boost::json::object;

boost::json::array hex_of(const std::vector<Hash>& path) {
  boost::json::array array;
  for (const Hash& hash : path) array.emplace_back(to_hex(hash));
  return array;
}

void print_path(const Context& context, const std::vector<Hash>& path) {
  for (const Hash& hash : path) context.console.line("  " + to_hex(hash));
}

Result<Status> show_inclusion(const Context& context, std::int64_t seq) {
  const auto proof = prove_inclusion(store_options(context), seq);
  if (!proof) return proof.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(object{{"seq", proof->seq},
                                                       {"size", proof->size},
                                                       {"leaf", to_hex(proof->leaf)},
                                                       {"root", to_hex(proof->root)},
                                                       {"path", hex_of(proof->path)},
                                                       {"holds", proof->holds}}));
  } else {
    context.console.line(
        context.say(proof->holds ? "app.proof_holds" : "app.proof_fails",
                    {{"seq", std::to_string(proof->seq)}, {"size", std::to_string(proof->size)}}));
    context.console.line(context.say("app.proof_leaf", {{"hash", to_hex(proof->leaf)}}));
    context.console.line(context.say("app.proof_root", {{"hash", to_hex(proof->root)}}));
    context.console.line(context.say("app.proof_path"));
    print_path(context, proof->path);
  }
  return proof->holds ? Status::done : Status::refused;
}

Result<Status> show_consistency(const Context& context, std::int64_t older, std::int64_t newer) {
  const auto proof = prove_consistency(store_options(context), older, newer);
  if (!proof) return proof.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(object{{"older", proof->older},
                                                       {"newer", proof->newer},
                                                       {"older_root", to_hex(proof->older_root)},
                                                       {"newer_root", to_hex(proof->newer_root)},
                                                       {"path", hex_of(proof->path)},
                                                       {"holds", proof->holds}}));
  } else {
    context.console.line(context.say(
        proof->holds ? "app.consistency_holds" : "app.consistency_fails",
        {{"older", std::to_string(proof->older)}, {"newer", std::to_string(proof->newer)}}));
    context.console.line(context.say("app.proof_older", {{"hash", to_hex(proof->older_root)}}));
    context.console.line(context.say("app.proof_root", {{"hash", to_hex(proof->newer_root)}}));
    context.console.line(context.say("app.proof_path"));
    print_path(context, proof->path);
  }
  return proof->holds ? Status::done : Status::refused;
}

}  // namespace

Result<Status> run_verify(const Context& context, const VerifyOptions& options) {
  if (options.proof) return show_inclusion(context, *options.proof);
  if (options.consistency.size() == 2) {
    return show_consistency(context, options.consistency[0], options.consistency[1]);
  }
  VerifyScreen screen(context);
  const auto verification = verify_store(store_options(context), screen);
  context.console.clear_progress();
  if (!verification) return verification.error();
  screen.print(*verification);
  return verification->fits() && !verification->no_key ? Status::done : Status::refused;
}

}  // namespace jishi::app
