-- How far the ledger was looked through for moves of organisations, whose running cases go along.
create table workflow_followed (
  what text primary key,
  seq  bigint not null
) without rowid;
insert into workflow_followed (what, seq) select 'moves', coalesce(max(seq), 0) from ledger_fact;
