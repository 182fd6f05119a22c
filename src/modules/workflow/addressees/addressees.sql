-- name: found
select id, code, name from registry_published_organisation
where kind in ('committee', 'working_committee') and (ended is null or ended > $3)
  and ($1 = '' or id = $2 or replace(upper(code), upper($1), '') <> upper(code)
       or replace(name, $1, '') <> name)
order by length(code), code limit $4;

-- Branches below the committee that an organisation belongs to, or is, without itself; a temporary
-- one receives no members.
-- name: siblings
select o.id, o.code, o.name from registry_published_ancestry below
join registry_published_organisation o on o.id = below.organisation
where below.ancestor = (
    select above.ancestor from registry_published_ancestry above
    join registry_published_organisation c on c.id = above.ancestor
    where above.organisation = $5 and c.kind in ('committee', 'working_committee')
    order by above.depth limit 1)
  and o.kind in ('branch', 'joint_branch', 'mobile_branch')
  and o.id <> $5 and (o.ended is null or o.ended > $3)
  and ($1 = '' or o.id = $2 or replace(upper(o.code), upper($1), '') <> upper(o.code)
       or replace(o.name, $1, '') <> o.name)
order by length(o.code), o.code limit $4;
