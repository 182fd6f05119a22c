-- name: source_of_batch
select s.name from intake_batch b join registry_source s on s.id = b.source where b.id = $1;

-- name: accepted_in
select accepted_in from intake_acceptance where batch = $1 and sheet = $2 and row = $3;

-- name: set_accepted
update intake_refused set state = 'accepted' where batch = $1 and sheet = $2 and row = $3;

-- name: add_acceptance
insert into intake_acceptance (batch, sheet, row, accepted_in, reason, cells)
values ($1, $2, $3, $4, $5, $6)
on conflict (batch, sheet, row)
do update set accepted_in = excluded.accepted_in, reason = excluded.reason, cells = excluded.cells;

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: add_batch
insert into intake_batch (id, started, finished, source, actor, first_seq, last_seq, state)
values ($1, $2, $2, $3, $4, $5, $6, 'done');

-- name: add_sheet
insert into intake_sheet (batch, sheet, file, name, kind, headers, columns, epoch, rows, accepted,
  refused, unchanged)
select $1, 0, file, name, kind, headers, columns, epoch, 1, 1, 0, $4
from intake_sheet where batch = $2 and sheet = $3;
