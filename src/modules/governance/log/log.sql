-- name: back_from
select f.seq, f.kind, f.happened, f.recorded, f.organisation, f.person, f.subject, f.amount,
  f.payload, f.actor, f.command
from ledger_fact f
where f.seq < $1 and f.seq >= $2
  and (cast($3 as bigint) = 0 or f.organisation = $3)
  and (cast($4 as bigint) = 0 or f.person = $4)
  and (cast($5 as bigint) = -1 or f.actor = $5)
  and f.recorded >= $6 and f.recorded < $7
order by f.seq desc;

-- name: account_name
select name from identity_published_account where id = $1;

-- name: organisation_name
select name from registry_published_organisation where id = $1;
