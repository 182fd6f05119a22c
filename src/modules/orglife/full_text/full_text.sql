-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: leaf_at
select leaf from ledger_fact where seq = $1;

-- name: touched
select distinct subject from ledger_fact
where seq > $1 and seq <= $2 and kind >= $3 and kind <= $4;

-- name: rows_of
select id, organisation, kind, held_on, topic, place from orglife_activity
where id in (select value from json_each($1));

-- name: rows_after
select id, organisation, kind, held_on, topic, place from orglife_activity
where id > $1 order by id limit $2;

-- name: count
select count(*) from orglife_activity;
