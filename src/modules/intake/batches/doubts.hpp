#pragma once
// Subjects that had rows refused in the last import that spoke of them. What a batch changes of
// that is remembered, so that its undo can put it back.

#include "ledger/store.hpp"

namespace jishi::intake {

struct Doubtful {
  std::string_view subject_kind;  // person | organisation
  Id subject = kNoId;
};

/// `rows` of the batch that spoke of the subject were refused.
void set_doubt(Transaction& tx, Id batch, const Doubtful& whom, std::int64_t rows);

/// The batch spoke of the subject, and no row was refused.
void clear_doubt(Transaction& tx, Id batch, const Doubtful& whom);

/// One of the rows that `doubted_in` refused was accepted after all, by `batch`.
void lessen_doubt(Transaction& tx, Id batch, const Doubtful& whom, Id doubted_in);

/// Puts back what a batch changed, but for what later batches said since.
void restore_doubts(Transaction& tx, Id batch);

}  // namespace jishi::intake
