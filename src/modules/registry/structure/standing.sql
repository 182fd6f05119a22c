-- name: standing
select o.id, o.code, o.name, o.kind, o.founded, o.ended, l.parent, l.valid_from,
  (select min(f.valid_from) from registry_link f where f.structure = $1 and f.child = o.id)
from registry_organisation o
left join registry_link l on l.structure = $1 and l.child = o.id and l.valid_to is null
where o.id = $2;

-- name: changed_after
select max(day) from (
  select valid_from as day from registry_link where child = $1 and valid_from > $2
  union all
  select valid_to from registry_link where parent = $1 and valid_to > $2
  union all
  select valid_to from registry_membership where organisation = $1 and valid_to > $2
) as changes;

-- name: sibling_named
select o.id from registry_link l
cross join registry_organisation o
where l.structure = $1 and l.parent = $2 and l.valid_to is null and o.id = l.child
  and o.name = $3 and (o.ended is null or o.ended > $4) and o.id <> $5
limit 1;

-- name: add_succession
insert into registry_succession (predecessor, successor, happened, how) values ($1, $2, $3, $4)
on conflict (predecessor, successor) do update set happened = excluded.happened, how = excluded.how;
