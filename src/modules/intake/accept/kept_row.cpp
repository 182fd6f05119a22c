#include "modules/intake/accept/kept_row.hpp"

#include "modules/intake/accept/accept.sql.hpp"
#include "modules/intake/apply/organisations.hpp"
#include "modules/intake/batches/doubts.hpp"
#include "modules/intake/import/kept_cells.hpp"
#include "modules/intake/queues/find_duplicates.hpp"
#include "modules/intake/read/read_row.hpp"

namespace jishi::intake {

namespace {

Error row_missing() {
  return fail(ErrorKind::not_found, "intake.row_missing");
}

std::string context_of(std::string_view what, const RowPlace& place) {
  return fmt::format("intake.{}:{}:{}:{}", what, place.batch, place.sheet, place.row);
}

// What the row says, but for what the person overrules.
PreparedRow read_again(Transaction& tx, const Codes& codes, const KeptSheet& sheet,
                       const KeptRow& kept_row) {
  const RefusedRow& refused = kept_row.refused;
  const KeptCells kept(refused.cells);
  const RowReader reader(sheet.layout, codes, tx.store().clock().today());
  PreparedRow row{static_cast<std::uint32_t>(refused.place.row), reader.read(kept.cells()), {}, {}};
  std::erase_if(row.read.problems, [&](const Problem& problem) {
    const auto& accept = kept_row.accept;
    return problem.refuses && is_acceptable(problem.code) &&
           std::find(accept.begin(), accept.end(), problem.code) != accept.end();
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

void keep_acceptance(Transaction& tx, const KeptRow& row, Id batch) {
  const RowPlace& place = row.refused.place;
  const crypto::Cipher& cipher = tx.store().keys().cipher();
  std::optional<Blob> cells;
  if (row.corrected) cells = cipher.seal(row.refused.cells, context_of("corrected", place));
  tx.run(sql::accept::set_accepted, place.batch, place.sheet, place.row);
  tx.run(sql::accept::add_acceptance, place.batch, place.sheet, place.row, batch,
         cipher.seal(row.reason, context_of("reason", place)), cells);
}

}  // namespace

Result<Accepted> write_kept_row(Transaction& tx, const Codes& codes, const KeptRow& kept,
                                std::vector<Problem>& still) {
  const RowPlace& place = kept.refused.place;
  const auto sheet = kept_sheet(tx, place.batch, place.sheet);
  const auto source = tx.one<std::string>(sql::accept::source_of_batch, place.batch);
  if (!sheet || !source) return row_missing();
  const auto first_seq = tx.one<std::int64_t>(sql::accept::last_seq).value_or(0);
  const Id batch = tx.new_id();
  const auto origin = registry::origin_of(tx, *source, std::nullopt, batch);
  PreparedRow row = read_again(tx, codes, *sheet, kept);
  const Applied applied = apply_one(tx, origin, sheet->layout.kind, row);
  if (applied.fate == Fate::refused) {
    for (const Problem* problem : refusals_of(row.read)) still.push_back(*problem);
    return still_refused(row.read);
  }
  settle_doubts(tx, batch, place, applied);
  find_duplicates(tx, batch);
  const auto last_seq = tx.fact(kept.fact, tx.store().clock().today(), applied.organisation,
                                {.person = applied.person,
                                 .subject = place.batch,
                                 .amount = place.row,
                                 .payload = fmt::format(R"({{"sheet":{}}})", place.sheet)});
  tx.run(sql::accept::add_batch, batch, origin.recorded_ms, origin.source, tx.actor().id, first_seq,
         last_seq);
  tx.run(sql::accept::add_sheet, batch, place.batch, place.sheet,
         applied.fate == Fate::unchanged ? 1 : 0);
  keep_acceptance(tx, kept, batch);
  return Accepted{batch, applied.organisation, applied.person};
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

std::optional<Id> accepted_in(db::Reader& reader, const RowPlace& place) {
  return reader.one<Id>(sql::accept::accepted_in, place.batch, place.sheet, place.row);
}

}  // namespace jishi::intake
