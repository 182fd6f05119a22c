-- name: children
select o.id, o.code, o.name, o.kind, 1
from registry_link l join registry_organisation o on o.id = l.child
where l.structure = $1 and l.parent = $2 and l.valid_from <= $3 and (l.valid_to is null or
  l.valid_to > $3)
  and (o.ended is null or o.ended > $3)
order by o.code_key limit $4;

-- name: path
with recursive line (organisation, depth) as (
  select cast($2 as bigint), 0
  union all
  select l.parent, line.depth + 1
  from line join registry_link l on l.structure = $1 and l.child = line.organisation
  where l.parent <> 0 and l.valid_from <= $3 and (l.valid_to is null or l.valid_to > $3) and
    line.depth < 64
)
select o.id, o.code, o.name, o.kind, (select max(depth) from line) - line.depth
from line join registry_organisation o on o.id = line.organisation
order by line.depth desc;

-- name: subtree
with recursive below (organisation, depth) as (
  select cast($2 as bigint), 0
  union all
  select l.child, below.depth + 1
  from below join registry_link l on l.parent = below.organisation and l.structure = $1
  where l.valid_from <= $3 and (l.valid_to is null or l.valid_to > $3) and below.depth < 64
)
select o.id, o.code, o.name, o.kind, below.depth
from below join registry_organisation o on o.id = below.organisation
where (o.ended is null or o.ended > $3)
  and (below.depth > 0 or exists (select 1 from registry_link e where e.structure = $1 and e.child =
    o.id
                                  and e.valid_from <= $3 and (e.valid_to is null or e.valid_to >
                                    $3)))
order by below.depth, o.code_key;
