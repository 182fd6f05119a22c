-- name: after
select seq, kind, happened, recorded, organisation, person, subject from ledger_fact
where seq > $1 order by seq limit $2;

-- name: above
select ancestor from registry_published_standing where organisation = $1 and structure = 'party';

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;
