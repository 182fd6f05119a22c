#pragma once
// Those who sign a step together: whose turn it is, and who has signed.

#include <optional>
#include <string>
#include <vector>

#include "modules/workflow/engine/state.hpp"

namespace jishi::workflow {

/// The stage whose turn it is; none when all have signed.
std::optional<int> current_stage(const Task& task);
/// Who has still to sign; null: not that person.
Signer* waiting_signer(Task& task, const std::string& person);
bool has_signed(const Task& task, const std::string& person);
/// The signature that was given last; null: there is none.
const Signer* last_signature(const std::vector<Signer>& signers);

/// Sets the stages of a joint signature anew: whoever waits for nobody has the first.
void settle_turns(std::vector<Signer>& signers);
/// A signature is taken back: it is awaited again, and so are those whom it passed over.
void take_back(std::vector<Signer>& signers, Signer& own);

}  // namespace jishi::workflow
