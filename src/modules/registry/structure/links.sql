-- name: stands_below_since
with recursive line (organisation, since, until) as (
  select cast($2 as bigint), cast($4 as bigint), cast(9000000 as bigint)
  union
  select l.parent,
    case when l.valid_from > line.since then l.valid_from else line.since end,
    case when l.valid_to < line.until then l.valid_to else line.until end
  from line join registry_link l on l.structure = $1 and l.child = line.organisation
  where l.parent <> 0 and l.valid_from < line.until and (l.valid_to is null or l.valid_to >
    line.since)
)
select organisation from line where organisation = $3 limit 1;

-- name: depth_of
select max(depth) from registry_ancestry where structure = $1 and organisation = $2;

-- name: height_of
select max(depth) from registry_ancestry where structure = $1 and ancestor = $2;

-- name: count_below
select count(*) from registry_ancestry where structure = $1 and ancestor = $2 and organisation <>
  $2;

-- name: delete_link
delete from registry_link where structure = $1 and child = $2 and valid_from = $3;

-- name: add_self
insert into registry_ancestry (structure, ancestor, organisation, depth) values ($1, $2, $2, 0)
on conflict (structure, ancestor, organisation) do nothing;

-- name: remove_self
delete from registry_ancestry where structure = $1 and ancestor = $2 and organisation = $2;

-- name: attach
insert into registry_ancestry (structure, ancestor, organisation, depth)
select $1, above.ancestor, below.organisation, above.depth + below.depth + 1
from registry_ancestry above cross join registry_ancestry below
where above.structure = $1 and above.organisation = $3 and below.structure = $1 and below.ancestor =
  $2;

-- name: detach
delete from registry_ancestry
where structure = $1
  and ancestor in (select ancestor from registry_ancestry
                   where structure = $1 and organisation = $2 and ancestor <> $2)
  and organisation in (select organisation from registry_ancestry where structure = $1 and ancestor
    = $2);
