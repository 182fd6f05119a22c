-- What was collected in these months by each of these organisations and all below it.
-- name: collected
select a.ancestor, sum(c.amount_cents)
from registry_published_ancestry a
join dues_collected c on c.organisation = a.organisation and c.month between $2 and $3
where a.ancestor in (select value from json_each($1))
group by a.ancestor;

-- name: large
select a.ancestor, sum(l.large_cents)
from registry_published_ancestry a
join dues_large_sum l on l.organisation = a.organisation
where a.ancestor in (select value from json_each($1))
  and (l.paid_on between $2 and $3 or (l.paid_on = -719163 and l.month between $4 and $5))
group by a.ancestor;

-- What its own members paid in these months.
-- name: own
select coalesce(sum(amount_cents), 0) from dues_collected
where organisation = $1 and month between $2 and $3;

-- name: entry_sums
select kind, year, category, sum(amount_cents) from dues_entry where organisation = $1
group by kind, year, category
union all
select 'received', year, '', sum(amount_cents) from dues_entry
where superior = $1 and kind = 'remitted' group by year;

-- name: remitted
select organisation, sum(amount_cents) from dues_entry
where organisation in (select value from json_each($1)) and kind = 'remitted' and year = $2
group by organisation;

-- Who stood directly below in the year.
-- name: children
select o.id, o.name, o.kind
from registry_published_ancestry c
join registry_published_organisation o on o.id = c.organisation
where c.ancestor = $1 and c.depth = 1 and o.id > $2 and (o.ended is null or o.ended >= $3)
order by o.id limit $4;

-- name: large_sums
select l.person,
  coalesce((select number from registry_published_member where person = l.person), ''),
  coalesce((select name from registry_published_member where person = l.person), ''),
  l.organisation, o.name, l.month, l.paid_on, l.large_cents
from registry_published_ancestry a
join dues_large_sum l on l.organisation = a.organisation
join registry_published_organisation o on o.id = l.organisation
where a.ancestor = $1
  and (l.paid_on between $2 and $3 or (l.paid_on = -719163 and l.month between $4 and $5))
  and (l.paid_on, l.person, l.month) > ($6, $7, $8)
order by l.paid_on, l.person, l.month limit $9;
