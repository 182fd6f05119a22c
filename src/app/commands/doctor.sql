-- name: last_recorded
select recorded from ledger_fact order by seq desc limit 1;

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: some_persons
select person from registry_published_member order by person limit 50;
