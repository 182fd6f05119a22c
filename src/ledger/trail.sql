-- name: command_at
select command from ledger_fact where seq = $1;

-- name: facts_from
select seq, happened, recorded, kind, organisation, person, subject, amount, payload, actor, command
from ledger_fact where seq >= $1 order by seq limit $2;

-- name: touched_after
select seq from ledger_fact where seq > $1 and organisation = $2 and kind >= $3 and kind <= $4
order by seq limit 1;
