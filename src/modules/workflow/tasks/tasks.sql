-- name: roles
select role, organisation from identity_published_grant
where account = $1 and organisation <> 0 and valid_from <= $2
  and (valid_to is null or valid_to > $2)
limit $3;

-- name: on_desk
select due, task from workflow_desk
where role = $1 and owner = $2 and (due, task) > ($3, $4)
order by due, task limit $5;

-- name: on_desk_of_process
select d.due, d.task from workflow_desk d
join workflow_task t on t.id = d.task
join workflow_case c on c.id = t.case_id
where d.role = $1 and d.owner = $2 and (d.due, d.task) > ($3, $4) and c.process = $6
order by d.due, d.task limit $5;

-- name: desks, of one
select role, owner from workflow_desk where task = $1;

-- A person's name by a query of its own: SQLite makes the whole of a view that it joins outwards.
-- name: shown
select t.id, t.case_id, c.process, v.name, t.node, t.name, t.role, t.organisation,
  coalesce(o.name, ''), c.organisation, coalesce(co.name, ''), c.person,
  coalesce((select name from registry_published_member where person = c.person), ''), t.assignee,
  coalesce((select name from registry_published_member where person = t.assignee), aa.name, ''),
  t.state, t.outcome, t.opened, t.due, t.done,
  coalesce(da.name, ''), t.urged, t.late
from workflow_task t
join workflow_case c on c.id = t.case_id
join workflow_version v on v.id = c.version
left join registry_published_organisation o on o.id = t.organisation
left join registry_published_organisation co on co.id = c.organisation
left join identity_published_account aa on aa.id = t.assignee
left join identity_published_account da on da.id = t.done_by
where t.id in (select value from json_each($1));

-- name: of_case
select id from workflow_task where case_id = $1 order by number limit $2;

-- name: open_of_element
select id from workflow_task where case_id = $1 and node = $2 and state = 'open'
order by number limit $3;

-- A task, and its case as `held` has it.
-- name: place, of one
select t.number, t.organisation, t.node, t.state, t.done, coalesce(a.name, ''),
  c.id, c.version, c.process, c.organisation, c.person, c.status, c.revision, c.state
from workflow_task t
join workflow_case c on c.id = t.case_id
left join identity_published_account a on a.id = t.done_by
where t.id = $1;

-- Whether somebody acted in a case, or was shown it.
-- name: acted, of one
select 1 from workflow_case_event
where case_id = $1 and (account = $2 or whom = $2 or (whom = $3 and $3 <> 0)) limit 1;

-- name: owner
select id, person from identity_published_owner where id = $1 or (person = $1 and $1 <> 0) limit 1;
