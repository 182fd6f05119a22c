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

-- name: open_task
select id from workflow_task where case_id = $1 and number = $2 and state = 'open';

-- name: cases_of_dispatch
select case_id from workflow_dispatch_item where job = $1 and case_id <> 0 order by receiver;

-- name: region_of
select s.ancestor from registry_published_standing s
join registry_published_organisation o on o.id = s.ancestor
where s.organisation = $1 and s.structure = 'region' and o.kind = 'party_region'
order by s.depth limit 1;

-- Of a region, without one of them.
-- name: partners
select s.organisation from registry_published_standing s
join registry_published_organisation o on o.id = s.organisation
where s.ancestor = $1 and s.structure = 'region' and s.organisation <> $2
  and o.kind in ('branch', 'joint_branch')
order by s.organisation;

-- name: firms
select s.organisation from registry_published_standing s
join registry_published_organisation o on o.id = s.organisation
where s.ancestor = $1 and s.structure = 'region' and o.kind = 'enterprise'
order by s.organisation;
