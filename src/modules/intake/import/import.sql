-- name: add_batch
insert into intake_batch (id, started, finished, source, actor, first_seq, last_seq, state)
values ($1, $2, $3, $4, $5, $6, $7, 'done');

-- name: add_sheet
insert into intake_sheet (batch, sheet, file, name, kind, headers, columns, epoch, rows, accepted,
  refused, unchanged)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: doubts
select subject_kind, subject from intake_doubt;

-- name: mappings
select header, kind, meaning from intake_mapping;

-- name: remember_mapping
insert into intake_mapping (header, kind, meaning) values ($1, $2, $3)
on conflict (header, kind) do update set meaning = excluded.meaning;
