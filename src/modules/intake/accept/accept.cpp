#include "modules/intake/accept/accept.hpp"

#include "base/text.hpp"
#include "modules/intake/accept/accept.sql.hpp"
#include "modules/intake/apply/organisations.hpp"
#include "modules/intake/batches/doubts.hpp"
#include "modules/intake/facts.hpp"
#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/queues/find_duplicates.hpp"
#include "modules/intake/read/read_row.hpp"

namespace jishi::intake {

namespace {

constexpr std::string_view kAcceptable[] = {"under_age", "date_order", "id_birth_mismatch",
                                            "id_sex_mismatch"};

Error row_missing() {
  return fail(ErrorKind::not_found, "intake.row_missing");
}

std::string reason_context(const RowPlace& place) {
  return fmt::format("intake.reason:{}:{}:{}", place.batch, place.sheet, place.row);
}

std::optional<Error> refuse_codes(const std::vector<std::string>& codes) {
  std::string others;
  for (const std::string& code : codes) {
    if (!is_acceptable(code)) others += (others.empty() ? "" : " ") + code;
  }
  if (others.empty()) return std::nullopt;
  return fail(ErrorKind::refused, "intake.not_acceptable", {{"codes", others}});
}

std::optional<Error> refuse_reason(std::string_view reason) {
  if (reason.empty()) return fail(ErrorKind::invalid, "intake.reason_missing");
  if (reason.size() > kMaxReason) return fail(ErrorKind::invalid, "intake.reason_too_long");
  return std::nullopt;
}

// What the row says, as when it came, but for what the person overrules.
PreparedRow read_again(Transaction& tx, const Codes& codes, const KeptSheet& sheet,
                       const RefusedRow& refused) {
  const KeptCells kept(refused.cells);
  const RowReader reader(sheet.layout, codes, tx.store().clock().today());
  PreparedRow row{static_cast<std::uint32_t>(refused.place.row), reader.read(kept.cells()), {}, {}};
  std::erase_if(row.read.problems, [&](const Problem& problem) {
    const auto& told = refused.codes;
    return problem.refuses && is_acceptable(problem.code) &&
           std::find(told.begin(), told.end(), problem.code) != told.end();
  });
  return row;
}

Applied apply_one(Transaction& tx, const registry::Origin& origin, SheetKind kind,
                  PreparedRow& row) {
  if (kind != SheetKind::organisations) {
    Applier applier(tx, origin);
    return applier.apply(row);
  }
  OrganisationRows rows;
  rows.add(0, std::move(row));
  rows.apply(tx, origin);
  registry::rebuild_ancestry(tx, registry::kPartyStructure);
  row = std::move(rows.entries().front().row);
  return rows.entries().front().applied;
}

Error still_refused(const ReadRow& read) {
  std::string codes;
  for (const Problem* problem : refusals_of(read))
    codes += (codes.empty() ? "" : " ") + problem->code;
  return fail(ErrorKind::refused, "intake.still_refused", {{"codes", codes}});
}

// The lights of whom it speaks no longer need to tell of it.
void settle_doubts(Transaction& tx, Id batch, const RowPlace& place, const Applied& applied) {
  if (applied.organisation != kNoId)
    lessen_doubt(tx, batch, {"organisation", applied.organisation}, place.batch);
  if (applied.person != kNoId) lessen_doubt(tx, batch, {"person", applied.person}, place.batch);
}

Result<Accepted> write_accepted(Transaction& tx, const Codes& codes, const RefusedRow& refused,
                                std::string_view reason) {
  const RowPlace& place = refused.place;
  const auto sheet = kept_sheet(tx, place.batch, place.sheet);
  const auto source = tx.one<std::string>(sql::accept::source_of_batch, place.batch);
  if (!sheet || !source) return row_missing();
  const auto first_seq = tx.one<std::int64_t>(sql::accept::last_seq).value_or(0);
  const Id batch = tx.new_id();
  const auto origin = registry::origin_of(tx, *source, std::nullopt, batch);
  PreparedRow row = read_again(tx, codes, *sheet, refused);
  const Applied applied = apply_one(tx, origin, sheet->layout.kind, row);
  if (applied.fate == Fate::refused) return still_refused(row.read);
  settle_doubts(tx, batch, place, applied);
  find_duplicates(tx, batch);
  const auto last_seq =
      tx.fact(fact::kRefusedRowAccepted, tx.store().clock().today(), applied.organisation,
              {.person = applied.person,
               .subject = place.batch,
               .amount = place.row,
               .payload = fmt::format(R"({{"sheet":{}}})", place.sheet)});
  tx.run(sql::accept::add_batch, batch, origin.recorded_ms, origin.source, tx.actor().id, first_seq,
         last_seq);
  tx.run(sql::accept::add_sheet, batch, place.batch, place.sheet,
         applied.fate == Fate::unchanged ? 1 : 0);
  tx.run(sql::accept::set_accepted, place.batch, place.sheet, place.row);
  tx.run(sql::accept::add_acceptance, place.batch, place.sheet, place.row, batch,
         tx.store().keys().cipher().seal(reason, reason_context(place)));
  return Accepted{batch, applied.organisation, applied.person};
}

}  // namespace

bool is_acceptable(std::string_view code) {
  return std::find(std::begin(kAcceptable), std::end(kAcceptable), code) != std::end(kAcceptable);
}

Result<Accepted> accept_refused_row(Store& store, Actor actor, const Codes& codes,
                                    const RowPlace& place, std::string_view given_reason) {
  const std::string reason = tidy(given_reason);
  return store.write_alone(actor, [&](Transaction& tx) -> Result<Accepted> {
    const auto refused = refused_row(tx, store.keys(), place);
    if (!refused) return row_missing();
    if (refused->accepted) {
      const auto batch = tx.one<Id>(sql::accept::accepted_in, place.batch, place.sheet, place.row);
      return Accepted{batch.value_or(kNoId)};
    }
    if (auto refusal = refuse_reason(reason)) return std::move(*refusal);
    if (auto refusal = refuse_codes(refused->codes)) return std::move(*refusal);
    return write_accepted(tx, codes, *refused, reason);
  });
}

}  // namespace jishi::intake
