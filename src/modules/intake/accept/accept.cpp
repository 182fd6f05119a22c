#include "modules/intake/accept/accept.hpp"

#include "base/text.hpp"
#include "modules/intake/accept/kept_row.hpp"
#include "modules/intake/facts.hpp"

namespace jishi::intake {

namespace {

constexpr std::string_view kAcceptable[] = {"under_age", "date_order", "id_birth_mismatch",
                                            "id_sex_mismatch"};

}  // namespace

bool is_acceptable(std::string_view code) {
  return std::find(std::begin(kAcceptable), std::end(kAcceptable), code) != std::end(kAcceptable);
}

Result<Accepted> accept_refused_row(Store& store, Actor actor, const Codes& codes,
                                    const RowPlace& place, std::string_view given_reason) {
  const std::string reason = tidy(given_reason);
  return store.write_alone(actor, [&](Transaction& tx) -> Result<Accepted> {
    const auto refused = refused_row(tx, store.keys(), place);
    if (!refused) return fail(ErrorKind::not_found, "intake.row_missing");
    if (refused->accepted) return Accepted{accepted_in(tx, place).value_or(kNoId)};
    if (auto refusal = refuse_reason(reason)) return std::move(*refusal);
    if (auto refusal = refuse_codes(refused->codes)) return std::move(*refusal);
    std::vector<Problem> still;
    return write_kept_row(tx, codes, {*refused, refused->codes, fact::kRefusedRowAccepted, reason},
                          still);
  });
}

}  // namespace jishi::intake
