-- name: below
with recursive below (organisation, since, until) as (
  select cast($2 as bigint), cast(-1000000 as bigint), cast(9000000 as bigint)
  union
  select l.child,
    case when l.valid_from > below.since then l.valid_from else below.since end,
    case when l.valid_to < below.until then l.valid_to else below.until end
  from below join registry_link l on l.parent = below.organisation and l.structure = $1
  where l.valid_from < below.until and (l.valid_to is null or l.valid_to > below.since)
)
select below.organisation, below.since,
  case when o.ended < below.until then o.ended else below.until end
from below join registry_organisation o on o.id = below.organisation
where below.organisation <> $2 and (o.ended is null or o.ended > below.since)
order by below.organisation, below.since;

-- name: links_of
select l.child, l.valid_from,
  case when o.ended is not null and (l.valid_to is null or o.ended < l.valid_to) then o.ended
    else coalesce(l.valid_to, 9000000) end
from registry_link l join registry_organisation o on o.id = l.child
where l.structure = $1 and l.child = $2 and (o.ended is null or o.ended > l.valid_from)
order by l.valid_from;

-- name: below_today
select organisation from registry_ancestry where structure = $1 and ancestor = $2
order by organisation;

-- name: successions
-- Those in which the predecessor ended: one that only gave a part away has its past for itself.
select s.predecessor, s.successor
from registry_succession s join registry_organisation o on o.id = s.predecessor
where o.ended <= $1 and s.happened = o.ended and s.predecessor <> s.successor
order by s.predecessor, s.successor;

-- name: memberships
select person, valid_from, coalesce(valid_to, 9000000) from registry_membership
where organisation = $1;

-- name: next_membership
select organisation from registry_membership where person = $1 and valid_from >= $2
order by valid_from limit 1;

-- name: count_children
select count(*) from registry_link l join registry_organisation o on o.id = l.child
where l.structure = $1 and l.parent = $2 and l.valid_from <= $3
  and (l.valid_to is null or l.valid_to > $3) and (o.ended is null or o.ended > $3);

-- name: members_on
-- Behind a place in the order: a key and the person; upwards, or downwards.
with recursive below (organisation) as (
  select cast($2 as bigint)
  union
  select l.child
  from below join registry_link l on l.parent = below.organisation and l.structure = $1
  where l.valid_from <= $3 and (l.valid_to is null or l.valid_to > $3)
), stood as (
  select p.id, p.number, p.name, m.organisation, o.name as organisation_name, m.stage, m.status,
    case $8 when 'name' then p.name when 'number' then p.number else '' end as key
  from below
  join registry_organisation o on o.id = below.organisation
  join registry_membership m on m.organisation = o.id
  join registry_person p on p.id = m.person
  where (o.ended is null or o.ended > $3)
    and m.valid_from <= $3 and (m.valid_to is null or m.valid_to > $3)
    and ($4 = '' or m.stage = $4) and ($5 = '' or m.status = $5) and ($6 = '' or p.sex = $6)
    and ($7 = '' or substr(p.name, 1, length($7)) = $7)
)
select id, number, name, organisation, organisation_name, stage, status from stood
where $9 = 0 or (key, id) > ($10, $11)
order by key, id limit $12;

-- name: members_on_downwards
with recursive below (organisation) as (
  select cast($2 as bigint)
  union
  select l.child
  from below join registry_link l on l.parent = below.organisation and l.structure = $1
  where l.valid_from <= $3 and (l.valid_to is null or l.valid_to > $3)
), stood as (
  select p.id, p.number, p.name, m.organisation, o.name as organisation_name, m.stage, m.status,
    case $8 when 'name' then p.name when 'number' then p.number else '' end as key
  from below
  join registry_organisation o on o.id = below.organisation
  join registry_membership m on m.organisation = o.id
  join registry_person p on p.id = m.person
  where (o.ended is null or o.ended > $3)
    and m.valid_from <= $3 and (m.valid_to is null or m.valid_to > $3)
    and ($4 = '' or m.stage = $4) and ($5 = '' or m.status = $5) and ($6 = '' or p.sex = $6)
    and ($7 = '' or substr(p.name, 1, length($7)) = $7)
)
select id, number, name, organisation, organisation_name, stage, status from stood
where $9 = 0 or (key, id) < ($10, $11)
order by key desc, id desc limit $12;
