-- name: add
insert into dues_entry (id, organisation, kind, year, happened_on, amount_cents, superior, category,
  purpose, made)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- Those that may be the same entry.
-- name: alike
select id, purpose from dues_entry
where organisation = $1 and year = $2 and happened_on = $3 and kind = $4 and amount_cents = $5
  and category = $6;

-- name: opening_year
select year from dues_entry where organisation = $1 and kind = 'opening' order by year limit 1;

-- Since when an account is kept, where that is before a year: by its entries, what was remitted to
-- it, and what was published.
-- name: kept_since
select year from (
  select year from dues_entry where organisation = $1 and year < $2
  union all
  select year from dues_entry where superior = $1 and kind = 'remitted' and year < $2
  union all
  select year from dues_publication where organisation = $1 and year < $2) kept
order by year limit 1;

-- name: found
select kind, year, happened_on, amount_cents, category from dues_entry
where id = $1 and organisation = $2;

-- name: remove
delete from dues_entry where id = $1;

-- Its own, and what those below remitted to it.
-- name: listed
select e.id, e.kind, e.happened_on, e.amount_cents, e.other, coalesce(o.name, ''), e.category,
  e.purpose
from (
  select id, kind, happened_on, amount_cents, superior as other, category, purpose
  from dues_entry where organisation = $1 and year = $2
  union all
  select id, 'received' as kind, happened_on, amount_cents, organisation as other, category, purpose
  from dues_entry where superior = $1 and year = $2 and kind = 'remitted') e
left join registry_published_organisation o on o.id = e.other
where (e.happened_on, e.id) > ($3, $4)
order by e.happened_on, e.id limit $5;
