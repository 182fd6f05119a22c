-- name: touched_since
select seq from ledger_fact where organisation = $1 and seq > $2 and kind < 20 limit 1;
