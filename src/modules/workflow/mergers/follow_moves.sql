-- name: position
select seq from workflow_followed where what = 'moves';

-- name: set_position
update workflow_followed set seq = $1 where what = 'moves';

-- What happened of a kind, at organisations.
-- name: happened
select organisation, max(actor) from ledger_fact
where seq > $1 and seq <= $2 and kind = $3 and organisation <> 0
group by organisation order by min(seq);

-- Cases below an organisation with tasks that lie above it, of roles that are held there now.
-- name: risen_above
select distinct t.case_id from registry_published_ancestry above
join identity_published_grant g on g.organisation = above.organisation
join workflow_desk d on d.role = g.role and d.owner = above.ancestor
join workflow_task t on t.id = d.task
join workflow_case c on c.id = t.case_id
join registry_published_ancestry below
  on below.organisation = c.organisation and below.ancestor = above.organisation
where above.organisation = $1 and above.depth > 0
  and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)
order by t.case_id;

-- Cases with tasks that lie at an organisation, of roles that are held there no more, but above it.
-- name: left_there
select distinct t.case_id from identity_published_grant ended
join workflow_desk d on d.owner = ended.organisation and d.role in (ended.role, '~' || ended.role)
join workflow_task t on t.id = d.task
where ended.organisation = $1 and ended.valid_to <= $2
  and not exists (select 1 from identity_published_grant g
    where g.organisation = $1 and g.role = ended.role and g.valid_from <= $2
      and (g.valid_to is null or g.valid_to > $2))
  and exists (select 1 from registry_published_ancestry above
    join identity_published_grant g on g.organisation = above.ancestor and g.role = ended.role
    where above.organisation = $1 and above.depth > 0
      and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2))
order by t.case_id;

-- name: running_below
select c.id from registry_published_ancestry s
join workflow_case c on c.organisation = s.organisation
where s.ancestor = $1 and c.status in ('running', 'suspended') order by c.id;
