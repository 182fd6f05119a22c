-- Kinds from 80 on are about accounts: the log's, not these.
-- name: below
select f.seq, f.kind, f.happened, f.recorded, f.organisation, coalesce(o.name, ''), f.person,
  coalesce((select name from registry_published_member where person = f.person), ''),
  f.subject, f.amount, f.payload, coalesce(c.name, ''), f.command
from ledger_fact f
join registry_published_standing a
  on a.organisation = f.organisation and a.ancestor = $1 and a.structure = $5
    and (a.depth = 0 or $6 = 1)
left join registry_published_organisation o on o.id = f.organisation
left join identity_published_account c on c.id = f.actor
where f.seq < $2 and f.seq >= $3 and f.kind < 80
  and f.kind in (select value from json_each($7)) order by f.seq desc limit $4;

-- name: direct
select f.seq, f.kind, f.happened, f.recorded, f.organisation, coalesce(o.name, ''), f.person,
  coalesce((select name from registry_published_member where person = f.person), ''),
  f.subject, f.amount, f.payload, coalesce(c.name, ''), f.command
from ledger_fact f
left join registry_published_organisation o on o.id = f.organisation
left join identity_published_account c on c.id = f.actor
where f.organisation = $1 and f.seq < $2
  and (f.kind < 20 or (f.kind >= 30 and f.kind < 40) or (f.kind >= 60 and f.kind < 80))
  and f.kind in (select value from json_each($4))
order by f.seq desc limit $3;

-- name: of_person
select f.seq, f.kind, f.happened, f.recorded, f.organisation, coalesce(o.name, ''), f.person,
  coalesce((select name from registry_published_member where person = f.person), ''),
  f.subject, f.amount, f.payload, coalesce(c.name, ''), f.command
from ledger_fact f
left join registry_published_organisation o on o.id = f.organisation
left join identity_published_account c on c.id = f.actor
where f.person in (select value from json_each($1)) and f.seq < $2
  and ((f.kind >= 20 and f.kind < 40) or (f.kind >= 70 and f.kind < 80))
  and f.kind in (select value from json_each($4))
order by f.seq desc limit $3;

-- name: organisation_name
select name from registry_published_organisation where id = $1;
