#include "modules/intake/batches/doubts.hpp"

#include "modules/intake/batches/doubts.sql.hpp"

namespace jishi::intake {

namespace {

void remember(Transaction& tx, Id batch, const Doubtful& whom) {
  tx.run(sql::doubts::remember, batch, whom.subject_kind, whom.subject);
}

}  // namespace

void set_doubt(Transaction& tx, Id batch, const Doubtful& whom, std::int64_t rows) {
  remember(tx, batch, whom);
  tx.run(sql::doubts::set, whom.subject_kind, whom.subject, batch, rows);
}

void clear_doubt(Transaction& tx, Id batch, const Doubtful& whom) {
  remember(tx, batch, whom);
  tx.run(sql::doubts::clear, whom.subject_kind, whom.subject);
}

void lessen_doubt(Transaction& tx, Id batch, const Doubtful& whom, Id doubted_in) {
  const auto rows =
      tx.one<std::int64_t>(sql::doubts::of_batch, whom.subject_kind, whom.subject, doubted_in);
  if (!rows) return;
  remember(tx, batch, whom);
  const Statement& change = *rows > 1 ? sql::doubts::lessen : sql::doubts::clear;
  tx.run(change, whom.subject_kind, whom.subject);
}

void restore_doubts(Transaction& tx, Id batch) {
  tx.run(sql::doubts::drop_own, batch);
  tx.run(sql::doubts::put_back, batch);
  tx.run(sql::doubts::forget, batch);
}

}  // namespace jishi::intake
