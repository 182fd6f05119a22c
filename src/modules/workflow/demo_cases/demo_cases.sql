-- Branches that have enough to go on, and their members in the order of their numbers.
-- name: branches
select m.organisation from registry_published_member m
join registry_published_organisation o on o.id = m.organisation
where o.kind = 'branch' and o.ended is null and m.status = 'normal' and m.stage = 'full'
group by m.organisation having count(*) between $1 and $2
order by m.organisation limit $3;

-- name: members
select person from registry_published_member
where organisation = $1 and stage = $2 and status = 'normal' order by number limit $3;
